"""The window from the command line, without loading what the verbs need: it is to be there soon."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from annotator.foundation.errors import UserError

PAINT_FLAG: Final = "--self-test-paint"

VERB_NAMES: Final = (
    "new", "import", "merge", "check", "doctor", "info", "demo", "report", "export", "stats",
    "convert", "formats", "evaluate", "adjudicate", "backup", "backups", "restore", "history",
    "trash",
)  # fmt: skip
"""The names of the verbs of `verbs.VERBS`, for telling a verb from a file."""


def open_window(paths: list[Path]) -> int:
    """Open the window on files, or on what was open last."""
    try:
        from annotator.app import run_window
    except ImportError as error:
        raise UserError("cli.no_window", reason=str(error)) from error
    return run_window(paths)


def open_demo_window() -> int:
    """Open the window on the demo project."""
    try:
        from annotator.app import run_demo
    except ImportError as error:
        raise UserError("cli.no_window", reason=str(error)) from error
    return run_demo()


def watched(words: Sequence[str]) -> list[str]:
    """The words without that by which `tests/bench/startup.py` asks when the page is painted."""
    if list(words[:1]) != [PAINT_FLAG]:
        return list(words)
    import annotator.app  # noqa: F401  # as without the flag, what knows no Qt goes first

    # isort: split
    from annotator.ui.start_watch import watch_start

    watch_start()
    return list(words[1:])
