"""Long work in slices of a timer: the window answers in between, and the work can be stopped."""

from __future__ import annotations

import time
from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.foundation.errors import AnnotatorError

SLICE_SECONDS = 0.02


class Slices(QObject):
    """Runs a generator until it ends.

    Emits `said` with what it yields, None left out; at the end `finished` with its result, or
    `failed` with the error that it raised. After `stop` it emits nothing more.
    """

    said = Signal(object)
    finished = Signal(object)
    failed = Signal(AnnotatorError)

    def __init__(self, work: Generator[object, None, object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin with the next turn of the event loop."""
        self._timer.start(0)

    def stop(self) -> None:
        """End the work where it is; what it holds is freed."""
        self._timer.stop()
        self._work.close()

    def _go_on(self) -> None:
        end = time.monotonic() + SLICE_SECONDS
        try:
            while time.monotonic() < end:
                said = next(self._work)
                if said is not None:
                    self.said.emit(said)
        except StopIteration as over:
            self.finished.emit(over.value)
        except AnnotatorError as error:
            self.failed.emit(error)
        else:
            self._timer.start(0)
