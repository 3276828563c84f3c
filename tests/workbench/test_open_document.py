"""The one door through which annotations change."""

import sqlite3

import pytest

from annotator.core.commands.mentions import rename_entity
from annotator.core.commands.spans import Part, move_boundary
from annotator.core.edits import Change, Edit, Focus
from annotator.core.history import Act
from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.foundation.errors import Refused, UserError
from annotator.kurdish.segmentation import segment
from annotator.workbench.open_document import COALESCE_SECONDS, EditApplied, OpenDocument
from annotator.workbench.workspace import open_workspace
from tests.workbench.projects import FIRST, clock, mark, opened, project_with

T1, E1 = RecordId("T1"), RecordId("E1")
START = 5
"""Where the first mention ends before it is nudged."""


@pytest.fixture
def workspace(tmp_path):
    made = opened(project_with(tmp_path, {"a": FIRST}))
    yield made
    made.close()


class Ticks:
    """A clock that a test moves."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def ticks():
    return Ticks()


@pytest.fixture
def document(workspace, ticks):
    """The open document with one mention, its nudges timed by `ticks`."""
    mark(workspace, "ئازاد", "PER")
    return reopened(workspace, ticks)


def reopened(workspace, ticks):
    shown = workspace.open_document
    return OpenDocument(
        workspace.project,
        workspace.scheme,
        shown.document,
        shown.header,
        segmentation=segment(FIRST),
        clock=clock,
        ticks=ticks,
    )


def nudge(document, end, **choices):
    edit = move_boundary(document.annotations, T1, Part.ANCHOR, end=end)
    return document.perform(edit, is_nudge=True, **choices)


def end_of(document):
    return document.annotations.mention("T1").fragments.envelope.end


def stored(workspace):
    return workspace.project.annotations.read(workspace.open_document.header)


def entries(workspace):
    return workspace.project.journal.entries(workspace.open_document.header)


def test_an_edit_reaches_the_file_the_set_and_the_listeners(workspace):
    told = []
    document = workspace.open_document
    listen = told.append
    document.edited.add(listen)
    before = document.annotations

    applied = mark(workspace, "هەولێر", "GPE")

    place = Span(9, 15)
    assert applied == EditApplied(Act.DO, applied.edit, before, document.annotations)
    assert told == [applied]
    assert applied.edit.focus == Focus(place.start, place.end)
    assert document.annotations.mention("T1").fragments.envelope == place
    assert stored(workspace) == document.annotations
    assert [(entry.act, entry.edit) for entry in entries(workspace)] == [(Act.DO, applied.edit)]


def test_an_edit_without_changes_does_nothing(workspace):
    told = []
    listen = told.append
    workspace.open_document.edited.add(listen)
    assert workspace.open_document.perform(Edit("edit.delete", ())) is None
    assert (told, workspace.project.annotations.headers()) == ([], ())


def test_undo_and_redo_go_through_the_same_door(workspace):
    mark(workspace, "ئازاد", "PER")
    mark(workspace, "هەولێر", "GPE")
    document = workspace.open_document
    made = document.annotations
    told = []
    listen = told.append
    document.edited.add(listen)

    document.undo()
    assert [mention.id for mention in document.annotations.mentions()] == ["T1"]
    document.undo()
    assert dict(document.annotations.records) == {}
    document.redo()
    document.redo()
    assert document.annotations.records == made.records
    assert stored(workspace) == document.annotations
    assert [applied.act for applied in told] == [Act.UNDO, Act.UNDO, Act.REDO, Act.REDO]


@pytest.mark.parametrize(
    ("act", "sentence"),
    [("undo", "refused.nothing_to_undo"), ("redo", "refused.nothing_to_redo")],
)
def test_there_is_an_end_to_it(workspace, act, sentence):
    with pytest.raises(Refused) as refused:
        getattr(workspace.open_document, act)()
    assert refused.value.key == sentence


def test_a_new_edit_forgets_what_could_be_redone(workspace):
    mark(workspace, "ئازاد", "PER")
    workspace.open_document.undo()
    mark(workspace, "هەولێر", "GPE")
    assert workspace.open_document.next_redo is None


def test_ids_are_not_given_out_again_after_an_undo(workspace):
    mark(workspace, "ئازاد", "PER")
    workspace.open_document.undo()
    mark(workspace, "هەولێر", "GPE")
    assert [mention.id for mention in workspace.open_document.annotations.mentions()] == ["T2"]


def test_undo_works_back_to_the_start_after_reopening(workspace):
    mark(workspace, "ئازاد", "PER")
    mark(workspace, "هەولێر", "GPE")
    workspace.open_document.undo()
    path = workspace.path
    made = workspace.open_document.annotations
    workspace.close()

    again = opened(path)
    document = again.open_document
    assert document.annotations == made
    assert document.next_redo is not None
    document.undo()
    assert dict(document.annotations.records) == {}
    assert document.next_undo is None
    document.redo()
    document.redo()
    assert len(document.annotations) == 2
    again.close()


@pytest.mark.parametrize(
    ("wait", "steps"), [(COALESCE_SECONDS, 1), (COALESCE_SECONDS + 0.01, 3)], ids=["soon", "late"]
)
def test_nudges_that_follow_each_other_are_one_step(document, ticks, wait, steps):
    for end in (6, 7, 8):
        nudge(document, end)
        ticks.now += wait
    for _ in range(steps):
        document.undo()
    assert end_of(document) == START


def test_joined_nudges_are_one_step_after_reopening_too(workspace, document, ticks):
    for end in (6, 7, 8):
        nudge(document, end)
    again = reopened(workspace, ticks)
    again.undo()
    assert end_of(again) == START
    again.redo()
    assert end_of(again) == 8


@pytest.mark.parametrize(
    "between",
    [
        pytest.param(lambda document: document.end_nudge(), id="the caret moved"),
        pytest.param(
            lambda document: document.perform(rename_entity(document.annotations, E1, "ئازاد ک.")),
            id="another edit",
        ),
        pytest.param(lambda document: (document.undo(), document.redo()), id="undo and redo"),
    ],
)
def test_what_comes_between_nudges_ends_their_step(document, between):
    nudge(document, 6)
    between(document)
    nudge(document, 7)
    document.undo()
    assert end_of(document) == 6


def test_nudges_of_different_records_are_steps_of_their_own(workspace, ticks):
    mark(workspace, "ئازاد", "PER")
    mark(workspace, "هەولێر", "GPE")
    document = reopened(workspace, ticks)
    nudge(document, 6)
    edit = move_boundary(document.annotations, RecordId("T2"), Part.ANCHOR, end=16)
    document.perform(edit, is_nudge=True)
    document.undo()
    assert end_of(document) == 6


def test_a_first_nudge_does_not_join_an_edit_before_it(document):
    edit = move_boundary(document.annotations, T1, Part.ANCHOR, end=6)
    document.perform(edit)
    nudge(document, 7)
    document.undo()
    assert end_of(document) == 6


def test_nudges_there_and_back_leave_no_step_that_does_nothing(workspace, document, ticks):
    nudge(document, 6)
    nudge(document, START)
    for one in (document, reopened(workspace, ticks)):
        assert len(one.annotations) == 1
        one.undo()
        assert len(one.annotations) == 0
        one.redo()
        assert len(one.annotations) == 1
        assert end_of(one) == START
        # The step without an effect is still the file's; it is passed over in both directions.
        while one.next_redo is not None:
            one.redo()
        one.undo()
        assert len(one.annotations) == 0
        one.redo()


def test_a_stale_edit_is_refused_and_changes_nothing(document, workspace):
    mention = document.annotations.mention("T1")
    edit = move_boundary(document.annotations, T1, Part.ANCHOR, end=7)
    nudge(document, 6)
    before, log = document.annotations, entries(workspace)
    with pytest.raises(Refused) as refused:
        document.perform(edit)
    assert refused.value.key == "refused.stale_edit"
    assert (document.annotations, entries(workspace)) == (before, log)
    assert mention != document.annotations.mention("T1")


@pytest.mark.parametrize("act", ["perform", "undo", "redo"])
def test_a_failing_write_changes_nothing_and_tells_nobody(workspace, monkeypatch, act):
    mark(workspace, "ئازاد", "PER")
    mark(workspace, "هەولێر", "GPE")
    document = workspace.open_document
    document.undo()
    told = []
    listen = told.append
    document.edited.add(listen)
    before = (document.annotations, document.next_undo, document.next_redo)
    in_file, log = stored(workspace), entries(workspace)

    def fail(*_, **__):
        raise UserError("store.full", name="news.nishan")

    with monkeypatch.context() as broken:
        broken.setattr(workspace.project.journal, "append", fail)
        with pytest.raises(UserError) as error:
            mark(workspace, "دوێنێ", "DATE") if act == "perform" else getattr(document, act)()
    assert error.value.key == "store.full"
    assert (document.annotations, document.next_undo, document.next_redo) == before
    assert (stored(workspace), entries(workspace), told) == (in_file, log, [])
    document.redo()
    assert len(document.annotations) == 2


def test_the_first_write_may_fail_and_be_done_again(workspace, monkeypatch):
    def fail(*_, **__):
        raise UserError("store.full", name="news.nishan")

    with monkeypatch.context() as broken:
        broken.setattr(workspace.project.annotations, "write", fail)
        with pytest.raises(UserError):
            mark(workspace, "ئازاد", "PER")
    assert workspace.project.annotations.headers() == ()
    mark(workspace, "ئازاد", "PER")
    assert stored(workspace) == workspace.open_document.annotations


def test_an_edit_that_would_lie_outside_the_text_is_not_taken(workspace, document):
    mention = document.annotations.mention("T1")
    outside = move_boundary(document.annotations, T1, Part.ANCHOR, end=len(FIRST) + 1)
    with pytest.raises(Exception, match="outside_text"):
        document.perform(outside)
    assert document.annotations.mention("T1") == mention
    assert Change(mention, None).before in stored(workspace).records.values()


def tampered(workspace, statement):
    """The project closed, changed behind its back and opened again."""
    path = workspace.project.path
    workspace.close()
    database = sqlite3.connect(path)
    assert database.execute(statement).rowcount == 1
    database.commit()
    database.close()
    return opened(path, document="a")


BREAK = "UPDATE annotations SET body = replace(body, 'PER', 'ORG') WHERE id = 'T1'"


def test_damage_near_the_caret_is_told_before_a_document_opens(workspace):
    mark(workspace, "ئازاد", "PER")
    with pytest.raises(UserError, match="record_damaged"):
        tampered(workspace, BREAK)


def test_after_damage_was_met_nothing_is_changed(workspace):
    mark(workspace, "ئازاد", "PER")
    mark(workspace, "هەولێر", "GPE")
    path = workspace.project.path
    workspace.close()
    again = open_workspace(path, clock=clock)
    try:
        document = again.project.documents.get(again.project.documents.entries()[0].id)
        header = again.project.annotations.headers(document.id)[0]
        made = OpenDocument(
            again.project,
            again.scheme,
            document,
            header,
            segmentation=segment(FIRST),
            clock=clock,
        )
        with again.project.transaction() as tx:
            tx.execute(BREAK)
        with pytest.raises(UserError, match="record_damaged"):
            made.read_more(99)
        before = entries_of(again, header)
        with pytest.raises(UserError, match="record_damaged"):
            made.undo()
        assert entries_of(again, header) == before
    finally:
        again.close()


def entries_of(workspace, header):
    return workspace.project.journal.entries(header)


def test_the_rest_of_a_set_is_read_in_pieces(workspace):
    mark(workspace, "ئازاد", "PER")
    mark(workspace, "هەولێر", "GPE")
    document = reopened(workspace, Ticks())
    assert document.read_more(1)
    assert document.read_more(3)
    assert not document.read_more(1)
    assert not document.read_more(1)
    assert document.annotations == stored(workspace)
