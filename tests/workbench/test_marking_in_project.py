"""Marking all places of a name in the other documents, as one step of the project."""

import pytest

from annotator.core.annotations import SetStatus
from annotator.core.edits import Focus
from annotator.core.ids import DocumentId, SetId
from annotator.workbench.marking_in_project import MarkingInProject
from tests.workbench.projects import mark, opened, project_with

TEXTS = {
    "a": "شاری هەولێر گەورەیە.",
    "b": "لە هەولێر و هەولێریش باران باری.\nپاشان\tهەولێر ساردە.",
    "c": "سلێمانی ساردە.",
    "d": "هەولێر جوانە.",
}
OWN = SetId("a1")


@pytest.fixture
def workspace(tmp_path):
    made = opened(project_with(tmp_path, TEXTS), document="b")
    mark(made, "هەولێر", "GPE")
    made.open(DocumentId("d"))
    made.set_status(SetStatus.APPROVED, Focus(0, 0))
    made.open(DocumentId("a"))
    mark(made, "هەولێر", "GPE")
    yield made
    made.close()


@pytest.fixture
def search(workspace):
    template = next(workspace.open_document.annotations.mentions())
    return MarkingInProject(workspace, template, "هەولێر")


def marked(workspace, name):
    door = workspace.door(DocumentId(name), OWN)
    return [m.fragments.of(door.document.text) for m in door.annotations.mentions()]


def all_places(search):
    return [place for each in search.documents() for place in search.look_into(each)]


def test_the_others_are_looked_into_but_for_the_approved(search):
    assert (search.documents(), search.approved) == (["b", "c"], 1)


def test_free_places_are_found_with_what_stands_around(search):
    found = [(p.document, p.before, p.words, p.after) for p in all_places(search)]
    assert found == [
        ("b", "لە هەولێر و ", "هەولێر", "یش باران باری. پاشان هەولێر ساردە."),
        ("b", "لە هەولێر و هەولێریش باران باری. پاشان ", "هەولێر", " ساردە."),
    ]


def test_what_is_taken_is_marked_with_an_entity_and_taken_back_where_it_was_made(workspace, search):
    message = search.mark(all_places(search))
    assert dict(message.edit.details) == {"text": "هەولێر", "count": 2, "documents": 1}
    assert marked(workspace, "b") == ["هەولێر"] * 3
    entities = {m.entity for m in workspace.door(DocumentId("b"), OWN).annotations.mentions()}
    assert len(entities) == 1
    workspace.open_document.undo()
    assert marked(workspace, "b") == ["هەولێر"]
    workspace.open_document.redo()
    assert marked(workspace, "b") == ["هەولێر"] * 3
    workspace.open(DocumentId("b"))
    workspace.open_document.undo()
    assert marked(workspace, "b") == ["هەولێر"]
    assert marked(workspace, "a") == ["هەولێر"]
    workspace.project.check()


def test_nothing_taken_is_no_step(workspace, search):
    steps = len(workspace.changes.steps())
    assert search.mark([]) is None
    assert len(workspace.changes.steps()) == steps


def test_what_is_marked_already_is_not_marked_again(workspace, search):
    places = all_places(search)
    search.mark(places)
    assert search.mark(places) is None
    assert marked(workspace, "b") == ["هەولێر"] * 3


def test_long_surroundings_are_cut_between_words(tmp_path):
    words = "وشە " * 40
    texts = {
        "a": "شاری هەولێر.",
        "b": f"{words}هەولێر {words}",
        "c": "وشە" * 40 + "، هەولێر، " + "وشە" * 40,
    }
    workspace = opened(project_with(tmp_path, texts), document="a")
    mark(workspace, "هەولێر", "GPE")
    template = next(workspace.open_document.annotations.mentions())
    first, second = all_places(MarkingInProject(workspace, template, "هەولێر"))
    assert first.before == "…" + "وشە " * 14
    assert first.after == " " + " ".join(["وشە"] * 14) + "…"
    assert (second.before, second.after) == ("…", "،…")
    workspace.close()
