"""Project edits: their inverse, the steps of a journal, and what still stands of an edit."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import Argument, Event, Mention, MentionTarget
from annotator.core.edits import Change, Edit
from annotator.core.history import Act
from annotator.core.ids import AnnotatorId, DocumentId, RecordId, SetId
from annotator.core.project_edits import (
    Presence,
    ProjectEdit,
    ProjectEntry,
    ProjectStep,
    Thing,
    is_in_project,
    last_undone,
    steps_of,
    still_standing,
)
from annotator.core.span import Fragments
from annotator.foundation.errors import Defect
from tests.builders import annotated

DOCUMENT = DocumentId("n-1")
WENT = Presence.of_document(DOCUMENT, is_here=False)
AT = "2026-11-25T09:00:00Z"


def test_the_inverse_says_the_opposite_in_the_opposite_order():
    person = Presence.of_person(AnnotatorId("a2"), is_here=True)
    of_set = Presence.of_set(DOCUMENT, SetId("a2"), is_here=True)
    edit = ProjectEdit("edit.x", (("name", "x"),), (person, of_set), (1, 2))
    assert edit.inverse == ProjectEdit(
        "edit.x",
        (("name", "x"),),
        (
            Presence(Thing.SET, "a2", is_here=False, document=DOCUMENT),
            Presence(Thing.PERSON, "a2", is_here=False),
        ),
        (2, 1),
    )
    assert edit.inverse.inverse == edit
    assert ProjectEdit("edit.y").inverse == ProjectEdit("edit.y")


def test_steps_tell_what_stands_the_newest_first():
    first, second = ProjectEdit("edit.a", presences=(WENT,)), ProjectEdit("edit.b")
    entries = [
        ProjectEntry(1, Act.DO, first, AT),
        ProjectEntry(2, Act.DO, second, AT),
        ProjectEntry(3, Act.UNDO, first, AT, target=1),
        ProjectEntry(4, Act.UNDO, second, AT, target=2),
        ProjectEntry(5, Act.REDO, second, AT, target=2),
    ]
    assert steps_of(entries) == (
        ProjectStep(2, second, AT, is_done=True),
        ProjectStep(1, first, AT, is_done=False),
    )


@pytest.mark.parametrize(("act", "target"), [(Act.UNDO, 7), (Act.UNDO, None), (Act.REDO, 1)])
def test_acts_on_steps_that_are_not_so_are_a_defect(act, target):
    edit = ProjectEdit("edit.a")
    odd = ProjectEntry(2, act, edit, AT, target=target)
    with pytest.raises(Defect, match="journal_order"):
        steps_of([ProjectEntry(1, Act.DO, edit, AT), odd])


@pytest.fixture
def annotations():
    return annotated("[ئازاد]PER لە [هەولێر]GPE [گەڕایەوە]Movement.Transport(Artifact=T1)")[1]


def adding(annotations, *ids):
    return Edit("edit.mark_all", tuple(Change(None, annotations.get(name)) for name in ids))


def test_what_is_as_it_was_can_be_taken_back(annotations):
    edit = adding(annotations, "T2").inverse
    assert still_standing(annotations, edit) == edit


def test_what_was_changed_since_stays(annotations):
    edit = adding(annotations, "T1", "T2").inverse
    other = annotations.apply(
        Edit("edit.x", (Change(annotations.get("T2"), mention("T2", "LOC")),))
    )
    assert still_standing(other, edit).changes == ()
    # T1 is in use: the event that refers to it stays, hence T1 does.
    assert [change.id for change in still_standing(annotations, edit).changes] == ["T2"]


def test_what_goes_together_may_go(annotations):
    edit = adding(annotations, "T1", "EV1").inverse
    assert still_standing(annotations, edit) == edit


def test_a_mention_may_go_when_the_event_lets_go_of_it(annotations):
    event = annotations.get("EV1")
    free = Event(event.id, event.type, event.trigger)
    edit = Edit("edit.x", (Change(event, free), Change(annotations.get("T1"), None)))
    assert still_standing(annotations, edit) == edit
    kept = Event(
        event.id,
        event.type,
        event.trigger,
        (*event.arguments, Argument("Destination", MentionTarget(RecordId("T2")))),
    )
    holding = Edit("edit.x", (Change(event, kept), Change(annotations.get("T1"), None)))
    assert still_standing(annotations, holding).changes == ()  # it contradicts itself


def test_what_refers_to_something_gone_does_not_come_back(annotations):
    event = annotations.get("EV1")
    without = annotations.apply(Edit("edit.x", (Change(event, None),)))
    gone = without.apply(Edit("edit.x", (Change(annotations.get("T1"), None),)))
    back = Edit("edit.x", (Change(None, event),))
    assert still_standing(without, back) == back
    assert still_standing(gone, back).changes == ()
    both = Edit("edit.x", (Change(None, annotations.get("T1")), Change(None, event)))
    assert still_standing(gone, both) == both
    taking = Edit("edit.x", (Change(annotations.get("T1"), None), Change(None, event)))
    assert [change.id for change in still_standing(without, taking).changes] == ["T1"]


def mention(identifier, label):
    return Mention(RecordId(identifier), label, Fragments.at(9, 15))


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((), None),
        (("undo 2", "undo 1"), 1),
        (("undo 2", "undo 1", "redo 1"), 2),
        (("undo 2", "redo 2", "undo 1"), 1),
        (("undo 1", "undo 2", "redo 1", "undo 1"), 1),
        (("undo 1", "redo 1"), None),
    ],
)
def test_what_was_taken_back_last_is_brought_back_first(acts, expected):
    edit = ProjectEdit("edit.x")
    entries = [ProjectEntry(number, Act.DO, edit, AT) for number in (1, 2)]
    for number, told in enumerate(acts, 3):
        act, target = told.split()
        entries.append(ProjectEntry(number, Act(act), edit, AT, target=int(target)))
    assert last_undone(entries) == expected


@pytest.mark.parametrize(
    ("came", "stands", "expected"),
    [
        ("", "", True),
        ("+", "1", True),
        ("+", "0", False),
        ("-", "0", True),
        ("-", "1", False),
        ("+-", "11", False),
        ("+-", "10", True),
        ("+-", "01", False),
        ("+-", "00", False),
        ("-+-", "110", True),
        ("-+-", "001", False),
        ("-+-", "000", True),
    ],
)
def test_the_last_step_that_stands_tells_what_is_in_the_project(came, stands, expected):
    other = Presence.of_document(DocumentId("n-2"), is_here=not expected)
    person = Presence.of_person(AnnotatorId(DOCUMENT), is_here=not expected)
    steps = [
        ProjectStep(
            number,
            ProjectEdit("edit.x", presences=(other, replace(WENT, is_here=sign == "+"), person)),
            AT,
            is_done=mark == "1",
        )
        for number, (sign, mark) in enumerate(zip(came, stands, strict=True))
    ]
    assert is_in_project(steps, WENT) is expected
    assert is_in_project(steps, WENT.inverse) is expected
