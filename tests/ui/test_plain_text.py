"""What people have typed is shown letter by letter, never as markup and never as a key's sign."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QWidget

from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.foundation.errors import UserError
from annotator.ui.labels import ElidedLabel, plain_tooltip
from annotator.ui.messages import ask_text, show_error
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]

NASTY = ["<b>x</b><img src=x>", "a & b", "&amp; <qt>", "%s {name}"]


@pytest.fixture(params=NASTY)
def desk(request, stage, tmp_path):
    """A window in which document, annotator and entity have the same nasty name."""
    name = request.param
    path = make_project(tmp_path, documents={name: f"{name} هەولێر"}, annotator=name)
    desk = stage(path, language="en")
    desk.nasty = name
    desk.typist.press("Ctrl+End Right 3")
    desk.window.inspector.focus_field("entity")
    desk.typist.type_text(name)
    desk.window.settle()
    desk.window.view.refresh()
    return desk


def test_it_is_shown_as_it_is_everywhere(desk):
    window, name = desk.window, desk.nasty
    plain = [
        window.documents.names[0],
        window.view.heading,
        window.status.annotator,
        window.inspector.values()["entity"],
    ]
    assert [text for text in plain if name not in without_isolates(text)] == []
    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()


def test_the_legend_and_the_menus_show_it(desk):
    desk.typist.press("Escape L")
    titles = [without_isolates(text) for text, *_ in desk.window.view.legend.places]
    assert any(desk.nasty in title for title in titles)
    desk.typist.press("Escape Ctrl+Home Shift+Left")
    assert desk.window.view.legend.legend.heading


def test_tooltips_and_boxes_show_it(desk, boxes):
    model = desk.window.documents._model
    tooltip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    label = QLabel()
    label.setText(tooltip)
    assert "<b>" not in tooltip
    assert "<img" not in tooltip
    catalogue = desk.shell.desk.catalogue
    show_error(desk.window, catalogue, UserError("store.full", name=desk.nasty))
    assert desk.nasty in boxes.texts[0]
    assert boxes.formats == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize(
    ("typed", "code", "answer"), [(" ئارام ", 1, "ئارام"), ("  ", 1, None), ("ئارام", 0, None)]
)
def test_a_question_is_plain_and_answered(qtbot, monkeypatch, typed, code, answer):
    catalogue, parent = load_catalogue("en"), QWidget()
    qtbot.addWidget(parent)
    seen = []

    def execute(dialog):
        seen.extend((label.text(), label.textFormat()) for label in dialog.findChildren(QLabel))
        assert dialog.textValue() == "شیلان"
        dialog.setTextValue(typed)
        return code

    monkeypatch.setattr(QInputDialog, "exec", execute)
    assert ask_text(parent, catalogue, "<b>Who?</b>", present="شیلان") == answer
    assert seen == [("<b>Who?</b>", Qt.TextFormat.PlainText)]


def test_an_entity_with_an_ampersand_keeps_it_in_the_undo_entry(desk):
    undo = desk.window.around.menu_actions["edit.undo"].text()
    assert "&" not in undo.replace("&&", "")


def test_a_project_called_like_qts_sign_of_change(stage, tmp_path, qapp):
    desk = stage(make_project(tmp_path, name="a[*]b & <i>c"), language="en")
    assert "a[*][*]b & <i>c" in desk.window.windowTitle()


def test_a_long_title_is_elided_and_told_in_the_tooltip(qtbot, qapp):
    label = ElidedLabel(None)
    qtbot.addWidget(label)
    label.setText("<b>ناونیشانێکی زۆر درێژ</b>\n" * 20)
    label.resize(120, 30)
    label.show()
    label.grab()
    assert label.shown.endswith("…")
    assert label.fontMetrics().horizontalAdvance(label.shown) <= 120
    assert label.toolTip() == plain_tooltip(label.text())
    assert "<b>" not in label.toolTip()
    assert label.minimumSizeHint().width() >= 0
    assert label.minimumWidth() == 1
    label.setText("کورت")
    label.grab()
    assert (label.shown, label.toolTip()) == ("کورت", "")
