"""The inspector: label, text, offsets, attributes and parts of the annotation that is meant."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.editing.inspection import Row
from annotator.ui.fields import TextField
from annotator.ui.labels import plain_label, wrap
from annotator.ui.messages import confirm
from annotator.ui.panels.row import RowWidget

_MOST_SPARE = 40

Field: TypeAlias = tuple[Hashable, str | None, str]
"""Where a text belongs that could not be stored: document, annotation and row."""


class InspectorPanel(QScrollArea):
    """Renders the rows of `editing.inspection`; rows of a shape that was shown before are kept.

    Making a row costs more time than a key press has, showing one again hardly any.

    Emits `left` when the keys should go back to the page: Enter was pressed in a field, or the
    row that had them is gone. `typed` says that something was typed, stored or kept unstored.
    """

    left = Signal()
    typed = Signal()

    def __init__(
        self, catalogue: Catalogue, parent: QWidget | None = None, *, platform: str
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._platform = platform
        self._rows: dict[str, RowWidget] = {}
        self._spare: list[RowWidget] = []
        self._scope: Hashable = None
        self._is_turned = False
        self.elsewhere: dict[Field, str] = {}
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
        wrap(self._empty)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._empty)
        self._box = QWidget(self._content)
        self._lines = QVBoxLayout(self._box)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._box.hide()
        self._layout.addWidget(self._box)
        self._layout.addStretch(1)
        self.setWidget(self._content)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the window what the fields have left, instead of scrolling by it."""
        event.ignore()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows; what was typed for another annotation goes to that one first."""
        present = tuple(widget.row for widget in self._rows.values())
        is_other = self._is_turned or _identity(rows) != _identity(present)
        self._is_turned = False
        if is_other:
            self.commit()
            self._put_unstored_away()
        self._show(rows, present)
        if is_other:
            self._bring_unstored_back()

    def turn_to(self, scope: Hashable) -> None:
        """Show what concerns another document from now on; what is typed was committed before."""
        self._put_unstored_away()
        self._scope = scope
        self._is_turned = True

    def take_unstored(self, other: InspectorPanel) -> None:
        """Go on with what could not be stored in a panel that this one replaces."""
        other.turn_to(None)
        self.elsewhere = other.elsewhere
        self._bring_unstored_back()
        self.typed.emit()

    @property
    def is_typing(self) -> bool:
        """Whether something was typed a moment ago that is still to be stored."""
        return any(widget.is_pending for widget in self._rows.values())

    @property
    def unstored(self) -> tuple[str, ...]:
        """The texts that were typed and could not be stored, also those not shown now."""
        shown = (widget.unstored for widget in self._rows.values())
        return (*self.elsewhere.values(), *(text for text in shown if text is not None))

    def may_be_left(self) -> bool:
        """Whether nothing unstored would be lost with this panel, or the user says that it may."""
        texts, text = self.unstored, self._catalogue.text
        if not texts:
            return True
        question = text("inspector.close_unstored", texts=texts)
        accept = text("inspector.close_anyway")
        return confirm(self.window(), self._catalogue, question, accept=accept, is_risky=True)

    def _show(self, rows: tuple[Row, ...], present: tuple[Row, ...]) -> None:
        if [_shape(row) for row in rows] != [_shape(row) for row in present]:
            self.commit()
            self._rebuild(rows)
            return
        for row in rows:
            self._rows[row.id].update_row(row)

    def _put_unstored_away(self) -> None:
        """Keep what could not be stored until its annotation is shown again."""
        identity = _identity(tuple(widget.row for widget in self._rows.values()))
        for name, widget in self._rows.items():
            if widget.unstored is not None:
                self.elsewhere[self._scope, identity, name] = widget.unstored
                widget.keep(None)

    def _bring_unstored_back(self) -> None:
        identity = _identity(tuple(widget.row for widget in self._rows.values()))
        for name, widget in self._rows.items():
            text = self.elsewhere.pop((self._scope, identity, name), None)
            if text is not None:
                widget.keep(text)

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
        had_focus = None if focused is None else self._rows[focused]
        free = [*self._rows.values(), *self._spare]
        self._rows = {row.id: self._widget_for(row, free) for row in rows}
        if rows:
            for place, widget in enumerate(self._rows.values()):
                if self._lines.indexOf(widget) != place:
                    self._lines.insertWidget(place, widget)
                # The layout would show it later, and a hidden field cannot take the focus now.
                widget.show()
        # Without rows the whole box goes, and comes back at once when they do.
        self._box.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        is_lost = focused is not None and not self._keeps(focused, had_focus)
        if is_lost and not self.focus_field(str(focused)):
            self.left.emit()
        self._put_away(free, are_hidden=not rows)

    def _keeps(self, identifier: str, widget: RowWidget | None) -> bool:
        """Whether the field that has the keys is still there, and they can stay in it."""
        is_field = widget is not None and not isinstance(widget.editor, QLabel)
        return is_field and self._rows.get(identifier) is widget

    def _widget_for(self, row: Row, free: list[RowWidget]) -> RowWidget:
        """The widget that shows this row: one of the free ones, if any can."""
        shape = _shape(row)
        for widget in free:
            if _shape(widget.row) == shape:
                free.remove(widget)
                widget.update_row(row)
                return widget
        made = RowWidget(row, self._catalogue, self._box, platform=self._platform)
        made.finished.connect(self.left)
        made.typed.connect(self.typed)
        return made

    def _put_away(self, widgets: list[RowWidget], *, are_hidden: bool) -> None:
        """Keep what is not shown now for later, the rows shown last before the others."""
        for widget in () if are_hidden else widgets:
            widget.hide()
        for widget in widgets[_MOST_SPARE:]:
            widget.hide()
            self._lines.removeWidget(widget)
            widget.deleteLater()
        self._spare = widgets[:_MOST_SPARE]

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
    return row.id, row.title, row.options, bool(row.guide), bool(row.set), bool(row.remove)
