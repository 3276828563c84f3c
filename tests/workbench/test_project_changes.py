"""What concerns more than one set: done, taken back and brought back as a whole."""

import apsw
import pytest

from annotator.core.commands.mentions import add_mention
from annotator.core.history import Act
from annotator.core.ids import DocumentId, SetId
from annotator.core.project_edits import Presence, ProjectEdit
from annotator.core.span import Fragments
from annotator.foundation.errors import Refused
from annotator.workbench.export_scope import ExportChoices, Scope
from annotator.workbench.exporting import Exporter
from annotator.workbench.merging import merger_of
from annotator.workbench.project_changes import MARK_ALL, ProjectChanged, SetEdit
from annotator.workbench.trash import Trash
from tests.workbench.projects import (
    ARAM,
    SHILAN,
    import_into,
    mark,
    opened,
    project_with,
    span_of,
    write,
)

A, B, C = DocumentId("a"), DocumentId("b"), DocumentId("c")
OWN = SetId("a1")


@pytest.fixture
def path(tmp_path):
    return project_with(tmp_path)


@pytest.fixture
def workspace(path):
    made = opened(path, document="a")
    yield made
    made.close()


def set_edit(workspace, document, part, label):
    """Marking a piece of a document that need not be open."""
    door = workspace.door(document, OWN)
    place = span_of(door.document.text, part)
    fragments = Fragments.at(place.start, place.end)
    edit = add_mention(door.annotations, workspace.scheme, fragments, label, entity=None)
    return SetEdit(door, edit)


def mark_two(workspace):
    edits = [
        set_edit(workspace, A, "هەولێر", "GPE"),
        set_edit(workspace, B, "سلێمانی", "GPE"),
    ]
    return workspace.changes.perform(ProjectEdit(MARK_ALL, (("text", "x"),)), edits)


def marked(workspace, document):
    found = workspace.door(document, OWN)
    return [m.fragments.of(found.document.text) for m in found.annotations.mentions()]


def both(workspace):
    return marked(workspace, A), marked(workspace, B)


DONE = (["هەولێر"], ["سلێمانی"])
UNDONE = ([], [])


def test_one_act_changes_two_documents_and_tells_it(workspace):
    told = []
    hear = told.append
    workspace.changes.changed.add(hear)
    message = mark_two(workspace)
    assert both(workspace) == DONE
    assert told == [message]
    assert message == ProjectChanged(Act.DO, message.step, message.edit, left_out=0)
    assert workspace.door(A, OWN) is workspace.open_document


def test_undo_in_one_document_takes_it_back_in_both_and_redo_brings_it_again(workspace):
    mark_two(workspace)
    applied = workspace.open_document.undo()
    assert applied.act is Act.UNDO
    assert both(workspace) == UNDONE
    assert workspace.open_document.redo().act is Act.REDO
    assert both(workspace) == DONE
    workspace.open(B)
    workspace.open_document.undo()
    assert both(workspace) == UNDONE


def test_it_is_undone_and_redone_after_a_restart(path):
    first = opened(path, document="a")
    step = mark_two(first).step
    first.close()
    again = opened(path, document="b")
    assert [each.is_done for each in again.changes.steps()] == [True, True]
    again.changes.undo(step)
    assert both(again) == UNDONE
    again.close()
    third = opened(path, document="c")
    third.changes.redo(step)
    assert both(third) == DONE
    third.project.check()
    third.close()


def test_later_work_stays_and_what_was_changed_since_is_left_out(workspace):
    step = mark_two(workspace).step
    workspace.open(B)
    mark(workspace, "نەورۆز", "PER")
    message = workspace.changes.undo(step)
    assert (message.left_out, both(workspace)) == (0, ([], ["نەورۆز"]))
    workspace.changes.redo(step)
    assert both(workspace) == (["هەولێر"], ["نەورۆز", "سلێمانی"])
    relabelled = set_edit(workspace, B, "وتارێکی", "WORK")
    workspace.open_document.perform(relabelled.edit)
    workspace.open_document.undo()
    workspace.open_document.undo()
    assert both(workspace) == (["هەولێر"], ["نەورۆز"])
    assert workspace.changes.undo(step).left_out == 1
    assert both(workspace) == ([], ["نەورۆز"])


