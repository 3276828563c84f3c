"""A whole project is decided by one rule as one step, which is taken back as a whole."""

import gc

import pytest

from annotator.adjudication.comparison import Comparison
from annotator.adjudication.strategies import all_agree, first_of, majority
from annotator.core.annotations import SetStatus
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.foundation.errors import Refused, UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.adjudicating import open_adjudication
from annotator.workbench.adjudicating_project import (
    ProjectAdjudicator,
    adjudicator_of,
)
from annotator.workbench.adjudication_wording import report_lines
from annotator.workbench.history_wording import step_sentence
from tests.workbench.adjudications import OURS, SARA, THEIRS, annotated_twice, labels, work
from tests.workbench.projects import FIRST, clock, mark, opened

GOLD, SHILANS = SetId("gold"), AnnotatorId("a1")
DOCUMENTS = DocumentId("a"), DocumentId("b")


@pytest.fixture
def place(tmp_path):
    return annotated_twice(tmp_path)


def run(path, strategy=all_agree, **choices):
    with ProjectFile.open(path) as project:
        return adjudicator_of(project, clock).run(strategy, adjudicator=SHILANS, **choices)


def golden(project, document="a"):
    header = project.annotations.header(DocumentId(document), GOLD)
    return project.annotations.read(header)


def test_what_all_agree_on_is_one_step_of_the_project(place):
    report = run(place)
    numbers = [(each.document, each.units, each.agreed, each.decided, each.open)
               for each in report.documents]  # fmt: skip
    assert numbers == [("a", 2, 1, 1, 1), ("b", 1, 1, 1, 0)]
    assert report.alone == ("c",)
    assert report.step is not None
    workspace = opened(place)
    (step,) = (each for each in workspace.changes.steps() if each.seq == report.step)
    sentence = step_sentence(load_catalogue("en"), step.edit)
    assert sentence == "Adjudicated: documents: 2, decided: 2"
    assert labels(golden(workspace.project)) == {0: "PER"}
    assert golden(workspace.project, "b").status.status is SetStatus.COMPLETE
    workspace.changes.undo(report.step)
    assert [workspace.project.annotations.removed_at(each, GOLD) for each in DOCUMENTS] == [
        "2026-11-21T09:00:00Z"
    ] * 2
    workspace.close()
    workspace = opened(place)
    workspace.changes.redo(report.step)
    assert labels(golden(workspace.project)) == {0: "PER"}
    workspace.project.check()
    workspace.close()


def test_a_second_run_decides_what_is_left_and_a_third_nothing(place):
    run(place)
    report = run(place, first_of(SetId("a2")))
    assert [(each.before, each.decided, each.open) for each in report.documents] == [
        (1, 1, 0), (1, 0, 0)
    ]  # fmt: skip
    with ProjectFile.open(place) as project:
        assert labels(golden(project)) == {0: "PER", FIRST.index("هەولێر"): "ORG"}
    assert run(place, majority).step is None


def test_gold_in_which_everything_was_left_out_is_gold_all_the_same(tmp_path):
    place = annotated_twice(tmp_path, {"a": []}, {"a": [("ئازاد", "PER")]})
    run(place, first_of(SetId("a1")))
    workspace = opened(place, annotator="شیلان", document="a")
    mark(workspace, "هەولێر", "GPE")
    workspace.close()
    (report,) = run(place, first_of(SetId("a2"))).documents
    assert (report.before, report.decided) == (1, 1)


def test_what_went_to_the_trash_comes_back_with_the_next_step(place):
    first = run(place)
    workspace = opened(place)
    workspace.changes.undo(first.step)
    workspace.close()
    second = run(place, documents=DOCUMENTS[:1])
    assert [each.document for each in second.documents] == ["a"]
    workspace = opened(place)
    assert workspace.project.annotations.removed_at(DOCUMENTS[0], GOLD) is None
    assert workspace.project.annotations.removed_at(DOCUMENTS[1], GOLD) is not None
    workspace.close()


