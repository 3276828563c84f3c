"""A Windows to try things out on: Wine, in a Debian of its own.

Wine of Debian 13 is the first that this Qt starts under, so it is put into a folder with that
Debian, and everything runs in there. That needs root, and the tool mmdebstrap to make the folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from release.windows_launcher import tool
from release.work import Stopped, Work, say

ROOT_OF_WINE = "NISHAN_WINE_ROOT"
_DEBIAN = "trixie"
_HOME = "root"  # within the folder, where the prefix of Wine lies
_DRIVE = f"{_HOME}/.wine/drive_c"
_SETTINGS = {
    "HOME": f"/{_HOME}",
    "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
    "LC_ALL": "C.UTF-8",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscoree=;mshtml=",
}
_PATIENCE = 600  # seconds for one command


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a Windows program ended, and what it said on both streams."""

    code: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wine:
    """A fresh Windows in a folder; `display` is an X display that it can draw on, or empty."""

    root: Path
    display: str = ""

    @property
    def drive(self) -> Path:
        """The drive ``C:`` of this Windows."""
        return self.root / _DRIVE

    def home(self, *parts: str) -> Path:
        """A place in the folders of the Windows user."""
        return self.drive.joinpath("users", _HOME, *parts)

    def run(
        self,
        *words: str,
        is_alone: bool = True,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """Run a Windows program, named as Windows names it.

        Where it `is_alone`, also what it started is waited for, such as an uninstaller's copy.
        Of the `environment` Wine keeps what begins with ``QT_`` from the program.
        """
        done = subprocess.run(
            self._inside("wine", *words),
            env={**self._settings(), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
        )
        if is_alone:
            self.wait()
        return Answer(code=done.returncode, text=done.stdout)

    @contextmanager
    def running(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """A Windows program at work; it ends with the block, and so does all of this Windows."""
        nowhere = subprocess.DEVNULL
        command = self._inside("wine", *words)
        with subprocess.Popen(
            command, env=self._settings(), stdin=nowhere, stdout=nowhere, stderr=nowhere
        ) as process:
            try:
                yield process
            finally:
                self.stop()

    def registered(self, key: str, name: str = "") -> str | None:
        """A text or number of the registry as Windows tells it, or None where there is none."""
        asked = ("/v", name) if name else ("/ve",)
        answer = self.run("reg", "query", key, *asked)
        if answer.code != 0:
            return None
        lines = [line.split("    ") for line in answer.text.splitlines() if "    REG_" in line]
        return lines[0][-1].strip() if lines else None

    def wait(self) -> None:
        """Wait until every Windows program has ended."""
        subprocess.run(self._inside("wineserver", "-w"), env=self._settings(), timeout=_PATIENCE)

    def stop(self) -> None:
        """End every program of this Windows."""
        subprocess.run(self._inside("wineserver", "-k"), env=self._settings())

    def _inside(self, *words: str) -> tuple[str, ...]:
        return ("chroot", str(self.root), *words)

    def _settings(self) -> dict[str, str]:
        return {**_SETTINGS, **({"DISPLAY": self.display} if self.display else {})}


@contextmanager
def fresh_windows(work: Work, root: Path) -> Iterator[Wine]:
    """A Windows on which nothing was installed yet, in the folder `root`, made if it is not there.

    Raises `Stopped`.
    """
    if not _has_wine(root):
        _make_root(work, root)
    wine = Wine(root=root, display=os.environ.get("DISPLAY", ""))
    with _mounted(root):
        shutil.rmtree(wine.drive.parent, ignore_errors=True)
        wine.run("wineboot", "-i")
        _add_missing_library(work, wine)
        try:
            yield wine
        finally:
            wine.stop()


def why_not(root: str) -> str | None:
    """Why there is no Wine to try things out under, as a sentence, or None where there is."""
    if not root:
        return f"{ROOT_OF_WINE} names no folder for Wine"
    if os.name == "nt" or os.geteuid() != 0:
        return "Wine needs a folder of its own, which only root can enter"
    if not _has_wine(Path(root)) and shutil.which("mmdebstrap") is None:
        return "the folder for Wine is made by mmdebstrap, which is missing"
    return None


def _has_wine(root: Path) -> bool:
    return os.path.lexists(root / "usr" / "bin" / "wine")  # a link that leads nowhere from outside


def _make_root(work: Work, root: Path) -> None:
    say(f"  making a Debian with Wine in {root} (1.1 GB)")
    root.parent.mkdir(parents=True, exist_ok=True)
    command = ("mmdebstrap", "--variant=minbase", "--include=wine,wine64", _DEBIAN, root)
    work.run(command, "The Debian with Wine cannot be made")


@contextmanager
def _mounted(root: Path) -> Iterator[None]:
    """Lend the folder what programs expect of a system, and the X displays; taken back after."""
    lent = [Path("/proc"), Path("/dev"), Path("/tmp/.X11-unix")]
    held: list[Path] = []
    try:
        for source in filter(Path.is_dir, lent):
            target = root / source.relative_to("/")
            target.mkdir(parents=True, exist_ok=True)
            if not os.path.ismount(target):
                subprocess.run(("mount", "--bind", source, target), check=True)
                held.append(target)
        yield
    except subprocess.CalledProcessError as error:
        raise Stopped(f"The folder for Wine cannot be entered: {error}.") from error
    finally:
        for target in reversed(held):
            subprocess.run(("umount", "--lazy", target))


def _add_missing_library(work: Work, wine: Wine) -> None:
    """Give Wine the library of Windows 10 that it lacks and Qt asks for; never part of a bundle."""
    target = wine.drive / "windows" / "system32" / "icuuc.dll"
    if not target.exists():
        source = work.source("windows", "wine_icuuc.c")
        flags = ("-shared", "-Os", "-s", "-o", target)
        work.run((tool("gcc"), *flags, source), "The library for Wine cannot be compiled")


def until(is_so: Callable[[], bool], *, seconds: float) -> bool:
    """Wait until a function says yes; False where it did not within the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.5)
    return False
