"""Working on a project of a share or a synced folder: here in a copy, put back whole now and then.

The copy keeps every promise a project on this computer keeps. The lock file at the target still
tells others who is at work. What is put back is never put over a change that somebody else has
made there: then it goes beside, and the copy stands for that file from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from annotator.foundation.errors import UserError
from annotator.store.failures import os_failure
from annotator.store.lock_file import LockFile, acquire
from annotator.store.project_file import ProjectFile
from annotator.store.snapshot import copy_bytes, digest_of
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.kept_work import KeptWork
from annotator.workbench.publishing import Courier, Delivery, Outcome, Parcel

PARCEL = "parcel"
PATIENCE_SECONDS = 60.0
"""How long closing waits for a share."""


class Sentence(Struct, frozen=True):
    """Something to tell the user, by its key in the catalogue."""

    key: str
    values: Mapping[str, object]


def folder_shown(target: Path) -> str:
    """The folder of a file as it is told in one line: by its name, if it has one."""
    return target.parent.name or str(target.parent)


class WorkingCopy:
    """The copy that is worked on, and what is to be told of it.

    `news` is what happened when it was opened, if that is worth a sentence.
    """

    def __init__(
        self,
        kept: KeptWork,
        project: ProjectFile,
        lock: LockFile | None,
        clock: Clock,
        news: Sentence | None,
    ) -> None:
        self.project = project
        self.news = news
        self._kept = kept
        self._lock = lock
        self._clock = clock
        self._courier = Courier()
        self._outcome = Outcome.DONE if lock is not None else Outcome.UNREACHABLE
        self._beside = ""
        self._was_lost = False
        self._is_closed = False

    @property
    def target(self) -> Path:
        """Where the project belongs."""
        return Path(self._kept.note.target)

    @property
    def sign(self) -> Sentence:
        """What the status line says about where the work is."""
        published = self._kept.note.published
        values: dict[str, object] = {"folder": folder_shown(self.target)}
        if self._outcome in (Outcome.UNREACHABLE, Outcome.FAILED):
            return Sentence("place.unreachable", values)
        if not published:
            return Sentence("place.not_published", values)
        values["moment"] = datetime.fromisoformat(published)
        values["name"] = self._beside
        return Sentence("place.beside" if self._beside else "place.published", values)

    def beat(self) -> Sentence | None:
        """Tell other computers that somebody works here; what to say when one has taken over."""
        if self._lock is None or self._lock.beat() or self._was_lost:
            return None
        self._was_lost = True
        return Sentence("place.lost", {"name": self.target.name})

    def send(self, *, is_asked: bool = False) -> bool:
        """Begin to put the work back; False where there is nothing new or it is on its way.

        Raises `UserError` where this computer's own disk fails.
        """
        parcel = None if self._courier.is_busy else self._parcel(may_restore=is_asked)
        if parcel is None:
            return False
        self._courier.send(parcel)
        return True

    def arrived(self, *, within: float = 0.0) -> Sentence | None:
        """What to tell about work that has been put back since; see `is_sending`."""
        delivery = self._courier.arrived(within=within)
        return self._settle(delivery) if delivery is not None else None

    @property
    def is_sending(self) -> bool:
        """Whether work is on its way."""
        return self._courier.is_busy

    def close(self) -> Sentence | None:
        """Put back what is left, after the project has been closed; what to tell about it.

        The copy is removed once it is back, else it stays for the next time. Closing twice does
        no harm.
        """
        if self._is_closed:
            return None
        self._is_closed = True
        told: Sentence | None = None
        try:
            told = self.arrived(within=PATIENCE_SECONDS)
            if self.send():
                told = self.arrived(within=PATIENCE_SECONDS) or told
            if not self.is_sending and not self._kept.is_ahead:
                self._kept.remove()
        except OSError as error:
            raise os_failure(error, self.target) from error
        finally:
            if self._lock is not None:
                self._lock.release()
        return told

    def _parcel(self, *, may_restore: bool) -> Parcel | None:
        """What there is to put back, as a file that stays as it is."""
        if not self._is_closed and self.project.is_writing:
            return None  # half of an import or a merge may be in the file: the next time will do
        try:
            digest = digest_of(self._kept.path)
            if digest == self._kept.note.here:
                return None
            source = self._kept.folder / PARCEL
            if copy_bytes(self._kept.path, source) != digest:
                return None  # written at this very moment: the next time will do
        except OSError as error:
            raise os_failure(error, self.target) from error
        self._kept = self._kept.write(replace(self._kept.note, sent=digest))
        return Parcel(
            source=source,
            digest=digest,
            target=self.target,
            expected=self._kept.note.there,
            is_ours=self._holds_lock(),
            may_restore=may_restore,
            moment=self._clock(),
        )

    def _holds_lock(self) -> bool:
        """Whether the lock at the target is ours; where nobody has it, it is taken."""
        if self._lock is not None:
            return self._lock.beat()
        with suppress(UserError):
            self._lock = acquire(self.target)
        return self._lock is not None

    def _settle(self, delivery: Delivery) -> Sentence | None:
        before, self._outcome = self._outcome, delivery.outcome
        values: dict[str, object] = {
            "name": self.target.name,
            "folder": folder_shown(self.target),
            "other": delivery.path.name,
        }
        was_well = before in (Outcome.DONE, Outcome.BESIDE)
        match delivery.outcome:
            case Outcome.DONE:
                self._note(delivery.parcel.digest, delivery.path)
                return None if was_well else Sentence("place.back", values)
            case Outcome.BESIDE:
                self._beside = delivery.path.name
                self._forget_lock()  # from now on the copy stands for the other file
                self._note(delivery.parcel.digest, delivery.path)
                self.project.path = delivery.path
                return Sentence("place.conflict", values)
            case Outcome.UNREACHABLE:
                self._forget_lock()
                return Sentence("place.away", values) if was_well else None
            case Outcome.FAILED:
                return Sentence("place.failed", values) if was_well else None
            case _:
                assert_never(delivery.outcome)

    def _note(self, digest: str, target: Path) -> None:
        """Note that the copy and what lies at the target are the same."""
        note = replace(
            self._kept.note,
            target=str(target),
            here=digest,
            there=digest,
            sent="",
            published=stamp(self._clock()),
        )
        self._kept = self._kept.write(note)

    def _forget_lock(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None
