"""The first module of the frozen program."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    # Where Qt draws without a screen it looks for fonts in a folder, and says each time that there
    # is none; ours come as bytes.
    os.environ.setdefault("QT_QPA_FONTDIR", sys.prefix)

FLOOR = "--self-test-floor"
"""Asks for an empty window, against which `tests/bench/startup.py` measures the program's start."""


def main() -> int:
    """Run the command line, which is not even loaded for the empty window."""
    if sys.argv[1:] == [FLOOR]:
        from annotator.ui.first_paint import show_empty_window  # noqa: PLC0415

        return show_empty_window()
    from annotator.foundation.loading import begin_loading  # noqa: PLC0415

    begin_loading()
    from annotator.cli import main as run_command_line  # noqa: PLC0415

    return run_command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
