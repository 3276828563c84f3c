"""What concerns more than one set: done, taken back and brought back as a whole."""

import weakref

import apsw
import pytest

from annotator.core.annotations import MentionLevel
from annotator.core.commands.mentions import add_mention, set_mention_level
from annotator.core.commands.records import delete
from annotator.core.edits import Edit
from annotator.core.history import Act
from annotator.core.ids import DocumentId, SetId
from annotator.core.project_edits import Presence, ProjectEdit
from annotator.core.span import Fragments
from annotator.foundation.errors import Refused, UserError
from annotator.workbench.export_scope import ExportChoices, Scope
from annotator.workbench.exporting import Exporter
from annotator.workbench.merging import merger_of
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.project_changes import MARK_ALL, ProjectChanged, SetEdit
from annotator.workbench.purging import Purger
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
    here = workspace.open_document
    here.perform(set_mention_level(here.annotations, "T1", MentionLevel.PRO))
    assert workspace.changes.undo(step).left_out == 1
    assert both(workspace) == ([], ["نەورۆز", "سلێمانی"])


class TestInOneDocument:
    """Undo in a document never lets a step of many documents stand in a part of them alone."""

    @pytest.fixture
    def step(self, workspace):
        """A step of two documents, with later work in b, which is open."""
        step = mark_two(workspace).step
        workspace.open(B)
        mark(workspace, "نەورۆز", "PER")
        return step

    def is_done(self, workspace, step):
        found = next(each for each in workspace.changes.steps() if each.seq == step)
        assert found.elsewise == 0
        return found.is_done

    def test_undo_after_it_was_taken_back_brings_all_of_it_back(self, workspace, step):
        workspace.changes.undo(step)
        assert workspace.open_document.next_undo.edit.name == "edit.taken_back"
        assert not self.is_done(workspace, step)
        workspace.open_document.undo()
        assert both(workspace) == (["هەولێر"], ["نەورۆز", "سلێمانی"])
        assert self.is_done(workspace, step)
        workspace.open_document.undo()
        assert both(workspace) == DONE
        workspace.open_document.undo()
        assert both(workspace) == UNDONE
        assert not self.is_done(workspace, step)
        workspace.open_document.redo()
        workspace.open_document.redo()
        assert both(workspace) == (["هەولێر"], ["سلێمانی", "نەورۆز"])
        workspace.open_document.redo()
        assert both(workspace) == ([], ["نەورۆز"])
        assert not self.is_done(workspace, step)
        assert workspace.open_document.next_redo is None

    def test_what_had_no_part_in_it_is_passed_over_and_nothing_is_said_to_differ(self, workspace):
        empty = SetEdit(workspace.open_document, Edit("edit.mark_all", ()))
        edits = [empty, set_edit(workspace, B, "سلێمانی", "GPE")]
        step = workspace.changes.perform(ProjectEdit(MARK_ALL), edits).step
        mark(workspace, "ئازاد", "PER")
        workspace.changes.undo(step)
        assert not self.is_done(workspace, step)
        workspace.open_document.undo()
        assert both(workspace) == UNDONE
        workspace.open_document.undo()
        assert both(workspace) == UNDONE
        assert workspace.open_document.next_undo is None
        assert not self.is_done(workspace, step)

    def test_what_was_taken_back_alone_is_not_left_out(self, workspace, tmp_path):
        step = mark_two(workspace).step
        workspace.open(B)
        workspace.door(B, OWN).perform(delete(workspace.open_document.annotations, ["T1"]))
        assert workspace.changes.undo(step).left_out == 1
        assert self.is_done(workspace, step) is False
        workspace.changes.redo(step)
        assert both(workspace) == DONE

    def test_a_nudge_never_joins_a_turn(self, workspace, step):
        here = workspace.open_document
        nudged = set_mention_level(here.annotations, "T2", MentionLevel.PRO)
        here.perform(nudged, is_nudge=True)
        workspace.changes.undo(step)
        again = set_mention_level(here.annotations, "T2", MentionLevel.NOM)
        here.perform(again, is_nudge=True)
        here.undo()
        assert both(workspace) == ([], ["نەورۆز"])
        here.undo()
        assert both(workspace) == (["هەولێر"], ["نەورۆز", "سلێمانی"])

    def test_it_goes_to_and_fro_under_ever_later_work(self, path, workspace, step):
        workspace.changes.undo(step)
        edit = set_edit(workspace, B, "وتارێکی", "WORK").edit
        workspace.open_document.perform(edit)
        workspace.changes.redo(step)
        assert workspace.open_document.next_undo.edit.name == "edit.brought_back"
        assert both(workspace) == (["هەولێر"], ["نەورۆز", "وتارێکی", "سلێمانی"])
        workspace.close()
        again = opened(path, document="b")
        again.open_document.undo()
        assert both(again) == ([], ["نەورۆز", "وتارێکی"])
        assert not self.is_done(again, step)
        again.changes.redo(step)
        assert both(again) == (["هەولێر"], ["نەورۆز", "وتارێکی", "سلێمانی"])
        assert again.open_document.next_redo is None
        again.open_document.undo()
        again.open_document.undo()
        assert both(again) == ([], ["نەورۆز"])
        again.open_document.undo()
        assert both(again) == (["هەولێر"], ["نەورۆز", "سلێمانی"])
        assert self.is_done(again, step)
        again.project.check()
        again.close()


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

    def test_undo_in_a_document_takes_its_part_of_a_merge_back_and_the_history_tells(
        self, workspace, merged
    ):
        workspace.open(B)
        workspace.open_document.undo()
        assert marked(workspace, B) == []
        [step] = [each for each in workspace.changes.steps() if each.seq == merged]
        assert (step.is_done, step.elsewise) == (True, 1)
        workspace.open_document.redo()
        assert workspace.changes.steps()[0].elsewise == 0
        workspace.open_document.undo()
        workspace.changes.undo(merged)
        assert workspace.changes.steps()[0].elsewise == 0
        workspace.changes.redo(merged)
        assert marked(workspace, B) == ["سلێمانی"]

    def test_a_person_who_came_with_a_merge_stays_with_later_work(self, workspace, tmp_path):
        other = tmp_path / "other" / workspace.path.name
        other.parent.mkdir()
        workspace.project.save_copy(other)
        there = opened(other, document="a", annotator=ARAM)
        mark(there, "هەولێر", "GPE")
        there.close()
        with merger_of(
            other,
            workspace.project,
            clock=workspace.clock,
            changes=workspace.changes,
            door=workspace.door,
            page=lambda: workspace.open_document,
        ) as merger:
            step = merger.run().step
        workspace.change_annotator(ARAM)
        workspace.open(A)
        mark(workspace, "ئازاد", "PER")
        assert workspace.changes.undo(step).left_out == 2  # the set and the person
        assert workspace.annotator.name == ARAM
        own = SetId(workspace.annotator.id)
        assert len(list(workspace.door(A, own).annotations.mentions())) == 1
        assert own in [header.id for header in workspace.project.annotations.headers(A)]

    def test_turning_a_step_brings_no_removed_person_back(self, workspace):
        step = mark_two(workspace).step
        mark(workspace, "ئازاد", "PER")
        shilan = workspace.annotator
        workspace.change_annotator(ARAM)
        workspace.open(B)
        mark(workspace, "نەورۆز", "PER")
        Trash(workspace.project, workspace.changes).remove_person(shilan)
        for turn in (workspace.changes.undo, workspace.changes.redo):
            turn(step)
            assert {h.id for h in workspace.project.annotations.headers()} == {
                workspace.annotator.id
            }

    def test_a_damaged_entry_keeps_nobody_from_the_history(self, path):
        first = opened(path, document="a")
        bad = mark_two(first).step
        edits = [set_edit(first, A, "ئازاد", "PER"), set_edit(first, B, "نەورۆز", "PER")]
        good = first.changes.perform(ProjectEdit(MARK_ALL), edits).step
        first.close()
        database = apsw.Connection(str(path))
        database.execute(
            "UPDATE journal SET body = 'x' || substr(body, 2) WHERE seq ="
            " (SELECT max(seq) FROM journal WHERE project = ?)",
            (bad,),
        )
        database.close()
        again = opened(path, document="a")
        again.open_document.undo()
        assert both(again) == DONE
        assert [s.is_done for s in again.changes.steps() if s.seq == good] == [False]
        assert again.changes.undo(bad).left_out == 1
        assert both(again) == ([], ["سلێمانی"])
        again.close()

    def test_damage_on_the_page_is_told_before_anything_is_turned(self, path):
        first = opened(path, document="a")
        mark(first, "ئازاد", "PER")
        step = mark_two(first).step
        first.close()
        database = apsw.Connection(str(path))
        database.execute("UPDATE annotations SET digest = zeroblob(16) WHERE label = 'PER'")
        database.close()
        again = opened(path, document="c")
        page = again.door(A, OWN)
        with pytest.raises(UserError, match="damaged"):
            page.read_more(99)
        with pytest.raises(UserError, match="damaged"):
            again.changes.undo_here(step, page)
        assert [each.is_done for each in again.changes.steps() if each.seq == step] == [True]
        again.close()

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


