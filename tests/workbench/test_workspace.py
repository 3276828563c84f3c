"""The open project as one annotator works in it."""

import hashlib

import pytest

from annotator.core.annotations import SetStatus
from annotator.core.edits import Focus
from annotator.core.ids import DocumentId
from annotator.foundation.errors import Refused, UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.document_lines import DocumentLine
from annotator.workbench.workspace import open_workspace
from tests.workbench.projects import (
    ARAM,
    FIRST,
    SECOND,
    SHILAN,
    THIRD,
    clock,
    complete,
    mark,
    new_project,
    opened,
    project_with,
)


@pytest.fixture
def path(tmp_path):
    return project_with(tmp_path)


@pytest.fixture
def workspace(path):
    made = opened(path)
    yield made
    made.close()


def current(workspace):
    return workspace.open_document.document.id


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_new_project_opens_at_its_first_document(workspace):
    assert (current(workspace), workspace.annotator.name) == ("a", SHILAN)


def test_a_project_without_documents_opens_without_one(tmp_path):
    project = new_project(tmp_path)
    project.close()
    workspace = opened(project.path)
    assert (workspace.open_document, workspace.lines(), workspace.neighbour(1)) == (None, [], None)
    assert workspace.next_unfinished() is None
    with pytest.raises(Refused) as refused:
        complete(workspace)
    assert refused.value.key == "refused.no_document"
    workspace.close()


def test_work_goes_on_at_the_document_and_the_caret_where_it_was_left(path):
    first = opened(path, document="b")
    first.remember_place(Focus(3, 9))
    first.close()

    told = []
    again = open_workspace(path, clock=clock)
    listen = told.append
    again.document_opened.add(listen)
    again.open_last()
    assert current(again) == "b"
    assert [(message.document, message.place) for message in told] == [
        (again.open_document, Focus(3, 9))
    ]
    again.open(DocumentId("a"))
    again.open(DocumentId("b"))
    assert [message.place for message in told[1:]] == [Focus(0, 0), Focus(3, 9)]
    again.close()


def test_work_goes_on_at_the_next_document_after_one_was_completed(path):
    first = opened(path)
    mark(first, "ئازاد", "PER")
    complete(first)
    first.open(first.next_unfinished())
    first.close()
    again = opened(path)
    assert current(again) == "b"
    again.close()


def test_looking_at_documents_does_not_change_the_file(path):
    before = digest(path)
    workspace = opened(path)
    for name in ("b", "c", "a"):
        workspace.open(DocumentId(name))
        workspace.remember_place(Focus(0, 0))
    workspace.lines()
    workspace.close()
    assert digest(path) == before


def test_leaving_without_moving_the_caret_writes_nothing_either(path):
    first = opened(path, document="b")
    first.remember_place(Focus(3, 9))
    first.close()
    before = digest(path)
    again = opened(path)
    again.remember_place(Focus(3, 9))
    again.open(DocumentId("c"))
    again.close()
    assert digest(path) == before


def test_a_place_behind_the_end_of_the_text_is_its_end(path):
    first = opened(path)
    first.remember_place(Focus(10_000, 10_000))
    first.close()
    told = []
    again = open_workspace(path, clock=clock)
    listen = told.append
    again.document_opened.add(listen)
    again.open_last()
    assert told[0].place == Focus(len(FIRST), len(FIRST))
    again.close()


def test_a_place_that_cannot_be_written_stands_in_nobodys_way(workspace, monkeypatch):
    def fail(*_):
        raise UserError("store.full", name="news.nishan")

    workspace.remember_place(Focus(1, 1))
    monkeypatch.setattr(workspace.project.places, "save", fail)
    workspace.open(DocumentId("b"))
    assert current(workspace) == "b"


def test_a_project_that_can_only_be_read_can_be_looked_through(path, monkeypatch):
    monkeypatch.setattr("annotator.store.project_file.can_be_written", lambda _: False)
    workspace = opened(path)
    assert workspace.project.is_read_only
    workspace.remember_place(Focus(2, 2))
    workspace.open(DocumentId("b"))
    workspace.change_annotator(SHILAN)
    with pytest.raises(UserError) as error:
        mark(workspace, "نەورۆز", "PER")
    assert error.value.key == "store.read_only"
    workspace.close()


def test_a_project_without_annotators_can_be_looked_through_as_well(tmp_path, monkeypatch):
    path = project_with(tmp_path, annotator=None)
    monkeypatch.setattr("annotator.store.project_file.can_be_written", lambda _: False)
    workspace = opened(path)
    assert workspace.annotator.name == "a1"
    workspace.close()


def test_closing_frees_the_file_even_if_the_place_cannot_be_written(workspace, monkeypatch):
    def fail(*_):
        raise RuntimeError

    workspace.remember_place(Focus(1, 1))
    monkeypatch.setattr(workspace.project.places, "save", fail)
    with pytest.raises(RuntimeError):
        workspace.close()
    ProjectFile.open(workspace.path).close()


