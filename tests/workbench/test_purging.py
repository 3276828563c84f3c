"""Deleting for ever: a file that brings everything back, and then nothing of it in the project."""

import pytest
from msgspec.structs import replace

from annotator.core.ids import DocumentId
from annotator.core.provenance import Origin, Provenance
from annotator.formats.base import ImportProblem
from annotator.foundation.errors import Refused, UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.project_changes import PURGE
from annotator.workbench.purging import Purged, Purger
from annotator.workbench.trash import Trash
from tests.workbench.projects import ARAM, SHILAN, clock, import_into, mark, opened, project_with

A, B, C = DocumentId("a"), DocumentId("b"), DocumentId("c")


@pytest.fixture
def workspace(tmp_path):
    made = opened(project_with(tmp_path), document="a")
    mark(made, "هەولێر", "GPE")
    made.change_annotator(ARAM)
    mark(made, "ئازاد", "PER")
    made.change_annotator(SHILAN)
    yield made
    made.close()


@pytest.fixture
def trash(workspace):
    return Trash(workspace.project, workspace.changes)


def purger(workspace, **choices):
    return Purger(workspace.project, workspace.changes, clock, **choices)


def documents(workspace):
    found = workspace.project.documents
    return [entry.id for entry in (*found.entries(), *found.removed())]


def test_it_goes_and_comes_back_by_the_ordinary_import(workspace, trash):
    before = {
        header.id: workspace.project.annotations.read(header)
        for header in workspace.project.annotations.headers(A)
    }
    trash.remove_documents([A, C])
    target = purger(workspace).target()
    assert target.name == "news-deleted-2026-11-21.jsonl"
    done = purger(workspace).run([A, C], target)
    assert done == Purged(target, documents=2, annotations=2)
    assert (documents(workspace), trash.documents()) == ([B], ())
    workspace.project.check()
    report = import_into(workspace.project, target)
    assert (report.imported, report.sets, report.problems) == ((A, C), 3, ())
    for set_id, annotations in before.items():
        header = workspace.project.annotations.header(A, set_id)
        again = workspace.project.annotations.read(header)
        assert _said(again) == _said(annotations)
    workspace.project.check()


def _said(annotations):
    """What the records say, wherever they come from."""
    plain = Provenance(Origin.HAND)
    found = [*annotations.mentions(), *annotations.entities()]
    return {record.id: replace(record, provenance=plain) for record in found}


def test_the_history_says_so_and_passes_over_what_is_gone(workspace, trash):
    removal = trash.remove_documents([A, C]).step
    told = []
    hear = told.append
    workspace.changes.changed.add(hear)
    target = purger(workspace).target()
    purger(workspace).run([A], target)
    step = workspace.changes.steps()[0]
    assert [message.step for message in told] == [step.seq]
    assert step.edit.name == PURGE
    assert dict(step.edit.details) == {
        "documents": 1, "name": "a", "annotations": 2, "file": target.name,
    }  # fmt: skip
    for turn in (workspace.changes.undo, workspace.changes.redo):
        with pytest.raises(Refused):
            turn(step.seq)
    assert workspace.changes.next_undo().seq == removal
    assert workspace.changes.undo(removal).left_out == 1
    assert documents(workspace) == [B, C]
    assert workspace.changes.next_redo().seq == removal
    assert workspace.changes.redo(removal).left_out == 1
    first = workspace.changes.steps()[-1]
    assert workspace.changes.undo(first.seq).left_out == 1


def test_a_step_of_which_nothing_is_left_is_not_the_next(workspace, trash):
    trash.remove_documents([A])
    purger(workspace).run([A], purger(workspace).target())
    assert workspace.changes.next_undo().edit.name == "edit.import"
    assert workspace.changes.next_redo() is None


def test_sets_of_people_in_the_trash_are_left_out_later(workspace, trash):
    aram = next(person for person in workspace.project.people.all() if person.name == ARAM)
    step = trash.remove_person(aram).step
    trash.remove_documents([A])
    purger(workspace).run([A], purger(workspace).target())
    assert workspace.changes.next_undo().seq == step
    assert workspace.changes.undo(step).left_out == 1
    assert aram in workspace.project.people.all()


def test_nothing_is_deleted_where_the_file_cannot_be_written(workspace, trash, tmp_path):
    trash.remove_documents([A])
    with pytest.raises(UserError, match="file"):
        purger(workspace).run([A], tmp_path / "nowhere" / "x.jsonl")
    assert documents(workspace) == [B, C, A]


@pytest.mark.parametrize(
    "read",
    [(), (ImportProblem("x", "import.cancelled", {}),)],
    ids=["less", "refused"],
)
def test_nothing_is_deleted_where_the_file_would_not_come_back(workspace, trash, tmp_path, read):
    trash.remove_documents([A])
    target = tmp_path / "x.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("annotator.workbench.purging.read_gold_file", lambda stream, options: read)
        with pytest.raises(UserError, match="not_readable"):
            purger(workspace).run([A], target)
    assert not target.exists()
    assert A in documents(workspace)


def test_nothing_is_deleted_where_the_backup_fails(workspace, trash, tmp_path):
    def fail():
        raise UserError("store.disk_full", name="x")

    trash.remove_documents([A])
    with pytest.raises(UserError, match="disk_full"):
        purger(workspace, back_up=fail).run([A], tmp_path / "x.jsonl")
    assert A in documents(workspace)
    assert (tmp_path / "x.jsonl").exists()


@pytest.mark.parametrize("wanted", [[], [A], [B, A], [DocumentId("zz")]])
def test_only_what_is_in_the_trash(workspace, trash, tmp_path, wanted):
    trash.remove_documents([B])
    with pytest.raises(Refused, match="not_in_trash"):
        purger(workspace).run(wanted, tmp_path / "x.jsonl")
    assert not (tmp_path / "x.jsonl").exists()


def test_the_file_never_replaces_another(workspace):
    first = purger(workspace).target()
    first.write_text("x", encoding="utf-8")
    second = purger(workspace).target()
    assert second.name == "news-deleted-2026-11-21-2.jsonl"
    second.write_text("x", encoding="utf-8")
    assert purger(workspace).target().name == "news-deleted-2026-11-21-3.jsonl"


def test_it_is_so_after_a_restart(workspace, trash):
    trash.remove_documents([A])
    purger(workspace).run([A], purger(workspace).target())
    path = workspace.path
    workspace.close()
    with ProjectFile.open(path) as project:
        assert [entry.id for entry in project.documents.entries()] == [B, C]
        project.check()
