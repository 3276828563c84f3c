"""``python -m annotator``: the command line."""

from __future__ import annotations

import gc
import sys

# Loading makes many values, none of them a cycle to be looked for; see `app.make_application`.
gc.set_threshold(50_000, 20, 50)

from annotator.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
