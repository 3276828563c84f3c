"""What the programs of the Windows bundle run: the command line, in a bundle of its own."""

from __future__ import annotations

import os
import sys

# As other bundles say it: files beside the program are looked for, and a process of our own is
# started by the program and not by Python.
sys.frozen = True  # type: ignore[attr-defined]
# Python's own program would lie beside these libraries; ours lies one folder above.
if sys.platform == "win32":
    os.add_dll_directory(sys.prefix)

from start import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
