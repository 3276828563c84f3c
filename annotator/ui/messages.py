"""The only place that shows message boxes; every text in them is plain text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QMessageBox, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError

RIGHT_TO_LEFT_MARK = "\u200f"


def show_error(parent: QWidget | None, catalogue: Catalogue, error: AnnotatorError) -> None:
    """Say what went wrong, where, and what to do."""
    show_text(parent, catalogue, catalogue.error(error))


def show_text(parent: QWidget | None, catalogue: Catalogue, text: str) -> None:
    """Say a sentence that must not be overlooked."""
    _box(parent, catalogue, QMessageBox.Icon.Warning, text).exec()


def confirm(
    parent: QWidget | None,
    catalogue: Catalogue,
    text: str,
    *,
    accept: str,
    is_risky: bool = False,
) -> bool:
    """Ask; True when the button titled `accept` was pressed. Escape and closing mean no.

    Enter means yes, unless the act `is_risky`.
    """
    box = _box(parent, catalogue, QMessageBox.Icon.Question, text)
    box.setStandardButtons(QMessageBox.StandardButton.Cancel)
    yes = box.addButton(accept, QMessageBox.ButtonRole.AcceptRole)
    if is_risky:
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    else:
        box.setDefaultButton(yes)
    box.exec()
    return box.clickedButton() is yes


def ask_text(
    parent: QWidget, catalogue: Catalogue, question: str, *, present: str = ""
) -> str | None:
    """Ask for one line of text; None when cancelled or left empty."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(catalogue.text("app.name"))
    dialog.setLabelText(question)
    dialog.setTextValue(present)
    for label in dialog.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
    is_given = dialog.exec() == QInputDialog.DialogCode.Accepted
    return dialog.textValue().strip() or None if is_given else None


def _box(
    parent: QWidget | None, catalogue: Catalogue, icon: QMessageBox.Icon, text: str
) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(catalogue.text("app.name"))
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    # A sentence that begins with a Latin name still runs from right to left in Sorani.
    box.setText(f"{RIGHT_TO_LEFT_MARK}{text}" if catalogue.is_right_to_left else text)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    return box
