"""The findings of an open document, kept up to date off the key path."""

import gc
import weakref
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from annotator.core import checks
from annotator.core.annotations import Entity
from annotator.core.checks import RULES, Severity
from annotator.core.commands.mentions import add_mention
from annotator.core.commands.records import delete
from annotator.core.edits import Change, Edit
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.workbench import checking
from annotator.workbench.checking import check_annotations, facts_about
from annotator.workbench.findings import FindingsIndex
from annotator.workbench.open_document import OpenDocument
from tests.builders import scheme, segmentation
from tests.store.projects import DOCUMENT, HEADER, make_project

SCHEME = scheme()
LINE = len(DOCUMENT.text) // 20
"""The length of one of its lines, which are all alike."""


def opened_in(project, document=DOCUMENT):
    """The open document of a project, or one with another text in its stead."""
    return OpenDocument(
        project,
        SCHEME,
        document,
        HEADER,
        segmentation=segmentation(document.text),
        clock=lambda: datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    )


@pytest.fixture
def opened(tmp_path):
    with make_project(tmp_path / "p.nishan") as project:
        yield opened_in(project)


def mark(opened, start, end, label="GPE"):
    """Mark a piece of the text."""
    fragments = Fragments.at(start, end)
    opened.perform(add_mention(opened.annotations, SCHEME, fragments, label, entity=None))


def checked(opened):
    return check_annotations(
        opened.document,
        opened.annotations,
        opened.scheme,
        header=opened.header,
        segmentation=opened.segmentation,
    )


def index_of(opened):
    """The index of what is to be found now."""
    index = FindingsIndex(opened)
    index.refresh()
    return index


def test_a_document_is_checked_when_someone_has_time(opened):
    mark(opened, 4, 12)
    index = FindingsIndex(opened)
    assert (index.is_stale, index.findings) == (True, ())
    assert index.refresh()
    assert index.findings == checked(opened)
    assert "V04" in {said.rule for said in index.findings}
    assert not index.is_stale


def test_an_edit_costs_no_check_until_someone_has_time(opened, monkeypatch):
    index = index_of(opened)
    before = index.findings
    told = []
    index.changed.add(told.append)
    made = []
    monkeypatch.setattr(
        checking,
        "facts_about",
        lambda *facts, **more: made.append(1) or facts_about(*facts, **more),
    )
    mark(opened, 4, 12)
    assert (index.is_stale, index.findings, made, told) == (True, before, [], [])
    assert index.refresh()
    assert not index.refresh()
    assert (len(made), told) == (1, [index.findings])
    assert (index.is_stale, index.findings) == (False, checked(opened))


def test_it_is_checked_rule_by_rule(opened):
    mark(opened, 4, 12)
    index = FindingsIndex(opened)
    steps = 0
    while index.check_on():
        steps += 1
        assert index.findings == ()
    assert steps == len(RULES)
    assert index.findings == checked(opened)
    assert not index.check_on()


def test_an_edit_meanwhile_begins_the_check_anew(opened):
    mark(opened, 4, 12)
    index = FindingsIndex(opened)
    for _ in range(len(RULES) - 1):
        assert index.check_on()
    mark(opened, 33, 40, "PER")
    steps = 0
    while index.check_on():
        steps += 1
    assert steps == len(RULES)
    assert index.findings == checked(opened)


def test_what_changed_since_the_check_is_passed_over(opened):
    for start in (4, LINE + 4):
        mark(opened, start, start + 8)
    index = index_of(opened)
    opened.perform(delete(opened.annotations, [RecordId("T1")]))
    assert index.next_after(None, -1).record == "T2"
    assert index.previous_before(None, LINE) is None
    opened.undo()
    assert index.next_after(None, -1).record == "T2"
    index.refresh()
    assert index.next_after(None, -1).record == "T1"


def test_undo_makes_it_stale_too(opened):
    index = index_of(opened)
    mark(opened, 4, 12)
    index.refresh()
    opened.undo()
    assert index.is_stale
    assert index.refresh()
    assert index.findings == checked(opened)


def test_nobody_is_told_when_the_findings_stay_the_same(opened):
    mark(opened, 5, 11)
    opened.perform(delete(opened.annotations, [RecordId("T1")]))
    index = index_of(opened)
    told = []
    index.changed.add(told.append)
    mark(opened, 5, 11)
    opened.undo()
    assert index.is_stale
    assert not index.refresh()
    assert told == []


