"""Whether there is a screen that a window could open on, as far as files tell.

Qt ends the program where a screen does not answer, with advice that fits another fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from annotator.foundation.late_pattern import LatePattern

_LOCAL = LatePattern(r"(?:unix)?:(\d+)(?:\.\d+)?")
X11_SOCKETS = Path("/tmp/.X11-unix")
OPEN_SOCKETS = Path("/proc/net/unix")


def silent_screen(environment: Mapping[str, str]) -> str | None:
    """The screen that is named and not there; None where one is there, or cannot be looked for.

    It is empty where none is named.
    """
    if environment.get("QT_QPA_PLATFORM") or environment.get("WAYLAND_SOCKET"):
        return None
    display, wayland = environment.get("DISPLAY", ""), environment.get("WAYLAND_DISPLAY", "")
    if display and _listens(display):
        return None
    folder = environment.get("XDG_RUNTIME_DIR", "")
    if wayland and Path(folder, wayland).is_absolute() and Path(folder, wayland).exists():
        return None
    return display or wayland


def _listens(display: str) -> bool:
    """Whether an X server listens, at a file or at a name; one elsewhere is taken to."""
    local = _LOCAL.ready.fullmatch(display)
    if local is None:
        return True
    place = X11_SOCKETS / f"X{local[1]}"
    try:
        lines = OPEN_SOCKETS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return True
    names = {line.rpartition(" ")[2] for line in lines}
    return not names.isdisjoint((str(place), f"@{place}")) or place.exists()
