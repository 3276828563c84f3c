"""Whether a copy of the program can work beside it."""

from __future__ import annotations

from pathlib import Path

from msgspec.msgpack import encode

from annotator.foundation.companion import Companion, processors
from annotator.foundation.errors import UserError
from annotator.selftest.checks import Facts
from annotator.workbench.checking_ahead import CHECK
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text

PATIENCE_SECONDS = 60.0
"""A bundle that was never started may be looked through first, by what guards the computer."""
_NO_DOCUMENTS = encode([])


def check_companion(_: Path) -> Facts:
    """A companion answers. Without one everything works, but long exports and imports are slow."""
    with Companion(CHECK, read_scheme_text(DEFAULT_SCHEME).encode()) as companion:
        try:
            answer = companion.ask(_NO_DOCUMENTS).result(PATIENCE_SECONDS)
        except TimeoutError:
            answer = None
    if answer != _NO_DOCUMENTS:
        raise UserError("selftest.no_companion")
    return {"processors": processors()}
