"""The first module of the frozen program."""

from __future__ import annotations

import sys

from annotator.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
