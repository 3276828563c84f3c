"""A document is decided unit by unit; each decision is kept, undone, and there after a restart."""

import pytest

from annotator.adjudication.choices import Leave, Take
from annotator.core.annotations import SetStatus
from annotator.core.commands.records import set_status
from annotator.core.edits import Focus
from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import SetKind
from annotator.foundation.errors import Refused
from annotator.workbench.adjudicating import open_adjudication
from annotator.workbench.checking import check_project
from tests.workbench.adjudications import OURS, SARA, annotated_twice, labels, work
from tests.workbench.projects import ARAM, FIRST, clock, mark, opened, project_with

A, B = SetId("a1"), SetId("a2")
HAWLER = f"mention:{FIRST.index('هەولێر')}"


@pytest.fixture
def place(tmp_path):
    return annotated_twice(tmp_path)


@pytest.fixture
def workspace(place):
    one = opened(place, annotator=SARA, document="a")
    yield one
    one.close()


def begun(workspace, **choices):
    return open_adjudication(workspace, DocumentId("a"), **choices)


def test_a_decision_is_written_at_once_and_there_after_a_restart(place, workspace):
    one = begun(workspace)
    assert [(u.key, u.state.value) for u in one.units.listed] == [
        ("mention:0", "agreed"),
        (HAWLER, "open"),
    ]
    one.take_agreed()
    one.decide([Take(HAWLER, B)])
    assert (one.units.decided, one.gold.annotations.status.status) == (2, SetStatus.COMPLETE)
    workspace.close()
    with_others = opened(place, annotator=SARA, document="a")
    again = begun(with_others)
    assert labels(again.gold.annotations) == {0: "PER", FIRST.index("هەولێر"): "ORG"}
    header = again.gold.header
    assert (header.id, header.kind, header.adjudicator) == ("gold", SetKind.ADJUDICATED, "a3")
    assert (header.annotators, header.derived_from) == (("a1", "a2"), ("a1", "a2"))
    again.undo()
    assert again.units.decided == 1
    again.undo()
    with pytest.raises(Refused, match="nothing_to_undo"):
        again.undo()
    with_others.close()
    with_others = opened(place, annotator=SARA, document="a")
    again = begun(with_others)
    again.redo()
    again.redo()
    assert again.units.decided == 2
    with_others.project.check()
    with_others.close()


def test_gold_is_opened_and_edited_in_the_page_like_any_set(workspace):
    one = begun(workspace)
    one.decide([Take(HAWLER, A)])
    assert not workspace.is_on_other_set
    page = workspace.open(DocumentId("a"), one.gold.header)
    assert workspace.is_on_other_set
    assert workspace.open_line() is None
    assert labels(page.annotations) == {FIRST.index("هەولێر"): "GPE"}
    mark(workspace, "دوێنێ", "DATE")
    page.undo()
    page.undo()
    assert len(page.annotations) == 0
    page.redo()
    again = begun(workspace)
    assert again.gold is page
    again.decide([Leave(HAWLER)])
    assert len(page.annotations) == 0
    assert not workspace.open(DocumentId("a")).annotations.records


def test_a_record_that_is_changed_in_the_page_stays_decided(workspace):
    one = begun(workspace)
    one.decide([Take(HAWLER, A)])
    page = workspace.open(DocumentId("a"), one.gold.header)
    page.perform(set_status(page.annotations, SetStatus.APPROVED), focus=Focus(0, 0))
    mark(workspace, "گەڕایەوە", "PER")
    again = begun(workspace)
    assert [unit.state.value for unit in again.units.listed] == ["agreed", "taken"]
    workspace.set_status(SetStatus.COMPLETE, Focus(0, 0))
    rules = {said.rule for found in check_project(workspace.project) for said in found.findings}
    assert not rules & {"V11", "V50", "V52"}


def test_what_annotators_do_later_is_new_and_the_rest_stands(place, workspace):
    one = begun(workspace)
    one.take_agreed()
    one.decide([Take(HAWLER, A)])
    workspace.close()
    with_aram = opened(place, annotator=ARAM, document="a")
    mark(with_aram, "دوێنێ", "DATE")
    with_aram.close()
    with_sara = opened(place, annotator=SARA, document="a")
    states = [unit.state.value for unit in begun(with_sara).units.listed]
    assert states == ["taken", "taken", "open"]
    with_sara.close()


def test_gold_tells_of_an_annotator_who_came_later(place, workspace):
    begun(workspace).take_agreed()
    workspace.close()
    with_rezhan = opened(place, annotator="ڕێژان", document="a")
    work(with_rezhan, {"a": [("ئازاد", "PER")]})
    with_rezhan.close()
    with_sara = opened(place, annotator=SARA, document="a")
    one = begun(with_sara)
    assert derived(with_sara) == ("a1", "a2")
    one.decide([Take(HAWLER, A)])
    assert derived(with_sara) == ("a1", "a2", "a4")
    assert begun(with_sara).gold.header.derived_from == ("a1", "a2", "a4")
    with_sara.close()


def derived(workspace):
    return workspace.project.annotations.header(DocumentId("a"), SetId("gold")).derived_from


def test_one_finished_set_is_too_few(tmp_path):
    path = project_with(tmp_path)
    workspace = opened(path, document="a")
    with pytest.raises(Refused) as refusal:
        begun(workspace)
    assert refusal.value.values == {"finished": 0, "sets": 0}
    work(workspace, OURS)
    workspace.change_annotator(ARAM)
    workspace.open(DocumentId("a"))
    mark(workspace, "ئازاد", "PER")
    with pytest.raises(Refused) as refusal:
        begun(workspace)
    assert refusal.value.values == {"finished": 1, "sets": 2}
    assert len(begun(workspace, takes_unfinished=True).units.listed) == 2
    workspace.close()


def test_nothing_is_written_where_nothing_is_decided(workspace):
    one = begun(workspace)
    assert one.decide([Leave("mention:77")]).edit.is_empty
    assert workspace.project.annotations.header(DocumentId("a"), SetId("gold")) is None
    assert workspace.clock is clock
