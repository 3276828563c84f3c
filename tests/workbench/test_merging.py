"""Merging another project file into the open one: one step, whole, and nothing of anybody lost."""

import hashlib
import json

import pytest
from msgspec.structs import replace

from annotator.core.annotations import SetStatus
from annotator.core.commands.mentions import relabel_mention
from annotator.core.commands.records import delete, set_status
from annotator.core.edits import Change, Edit, Focus
from annotator.core.ids import AnnotatorId, DocumentId, RecordId, SetId
from annotator.core.merging import Clash
from annotator.core.project_edits import ProjectEdit
from annotator.core.set_header import SetHeader, SetKind
from annotator.foundation.errors import Refused, UserError
from annotator.store.doctor.repairing import repair
from annotator.workbench.merge_report import Side
from annotator.workbench.merge_scheme import Lacking, Part
from annotator.workbench.merging import merger_of
from annotator.workbench.schemes import scheme_of
from annotator.workbench.trash import Trash
from tests.store.doctor.patients import finished
from tests.workbench.merges import copy_of, marks, merge, merger, working
from tests.workbench.projects import (
    ARAM,
    FIRST,
    SHILAN,
    clock,
    complete,
    import_into,
    mark,
    new_project,
    opened,
    project_with,
    write,
)

HEWLER, AZAD = ("GPE", "هەولێر"), ("PER", "ئازاد")
NEWROZ = "نەورۆز لە سلێمانییە."


@pytest.fixture
def path(tmp_path):
    return project_with(tmp_path)


@pytest.fixture
def other(path):
    return copy_of(path)


@pytest.fixture
def mine(path, other):
    workspace = opened(path, document="a")
    yield workspace
    workspace.close()


def worked(other, *marked, annotator=ARAM, document="a"):
    with working(other, annotator=annotator, document=document) as there:
        for label, words in marked:
            mark(there, words, label)


def remove(workspace, *ids):
    document = workspace.open_document
    document.perform(delete(document.annotations, [RecordId(each) for each in ids]))


def relabel(workspace, identifier, label):
    annotations = workspace.open_document.annotations
    edit = relabel_mention(annotations, workspace.scheme, identifier, label, entity=None)
    workspace.open_document.perform(edit)


def listed(workspace):
    return [line.id for line in workspace.lines()]


def undo(workspace, step):
    return workspace.changes.undo(step)