def test_what_is_no_step_is_refused(workspace):
    step = mark_two(workspace).step
    for turn, number in (
        (workspace.changes.undo, 99),
        (workspace.changes.redo, step),
    ):
        with pytest.raises(Refused):
            turn(number)
    workspace.changes.undo(step)
    with pytest.raises(Refused, match="nothing_to_undo"):
        workspace.changes.undo(step)


def test_a_failure_half_way_changes_nothing(workspace):
    good, bad = set_edit(workspace, A, "هەولێر", "GPE"), set_edit(workspace, B, "نەورۆز", "PER")
    stale = SetEdit(bad.document, bad.edit.inverse)
    with pytest.raises(Refused, match="stale"):
        workspace.changes.perform(ProjectEdit(MARK_ALL), [good, stale])
    assert both(workspace) == UNDONE
    assert len(workspace.changes.steps()) == 1  # the import
    workspace.project.check()


class TestImport:
    def test_undo_puts_new_documents_into_the_trash_with_all_that_was_done_since(
        self, workspace, tmp_path
    ):
        import_into(workspace.project, write(tmp_path, "d.txt", "شارێکی نوێ."))
        workspace.open(DocumentId("d"))
        mark(workspace, "شارێکی", "LOC")
        step = workspace.changes.steps()[0]
        assert dict(step.edit.details) == {"documents": 1, "sets": 0}
        workspace.changes.undo(step.seq)
        assert [line.id for line in workspace.lines()] == ["a", "b", "c"]
        assert workspace.open_document.document.id == "c"  # the one before, as it was the last
        workspace.changes.redo(step.seq)
        assert [line.annotations for line in workspace.lines()] == [0, 0, 0, 1]

    def test_a_text_that_is_in_the_trash_comes_back_with_its_annotations(self, workspace, tmp_path):
        mark(workspace, "هەولێر", "GPE")
        workspace.changes.perform(
            ProjectEdit(
                "edit.remove_documents", presences=(Presence.of_document(A, is_here=False),)
            )
        )
        assert [line.id for line in workspace.lines()] == ["b", "c"]
        text = workspace.project.documents.get(A).text
        report = import_into(workspace.project, write(tmp_path, "again.txt", text))
        assert (report.imported, report.restored, report.duplicates) == ((), ("a",), ())
        assert [line.annotations for line in workspace.lines()] == [1, 0, 0]

    def test_an_import_that_brings_nothing_is_no_step(self, workspace, tmp_path):
        text = workspace.project.documents.get(A).text
        report = import_into(workspace.project, write(tmp_path, "again.txt", text))
        assert len(report.duplicates) == 1
        assert len(workspace.changes.steps()) == 1


class TestScheme:
    def swapped(self, workspace, name):
        text = workspace.project.schemes.current().replace('"ckb-news"', f'"{name}"', 1)
        return workspace.changes.perform(ProjectEdit("edit.remove_label"), scheme=text)

    def test_a_scheme_comes_and_goes(self, workspace):
        told = []
        hear = told.append
        workspace.scheme_changed.add(hear)
        step = self.swapped(workspace, "other").step
        assert workspace.scheme.id == "other"
        workspace.changes.undo(step)
        assert workspace.scheme.id == "ckb-news"
        workspace.changes.redo(step)
        assert (workspace.scheme.id, len(told)) == ("other", 3)

    def test_it_is_not_taken_back_under_a_later_one(self, workspace):
        first = self.swapped(workspace, "other").step
        text = workspace.project.schemes.current().replace('"other"', '"third"', 1)
        workspace.changes.perform(ProjectEdit("edit.remove_label"), scheme=text)
        with pytest.raises(Refused, match="scheme_changed_since"):
            workspace.changes.undo(first)
        assert workspace.scheme.id == "third"


