"""``python -m annotator``: the command line."""

from __future__ import annotations

import sys

from annotator.cli import main  # type: ignore  # mypy asks to drop this once cli.py exists

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