class TestOneStep:
    def test_sets_documents_and_people_come_and_the_file_stays_as_it_is(
        self, mine, other, tmp_path
    ):
        worked(other, HEWLER)
        with working(other, annotator=ARAM) as there:
            import_into(there.project, write(tmp_path, "d.txt", NEWROZ))
            there.open(DocumentId("d"))
            mark(there, "سلێمانی", "GPE")
        before = hashlib.sha256(other.read_bytes()).digest()
        mark(mine, "ئازاد", "PER")
        report = merge(mine, other)
        assert (report.documents, report.people, report.annotations) == (("d",), (ARAM,), 2)
        assert (marks(mine, "a", "a2"), marks(mine, "a")) == ([HEWLER], [AZAD])
        assert marks(mine, "d", "a2") == [("GPE", "سلێمانی")]
        assert listed(mine) == ["a", "b", "c", "d"]
        assert hashlib.sha256(other.read_bytes()).digest() == before
        assert [p.name for p in other.parent.glob(".~*")] == [f".~lock.{mine.path.name}#"]
        mine.project.check()

    def test_it_is_taken_back_and_brought_back_after_a_restart(self, path, other, tmp_path):
        worked(other, HEWLER)
        with working(other) as there:
            import_into(there.project, write(tmp_path, "d.txt", NEWROZ))
        with working(path, document="a") as first:
            step = merge(first, other).step
        with working(path, document="b") as again:
            undo(again, step)
            assert (listed(again), marks(again, "a", "a2")) == (["a", "b", "c"], [])
            assert [person.name for person in again.project.people.all()] == [SHILAN]
            assert again.project.annotations.headers() == ()
        with working(path, document="c") as third:
            third.changes.redo(step)
            assert (listed(third)[-1], marks(third, "a", "a2")) == ("d", [HEWLER])
            third.project.check()

    def test_after_it_was_taken_back_it_can_be_done_again(self, mine, other, tmp_path):
        worked(other, HEWLER)
        with working(other) as there:
            import_into(there.project, write(tmp_path, "d.txt", NEWROZ))
        undo(mine, merge(mine, other).step)
        report = merge(mine, other)
        assert (report.back, marks(mine, "a", "a2")) == (("d",), [HEWLER])
        assert ARAM in [person.name for person in mine.project.people.all()]
        assert listed(mine)[-1] == "d"

    def test_the_page_shows_it_at_once(self, mine, other):
        worked(other, HEWLER, annotator=SHILAN)
        told = []
        hear = told.append
        mine.open_document.edited.add(hear)
        merge(mine, other)
        assert [m.label for m in mine.open_document.annotations.mentions()] == ["GPE"]
        assert len(told) == 1
        mine.open_document.undo()
        assert marks(mine) == []
        assert merge(mine, other).annotations == 1  # what was undone here alone comes again

    def test_what_stays_on_the_page_is_taken_back_with_it(self, mine, other):
        worked(other, HEWLER, annotator=SHILAN)
        undo(mine, merge(mine, other).step)
        assert list(mine.open_document.annotations.mentions()) == []

    def test_no_news_is_no_step(self, mine, other):
        steps = mine.changes.steps()
        generation = mine.project.meta.get("generation")
        assert merge(mine, other).is_empty
        assert (mine.changes.steps(), mine.project.meta.get("generation")) == (steps, generation)

    def test_twice_is_once(self, mine, other):
        worked(other, HEWLER)
        mark(mine, "هەولێر", "LOC")
        merge(mine, other)
        before = mine.changes.steps()
        again = merge(mine, other)
        assert (again.is_empty, again.step, mine.changes.steps()) == (True, None, before)

    def test_a_stopped_or_failed_merge_changes_nothing(self, mine, other):
        worked(other, HEWLER)
        with pytest.raises(Refused, match="cancelled"):
            merge(mine, other, progress=lambda done, total: done < 1)
        assert (marks(mine, "a", "a2"), len(mine.changes.steps())) == ([], 1)

    def test_it_is_stopped_while_it_is_written_too(self, mine, other, tmp_path):
        worked(other, HEWLER)
        with working(other) as there:
            import_into(there.project, write(tmp_path, "d.txt", NEWROZ))
        for allowed in range(5, 7):  # five calls compare four documents, then two things come
            calls = iter([True] * allowed)
            with pytest.raises(Refused, match="cancelled"):
                merge(mine, other, progress=lambda *_, calls=calls: next(calls, False))
            assert (listed(mine), marks(mine, "a", "a2")) == (["a", "b", "c"], [])
            assert list(mine.open_document.annotations.mentions()) == []
        assert merge(mine, other).step == 2

    def test_a_preview_writes_nothing(self, mine, other):
        worked(other, HEWLER)
        before = mine.project.meta.get("generation")
        with merger(mine, other) as made:
            seen = made.preview()
            assert seen.step is None
            done = made.run()
        assert replace(done, step=None) == seen
        assert before == "1"


