"""A name for this computer that no other one has, whatever they are called on the network."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress

from annotator.foundation.atomic import write_text
from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder

MACHINE_FILE = "machine"
_FORM = re.compile(r"[0-9a-f]{16}")


def machine_id() -> str:
    """Sixteen hexadecimal digits, drawn by chance once and kept in the state folder.

    Empty where nothing can be kept, which says that nothing is known.
    """
    path = state_folder() / MACHINE_FILE
    for _ in range(2):
        with suppress(OSError, ValueError):
            found = path.read_text(encoding="utf-8").strip()
            if _FORM.fullmatch(found):
                return found
        with suppress(UserError):
            write_text(path, f"{secrets.token_hex(8)}\n")
    return ""
