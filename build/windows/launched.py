"""What the programs of the Windows bundle run: the command line, in a bundle of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

# As other bundles say it: files beside the program are looked for, and a process of our own is
# started by the program and not by Python.
sys.frozen = True  # type: ignore[attr-defined]
# Python's own program would lie beside these libraries; ours lies one folder above.
if sys.platform == "win32":
    os.add_dll_directory(sys.prefix)
# Where Qt draws without a screen it finds no fonts of Windows, and says so each time.
os.environ.setdefault("QT_QPA_FONTDIR", str(Path(__file__).with_name("resources") / "fonts"))

from annotator.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