class TestGoingOn:
    """An annotator sends the same file again and again."""

    def test_later_changes_and_deletions_are_taken_over(self, mine, other):
        worked(other, HEWLER, AZAD, ("DATE", "دوێنێ"))
        merge(mine, other)
        with working(other, annotator=ARAM, document="a") as there:
            relabel(there, "T1", "LOC")
            remove(there, "T3")
        report = merge(mine, other, accepts_drops=True)
        assert (report.conflicts, marks(mine, "a", "a2")) == ((), [("LOC", "هەولێر"), AZAD])

    def test_so_are_those_in_a_document_that_they_brought(self, mine, other, tmp_path):
        with working(other) as there:
            import_into(there.project, write(tmp_path, "d.txt", NEWROZ))
        worked(other, ("PER", "نەورۆز"), document="d")
        merge(mine, other)
        with working(other, annotator=ARAM, document="d") as there:
            relabel(there, "T1", "EVT")
        merge(mine, other)
        assert marks(mine, "d", "a2") == [("EVT", "نەورۆز")]

    def test_the_same_set_on_two_computers_converges(self, path, other):
        with working(path, document="a") as mine:
            mark(mine, "ئازاد", "PER")
        worked(other, HEWLER, annotator=SHILAN)
        with working(path, document="a") as mine:
            merge(mine, other)
        with working(other, document="a") as there:
            merge(there, path)
            assert marks(there) == [HEWLER, AZAD]
            remove(there, "T1")
        with working(path, document="a") as mine:
            merge(mine, other, accepts_drops=True)
            assert marks(mine) == [AZAD]
            assert merge(mine, other).is_empty

    def test_conflict_copies_do_not_multiply(self, path, other):
        with working(path, document="a") as mine:
            mark(mine, "هەولێر", "GPE")
        there = copy_of(path, "later.nishan")
        with working(path, document="a") as mine, working(there, document="a") as theirs:
            relabel(mine, "T1", "LOC")
            relabel(theirs, "T1", "ORG")
        with working(path, document="a") as mine:
            report = merge(mine, there)
            assert [(each.clash, each.record, each.ours) for each in report.conflicts] == [
                (Clash.BOTH_CHANGED, "T2", Side("LOC", "هەولێر")),
            ]
            both = [("LOC", "هەولێر"), ("ORG", "هەولێر")]
            assert (marks(mine), merge(mine, there).is_empty) == (both, True)
            remove(mine, "T2")
            assert merge(mine, there).is_empty
        with working(there, document="a") as theirs:
            merge(theirs, path)
            assert marks(theirs) == [("LOC", "هەولێر")]  # so it was decided, and nobody objects

    def test_everything_that_can_clash_is_told_in_words(self, path, tmp_path):
        with working(path, document="a") as mine:
            mark(mine, "هەولێر", "GPE")
            mark(mine, "ئازاد", "PER")
        there = copy_of(path, "later.nishan")
        with working(path, document="a") as mine, working(there, document="a") as theirs:
            remove(mine, "T1")
            relabel(theirs, "T1", "ORG")
            relabel(mine, "T2", "ORG")
            remove(theirs, "T2")
            mark(mine, "دوێنێ گەڕایەوە", "EVT")
            mark(theirs, "دوێنێ گەڕایەوە", "DATE")
            mine.open_document.perform(set_status(mine.open_document.annotations, SetStatus.NEW))
            complete(theirs)
        with working(path, document="a") as mine:
            report = merge(mine, there)
            told = {news.clash: (news.ours, news.theirs) for news in report.conflicts}
            assert told[Clash.DELETED_HERE] == (None, Side("ORG", "هەولێر"))
            assert told[Clash.DELETED_THERE] == (Side("ORG", "ئازاد"), None)
            assert told[Clash.BOTH_ADDED][0] == Side("EVT", "دوێنێ گەڕایەوە")
            assert told[Clash.BOTH_CHANGED] == (Side("new"), Side("complete"))


class TestPeople:
    def test_one_name_is_one_person_whatever_the_id(self, mine, other):
        mine.change_annotator("هێمن")  # a2 here
        worked(other, HEWLER)  # Aram is a2 there
        mine.change_annotator(ARAM)  # a3 here
        merge(mine, other)
        assert (marks(mine, "a", "a2"), marks(mine, "a", "a3")) == ([], [HEWLER])

    def test_an_id_that_is_somebody_else_here_becomes_a_free_one(self, mine, other):
        mine.change_annotator("هێمن")
        worked(other, HEWLER)
        report = merge(mine, other)
        assert (report.people, marks(mine, "a", "a3")) == ((ARAM,), [HEWLER])
        assert mine.project.people.by_name(ARAM).id == "a3"

    def test_a_set_of_another_making_gets_an_id_of_its_own(self, mine, other):
        def gold(project, words, label, made_by):
            header = SetHeader(
                SetId("gold"),
                DocumentId("a"),
                SetKind.ADJUDICATED,
                (AnnotatorId("a1"),),
                "2026-11-21T09:00:00Z",
                "2026-11-21T09:00:00Z",
                adjudicator=made_by,
                derived_from=(SetId("a1"),),
            )
            with working(project, document="a") as workspace:
                mark(workspace, words, label)
                record = replace(workspace.open_document.annotations.get("T1"), entity=None)
                with workspace.project.transaction() as tx:
                    edit = Edit("edit.x", (Change(None, record),))
                    tables = workspace.project.annotations
                    tables.add_set(tx, header)
                    tables.write(tx, header, edit, numbers={}, at=header.created)

        mine.change_annotator(ARAM)
        mine.close()
        gold(mine.path, "هەولێر", "GPE", AnnotatorId("a2"))
        gold(other, "هەولێر", "LOC", AnnotatorId("a1"))
        with working(mine.path, document="a") as again:
            merge(again, other)
            assert marks(again, "a", "gold") == [HEWLER]
            assert marks(again, "a", "gold-2") == [("LOC", "هەولێر")]
            header = again.project.annotations.header(DocumentId("a"), SetId("gold-2"))
            assert (header.adjudicator, header.derived_from) == ("a1", ("a1",))
            assert merge(again, other).is_empty

    def test_somebody_in_our_trash_comes_back_with_new_work(self, mine, other):
        mine.change_annotator(ARAM)
        mine.change_annotator(SHILAN)
        Trash(mine.project, mine.changes).remove_person(mine.project.people.by_name(ARAM))
        worked(other, HEWLER)
        merge(mine, other)
        assert ARAM in [person.name for person in mine.project.people.all()]
        assert marks(mine, "a", "a2") == [HEWLER]