class TestWhatSomebodyWorksWith:
    """A step that is taken back takes nothing along that was done since."""

    @pytest.fixture
    def merged(self, workspace, tmp_path):
        """The workspace after a merge that brought a set of the same person into b."""
        other = tmp_path / "other" / workspace.path.name
        other.parent.mkdir()
        workspace.project.save_copy(other)
        there = opened(other, document="b")
        mark(there, "سلێمانی", "GPE")
        there.close()
        with merger_of(
            other,
            workspace.project,
            clock=workspace.clock,
            changes=workspace.changes,
            door=workspace.door,
            page=lambda: workspace.open_document,
        ) as merger:
            merger.run()
        return workspace.changes.steps()[0].seq

    def test_a_set_with_later_work_stays_when_the_merge_goes(self, workspace, merged):
        workspace.open(B)
        mark(workspace, "نەورۆز", "PER")
        assert workspace.changes.undo(merged).left_out == 1
        assert marked(workspace, B) == ["نەورۆز"]
        assert [line.annotations for line in workspace.lines()] == [0, 1, 0]

    def test_a_set_in_the_trash_comes_back_when_somebody_writes_into_it(self, workspace, merged):
        workspace.changes.undo(merged)
        workspace.open(B)
        mark(workspace, "نەورۆز", "PER")
        assert [line.annotations for line in workspace.lines()] == [0, 1, 0]
        workspace.project.check()

    def test_a_damaged_set_keeps_nobody_from_taking_back_the_others(self, path):
        first = opened(path, document="a")
        mark(first, "ئازاد", "PER")
        step = mark_two(first).step
        first.close()
        database = apsw.Connection(str(path))
        database.execute(
            "UPDATE annotations SET body = replace(body, 'GPE', 'LOC') WHERE set_key ="
            " (SELECT annotation_sets.key FROM annotation_sets JOIN documents"
            " ON documents.key = document_key WHERE documents.id = 'b')"
        )
        database.close()
        again = opened(path, document="a")
        again.open_document.undo()
        assert marked(again, A) == ["ئازاد"]
        assert not next(each for each in again.changes.steps() if each.seq == step).is_done
        again.close()


class TestImportOfSets:
    @pytest.fixture
    def gold(self, workspace, tmp_path):
        """Gold of another annotator's set of a."""
        workspace.change_annotator(ARAM)
        mark(workspace, "هەولێر", "GPE")
        target = tmp_path / "gold.jsonl"
        choices = ExportChoices(scope=Scope.ALL, annotator=ARAM, is_draft=True)
        Exporter(workspace.project, workspace.clock).export_gold(target, choices)
        return target

    def test_sets_belong_to_the_import_also_where_it_brings_a_person_back(
        self, workspace, gold, tmp_path
    ):
        fresh = opened(project_with(tmp_path / "fresh"), document="a")
        fresh.change_annotator(ARAM)
        fresh.open(B)
        mark(fresh, "سلێمانی", "GPE")
        aram = fresh.annotator
        fresh.change_annotator(SHILAN)
        Trash(fresh.project, fresh.changes).remove_person(aram)
        import_into(fresh.project, gold)
        step = fresh.changes.steps()[0]
        assert step.edit.name == "edit.import"
        places = [place[:2] for place in fresh.project.journal.of_project(step.seq)]
        assert (A, SetId(aram.id)) in places
        fresh.changes.undo(step.seq)
        assert fresh.door(A, SetId(aram.id)).annotations.records == {}
        fresh.close()

    def test_what_was_taken_back_can_be_imported_again(self, workspace, gold, tmp_path):
        fresh = opened(project_with(tmp_path / "fresh"), document="a")
        for _ in range(2):
            report = import_into(fresh.project, gold)
            assert report.sets > 0
            owner = next(h.id for h in fresh.project.annotations.headers(A))
            assert len(list(fresh.door(A, owner).annotations.mentions())) == 1
            fresh.changes.undo(fresh.changes.steps()[0].seq)
        fresh.project.check()
        fresh.close()


def test_the_last_person_stays(workspace, tmp_path):
    came = (Presence.of_person(workspace.annotator.id, is_here=True),)
    step = workspace.changes.perform(ProjectEdit("edit.restore_person", presences=came)).step
    assert workspace.changes.undo(step).left_out == 1
    assert [person.name for person in workspace.project.people.all()] == [SHILAN]
