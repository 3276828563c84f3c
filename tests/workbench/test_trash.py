"""In and out of the trash: documents, annotators, labels."""

import pytest

from annotator.core.ids import DocumentId
from annotator.core.set_header import Annotator
from annotator.foundation.errors import Refused
from annotator.store.project_file import ProjectFile
from annotator.workbench.export_scope import Scope
from annotator.workbench.exporting import ExportChoices, Exporter
from annotator.workbench.people import annotator_named
from annotator.workbench.trash import Trash
from tests.workbench.projects import (
    ARAM,
    SHILAN,
    clock,
    complete,
    import_into,
    mark,
    opened,
    project_with,
    write,
)

A, B, C = DocumentId("a"), DocumentId("b"), DocumentId("c")


@pytest.fixture
def workspace(tmp_path):
    made = opened(project_with(tmp_path), document="a")
    yield made
    made.close()


@pytest.fixture
def trash(workspace):
    return Trash(workspace.project, workspace.changes)


def listed(workspace):
    return [line.id for line in workspace.lines()]


def undo_last(workspace):
    step = next(step for step in workspace.changes.steps() if step.is_done)
    return workspace.changes.undo(step.seq)


class TestDocuments:
    def test_what_goes_is_nowhere_but_in_the_trash(self, workspace, trash, tmp_path):
        mark(workspace, "هەولێر", "GPE")
        complete(workspace)
        trash.remove_documents([A, C])
        assert (listed(workspace), workspace.open_document.document.id) == (["b"], "b")
        assert sorted(entry.id for entry in trash.documents()) == ["a", "c"]
        assert trash.annotation_count(A) == 1
        assert workspace.project.documents.count() == 1
        assert workspace.project.annotations.headers() == ()
        target = tmp_path / "out.jsonl"
        report = Exporter(workspace.project, clock).export_gold(
            target, ExportChoices(scope=Scope.ALL)
        )
        assert report.documents == 1

    def test_it_comes_back_as_it_was_to_its_place(self, workspace, trash):
        mark(workspace, "هەولێر", "GPE")
        trash.remove_documents([A])
        trash.restore_documents([A])
        assert listed(workspace) == ["a", "b", "c"]
        assert workspace.lines()[0].annotations == 1
        assert trash.documents() == ()

    def test_removing_and_restoring_are_undone(self, workspace, trash):
        trash.remove_documents([B])
        undo_last(workspace)
        assert listed(workspace) == ["a", "b", "c"]
        trash.remove_documents([B])
        trash.restore_documents([B])
        undo_last(workspace)
        assert listed(workspace) == ["a", "c"]

    def test_with_the_last_one_the_page_is_empty(self, workspace, trash):
        trash.remove_documents([A, B, C])
        assert (workspace.open_document, listed(workspace)) == (None, [])
        trash.restore_documents([C])
        assert listed(workspace) == ["c"]

    def test_nothing_is_refused(self, trash):
        with pytest.raises(Refused):
            trash.remove_documents([])

    def test_the_trash_is_checked_and_survives(self, workspace, trash):
        trash.remove_documents([A])
        workspace.project.check()
        path = workspace.path
        workspace.close()
        with ProjectFile.open(path) as project:
            assert [entry.id for entry in project.documents.removed()] == ["a"]


class TestPeople:
    @pytest.fixture
    def aram(self, workspace):
        workspace.change_annotator(ARAM)
        mark(workspace, "هەولێر", "LOC")
        person = workspace.annotator
        workspace.change_annotator(SHILAN)
        return person

    def test_an_annotator_goes_with_the_sets_and_comes_with_them(self, workspace, trash, aram):
        trash.remove_person(aram)
        assert [person.name for person in workspace.project.people.all()] == [SHILAN]
        assert trash.people() == (aram,)
        assert workspace.project.annotations.headers() == ()
        workspace.project.check()
        trash.restore_person(aram)
        assert [header.id for header in workspace.project.annotations.headers()] == [aram.id]

    def test_whoever_works_again_comes_back(self, workspace, trash, aram):
        trash.remove_person(aram)
        assert annotator_named(workspace.project, ARAM, clock) == aram
        assert trash.people() == ()
        assert len(workspace.project.annotations.headers()) == 1
        undo_last(workspace)
        assert trash.people() == (aram,)

    def test_an_import_of_somebody_in_the_trash_brings_them_back(
        self, workspace, trash, aram, tmp_path
    ):
        trash.remove_person(aram)
        file = write(tmp_path, "d.txt", "شارێکی نوێ.")
        import_into(workspace.project, file, annotator=ARAM)
        assert trash.people() == ()

    def test_who_works_now_is_followed_by_another(self, workspace, trash, aram):
        workspace.change_annotator(ARAM)
        trash.remove_person(aram)
        assert workspace.annotator.name == SHILAN

    def test_the_last_one_stays(self, workspace, trash):
        with pytest.raises(Refused, match="last_annotator"):
            trash.remove_person(workspace.annotator)
        assert isinstance(workspace.annotator, Annotator)


class TestLabels:
    def test_a_label_is_offered_no_more_and_marks_stay(self, workspace, trash):
        mark(workspace, "هەولێر", "GPE")
        trash.remove_label("GPE", "شار")
        assert not workspace.scheme.label("GPE").is_enabled
        assert workspace.lines()[0].annotations == 1
        trash.restore_label("GPE", "شار")
        assert workspace.scheme.label("GPE").is_enabled

    def test_it_is_undone(self, workspace, trash):
        trash.remove_label("GPE", "شار")
        assert undo_last(workspace).edit.name == "edit.remove_label"
        assert workspace.scheme.label("GPE").is_enabled

    def test_the_last_one_and_one_there_is_not_are_refused(self, workspace, trash):
        offered = [label.id for label in workspace.scheme.labels if label.is_enabled]
        for label in offered[1:]:
            trash.remove_label(label, label)
        with pytest.raises(Refused, match="last_label"):
            trash.remove_label(offered[0], offered[0])
        with pytest.raises(Refused, match="no_such_label"):
            trash.restore_label("NOTHING", "x")