def test_a_look_writes_nothing(place):
    before = place.read_bytes()
    with ProjectFile.open(place) as project:
        report = adjudicator_of(project, clock).preview(all_agree)
        assert project.annotations.header(DOCUMENTS[0], GOLD) is None
    assert (report.step, report.total(lambda each: each.decided)) == (None, 2)
    assert len(before) == len(place.read_bytes())


def test_what_was_compared_is_let_go_before_the_next_document(place):
    """A project has many documents, and the sets of all of them need not have room at once."""
    alive = []

    def look(done, total):
        alive.append(sum(isinstance(each, Comparison) for each in gc.get_objects()))
        return True

    with ProjectFile.open(place) as project:
        adjudicator_of(project, clock).preview(all_agree, progress=look)
    assert len(alive) > len(DOCUMENTS)
    assert max(alive) == min(alive)


def test_gold_tells_of_an_annotator_who_came_later(place):
    run(place)
    workspace = opened(place, annotator="ڕێژان", document="a")
    work(workspace, {"a": [("ئازاد", "PER"), ("هەولێر", "ORG")]})
    workspace.close()
    report = run(place, majority)
    assert [each.open for each in report.documents] == [0, 0]
    with ProjectFile.open(place) as project:
        derived = [project.annotations.header(each, GOLD).derived_from for each in DOCUMENTS]
        assert derived == [("a1", "a2", "a3"), ("a1", "a2")]
        assert labels(golden(project)) == {0: "PER", FIRST.index("هەولێر"): "ORG"}


def test_it_can_be_stopped_and_says_which_document_is_missing(place):
    with ProjectFile.open(place) as project:
        adjudicator = adjudicator_of(project, clock)
        with pytest.raises(Refused, match="cancelled"):
            adjudicator.preview(all_agree, progress=lambda done, total: done < 1)
        with pytest.raises(UserError, match="no_document"):
            adjudicator.preview(all_agree, [DocumentId("x")])


@pytest.mark.parametrize("is_begun", [True, False])
def test_the_set_on_the_page_follows(place, is_begun):
    workspace = opened(place, annotator=SARA, document="a")
    one = open_adjudication(workspace, DOCUMENTS[0])
    if is_begun:
        one.take_agreed()
    page = workspace.open(DOCUMENTS[0], one.gold.header)
    adjudicator = ProjectAdjudicator(
        workspace.project,
        changes=workspace.changes,
        door=workspace.door,
        clock=clock,
        page=lambda: workspace.open_document,
    )
    report = adjudicator.run(first_of(SetId("a1")), adjudicator=workspace.annotator.id)
    assert labels(page.annotations) == {0: "PER", FIRST.index("هەولێر"): "GPE"}
    workspace.changes.undo(report.step)
    assert labels(page.annotations) == ({0: "PER"} if is_begun else {})
    workspace.project.check()
    workspace.close()


def test_the_report_in_words(tmp_path):
    path = annotated_twice(tmp_path, OURS, {**THEIRS, "c": [("باران", "PER")]})
    workspace = opened(path, document="a")
    workspace.set_status(SetStatus.IN_PROGRESS, focus=None)
    workspace.close()
    people = {SetId("a1"): "شیلان", SetId("a2"): "ئارام"}
    with ProjectFile.open(path) as project:
        adjudicator = adjudicator_of(project, clock, takes_unfinished=True)
        report = adjudicator.preview(all_agree)
        whole = adjudicator_of(project, clock).preview(all_agree)
    english = load_catalogue("en")
    told = report_lines(english, report, people, is_dry=True)
    assert list(map(without_isolates, told)) == [
        "Documents that would be compared: 2. Units: 3, of them agreed: 2, decided before: 0, "
        "would be decided: 2, open then: 1.",
        "Left out, because fewer than two annotators have completed them (1): c",
    ]
    assert next(iter(report_lines(english, whole, people))).startswith("Documents compared: 1.")
    for language in ("ckb", "en"):
        lines = list(report_lines(load_catalogue(language), whole, people))
        assert len(lines) == 2