def test_the_list_tells_names_lengths_and_how_far_each_is(workspace):
    mark(workspace, "ئازاد", "PER")
    workspace.open(DocumentId("b"))
    mark(workspace, "نەورۆز", "PER")
    mark(workspace, "سلێمانی", "GPE")
    complete(workspace)
    assert workspace.lines() == [
        DocumentLine(DocumentId("a"), "a", len(FIRST), SetStatus.IN_PROGRESS, 1),
        DocumentLine(DocumentId("b"), "b", len(SECOND), SetStatus.COMPLETE, 2),
        DocumentLine(DocumentId("c"), "c", len(THIRD), SetStatus.NEW, 0),
    ]


@pytest.mark.parametrize(
    ("here", "step", "there"),
    [("a", 1, "b"), ("b", 1, "c"), ("c", 1, None), ("b", -1, "a"), ("a", -1, None)],
)
def test_neighbours_are_those_of_the_list(workspace, here, step, there):
    workspace.open(DocumentId(here))
    assert workspace.neighbour(step) == there


def test_next_unfinished_goes_round_once(workspace):
    workspace.open(DocumentId("b"))
    assert workspace.next_unfinished() == "c"
    workspace.open(DocumentId("c"))
    assert workspace.next_unfinished() == "a"
    workspace.open(DocumentId("a"))
    complete(workspace)
    workspace.open(DocumentId("b"))
    complete(workspace)
    assert workspace.next_unfinished() == "c"
    workspace.open(DocumentId("c"))
    complete(workspace)
    assert workspace.next_unfinished() is None


def test_completing_can_be_undone(workspace):
    complete(workspace)
    assert workspace.lines()[0].status is SetStatus.COMPLETE
    workspace.open_document.undo()
    assert workspace.lines()[0].status is SetStatus.NEW


def test_edits_of_every_document_are_told_by_the_workspace(workspace):
    told = []
    listen = told.append
    workspace.edited.add(listen)
    first = mark(workspace, "ئازاد", "PER")
    workspace.open(DocumentId("b"))
    second = mark(workspace, "نەورۆز", "PER")
    assert told == [first, second]


def test_annotators_have_sets_and_places_of_their_own(workspace):
    told = []
    listen = told.append
    workspace.documents_changed.add(listen)
    mark(workspace, "ئازاد", "PER")
    workspace.remember_place(Focus(4, 4))
    workspace.change_annotator(f"  {ARAM} ")
    assert (workspace.annotator.name, current(workspace), told) == (ARAM, "a", [None])
    assert len(workspace.open_document.annotations) == 0
    mark(workspace, "هەولێر", "GPE")
    mark(workspace, "ئازاد", "PER")
    workspace.change_annotator(SHILAN)
    assert [m.label for m in workspace.open_document.annotations.mentions()] == ["PER"]
    workspace.open_document.undo()
    assert [line.annotations for line in workspace.lines()] == [0, 0, 0]
    counts = workspace.project.annotations.counts_of(DocumentId("a"))
    assert {name: sum(layers.values()) for name, layers in counts.items()} == {"a1": 0, "a2": 2}


def test_whoever_worked_last_works_on(path):
    first = opened(path)
    first.change_annotator(ARAM)
    first.close()
    again = opened(path)
    assert again.annotator.name == ARAM
    again.close()
    chosen = opened(path, annotator=SHILAN)
    assert chosen.annotator.name == SHILAN
    chosen.close()


def test_nobody_works_without_a_name(workspace):
    with pytest.raises(Refused) as refused:
        workspace.change_annotator(" \n ")
    assert refused.value.key == "refused.annotator_name_empty"
    assert (workspace.annotator.name, current(workspace)) == (SHILAN, "a")


def test_a_project_made_without_a_name_gets_a_first_annotator(tmp_path):
    workspace = opened(project_with(tmp_path, annotator=None))
    assert (workspace.annotator.id, workspace.annotator.name) == ("a1", "a1")
    workspace.close()


def test_a_document_that_is_not_there_leaves_the_open_one(workspace):
    with pytest.raises(UserError) as error:
        workspace.open(DocumentId("nothing"))
    assert error.value.key == "store.no_such_document"
    assert current(workspace) == "a"


def test_a_failing_opening_frees_the_file(path):
    with pytest.raises(Refused):
        open_workspace(path, annotator=" ", clock=clock)
    ProjectFile.open(path).close()


def test_the_line_of_the_open_document_is_that_of_the_list(workspace):
    def listed():
        shown = workspace.open_document.document.id
        return next(line for line in workspace.lines() if line.id == shown)

    assert workspace.open_line() == listed()
    mark(workspace, "ئازاد", "PER")
    assert workspace.open_line() == listed()
    complete(workspace)
    assert workspace.open_line() == listed()
    workspace.give_up()
    assert workspace.open_line() is None
    assert workspace.open_document is None
