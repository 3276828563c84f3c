"""Putting a project that was worked on elsewhere back to its place, whole and never over a change.

What lies at the place is compared with what lay there last, by its digest; another digest means
that somebody else has changed it, and then our version is put beside it under a name of its own.
"""

from __future__ import annotations

import glob
import threading
from contextlib import suppress
from datetime import datetime
from enum import Enum
from pathlib import Path

from msgspec import Struct

from annotator.foundation.atomic import atomic_write
from annotator.foundation.errors import UserError
from annotator.store.failures import os_failure
from annotator.store.snapshot import digest_of

_CHUNK = 1 << 20
_NAME_LENGTH = 60


class Parcel(Struct, frozen=True, kw_only=True):
    """A file that nobody changes any more, and what must lie at its place for it to go there.

    `expected` is the digest of what lay there last. `is_ours` tells whether the lock there is
    held, `may_restore` whether to put the file back where it is gone, for it may be the drive that
    is gone.
    """

    source: Path
    digest: str
    target: Path
    expected: str
    is_ours: bool
    may_restore: bool
    moment: datetime


class Outcome(Enum):
    """What became of a parcel."""

    DONE = "done"
    BESIDE = "beside"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


class Delivery(Struct, frozen=True):
    """What became of a parcel, where it lies now, and why it does not where it failed."""

    outcome: Outcome
    parcel: Parcel
    path: Path
    error: UserError | None = None


def deliver(parcel: Parcel) -> Delivery:
    """Put a file to its place, or beside it. Never raises for what the system refuses."""
    target = parcel.target
    try:
        found = digest_of(target) if target.exists() else ""
        if found == parcel.digest:
            return Delivery(Outcome.DONE, parcel, target)
        if not found and not (parcel.may_restore and target.parent.is_dir()):
            return Delivery(Outcome.UNREACHABLE, parcel, target)
        is_free = parcel.is_ours and found in (parcel.expected, "")
        if is_free:
            _remove_leftovers(target)
            _write(parcel, target, found)
            return Delivery(Outcome.DONE, parcel, target)
        beside = name_beside(target, parcel.moment)
        _write(parcel, beside, "")
        return Delivery(Outcome.BESIDE, parcel, beside)
    except UserError as error:
        return Delivery(Outcome.FAILED, parcel, target, error)
    except OSError as error:
        return Delivery(Outcome.FAILED, parcel, target, os_failure(error, target))


def name_beside(target: Path, moment: datetime) -> Path:
    """A free name in the same folder for a second version of a project."""
    when = moment.astimezone().strftime("%Y-%m-%d %H.%M")
    wanted = target.with_stem(f"{target.stem} ({when})")
    number = 2
    while wanted.exists():
        wanted = target.with_stem(f"{target.stem} ({when}, {number})")
        number += 1
    return wanted


class Courier:
    """Delivers parcels one after the other without keeping the window waiting.

    The thread ends with the program, so that a share that never answers does not hold it up.
    """

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._delivered: list[Delivery] = []

    @property
    def is_busy(self) -> bool:
        """Whether a parcel is on its way, or has arrived and nobody has asked for it."""
        return self._thread is not None

    def send(self, parcel: Parcel) -> None:
        """Begin to deliver; call it when not busy."""
        self._thread = threading.Thread(target=self._carry, args=(parcel,), daemon=True)
        self._thread.start()

    def arrived(self, *, within: float = 0.0) -> Delivery | None:
        """What has been delivered since the last question; wait for it so many seconds."""
        if self._thread is None:
            return None
        self._thread.join(within)
        if self._thread.is_alive():
            return None
        self._thread = None
        return self._delivered.pop()

    def _carry(self, parcel: Parcel) -> None:
        self._delivered.append(deliver(parcel))


def _write(parcel: Parcel, place: Path, found: str) -> None:
    """Write and read back; `found` is the digest of what must still lie there at the end."""

    def check(temporary: Path) -> None:
        if digest_of(temporary) != parcel.digest:
            raise UserError("store.io", name=place.name)
        if (digest_of(place) if place.exists() else "") != found:
            raise UserError("store.exists", name=place.name)

    with atomic_write(place, check=check) as stream, parcel.source.open("rb") as reader:
        while chunk := reader.read(_CHUNK):
            stream.write(chunk)


def _remove_leftovers(target: Path) -> None:
    """Remove what an interrupted delivery has left; only with the lock there held."""
    stem = glob.escape(target.name[:_NAME_LENGTH])
    for leftover in target.parent.glob(f".~{stem}*.tmp"):
        with suppress(OSError):
            leftover.unlink()