class TestPresences:
    """Documents that came and went by several steps are where the last that stands puts them."""

    def remove(self, workspace):
        return Trash(workspace.project, workspace.changes).remove_documents([A])

    def is_here(self, workspace):
        return "a" in [line.id for line in workspace.lines()]

    def test_a_removal_taken_back_does_not_bring_what_an_import_took_along(self, workspace):
        [imported] = [step.seq for step in workspace.changes.steps()]
        removal = self.remove(workspace).step
        workspace.changes.undo(imported)
        assert workspace.changes.undo(removal).left_out == 1
        assert not self.is_here(workspace)
        workspace.changes.redo(imported)
        assert self.is_here(workspace)
        workspace.changes.redo(removal)
        assert not self.is_here(workspace)

    def test_an_import_brought_back_leaves_what_was_removed_later(self, workspace):
        [imported] = [step.seq for step in workspace.changes.steps()]
        self.remove(workspace)
        workspace.changes.undo(imported)
        assert workspace.changes.redo(imported).left_out == 1
        assert [line.id for line in workspace.lines()] == ["b", "c"]

    def test_of_two_removals_the_first_brings_nothing(self, workspace):
        first = self.remove(workspace).step
        workspace.changes.undo(first)
        second = self.remove(workspace).step
        workspace.changes.redo(first)
        assert workspace.changes.undo(first).left_out == 1
        assert not self.is_here(workspace)
        workspace.changes.undo(second)
        assert self.is_here(workspace)

    def test_old_steps_do_nothing_to_a_new_document_with_the_id_of_one_deleted_for_ever(
        self, workspace, tmp_path
    ):
        [imported] = [step.seq for step in workspace.changes.steps()]
        removal = self.remove(workspace).step
        purger = Purger(workspace.project, workspace.changes, workspace.clock)
        purger.run([A], tmp_path / "gone.jsonl")
        report = import_into(workspace.project, write(tmp_path, "a.txt", "شارێکی نوێ."))
        assert report.imported == ("a",)
        for turn in (workspace.changes.undo, workspace.changes.redo):
            assert turn(removal).left_out == (turn == workspace.changes.redo)
            assert self.is_here(workspace)
        assert workspace.changes.undo(imported).left_out == 1
        assert [line.id for line in workspace.lines()] == ["a"]


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


class Open:
    """Counts the documents that are open at a time."""

    def __init__(self):
        self.documents = weakref.WeakSet()
        self.most = 0

    def opens(self, document):
        self.documents.add(document)
        self.most = max(self.most, len(self.documents))
        return document


def test_a_step_holds_one_document_open_at_a_time(tmp_path, monkeypatch):
    names = [DocumentId(f"d{number:02}") for number in range(12)]
    path = project_with(tmp_path, {name: f"باران لە دهۆک باری {name}." for name in names})
    workspace = opened(path, document="d00")
    count, make = Open(), OpenDocument.__init__

    def init(self, *values, **named):
        make(self, *values, **named)
        count.opens(self)

    monkeypatch.setattr(OpenDocument, "__init__", init)
    edits = (set_edit(workspace, name, "دهۆک", "GPE") for name in names)
    done = workspace.changes.perform(ProjectEdit(MARK_ALL), edits)
    workspace.changes.undo(done.step)
    assert [marked(workspace, name) for name in names] == [[]] * 12
    workspace.changes.redo(done.step)
    assert [marked(workspace, name) for name in names] == [["دهۆک"]] * 12
    assert count.most <= 3
    assert len(workspace.open_document.annotations) == 1
    workspace.close()
