"""How this program is started once more, by itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from annotator.foundation.paths import is_bundled

COMPANION_FLAG = "--companion"
"""Before the name of a task: be a companion (`annotator.foundation.companion`)."""


def own_command() -> list[str]:
    """The words of the command."""
    return [os.fspath(sys.executable), *(() if is_bundled() else ("-m", "annotator"))]


def own_folder() -> Path | None:
    """Where it is to be started, which matters in a checkout only."""
    return None if is_bundled() else Path(__file__).resolve().parents[2]
