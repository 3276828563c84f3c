"""What a step would take away is counted before it is done."""

import pytest

from annotator.core.commands.records import delete
from annotator.core.history import Act
from annotator.core.ids import DocumentId, Layer, SetId
from annotator.core.project_edits import ProjectEdit
from annotator.core.sudden_drop import SuddenDrop
from annotator.workbench.losses import Losses
from annotator.workbench.project_changes import MARK_ALL, SetEdit
from annotator.workbench.relabelling import Relabeller
from annotator.workbench.trash import Trash
from tests.workbench.projects import ARAM, SHILAN, import_into, mark, opened, project_with, write

A, B, C = DocumentId("a"), DocumentId("b"), DocumentId("c")


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch):
    monkeypatch.setattr("annotator.core.sudden_drop.FEWEST", 1)


@pytest.fixture
def workspace(tmp_path):
    made = opened(project_with(tmp_path), document="a")
    mark(made, "ئازاد", "PER")
    made.open(B)
    mark(made, "نەورۆز", "PER")
    mark(made, "سلێمانی", "GPE")
    made.open(C)
    mark(made, "دهۆک", "GPE")
    yield made
    made.close()


def losses(workspace):
    return Losses(workspace.project)


def test_documents(workspace):
    assert losses(workspace).of_documents([A]) == SuddenDrop(1, 4)
    assert losses(workspace).of_documents([A, B, C]) == SuddenDrop(4, 4, Layer.MENTION)
    assert losses(workspace).of_documents([]) is None
    Trash(workspace.project, workspace.changes).remove_documents([B])
    assert losses(workspace).of_documents([A]) == SuddenDrop(1, 2)
    assert losses(workspace).of_documents([B]) is None


def test_a_person(workspace):
    workspace.change_annotator(ARAM)
    aram = workspace.annotator
    assert losses(workspace).of_person(aram) is None
    mark(workspace, "باران", "LOC")
    mark(workspace, "دهۆک", "LOC")
    assert losses(workspace).of_person(aram) == SuddenDrop(2, 6)
    workspace.change_annotator(SHILAN)


def test_a_label(workspace):
    assert losses(workspace).of_label(0) is None
    assert losses(workspace).of_label(2) == SuddenDrop(2, 4)


def test_taking_an_import_back(workspace, tmp_path):
    import_into(workspace.project, write(tmp_path, "d.txt", "شارێکی نوێ."))
    newest, first = workspace.changes.steps()
    assert losses(workspace).of_turn(newest, Act.UNDO) is None
    assert losses(workspace).of_turn(first, Act.UNDO) == SuddenDrop(4, 4, Layer.MENTION)
    assert losses(workspace).of_turn(first, Act.REDO) is None


def test_a_removal_brought_back_takes_the_document_again(workspace):
    trash = Trash(workspace.project, workspace.changes)
    step = trash.remove_documents([B]).step
    workspace.changes.undo(step)
    found = next(each for each in workspace.changes.steps() if each.seq == step)
    assert losses(workspace).of_turn(found, Act.REDO) == SuddenDrop(2, 4)


def test_edits_of_sets_count_by_what_they_take(workspace):
    door = workspace.door(B, SetId("a1"))
    marks = [mention.id for mention in door.annotations.mentions()]
    edit = delete(door.annotations, marks)
    workspace.changes.perform(ProjectEdit(MARK_ALL), [SetEdit(door, edit)])
    step = workspace.changes.steps()[0]
    assert losses(workspace).of_turn(step, Act.UNDO) is None
    workspace.changes.undo(step.seq)
    assert losses(workspace).of_turn(step, Act.REDO) == SuddenDrop(2, 4)


def test_another_label_takes_nothing_away(workspace):
    relabeller = Relabeller(workspace.project, workspace.changes, workspace.door)
    relabeller.perform(relabeller.plan("GPE", "LOC"))
    assert losses(workspace).of_turn(workspace.changes.steps()[0], Act.UNDO) is None


def test_a_set_of_a_person(workspace):
    workspace.change_annotator(ARAM)
    mark(workspace, "باران", "LOC")
    aram = workspace.annotator
    workspace.change_annotator(SHILAN)
    trash = Trash(workspace.project, workspace.changes)
    step = trash.remove_person(aram).step
    workspace.changes.undo(step)
    assert losses(workspace).of_turn(workspace.changes.steps()[0], Act.REDO) is None  # 1 of 5
