"""Opening what another computer has left open: the user decides, and a life sign overrules."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import UserError
from annotator.ui.labels import plain_label
from annotator.ui.messages import choose
from annotator.workbench.opening import LOCK_LEFT, pulse

WATCH_SECONDS = 12.0
"""How long a lock must stand still: a little longer than from one heartbeat to the next."""

TAKE_OVER, LOOK = "shell.take_over_accept", "place.look"
"""The answers, which are the keys of their titles."""

_LOOKS_MS = 200

_Opened = TypeVar("_Opened")


def opened(
    opening: Callable[[bool], _Opened], parent: QWidget | None, catalogue: Catalogue, *, path: Path
) -> _Opened | None:
    """What `opening` opens, called with whether it takes over; None when the user says no to that.

    Raises the `UserError` of `opening` for everything but a lock that was left behind.
    """
    try:
        return opening(False)
    except UserError as error:
        if error.key not in LOCK_LEFT:
            raise
        answer = ask_to_take_over(parent, catalogue, path, error, may_look=False)
    return opening(True) if answer == TAKE_OVER else None


def ask_to_take_over(
    parent: QWidget | None, catalogue: Catalogue, path: Path, error: UserError, *, may_look: bool
) -> str | None:
    """Ask what to do about a lock that seems to have been left; None for nothing.

    Clocks of two computers differ, so before the lock is taken it must have stood still for
    longer than a heartbeat. Raises ``store.locked`` when it moves.
    """
    before, began = pulse(path), time.monotonic()
    said = {name: value for name, value in error.values.items() if name != "lock"}
    is_signed = error.key == "store.lock_left"
    text = catalogue.text("shell.take_over" if is_signed else "place.left_unsigned", **said)
    choices = (TAKE_OVER, LOOK) if may_look else (TAKE_OVER,)
    answer = choose(parent, catalogue, text, choices, is_risky=True)
    if answer != TAKE_OVER:
        return answer
    left = WATCH_SECONDS - (time.monotonic() - began)
    if left > 0 and not _watch(parent, catalogue, path, before, left):
        return None
    if pulse(path) not in (before, None):
        raise UserError("store.locked" if is_signed else "store.locked_unsigned", **error.values)
    return TAKE_OVER


def _watch(
    parent: QWidget | None, catalogue: Catalogue, path: Path, before: bytes | None, seconds: float
) -> bool:
    """Wait until a life sign has come or the time is over; False when the user stops it."""
    dialog = QProgressDialog(parent)
    dialog.setWindowTitle(catalogue.text("app.name"))
    dialog.setLabel(plain_label(dialog, catalogue.text("place.watching")))
    dialog.setCancelButtonText(catalogue.text("progress.stop"))
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.setMinimumDuration(0)
    dialog.setRange(0, round(seconds * 1000))
    loop, began = QEventLoop(dialog), time.monotonic()

    def look() -> None:
        passed = time.monotonic() - began
        dialog.setValue(min(round(passed * 1000), dialog.maximum()))
        if passed >= seconds or pulse(path) != before or dialog.wasCanceled():
            loop.quit()

    timer = QTimer(dialog)
    timer.timeout.connect(look)
    timer.start(_LOOKS_MS)
    dialog.canceled.connect(loop.quit)
    dialog.show()
    loop.exec()
    timer.stop()
    was_stopped = dialog.wasCanceled() and time.monotonic() - began < seconds
    dialog.deleteLater()
    return not was_stopped
