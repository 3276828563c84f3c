"""Keys of editing in fields and text views of Qt's own, by their place on the keyboard."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QTextBrowser

from annotator.ui.fields import EditingKeys
from annotator.ui.lent_keys import lend_editing_keys
from tests.key_events import press

LAYOUTS = ("us", "iq(ku_ara)")


def shown(kind, qtbot, text):
    """A field with a text in it and the keys of editing."""
    field = kind()
    qtbot.addWidget(field)
    field.setText(text) if kind is QLineEdit else field.setPlainText(text)
    EditingKeys(field)
    field.show()
    return field


def said(field):
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_what_is_typed_is_cut_pasted_and_taken_back(qtbot, layout, kind):
    field = shown(kind, qtbot, "کار")
    press(field, "Ctrl+A Ctrl+C", layout=layout)
    assert QGuiApplication.clipboard().text() == "کار"
    press(field, "Ctrl+X", layout=layout)
    assert said(field) == ""
    press(field, "Ctrl+V Ctrl+V", layout=layout)
    assert said(field) == "کارکار"
    press(field, "Ctrl+Z", layout=layout)
    assert said(field) == "کار"
    press(field, "Ctrl+Y", layout=layout)
    assert said(field) == "کارکار"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextBrowser])
def test_what_is_only_read_is_copied_and_stays(qtbot, layout, kind):
    field = shown(kind, qtbot, "ڕاپۆرت")
    field.setReadOnly(True)
    QGuiApplication.clipboard().setText("x")
    press(field, "Ctrl+V Ctrl+A Ctrl+X", layout=layout)
    assert (said(field), QGuiApplication.clipboard().text()) == ("ڕاپۆرت", "x")
    press(field, "Ctrl+C", layout=layout)
    assert (said(field), QGuiApplication.clipboard().text()) == ("ڕاپۆرت", "ڕاپۆرت")


def test_letters_are_typed_as_ever(qtbot):
    field = shown(QLineEdit, qtbot, "")
    press(field, "A S", layout="iq(ku_ara)")
    assert field.text() == "اس"


def test_a_name_for_a_file_is_edited_by_the_same_keys(qtbot, qapp):
    """Where the system has no file dialog of its own, Qt shows one of its own."""
    lend_editing_keys(qapp)
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qapp.processEvents()
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    field.setText("کار")
    field.setFocus()
    press(field, "Ctrl+A Ctrl+C", layout="iq(ku_ara)")
    assert (field.selectedText(), QGuiApplication.clipboard().text()) == ("کار", "کار")
    lend_editing_keys(qapp)  # as the next window does
    field.clearFocus()
    field.setFocus()
    assert len(field.findChildren(EditingKeys)) == 1
