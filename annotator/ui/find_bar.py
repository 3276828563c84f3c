"""The find bar under the page: what to look for, how closely, and how many there are."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QWidget

from annotator.ui.desk import Desk
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.searching import Wanted
from annotator.ui.fields import TextField
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.labels import plain_label, plain_tooltip
from annotator.ui.late_editing import end_find, go_to_first_hit, go_to_hit


class FindBar(QWidget):
    """Seen while something is looked for in the open document; finds while one types.

    Enter leaves with the hit selected, Escape goes back to where the eye was; both emit `left`.
    Up and Down go from hit to hit.
    """

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._editor: Editor | None = None
        text = desk.catalogue.text
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(text("find.title"))
        title = plain_label(self, text("find.title"), name="panelTitle")
        self.field = TextField("", self, platform=desk.platform)
        self.field.setAccessibleName(text("find.title"))
        self.field.setMinimumWidth(120)
        title.setBuddy(self.field)
        self.counter = plain_label(self, name="faint")
        self.loose = QCheckBox(text("find.loose"), self)
        self.whole = QCheckBox(text("find.whole"), self)
        self.previous_button = self._button("▲", "find.previous", forward=False)
        self.next_button = self._button("▼", "find.next", forward=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 4)
        layout.addWidget(title)
        layout.addWidget(self.field, 1)
        for widget in (
            self.previous_button,
            self.next_button,
            self.counter,
            self.loose,
            self.whole,
        ):
            layout.addWidget(widget)
        self.field.textEdited.connect(self._look)
        self.loose.toggled.connect(self._look)
        self.whole.toggled.connect(self._look)
        self.hide()

    def attach(self, editor: Editor | None) -> None:
        """Search in another document from now on; None for none."""
        self._editor = editor
        if editor is not None:
            editor.search_wished.add(self.begin)
            editor.changed.add(self._on_changed)
        self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the field has left over: to and fro, and out."""
        press = key_press_from(event, self._desk.platform)
        match press.chord if press is not None else "":
            case "Down":
                self._go(forward=True)
            case "Up":
                self._go(forward=False)
            case "Enter":
                self._leave(is_kept=True)
            case "Escape":
                self._leave(is_kept=False)
            case _:
                event.ignore()

    def _button(self, sign: str, action: str, *, forward: bool) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        title = self._desk.catalogue.text(f"action.{action}")
        button.setAccessibleName(title)
        button.setToolTip(plain_tooltip(title))
        button.clicked.connect(lambda: self._go(forward=forward))
        return button

    def begin(self, words: str) -> None:
        """Ask for words, with `words` or those of the last time proposed."""
        if words:
            self.field.setText(" ".join(words.split()))
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look()

    def _look(self) -> None:
        editor = self._editor
        if editor is None or editor.search.origin is None:
            return
        wanted = Wanted(self.field.text(), self.loose.isChecked(), self.whole.isChecked())
        editor.search.look_for(wanted)
        if not editor.search.hits and not wanted.is_loose:
            # ێ for ی and the like is what most words that are not found were meant with.
            editor.search.look_for(replace(wanted, is_loose=True))
        go_to_first_hit(editor)

    def _go(self, *, forward: bool) -> None:
        editor = self._editor
        if editor is not None:
            editor.attempt(lambda: go_to_hit(editor, forward=forward))

    def _leave(self, *, is_kept: bool) -> None:
        if self._editor is not None:
            end_find(self._editor, is_kept=is_kept)
        self._close()

    def _close(self) -> None:
        """Go away; the keys go to the page if they came here."""
        focused = self.window().focusWidget()
        has_keys = focused is not None and self.isAncestorOf(focused)
        self.hide()
        if has_keys:
            self.left.emit()

    def _on_changed(self, _: None) -> None:
        editor = self._editor
        if editor is None:
            return
        search = editor.search
        if search.origin is None:
            self._close()
            return
        is_missed = bool(self.field.text().strip()) and not search.hits
        self._show_count(search.number_of(editor.selection.span), len(search.hits))
        self.field.setAccessibleDescription(self.counter.text())
        self._tint("missed" if is_missed else "")

    @property
    def _is_near(self) -> bool:
        """Whether the words are found only as they are spelled otherwise."""
        editor = self._editor
        return editor is not None and editor.search.wanted.is_loose > self.loose.isChecked()

    def _tint(self, name: str) -> None:
        """Let the style sheet find the field by a name."""
        if self.field.objectName() != name:
            self.field.setObjectName(name)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def _show_count(self, number: int, count: int) -> None:
        text = self._desk.catalogue.text
        if not self.field.text().strip():
            self.counter.setText("")
        elif not count:
            self.counter.setText(text("find.none"))
        elif number:
            place = text("find.place", number=number, count=count)
            self.counter.setText(text("find.otherwise", place=place) if self._is_near else place)
        else:
            self.counter.setText(text("find.count", count=count))
