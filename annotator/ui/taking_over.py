"""Opening what another computer has left open: the user decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import UserError
from annotator.ui.messages import confirm

LOCK_LEFT = "store.lock_left"

_Opened = TypeVar("_Opened")


def opened(
    opening: Callable[[bool], _Opened], parent: QWidget | None, catalogue: Catalogue
) -> _Opened | None:
    """What `opening` opens, called with whether it takes over; None when the user says no to that.

    Raises the `UserError` of `opening` for everything but a lock that was left behind.
    """
    try:
        return opening(False)
    except UserError as error:
        if error.key != LOCK_LEFT:
            raise
        said = {name: error.values[name] for name in ("name", "since", "user", "host")}
    question = catalogue.text("shell.take_over", **said)
    accept = catalogue.text("shell.take_over_accept")
    return (
        opening(True)
        if confirm(parent, catalogue, question, accept=accept, is_risky=True)
        else None
    )
