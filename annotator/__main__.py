"""``python -m annotator``: the command line."""

from __future__ import annotations

import sys

from annotator.foundation.loading import begin_loading

begin_loading()

from annotator.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