class TestDocuments:
    def test_the_same_text_is_the_same_document_and_ours_keeps_its_title(self, tmp_path):
        news = [{"id": "n1", "title": "سەردێڕ", "text": FIRST}]
        with working(project_with(tmp_path / "one", {"a": FIRST}), document="a") as mine:
            with new_project(tmp_path, name="two.nishan", annotator=ARAM) as theirs:
                import_into(theirs, write(tmp_path, "n.json", json.dumps(news)))
                other = theirs.path
            worked(other, HEWLER, document="n1")
            report = merge(mine, other)
            assert (report.documents, report.differing) == ((), ("a",))
            assert marks(mine, "a", "a2") == [HEWLER]

    def test_a_new_one_gets_a_free_id(self, tmp_path, mine):
        two = project_with(tmp_path / "two", {"a": NEWROZ, "a-2": "بەفر باری."})
        report = merge(mine, two)
        assert (report.documents, listed(mine)) == (("a", "a-2"), ["a", "b", "c", "a-2", "a-2-2"])

    def test_one_text_that_is_there_twice_finds_its_own(self, tmp_path, mine, other):
        with working(other, document="a") as there, there.project.transaction() as tx:
            twin = replace(there.project.documents.get(DocumentId("a")), id=DocumentId("twin"))
            there.project.documents.add(tx, twin, at="2026-11-21T09:00:00Z")
        worked(other, HEWLER, document="twin")
        merge(mine, other)
        assert (listed(mine)[-1], marks(mine, "twin", "a2")) == ("twin", [HEWLER])

    def test_what_is_in_their_trash_is_not_brought(self, mine, other, tmp_path):
        with working(other) as there:
            import_into(there.project, write(tmp_path, "d.txt", NEWROZ))
            Trash(there.project, there.changes).remove_documents([DocumentId("d")])
        assert merge(mine, other).is_empty

    def test_what_is_in_our_trash_stays_unless_there_is_work_in_it(self, mine, other):
        Trash(mine.project, mine.changes).remove_documents([DocumentId("a"), DocumentId("b")])
        worked(other, HEWLER)
        report = merge(mine, other)
        assert (report.back, report.left, listed(mine)) == (("a",), ("b",), ["a", "c"])