def test_findings_are_walked_by_place(opened):
    for start in (LINE + 4, 4, 2 * LINE + 4):
        mark(opened, start, start + 8)
    index = index_of(opened)
    placed = [said for said in index.findings if said.span is not None]
    assert len({said.span.start for said in placed}) >= 3 < len(placed)
    forward, said = [], None
    while (said := index.next_after(said, -1)) is not None:
        forward.append(said)
    assert forward == placed
    back = []
    while (said := index.previous_before(said, len(DOCUMENT.text))) is not None:
        back.append(said)
    assert back == placed[::-1]


def test_hints_are_passed_over_while_there_is_something_weightier(opened, monkeypatch):
    for start in (4, LINE + 4):
        mark(opened, start, start + 8)
    checked_rules = checks.rule_by_rule

    def with_hints(facts):
        for found in checked_rules(facts):
            yield [
                replace(said, severity=Severity.INFO) if said.record in hinted else said
                for said in found
            ]

    monkeypatch.setattr(checks, "rule_by_rule", with_hints)
    hinted = {"T1"}
    index = index_of(opened)
    assert {said.record for said in index.findings} == {"T1", "T2"}
    assert index.next_after(None, -1).record == "T2"
    assert index.previous_before(None, LINE) is None
    hinted = {"T1", "T2"}
    assert index_of(opened).next_after(None, -1).record == "T1"


def test_they_are_listed_by_weight(opened):
    for start in (4, LINE + 4):
        mark(opened, start, start + 8)
    index = index_of(opened)
    order = list(Severity)
    weights = [order.index(said.severity) for said in index.by_weight()]
    assert weights == sorted(weights)
    assert sorted(map(id, index.by_weight())) == sorted(map(id, index.findings))


def test_they_are_found_from_a_place_too(opened):
    for start in (4, LINE + 4):
        mark(opened, start, start + 8)
    index = index_of(opened)
    assert index.next_after(None, 4).span.start == LINE + 4
    assert index.next_after(None, 3).span.start == 4
    assert index.previous_before(None, LINE + 4).span.start == 4
    assert index.previous_before(None, 4) is None
    assert index.next_after(None, LINE + 4) is None
    gone = replace(index.at(4)[0], rule="V99")
    assert index.next_after(gone, 4).span.start == LINE + 4
    assert (index.at(1), len(index.at(4))) == ((), len(index.for_record(RecordId("T1"))))


def test_findings_in_a_stretch(opened):
    for start in (4, LINE + 4, 2 * LINE + 4):
        mark(opened, start, start + 8)
    index = index_of(opened)
    assert index.overlapping(Span(LINE + 11, 2 * LINE + 4)) == list(index.at(LINE + 4))
    assert index.overlapping(Span(LINE + 12, 2 * LINE + 4)) == []
    assert index.overlapping(Span(0, 3 * LINE)) == [s for s in index.findings if s.span]


def test_what_concerns_no_place_is_not_walked_to(opened):
    unused = Entity(RecordId("E1"), "GPE", "دهۆک")
    opened.perform(Edit("edit.link_entity", (Change(None, unused),)))
    index = index_of(opened)
    assert [(said.rule, said.span) for said in index.for_record(unused.id)] == [("V21", None)]
    assert all(said.span is None for said in index.findings)
    assert (index.next_after(None, -1), index.previous_before(None, 10**6)) == (None, None)


def test_what_concerns_no_record_has_a_place(tmp_path):
    with make_project(tmp_path / "p.nishan") as project:
        index = index_of(opened_in(project, replace(DOCUMENT, text="\x07هەولێر.")))
        assert [(said.rule, said.record) for said in index.at(0)] == [("V05", None)]
        assert index.next_after(None, -1) == index.at(0)[0]


def test_findings_of_a_record_and_of_a_severity(opened):
    mark(opened, 4, 12)
    mark(opened, 33, 40, "PER")
    index = index_of(opened)
    assert index.for_record(RecordId("T1")) == tuple(
        said for said in index.findings if said.record == "T1"
    )
    assert {said.rule for said in index.for_record(RecordId("T1"))} >= {"V04"}
    assert index.for_record(RecordId("T9")) == ()
    counts = index.counts()
    assert set(counts) == set(Severity)
    assert counts == {
        severity: sum(said.severity is severity for said in index.findings) for severity in Severity
    }
    assert counts[Severity.ERROR] >= 1


def test_the_document_does_not_keep_the_index_alive(opened):
    index = weakref.ref(FindingsIndex(opened))
    gc.collect()
    assert index() is None
    mark(opened, 4, 12)
    assert len(opened.annotations) == 1
