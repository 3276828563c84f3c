"""Make the installers: ``python3 run.py build [SYSTEM …] [--check]``.

`run.py` makes the environment this runs in; how each system is built stands in ``release/``.
"""

from __future__ import annotations

import argparse
import importlib
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from release.checks import write_sums
from release.work import Stopped, Work, begin, say

SYSTEMS = {"Linux": "linux", "Windows": "windows", "Darwin": "macos"}
BY_NAME_ONLY = ("windows-frozen",)
"""What is made only where it is asked for: it needs what few computers have."""


class Release(Protocol):
    """What the module of a system offers: ``release/linux.py`` and its siblings."""

    def build(self, work: Work) -> tuple[Path, ...]:
        """Make the packages and give their paths; raises `Stopped`."""

    def check(self, work: Work, packages: tuple[Path, ...]) -> None:
        """Install each package, let the program test itself, remove it; raises `Stopped`."""


def main(words: Sequence[str]) -> int:
    """Build for each system that is asked for; 1 where something did not come out."""
    parser = argparse.ArgumentParser(prog="run.py build", description=__doc__.split("\n")[0])
    own = SYSTEMS.get(platform.system(), "linux")
    chosen = [*SYSTEMS.values(), *BY_NAME_ONLY]
    parser.add_argument("systems", nargs="*", metavar="SYSTEM", help=f"of {', '.join(chosen)}")
    parser.add_argument("--check", action="store_true", help="install, test and remove each")
    options = parser.parse_args(words)
    if unknown := sorted({*options.systems} - {*chosen}):
        parser.error(f"unknown system: {', '.join(unknown)}")
    try:
        for system in options.systems or [own]:
            release(system, checks=options.check)
    except Stopped as error:
        sys.stderr.write(f"build: {error}\n")
        return 1
    return 0


def release(system: str, *, checks: bool) -> None:
    """Build one system from nothing, and check what was made where that is asked for."""
    module: Release = importlib.import_module(f"release.{system.replace('-', '_')}")
    work = begin(Path(__file__).resolve().parent.parent, system)
    started = time.monotonic()
    say(f"Nîşan {work.version} for {system}")
    work.clean()
    packages = module.build(work)
    write_sums(work.packages)
    for package in packages:
        say(f"  {package.name}  {package.stat().st_size / 1e6:.1f} MB")
    if checks:
        module.check(work, packages)
    say(f"  done in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