class TestScheme:
    @pytest.fixture
    def foreign(self, other):
        """A copy whose scheme has a label, a type, a role and an attribute of its own."""
        with working(other, annotator=ARAM, document="a") as there:
            data = json.loads(there.project.schemes.current())
            label = {**data["labels"][0], "id": "SHIP", "key": "Z"}
            data["labels"].append(label)
            kind = {**data["event_types"][0], "id": "Sea.Sail", "key": "0"}
            kind["roles"] = [{**role, "labels": ["SHIP"]} for role in kind["roles"]]
            data["event_types"].append(kind)
            role = {**data["event_types"][0]["roles"][0], "id": "Harbour", "key": "1"}
            data["event_types"][0]["roles"].append(role)
            data["attributes"].append(
                {**data["attributes"][0], "id": "flag", "layer": "mention", "labels": ["SHIP"]}
            )
            with there.project.transaction() as tx:
                there.project.schemes.replace(tx, json.dumps(data), at="2026-11-21T09:00:00Z")
        with working(other, annotator=ARAM, document="a") as there:
            mark(there, "ئازاد", "SHIP")
            document = there.open_document
            ship = document.annotations.get("T1")
            document.perform(
                Edit("edit.x", (Change(ship, replace(ship, attrs=(("flag", "red"),))),))
            )
        return other

    def test_what_ours_lacks_is_listed_and_comes_as_it_is(self, mine, foreign):
        report = merge(mine, foreign)
        assert report.lacking == (
            Lacking(Part.LABEL, "SHIP", 2),
            Lacking(Part.ATTRIBUTE, "flag", 1, "SHIP"),
        )
        assert marks(mine, "a", "a2") == [("SHIP", "ئازاد")]
        assert not mine.scheme.has_label("SHIP")

    def test_it_is_added_when_that_is_wanted_and_goes_with_the_merge(self, mine, foreign):
        with merger(mine, foreign) as made:
            assert made.can_add(made.preview())
        step = merge(mine, foreign, adds_labels=True).step
        assert mine.scheme.label("SHIP").key == "Z"
        assert [spec.id for spec in mine.scheme.attributes if spec.id == "flag"] == ["flag"]
        undo(mine, step)
        assert not scheme_of(mine.project).has_label("SHIP")

    def renamed(self, workspace):
        """Another scheme after the merge, which still has all that the merge added."""
        text = workspace.project.schemes.current().replace('"ckb-news"', '"later"', 1)
        workspace.changes.perform(ProjectEdit("edit.remove_label"), scheme=text)

    def test_under_a_later_scheme_the_merge_goes_and_comes_and_the_scheme_stays(
        self, mine, foreign
    ):
        step = merge(mine, foreign, adds_labels=True).step
        self.renamed(mine)
        assert mine.changes.undo(step).left_out == 1
        assert marks(mine, "a", "a2") == []
        assert (mine.scheme.id, mine.scheme.has_label("SHIP")) == ("later", True)
        assert mine.changes.redo(step).left_out == 1
        assert marks(mine, "a", "a2") == [("SHIP", "ئازاد")]
        assert mine.scheme.id == "later"

    def test_it_does_not_come_back_under_a_scheme_that_lacks_what_it_brings(self, mine, foreign):
        step = merge(mine, foreign, adds_labels=True).step
        undo(mine, step)
        self.renamed(mine)
        with pytest.raises(Refused, match="scheme_changed_since"):
            mine.changes.redo(step)
        assert marks(mine, "a", "a2") == []

    def test_what_nobody_declares_cannot_be_added(self, mine, other):
        with working(other, annotator=ARAM, document="a") as there:
            mark(there, "ئازاد", "PER")
            document = there.open_document
            person = document.annotations.get("T1")
            document.perform(Edit("edit.x", (Change(person, replace(person, label="ODD")),)))
        with merger(mine, other) as made:
            assert not made.can_add(made.preview())
        assert merge(mine, other, adds_labels=True).lacking == (Lacking(Part.LABEL, "ODD", 1),)


class TestAsking:
    def test_a_sudden_drop_stops_until_somebody_says_that_it_is_meant(self, path):
        with working(path, document="a") as mine:
            mark(mine, "هەولێر", "GPE")
        other = copy_of(path)
        with working(other, document="a") as there:
            remove(there, "T1")
        with working(path, document="a") as mine:
            with pytest.raises(Refused, match="sudden_drop"):
                merge(mine, other)
            assert marks(mine) == [HEWLER]
            report = merge(mine, other, accepts_drops=True)
            assert [(drop.drop.before, drop.drop.lost) for drop in report.drops] == [(1, 1), (1, 1)]
            assert marks(mine) == []

    def test_the_open_project_itself_is_refused(self, mine):
        with pytest.raises(Refused, match="same_file"):
            merge(mine, mine.path)

    def test_a_file_that_somebody_has_open_is_refused(self, mine, other):
        with working(other), pytest.raises(UserError, match="locked"):
            merge(mine, other)

    def test_a_project_that_can_only_be_read_takes_nothing_in(self, mine, other, monkeypatch):
        monkeypatch.setattr(type(mine.project), "is_read_only", property(lambda _: True))
        with pytest.raises(UserError, match="read_only"):
            merge(mine, other)


def test_a_repaired_copy_shares_its_past_with_the_other_copies(path, tmp_path):
    with working(path, document="a") as first:
        mark(first, *reversed(HEWLER))
        mark(first, *reversed(AZAD))
    other, repaired = copy_of(path), tmp_path / "repaired.nishan"
    finished(repair(path, repaired, now="2026-11-25T09:00:00Z"))
    with working(other, document="a") as there:
        remove(there, "T1")
    with working(repaired, document="a") as mine:
        merge(mine, other, accepts_drops=True)
        assert marks(mine, "a") == [AZAD]


def test_without_a_window_there_is_a_door_of_its_own(path, other):
    worked(other, HEWLER)
    with working(path, document="a") as mine:
        with merger_of(other, mine.project, clock=clock) as made:
            made.run()
        assert marks(mine, "a", "a2") == [HEWLER]


def test_a_place_that_moves_is_no_news(mine, other):
    with working(other, document="b") as there:
        there.remember_place(Focus(3, 3))
    assert merge(mine, other).is_empty
