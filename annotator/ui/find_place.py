"""The place of the find bar between page and legend, before there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.ui.desk import Desk
from annotator.ui.editing.editor import Editor
from annotator.ui.late import Late

if TYPE_CHECKING:
    from annotator.ui.find_bar import FindBar


class FindPlace(QWidget):
    """Makes the find bar when somebody asks for it or begins to search.

    Emits `left` when the keys leave it.
    """

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._editor: Editor | None = None
        self._bar = Late(self._made)

    @property
    def bar(self) -> FindBar:
        """What asks for the words to find."""
        return self._bar.ready

    def attach(self, editor: Editor | None) -> None:
        """Search in another document from now on; None for none."""
        self._editor = editor
        if self._bar.is_made:
            self.bar.attach(editor)
        elif editor is not None:
            editor.search_wished.add(self._on_wished)

    def _made(self) -> FindBar:
        from annotator.ui.find_bar import FindBar

        bar = FindBar(self._desk, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(bar)
        bar.left.connect(self.left)
        bar.attach(self._editor)
        return bar

    def _on_wished(self, words: str) -> None:
        """Make the bar and begin, unless it is there and has heard the wish itself."""
        if not self._bar.is_made:
            self.bar.begin(words)
