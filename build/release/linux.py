"""Linux: a Debian package and a portable archive."""

from __future__ import annotations

from pathlib import Path

from release.freeze import freeze
from release.work import Work


def build(work: Work) -> tuple[Path, ...]:
    """Freeze the program and pack it."""
    freeze(work)
    return ()


def check(work: Work, packages: tuple[Path, ...]) -> None:
    """Install the package into a bare Debian, use the program there, and remove it."""
