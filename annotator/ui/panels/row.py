"""One row of the inspector: a title above a text, a choice or a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue
from annotator.ui.fields import ChoiceBox, TextField, ValueLabel
from annotator.ui.labels import plain_label, plain_tooltip, wrap

if TYPE_CHECKING:
    from annotator.ui.editing.inspection import Row

COMMIT_AFTER_MS = 500


class RowWidget(QWidget):
    """Shows a `Row`; emits `finished` when Enter ends typing, `typed` when `is_pending` or
    `unstored` may be another.

    What is typed is committed half a second after the first letter that is not yet, also while
    somebody types on, and when the field is left. What the program made of it (spaces trimmed)
    shows when the field is left, so that nothing changes under the hands of somebody who types.

    A text that cannot be stored is `unstored`: it stays in the field, marked, and is tried
    again with the next letter and by Enter. Only blanks are taken back.
    """

    finished = Signal()
    typed = Signal()

    def __init__(self, row: Row, catalogue: Catalogue, parent: QWidget, *, platform: str) -> None:
        super().__init__(parent)
        self.row = row
        self._platform = platform
        self._catalogue = catalogue
        self.is_pending = False
        self.unstored: str | None = None
        self.setObjectName("panel")
        title = plain_label(self, row.title, name="faint")
        wrap(title)
        self._committing = self._timer(COMMIT_AFTER_MS)
        self._committing.timeout.connect(self.commit)
        self._restoring = self._timer(0)
        self._restoring.timeout.connect(self._restore)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        self.editor = self._make_editor()
        self.editor.setAccessibleName(row.title)
        line.addWidget(self.editor, 1)
        if row.remove is not None:
            line.addWidget(self._make_remover(catalogue))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(1)
        layout.addWidget(title)
        layout.addLayout(line)
        self._guide = self._make_guide() if row.guide else None
        if self._guide is not None:
            layout.addWidget(self._guide)

    def update_row(self, row: Row) -> None:
        """Show another value of the same row, without disturbing what is being typed."""
        self.row = row
        if self._guide is not None:
            self._guide.setText(row.guide)
        match self.editor:
            case ChoiceBox():
                self.editor.setCurrentIndex(_option_index(row))
            case TextField():
                is_same = self.editor.text().strip() == row.value.strip()
                is_kept = self.is_pending or self.unstored is not None
                if not is_kept and not (is_same and self.editor.hasFocus()):
                    self._show_text(self.editor)
            case QLabel():
                self.editor.setText(row.value)

    def commit(self) -> None:
        """Hand over what was typed, once."""
        self._committing.stop()
        field = self.editor
        if not self.is_pending or not isinstance(field, TextField):
            return
        self.is_pending = False
        text = field.text()
        if self.row.set is None or text == self.row.value:
            self.keep(None)
        else:
            # A box may say why it was not stored, and meanwhile the field keeps it, too.
            self.unstored = text
            error = self.row.set(text)
            self.keep(text if error is not None and text.strip() else None)

    def keep(self, text: str | None) -> None:
        """Show a text that is not stored and mark it so; None for no such text."""
        self.unstored = text
        self.typed.emit()
        field = self.editor
        if not isinstance(field, TextField):
            return
        if text is not None and field.text() != text:
            field.setText(text)
        name = "" if text is None else "missed"
        if field.objectName() != name:
            field.setObjectName(name)
            field.style().unpolish(field)
            field.style().polish(field)
            said = "" if text is None else self._catalogue.text("inspector.not_stored")
            field.setAccessibleDescription(said)
            field.setToolTip(plain_tooltip(said) if said else "")

    def _show_text(self, field: TextField) -> None:
        if field.text() != self.row.value:
            field.setText(self.row.value)
            field.setCursorPosition(0 if not field.hasFocus() else len(self.row.value))

    def _restore(self) -> None:
        """Show what is stored, which is not what was typed when that was refused."""
        match self.editor:
            case ChoiceBox():
                self.editor.setCurrentIndex(_option_index(self.row))
            case TextField() if not self.is_pending and self.unstored is None:
                self._show_text(self.editor)

    def _make_editor(self) -> ChoiceBox | TextField | QLabel:
        row = self.row
        if row.options:
            box = ChoiceBox(self)
            for identifier, title in row.options:
                box.addItem(title, identifier)
            box.setCurrentIndex(_option_index(row))
            box.activated.connect(self._on_chosen)
            return box
        if row.set is not None:
            field = TextField(row.value, self, platform=self._platform)
            field.setCursorPosition(0)
            field.textEdited.connect(self._on_typed)
            field.editingFinished.connect(self._on_left)
            field.returnPressed.connect(self._on_enter)
            return field
        return ValueLabel(row.value, self, platform=self._platform)

    def _make_guide(self) -> QLabel:
        guide = plain_label(self, self.row.guide, name="faint")
        wrap(guide)
        return guide

    def _make_remover(self, catalogue: Catalogue) -> QToolButton:
        button = QToolButton(self)
        button.setText("✕")
        button.setAccessibleName(catalogue.text("inspector.remove", what=self.row.title))
        button.clicked.connect(self._on_remove)
        return button

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer

    def _on_chosen(self, index: int) -> None:
        if self.row.set is not None:
            self.row.set(self.row.options[index][0])
            self._restoring.start()

    def _on_typed(self, _: str) -> None:
        self.is_pending = True
        self.typed.emit()
        # Not begun anew with each letter: who types without a pause would never be safe.
        if not self._committing.isActive():
            self._committing.start()

    def _on_enter(self) -> None:
        self.is_pending = self.is_pending or self.unstored is not None
        self.commit()
        self.finished.emit()

    def _on_left(self) -> None:
        self.commit()
        self._restoring.start()

    def _on_remove(self) -> None:
        if self.row.remove is not None:
            self.row.remove()


def _option_index(row: Row) -> int:
    return next((i for i, (key, _) in enumerate(row.options) if key == row.value), -1)
