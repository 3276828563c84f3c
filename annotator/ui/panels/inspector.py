"""The inspector: label, text, offsets, attributes and parts of the annotation that is meant."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue
from annotator.ui.editing.inspection import Row
from annotator.ui.labels import plain_label

COMMIT_AFTER_MS = 500
KEPT_ROWS = 80
"""Row widgets kept out of sight for the next annotation with such a row: making one takes long."""

_Shape: TypeAlias = tuple[str, str, tuple[tuple[str, str], ...], bool, bool, str]


class RowWidget(QWidget):
    """One row: its title above a text, a choice or a field.

    What is typed is committed half a second after the last key, and when the field is left.
    """

    def __init__(self, row: Row, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = row
        self.setObjectName("panel")
        title = plain_label(self, row.title, name="faint")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COMMIT_AFTER_MS)
        self._timer.timeout.connect(self.commit)
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
        if row.guide:
            layout.addWidget(self._make_guide())

    def update_row(self, row: Row) -> None:
        """Show another value of the same row, without disturbing what is being typed."""
        self.row = row
        match self.editor:
            case QComboBox():
                self.editor.setCurrentIndex(self._option_index(row))
            case QLineEdit():
                if not self._timer.isActive() and self.editor.text() != row.value:
                    self.editor.setText(row.value)
            case QLabel():
                self.editor.setText(row.value)

    def commit(self) -> None:
        """Hand over what was typed."""
        self._timer.stop()
        field = self.editor
        if isinstance(field, QLineEdit) and self.row.set and field.text() != self.row.value:
            self.row.set(field.text())

    def _make_editor(self) -> QWidget:
        row = self.row
        if row.options:
            box = QComboBox(self)
            for identifier, title in row.options:
                box.addItem(title, identifier)
            box.setCurrentIndex(self._option_index(row))
            box.activated.connect(self._on_chosen)
            return box
        if row.set is not None:
            field = QLineEdit(row.value, self)
            field.textEdited.connect(self._on_typed)
            field.editingFinished.connect(self.commit)
            return field
        label = plain_label(self, row.value)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return label

    def _make_guide(self) -> QLabel:
        guide = plain_label(self, self.row.guide, name="faint")
        guide.setWordWrap(True)
        return guide

    def _make_remover(self, catalogue: Catalogue) -> QToolButton:
        button = QToolButton(self)
        button.setText("✕")
        button.setAccessibleName(catalogue.text("inspector.remove", what=self.row.title))
        button.clicked.connect(self._on_remove)
        return button

    def _option_index(self, row: Row) -> int:
        return next((i for i, (key, _) in enumerate(row.options) if key == row.value), -1)

    def _on_chosen(self, index: int) -> None:
        if self.row.set is not None:
            self.row.set(self.row.options[index][0])

    def _on_typed(self, _: str) -> None:
        self._timer.start()

    def _on_remove(self) -> None:
        if self.row.remove is not None:
            self.row.remove()


class InspectorPanel(QScrollArea):
    """Renders the rows of `editing.inspection`; rebuilt only when their shape changes."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._rows: dict[str, RowWidget] = {}
        self._kept: dict[_Shape, list[RowWidget]] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(catalogue.text("panel.inspector"))
        self._content = QWidget(self)
        self._content.setObjectName("panel")
        self._content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._layout = QVBoxLayout(self._content)
        self._layout.setContentsMargins(12, 10, 12, 10)
        title = catalogue.text("panel.inspector")
        self._title = plain_label(self._content, title, name="panelTitle")
        self._empty = plain_label(self._content, catalogue.text("inspector.empty"), name="faint")
        self._empty.setWordWrap(True)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._empty)
        self._layout.addStretch(1)
        self.setWidget(self._content)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows."""
        present = [_shape(widget.row) for widget in self._rows.values()]
        if [_shape(row) for row in rows] == present:
            for row in rows:
                self._rows[row.id].update_row(row)
            return
        self.commit()
        self._rebuild(rows)

    def commit(self) -> None:
        """Hand over what is being typed, before the annotation changes under it."""
        for widget in tuple(self._rows.values()):
            widget.commit()

    def focus_field(self, identifier: str) -> bool:
        """Put the cursor into a field; False when there is none of that id."""
        widget = self._rows.get(identifier)
        if widget is None or isinstance(widget.editor, QLabel):
            return False
        widget.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(widget.editor, QLineEdit):
            widget.editor.selectAll()
        return True

    def values(self) -> dict[str, str]:
        """What the rows show, by id."""
        return {identifier: widget.row.value for identifier, widget in self._rows.items()}

    def _rebuild(self, rows: tuple[Row, ...]) -> None:
        for widget in self._rows.values():
            self._layout.removeWidget(widget)
            widget.hide()
            self._kept.setdefault(_shape(widget.row), []).append(widget)
        self._rows = {}
        for row in rows:
            widget = self._row_widget(row)
            self._rows[row.id] = widget
            self._layout.insertWidget(self._layout.count() - 1, widget)
            # The layout would show it later, and a hidden field cannot take the focus now.
            widget.show()
        self._empty.setVisible(not rows)
        self._let_go()

    def _row_widget(self, row: Row) -> RowWidget:
        kept = self._kept.get(_shape(row))
        if not kept:
            return RowWidget(row, self._catalogue, self._content)
        widget = kept.pop()
        widget.update_row(row)
        return widget

    def _let_go(self) -> None:
        while sum(map(len, self._kept.values())) > KEPT_ROWS:
            shape = next(iter(self._kept))
            for widget in self._kept.pop(shape):
                widget.deleteLater()


def _shape(row: Row) -> _Shape:
    """What a row's widget is made for; only the value may differ from row to row."""
    return row.id, row.title, row.options, bool(row.set), bool(row.remove), row.guide
