"""What is in the trash or in the project although the acts seem to say otherwise."""

from datetime import UTC, datetime, timedelta

import pytest

from annotator.core.annotations import Entity
from annotator.core.edits import Change, Edit
from annotator.core.ids import DocumentId, SetId
from annotator.core.project_edits import Presence, ProjectEdit
from annotator.workbench.purging import Purger
from annotator.workbench.trash import Trash
from annotator.workbench.workspace import open_workspace
from tests.store.doctor.patients import ailments, tamper
from tests.workbench.merges import copy_of, merge
from tests.workbench.projects import ARAM, SHILAN, clock, mark, opened, project_with

A, B, C = map(DocumentId, "abc")
IMPORT = 1


@pytest.fixture
def path(tmp_path):
    return project_with(tmp_path)


@pytest.fixture
def workspace(path):
    moments = (datetime(2026, 11, 22, 9, 0, tzinfo=UTC) + timedelta(minutes=n) for n in range(999))
    made = open_workspace(path, annotator=SHILAN, clock=lambda: next(moments))
    made.open(A)
    yield made
    made.close()


@pytest.fixture
def trash(workspace):
    return Trash(workspace.project, workspace.changes)


def found(workspace):
    """What the doctor says when the project is closed."""
    workspace.close()
    return [(said.kind.value, said.detail) for said in ailments(workspace.path)]


def marked(path, document):
    """A project in which somebody else has marked a word in this document."""
    words = {A: "هەولێر", B: "سلێمانی"}
    other = opened(path, document=document, annotator=ARAM)
    mark(other, words[document], "GPE")
    other.close()
    return path


def person(workspace, name):
    everybody = (*workspace.project.people.all(), *workspace.project.people.removed())
    return next(one for one in everybody if one.name == name)


def work_as(workspace, name, document):
    """Mark a word as somebody and take it back; nothing of it is left."""
    workspace.change_annotator(name)
    workspace.open(document)
    mark(workspace, workspace.open_document.document.text.split()[-1][:3], "PER")
    workspace.open_document.undo()
    workspace.change_annotator(SHILAN)
    workspace.open(A)


def test_the_older_of_two_removals_is_taken_back(workspace, trash):
    first = trash.remove_documents([C]).step
    trash.restore_documents([C])
    trash.remove_documents([C])
    workspace.changes.undo(first)
    assert [entry.id for entry in workspace.project.documents.removed()] == [C]
    assert found(workspace) == []


def test_what_came_by_a_step_that_does_not_stand_stays_away(workspace, trash):
    removal = trash.remove_documents([B, C]).step
    workspace.changes.undo(IMPORT)
    workspace.changes.undo(removal)
    assert found(workspace) == []


def test_a_person_who_has_another_set_stays(path, workspace):
    merged = merge(workspace, marked(copy_of(path), A)).step
    work_as(workspace, ARAM, C)
    workspace.changes.undo(merged)
    assert person(workspace, ARAM) in workspace.project.people.all()
    assert found(workspace) == []


def test_a_set_in_which_somebody_works_stays(path, workspace):
    work_as(workspace, ARAM, C)
    merged = merge(workspace, marked(copy_of(path), A)).step
    workspace.change_annotator(ARAM)
    workspace.open(A)
    mark(workspace, "ئازاد", "PER")
    workspace.changes.undo(merged)
    assert len(workspace.project.annotations.headers(A)) == 1
    assert found(workspace) == []


def test_a_person_whose_set_was_deleted_for_ever_since_stays(path, workspace, trash):
    merged = merge(workspace, marked(copy_of(path), A)).step
    work_as(workspace, ARAM, C)
    workspace.changes.undo(merged)
    trash.remove_documents([C])
    Purger(workspace.project, workspace.changes, clock).run([C], path.with_name("c.jsonl"))
    assert person(workspace, ARAM) in workspace.project.people.all()
    assert found(workspace) == []


def test_a_person_whose_set_went_since_stays(path, workspace):
    other = marked(copy_of(path), A)
    first = merge(workspace, other).step
    second = merge(workspace, marked(other, B)).step
    workspace.changes.undo(first)
    workspace.changes.undo(second)
    assert person(workspace, ARAM) in workspace.project.people.all()
    assert workspace.project.annotations.headers() == ()
    assert found(workspace) == []


def test_who_was_the_only_person_stays_also_when_others_came(workspace):
    came = (Presence.of_person(workspace.annotator.id, is_here=True),)
    step = workspace.changes.perform(ProjectEdit("edit.restore_person", presences=came)).step
    assert workspace.changes.undo(step).left_out == 1
    workspace.change_annotator(ARAM)
    assert len(workspace.project.people.all()) == 2
    assert found(workspace) == []


def test_a_set_comes_back_when_somebody_works_in_it(workspace, trash):
    """Also when nothing of that is left."""
    mark(workspace, "هەولێر", "GPE")
    workspace.open_document.undo()
    workspace.change_annotator(ARAM)
    trash.remove_person(person(workspace, SHILAN))
    door = workspace.door(A, SetId("a1"))
    edit = Edit("edit.add", (Change(None, Entity("E9", "GPE", "x")),))
    door.perform(edit)
    door.undo()
    assert [header.id for header in workspace.project.annotations.headers()] == ["a1"]
    assert found(workspace) == []


def test_a_set_that_came_back_by_nothing_is_told(workspace, trash):
    work_as(workspace, ARAM, B)
    trash.remove_person(person(workspace, ARAM))
    workspace.close()
    tamper(workspace.path, "UPDATE annotation_sets SET removed = NULL WHERE id = 'a2'")
    assert found(workspace) == [("D96", "a2")]


def test_a_set_whose_step_was_taken_back_is_told_where_it_stayed_by_nothing(path, workspace):
    merged = merge(workspace, marked(copy_of(path), A)).step
    workspace.changes.undo(merged)
    workspace.close()
    tamper(workspace.path, "UPDATE annotation_sets SET removed = NULL WHERE id = 'a2'")
    assert found(workspace) == [("D96", "a2")]


def test_a_person_who_came_back_by_nothing_is_told(workspace, trash):
    work_as(workspace, ARAM, B)
    trash.remove_person(person(workspace, ARAM))
    workspace.close()
    tamper(workspace.path, "UPDATE people SET removed = NULL WHERE id = 'a2'")
    assert found(workspace) == [("D96", "a2")]


@pytest.mark.parametrize("table", ["people", "annotation_sets", "documents"])
def test_what_went_by_nothing_is_told(workspace, table):
    mark(workspace, "هەولێر", "GPE")
    workspace.close()
    tamper(workspace.path, f"UPDATE {table} SET removed = '2026-11-22T09:00:00Z'")
    assert {kind for kind, _ in found(workspace)} == {"D96"}
