"""The inspector: label, text, offsets, attributes and parts of the annotation that is meant."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.editing.inspection import Row
from annotator.ui.fields import TextField
from annotator.ui.labels import plain_label
from annotator.ui.panels.row import RowWidget


class InspectorPanel(QScrollArea):
    """Renders the rows of `editing.inspection`; rebuilt only when their shape changes.

    Emits `left` when the keys should go back to the page: Enter was pressed in a field, or the
    row that had them is gone.
    """

    left = Signal()

    def __init__(
        self, catalogue: Catalogue, parent: QWidget | None = None, *, platform: str
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._platform = platform
        self._rows: dict[str, RowWidget] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the window what the fields have left, instead of scrolling by it."""
        event.ignore()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows; what was typed for another annotation goes to that one first."""
        present = tuple(widget.row for widget in self._rows.values())
        if _identity(rows) != _identity(present):
            self.commit()
        if [_shape(row) for row in rows] == [_shape(row) for row in present]:
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
        self.ensureWidgetVisible(widget)
        if isinstance(widget.editor, TextField):
            widget.editor.selectAll()
        return True

    def values(self) -> dict[str, str]:
        """What the rows show, by id."""
        return {identifier: widget.row.value for identifier, widget in self._rows.items()}

    def row(self, identifier: str) -> RowWidget:
        """The row of this id."""
        return self._rows[identifier]

    def _rebuild(self, rows: tuple[Row, ...]) -> None:
        focused = self._focused()
        gone = tuple(self._rows.values())
        self._rows = {}
        for row in rows:
            widget = RowWidget(row, self._catalogue, self._content, platform=self._platform)
            widget.finished.connect(self.left)
            self._rows[row.id] = widget
            self._layout.insertWidget(self._layout.count() - 1, widget)
            # The layout would show it later, and a hidden field cannot take the focus now.
            widget.show()
        self._empty.setVisible(not rows)
        if focused is not None and not self.focus_field(focused):
            self.left.emit()
        for widget in gone:
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _focused(self) -> str | None:
        """The id of the row that has the keys."""
        field = self.window().focusWidget()
        for identifier, widget in self._rows.items():
            if field is not None and widget.isAncestorOf(field):
                return identifier
        return None


def _identity(rows: tuple[Row, ...]) -> str | None:
    """Which annotation the rows are about."""
    return next((row.value for row in rows if row.id == "id"), None)


def _shape(row: Row) -> tuple[object, ...]:
    """What of a row cannot be changed in place."""
    return row.id, row.title, row.options, row.guide, bool(row.set), bool(row.remove)
