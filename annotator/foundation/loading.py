"""When Python looks for values that only refer to each other: not while the program is loaded."""

from __future__ import annotations

import gc

_YOUNG_VALUES = 50_000
"""New values after which Python looks for unused cycles; 700 is what it does by itself."""


def look_for_cycles_rarely() -> None:
    """Opening a long document makes many values, none of them a cycle."""
    gc.set_threshold(_YOUNG_VALUES, 20, 50)


def begin_loading() -> None:
    """Look for no cycles until `end_loading`: all that is made now is to stay."""
    look_for_cycles_rarely()
    gc.disable()


def end_loading() -> None:
    """Look for cycles again, from now on never among what was loaded.

    Nothing happens where loading was not begun, as in the tests.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
