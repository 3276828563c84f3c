"""A name for this computer that no other one has, whatever they are called on the network."""

from __future__ import annotations

import os
from contextlib import suppress

from annotator.foundation.atomic import write_text
from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder

MACHINE_FILE = "machine"
_LENGTH, _DIGITS = 16, frozenset("0123456789abcdef")


def host_name() -> str:
    """What this computer is called on the network, as it says itself: nothing is asked for it."""
    if hasattr(os, "uname"):
        return os.uname().nodename
    import socket  # on Windows only, for it is slow to load

    return socket.gethostname()


def machine_id() -> str:
    """Sixteen hexadecimal digits, drawn by chance once and kept in the state folder.

    Empty where nothing can be kept, which says that nothing is known.
    """
    path = state_folder() / MACHINE_FILE
    for _ in range(2):
        with suppress(OSError, ValueError):
            found = path.read_text(encoding="utf-8").strip()
            if len(found) == _LENGTH and _DIGITS.issuperset(found):
                return found
        with suppress(UserError):
            write_text(path, f"{os.urandom(8).hex()}\n")
    return ""
