"""The legend follows the editor a moment after each key, so that no key waits for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.foundation.errors import UserError
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.legend_entries import Legend
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.late_editing import legend_of
from annotator.ui.legend_bar import LegendBar

PAUSE_MS = 20
"""Sooner nobody can read it. Several keys share one turn."""


class LegendFollowing(QObject):
    """Shows in a bar what the keys do. Emits `failed` with the damage it meets."""

    failed = Signal(UserError)

    def __init__(self, bar: LegendBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._followed: tuple[Editor, Keymap] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show)

    @property
    def bar(self) -> LegendBar:
        """The bar, saying what the keys do now."""
        if self._timer.isActive():
            self._timer.stop()
            self._show()
        return self._bar

    def follow(self, editor: Editor, keymap: Keymap) -> None:
        """Show soon what the keys do."""
        self._followed = editor, keymap
        if not self._timer.isActive():
            self._timer.start(PAUSE_MS)

    def hurry(self) -> None:
        """The window is there: what waits need not wait longer."""
        if self._timer.isActive():
            self._timer.start(0)

    @property
    def is_over(self) -> bool:
        """Whether the bar says what the keys do."""
        return not self._timer.isActive()

    def stop(self) -> None:
        """Follow nobody any more."""
        self._followed = None
        self._timer.stop()

    def clear(self) -> None:
        """Say nothing, because no document is open."""
        self.stop()
        self._bar.show_legend(Legend("", ()))

    def _show(self) -> None:
        if self._followed is not None:
            try:
                self._bar.show_legend(legend_of(*self._followed))
            except UserError as error:
                self.failed.emit(error)
