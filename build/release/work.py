"""The work of one build: where things lie, which version it is, and how commands are run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

NAME = "nishan"
"""What packages are called; the program in them is ``annotator``."""

PROGRAM = "annotator"
LAST_LINES = 30


class Stopped(Exception):
    """The build cannot go on; the message is one sentence for whoever runs it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What every step of a build is given.

    `source_date` is the moment of the commit in seconds since 1970: what is packed carries it, so
    that the same commit makes the same package.
    """

    checkout: Path
    system: str
    version: str
    source_date: int

    @property
    def out(self) -> Path:
        """The folder that everything is written below; git ignores it."""
        return self.checkout / ".out"

    @property
    def packages(self) -> Path:
        """Where the finished packages of this system lie, with their sums."""
        return self.out / "packages" / self.system

    @property
    def cache(self) -> Path:
        """What may be kept from one build to the next."""
        return self.out / "cache"

    def folder(self, name: str) -> Path:
        """A folder of this system's build, made if it is not there: ``.out/linux/work``."""
        folder = self.out / self.system / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def empty_folder(self, name: str) -> Path:
        """The same, without anything in it."""
        shutil.rmtree(self.out / self.system / name, ignore_errors=True)
        return self.folder(name)

    def clean(self) -> None:
        """Remove what earlier builds of this system left, but for what is cached."""
        for folder in (self.out / self.system, self.packages):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)

    def source(self, *parts: str) -> Path:
        """A file of the checkout's folder ``build``."""
        return self.checkout.joinpath("build", *parts)

    def run(
        self,
        command: Sequence[str | Path],
        purpose: str,
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """Run a command and give what it said, on both streams.

        Raises `Stopped` with `purpose` and the last lines it said where it fails or is not there.
        """
        words = [os.fspath(word) for word in command]
        whole = {**os.environ, "SOURCE_DATE_EPOCH": str(self.source_date), **(environment or {})}
        try:
            done = subprocess.run(
                words,
                cwd=folder or self.checkout,
                env=whole,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            raise Stopped(f"{purpose}: {words[0]} cannot be started ({error.strerror}).") from error
        if done.returncode != 0:
            said = "\n".join(done.stdout.splitlines()[-LAST_LINES:])
            raise Stopped(f"{purpose}: {words[0]} ended with {done.returncode}.\n{said}")
        return done.stdout


def begin(checkout: Path, system: str) -> Work:
    """The work for one system, with the version and the date of the checkout."""
    return Work(
        checkout=checkout,
        system=system,
        version=version_of(checkout),
        source_date=source_date_of(checkout),
    )


def version_of(checkout: Path) -> str:
    """The version as ``annotator/__init__.py`` says it, which is the only place that does."""
    text = (checkout / PROGRAM / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise Stopped("annotator/__init__.py does not say which version this is.")
    return found[1]


def source_date_of(checkout: Path) -> int:
    """When the commit was made that is built, or what SOURCE_DATE_EPOCH says."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    if told.isdigit():
        return int(told)
    command = ("git", "-c", "safe.directory=*", "log", "-1", "--format=%ct")
    try:
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    except OSError:
        return int(time.time())
    return int(done.stdout) if done.stdout.strip().isdigit() else int(time.time())


def say(sentence: str) -> None:
    """Tell what is being done."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
