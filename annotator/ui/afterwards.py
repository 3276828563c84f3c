"""What is done about an open document after it was painted, while nobody waits.

What can be undone is read from the journal, and then the annotations the page has not asked for, a
few milliseconds at a time.
"""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.foundation.errors import UserError
from annotator.ui.first_pause import FIRST_PAUSE_MS
from annotator.ui.step_titles import StepTitles
from annotator.workbench.open_document import OpenDocument

PAUSE_MS = 10
"""Between two readings, for keys and painting."""

READING_SECONDS = 0.004
"""How long a key may have to wait for a reading to end."""

_AT_ONCE = 20
"""Records that are read before looking at the clock again."""


class Afterwards(QObject):
    """Begun with each document. Emits `failed` with the damage it meets."""

    failed = Signal(UserError)

    def __init__(self, steps: StepTitles, parent: QObject) -> None:
        super().__init__(parent)
        self._steps = steps
        self._document: OpenDocument | None = None
        self._left: OpenDocument | None = None
        self._is_reading = False
        self._is_new = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to read."""
        return not self._is_reading

    def begin(self, document: OpenDocument) -> None:
        """Care for this document from now on, and for no other."""
        # To take a hundred thousand values apart takes time too, and need not be before painting.
        self._left = self._document
        self._document = document
        self._is_reading = self._is_new = True
        self._timer.start(FIRST_PAUSE_MS)

    def stop(self) -> None:
        """Read nothing more."""
        self._document = None
        self._is_reading = False
        self._timer.stop()

    def hurry(self) -> None:
        """Somebody is at the keys: from now on the menu is to say what can be undone."""
        self._is_new = False

    def show_steps(self, document: OpenDocument) -> None:
        """Name in the menu what can be undone and redone, unless it has just been opened.

        Raises `UserError` when the journal is damaged.
        """
        if document is self._document and not self._is_new:
            self._steps.show(document.next_undo, document.next_redo)

    def _on_time(self) -> None:
        self._left = None
        self._is_new = False
        document = self._document
        if document is None:
            return
        try:
            self.show_steps(document)
            self._is_reading = _read_for(document, READING_SECONDS)
        except UserError as error:
            self.stop()
            self.failed.emit(error)
            return
        if self._is_reading:
            self._timer.start(PAUSE_MS)


def _read_for(document: OpenDocument, seconds: float) -> bool:
    """Read on for so long; whether there is more to read."""
    until = perf_counter() + seconds
    while document.read_more(_AT_ONCE):
        if perf_counter() >= until:
            return True
    return False
