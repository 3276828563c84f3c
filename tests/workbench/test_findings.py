"""The findings of an open document, kept up to date off the key path."""

import gc
import weakref
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from annotator.core.annotations import Entity
from annotator.core.checks import Severity
from annotator.core.commands.mentions import add_mention
from annotator.core.commands.records import delete
from annotator.core.edits import Change, Edit
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.workbench import findings as findings_module
from annotator.workbench.checking import check_annotations
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


def test_a_document_is_checked_when_it_opens(opened):
    mark(opened, 4, 12)
    index = FindingsIndex(opened)
    assert index.findings == checked(opened)
    assert "V04" in {said.rule for said in index.findings}
    assert not index.is_stale


def test_an_edit_costs_no_check_until_someone_has_time(opened, monkeypatch):
    index = FindingsIndex(opened)
    before = index.findings
    told = []
    index.changed.add(told.append)
    checks = []
    monkeypatch.setattr(
        findings_module,
        "check_annotations",
        lambda *facts, **more: checks.append(1) or check_annotations(*facts, **more),
    )
    mark(opened, 4, 12)
    assert (index.is_stale, index.findings, checks, told) == (True, before, [], [])
    assert index.refresh()
    assert (index.is_stale, index.findings, len(checks)) == (False, checked(opened), 1)
    assert told == [index.findings]
    assert not index.refresh()
    assert (len(checks), len(told)) == (1, 1)


def test_undo_makes_it_stale_too(opened):
    index = FindingsIndex(opened)
    mark(opened, 4, 12)
    index.refresh()
    opened.undo()
    assert index.is_stale
    assert index.refresh()
    assert index.findings == checked(opened)


def test_nobody_is_told_when_the_findings_stay_the_same(opened):
    mark(opened, 5, 11)
    opened.perform(delete(opened.annotations, [RecordId("T1")]))
    index = FindingsIndex(opened)
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
    index = FindingsIndex(opened)
    placed = [said for said in index.findings if said.span is not None]
    starts = sorted({said.span.start for said in placed})
    assert len(starts) >= 3
    forward, at = [], -1
    while (said := index.next_after(at)) is not None:
        at = said.span.start
        forward.append(said)
    assert [said.span.start for said in forward] == starts
    back, at = [], len(DOCUMENT.text)
    while (said := index.previous_before(at)) is not None:
        at = said.span.start
        back.append(said)
    assert back == forward[::-1]
    assert [said for start in starts for said in index.at(start)] == placed
    assert index.at(1) == ()


def test_what_concerns_no_place_is_not_walked_to(opened):
    unused = Entity(RecordId("E1"), "GPE", "دهۆک")
    opened.perform(Edit("edit.link_entity", (Change(None, unused),)))
    index = FindingsIndex(opened)
    assert [(said.rule, said.span) for said in index.for_record(unused.id)] == [("V21", None)]
    assert all(said.span is None for said in index.findings)
    assert (index.next_after(-1), index.previous_before(10**6)) == (None, None)


def test_what_concerns_no_record_has_a_place(tmp_path):
    with make_project(tmp_path / "p.nishan") as project:
        index = FindingsIndex(opened_in(project, replace(DOCUMENT, text="\x07هەولێر.")))
        assert [(said.rule, said.record) for said in index.at(0)] == [("V05", None)]
        assert index.next_after(-1) == index.at(0)[0]


def test_findings_of_a_record_and_of_a_severity(opened):
    mark(opened, 4, 12)
    mark(opened, 33, 40, "PER")
    index = FindingsIndex(opened)
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
