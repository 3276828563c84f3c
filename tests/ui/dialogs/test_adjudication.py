"""Adjudication in the window, with keys only, under each layout and in both languages."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from annotator.core.annotations import Coverage, SetStatus, StatusRecord
from annotator.core.commands.mentions import rename_entity
from annotator.core.edits import Change, Edit, Focus
from annotator.core.ids import DocumentId, SetId
from annotator.foundation.catalogue import without_isolates
from annotator.foundation.errors import UserError
from annotator.ui.dialogs.adjudication import AdjudicationDialog
from tests.journeys.stage import stage as stage
from tests.key_events import key_event, press
from tests.ui.window_room import boxes as boxes
from tests.workbench.adjudications import OURS, SARA, THEIRS, annotated_twice, labels
from tests.workbench.projects import ARAM, FIRST, opened

GOLD, HAWLER = SetId("gold"), FIRST.index("هەولێر")


@pytest.fixture
def place(tmp_path):
    return annotated_twice(tmp_path)


def with_dialog(one, *chords, use=None, layout="us"):
    """Open the adjudication with its key, press keys in it; what it showed before it closed."""
    shown = []

    def act():
        dialog = QApplication.activeModalWidget()
        try:
            assert isinstance(dialog, AdjudicationDialog)
            for chord in chords:
                if dialog.isVisible():
                    press(dialog.table, chord, layout=layout)
            shown.append((dialog.progress.text(), [row[0] for row in dialog.table.texts]))
            if use is not None:
                use(dialog)
        finally:
            if dialog is not None:
                dialog.close()

    QTimer.singleShot(0, act)
    press(one.window.view.page, "Ctrl+G", layout=layout)
    return shown[0] if shown else None


def gold_of(one, document="a"):
    project = one.shell.workspace.project
    header = project.annotations.header(DocumentId(document), GOLD)
    return None if header is None else project.annotations.read(header)


def begin(stage, place, **choices):
    one = stage(place, **choices)
    one.shell.workspace.change_annotator(SARA)
    one.shell.workspace.open(DocumentId("a"))
    return one


@pytest.mark.parametrize(
    ("language", "layout"), [("ckb", "iq(ku_ara)"), ("en", "us"), ("ckb", "ara")]
)
def test_units_are_decided_with_keys_alone(stage, place, language, layout):
    one = begin(stage, place, language=language)
    text = one.window.desk.catalogue.text
    progress, states = with_dialog(one, layout=layout)
    assert progress == text("adjudicating.progress", decided=0, total=2)
    assert states == [text("adjudication.state.agreed"), text("adjudication.state.open")]
    progress, states = with_dialog(one, "A", "2", layout=layout)
    taken, number = text("adjudication.state.taken"), one.window.desk.catalogue.number
    assert states == [f"{taken}: {number(1)}+{number(2)}", f"{taken}: {number(2)}"]
    whole = text("adjudicating.progress", decided=2, total=2)
    assert progress == text("adjudicating.all_decided", progress=whole)
    assert labels(gold_of(one)) == {0: "PER", HAWLER: "ORG"}
    with_dialog(one, "Ctrl+Z", "Ctrl+Z", "Ctrl+Y", layout=layout)
    assert labels(gold_of(one)) == {0: "PER"}
    with_dialog(one, "P", "X", "End", "Home", "Backspace", layout=layout)
    assert labels(gold_of(one)) == {}
    with_dialog(one, "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Z", "Ctrl+Z", layout=layout)
    assert labels(gold_of(one)) == {0: "PER"}


def test_editing_goes_on_in_the_page_of_gold(stage, place):
    one = begin(stage, place, language="en")
    with_dialog(one, "E")
    workspace = one.shell.workspace
    assert workspace.open_document.header.id == GOLD
    assert without_isolates(one.window.status.annotator) == f"Gold, by {SARA}"
    assert one.editor.current.label == "PER"
    press(one.window.view.page, "2")
    assert labels(gold_of(one)) == {0: "ORG"}
    assert without_isolates(with_dialog(one)[1][0]) == "decided, edited"
    one.window.reopen()
    assert workspace.open_document.header.id == GOLD
    workspace.open(DocumentId("a"))
    assert without_isolates(one.window.status.annotator) == f"Annotator: {SARA}"


def test_gold_is_on_the_page_once_something_is_decided_also_after_a_restart(stage, place):
    one = begin(stage, place, language="en")
    notice = one.window.desk.catalogue.text("notice.gold_on_page")
    with_dialog(one, "N", "P")
    assert one.shell.workspace.open_document.header.id == "a3"
    with_dialog(one, "1")
    assert one.shell.workspace.open_document.header.id == GOLD
    assert one.window.status.notice == notice
    page = one.shell.workspace.open_document
    with_dialog(one, "2")
    assert one.shell.workspace.open_document is page
    one.shell.close()
    one.shell.open_project(place)
    assert one.shell.workspace.open_document.header.id == GOLD
    assert one.window.status.notice == notice


def test_the_dialog_begins_behind_the_last_decision(stage, tmp_path):
    words = ("ئازاد", "هەولێر", "دوێنێ")
    place = annotated_twice(
        tmp_path, {"a": [(word, "PER") for word in words]}, {"a": [(word, "ORG") for word in words]}
    )
    one = begin(stage, place)
    with_dialog(one, "N", "1")
    rows = []
    with_dialog(one, use=lambda dialog: rows.append(dialog.table.currentRow()))
    assert rows == [2]
    with_dialog(one, "1", use=lambda dialog: rows.append(dialog.table.currentRow()))
    assert rows == [2, 0]


def test_choosing_the_document_in_the_list_leaves_gold(stage, place):
    one = begin(stage, place, language="en")
    with_dialog(one, "E")
    one.window.documents.document_chosen.emit("a")
    assert one.shell.workspace.open_document.header.id == "a3"


def test_a_key_that_is_held_decides_nothing_but_moves(stage, place):
    one = begin(stage, place)
    seen = []

    def hold(dialog):
        for chord in ("1", "A", "X", "E", "Enter", "Ctrl+Z"):
            QApplication.sendEvent(dialog.table, key_event(chord, is_repeat=True))
        for _ in range(3):
            QApplication.sendEvent(dialog.table, key_event("N", is_repeat=True))
        seen.append(dialog.table.currentRow())

    with_dialog(one, use=hold)
    assert (gold_of(one), seen) == (None, [1])


def test_what_came_along_is_told_and_kept(stage, tmp_path):
    place = annotated_twice(
        tmp_path,
        {"a": [("هەولێر", "GPE"), ("ئازاد", "PER")]},
        {"a": [("هەولێر", "GPE"), ("ئازاد", "PER")]},
    )
    workspace = opened(place, annotator=ARAM, document="a")
    entity = next(iter(workspace.open_document.annotations.entities()))
    workspace.open_document.perform(
        rename_entity(workspace.open_document.annotations, entity.id, "شاری هەولێر")
    )
    workspace.close()
    one = begin(stage, place, language="en")
    states = with_dialog(one, "A")[1]
    assert states == ["decided: 1+2", "look again", "decided: 1+2"]
    assert with_dialog(one, "Enter")[1][1] == "decided: 1"
    assert with_dialog(one, "Home", "Down", "2")[1][1] == "decided: 2"
    names = {entity.name for entity in gold_of(one).entities()}
    assert names == {"شاری هەولێر", "ئازاد"}
    with_dialog(one, "Home", "Down", "E")  # an entity has no text of its own, its mention has
    assert one.editor.current.fragments.start == HAWLER
    assert one.window.status.notice == ""


def test_the_buttons_do_what_the_keys_do_and_the_list_keeps_the_focus(stage, place):
    one = begin(stage, place, language="en")
    seen = []

    def click(dialog):
        buttons = {
            b.text().split("  ")[0].strip("\u00a0"): b for b in dialog.findChildren(QPushButton)
        }
        titles = [without_isolates(title) for title in buttons]
        seen.append(titles)
        buttons["All agreed"].click()
        press(buttons["None"], "1")
        seen.append(dialog.progress.text())
        buttons["Close"].click()

    with_dialog(one, use=click)
    assert seen[0] == [
        "شیلان", "ئارام", "All agreed", "None", "Keep gold", "Edit in the page", "Next",
        "Previous", "Close",
    ]  # fmt: skip
    assert without_isolates(seen[1]) == "2 of 2 decided. Gold is complete."
    assert labels(gold_of(one)) == {0: "PER", HAWLER: "GPE"}


def test_where_nobody_has_marked_anything_that_becomes_gold(stage, tmp_path):
    one = begin(stage, annotated_twice(tmp_path, {"a": []}, {"a": []}), language="en")
    progress, states = with_dialog(one, "1", "X", "N", "E", "A")
    assert (progress, states) == (one.window.desk.catalogue.text("adjudicating.nothing"), [])
    assert gold_of(one).status.status is SetStatus.COMPLETE


def test_a_key_that_can_do_nothing_says_so(stage, tmp_path):
    place = annotated_twice(tmp_path)
    workspace = opened(place, annotator="ڕێژان", document="a")
    layers = {"mentions": Coverage.PARTIAL, "events": Coverage.COMPLETE}
    status = StatusRecord(SetStatus.COMPLETE, quotes=Coverage.COMPLETE, **layers)
    workspace.open_document.perform(Edit("edit.import", (Change(None, status),)))
    workspace.close()
    one = begin(stage, place, language="en")
    told = []

    def look(dialog):
        for chord in ("Enter", "3"):
            press(dialog.table, chord)
            told.append(without_isolates(dialog.message.text()))

    with_dialog(one, use=look)
    assert told == [
        "Gold has nothing to keep here. Take what an annotator says, or leave it out.",
        "ڕێژان has no vote about this.",
    ]
    assert gold_of(one) is None


def test_who_is_not_done_is_told(stage, tmp_path):
    place = annotated_twice(tmp_path)
    workspace = opened(place, annotator="ڕێژان", document="a")
    workspace.set_status(SetStatus.IN_PROGRESS, Focus(0, 0))
    workspace.close()
    one = begin(stage, place, language="en")
    notes = []
    with_dialog(one, use=lambda dialog: notes.append(without_isolates(dialog.note.text())))
    assert notes == ["Not counted: ڕێژان has not completed this article."]


def test_too_few_are_told_in_the_status_line(stage, tmp_path):
    one = begin(stage, annotated_twice(tmp_path, OURS, {"b": THEIRS["b"]}), language="en")
    press(one.window.view.page, "Ctrl+G")
    assert without_isolates(one.window.status.notice) == (
        "Nothing to compare: two annotators must have completed this article. "
        "Completed: 1, begun: 1."
    )


def test_what_cannot_be_written_is_told_in_the_dialog(stage, place, boxes, monkeypatch):
    one = begin(stage, place, language="en")
    seen = []

    def refuse(dialog):
        def fail(*_, **__):
            raise UserError("store.read_only", name="x")

        monkeypatch.setattr("annotator.workbench.open_document.OpenDocument.perform", fail)
        press(dialog.table, "1")
        press(dialog.table, "A")
        press(dialog.table, "E")
        seen.append((dialog.message.text(), dialog.isVisible()))

    with_dialog(one, use=refuse)
    assert seen[0][1]
    assert seen[0][0] == one.window.desk.catalogue.text("store.read_only", name="x")
    assert gold_of(one) is None
