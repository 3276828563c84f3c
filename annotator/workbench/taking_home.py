"""Taking a project home from a share: a working copy is made, or the one that was kept goes on."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from annotator.foundation.atomic import atomic_write
from annotator.foundation.errors import UserError
from annotator.store.failures import os_failure
from annotator.store.lock_file import LockFile, acquire
from annotator.store.migrations import load_migrations
from annotator.store.project_file import ProjectFile
from annotator.store.snapshot import copy_bytes, digest_of, take_snapshot
from annotator.workbench.clock import Clock
from annotator.workbench.kept_work import KeptWork, Note, keep, kept_work_for, new_folder
from annotator.workbench.publishing import Outcome, Parcel, deliver
from annotator.workbench.working_copy import PARCEL, Sentence, WorkingCopy, folder_shown


def open_working_copy(path: Path, clock: Clock, *, takes_over: bool = False) -> WorkingCopy:
    """Open a project in a working copy, and keep others from it by the lock file at its place.

    Work that was kept goes on, also while its place cannot be reached; where somebody has changed
    the project there meanwhile, it is put beside first. Raises `UserError` like
    `ProjectFile.open`.
    """
    target = path.resolve()
    kept = kept_work_for(target)
    news: Sentence | None
    if not target.exists() and kept is not None:
        news = Sentence("place.away", {"folder": folder_shown(target)})
        return _opened(path, kept, None, clock, news)
    lock = acquire(target, takes_over=takes_over)
    try:
        kept, news = _settled(target, kept, clock)
        return _opened(path, kept or _taken(target), lock, clock, news)
    except OSError as error:
        lock.release()
        raise os_failure(error, target) from error
    except BaseException:
        lock.release()
        raise


def _opened(
    path: Path, kept: KeptWork, lock: LockFile | None, clock: Clock, news: Sentence | None
) -> WorkingCopy:
    project = ProjectFile.open_copy(path, kept.path)
    return WorkingCopy(kept, project, lock, clock, news)


def _settled(
    target: Path, kept: KeptWork | None, clock: Clock
) -> tuple[KeptWork | None, Sentence | None]:
    """The work that was kept and goes on, if any, and what to say about it. Raises `OSError`."""
    if kept is None:
        return None, None
    if not kept.is_ahead:
        kept.remove()
        return None, None
    there = digest_of(target)
    if there == kept.note.sent:  # it arrived, and the program ended before it could be noted
        kept = kept.write(replace(kept.note, here=there, there=there, sent=""))
    if there == kept.note.there:
        return kept, Sentence("place.goes_on", {"name": target.name})
    return None, _put_beside(target, kept, clock)


def _put_beside(target: Path, kept: KeptWork, clock: Clock) -> Sentence:
    """Put work that was kept beside what somebody else has made of the project meanwhile."""
    ProjectFile.open_copy(target, kept.path).close()  # put right after a crash, and checked
    source = kept.folder / PARCEL
    parcel = Parcel(
        source=source,
        digest=copy_bytes(kept.path, source),
        target=target,
        expected=kept.note.there,
        is_ours=True,
        may_restore=False,
        moment=clock(),
    )
    delivery = deliver(parcel)
    if delivery.outcome not in (Outcome.BESIDE, Outcome.DONE):
        missing = UserError("store.missing", name=target.name, folder=str(target.parent))
        raise delivery.error or missing
    kept.remove()
    if delivery.outcome is Outcome.DONE:  # both have come to the same
        return Sentence("place.back", {"name": target.name})
    return Sentence("place.conflict", {"name": target.name, "other": delivery.path.name})


def _taken(target: Path) -> KeptWork:
    """A new working copy of what lies at the target. Raises `UserError` and `OSError`."""
    folder = new_folder()
    try:
        copy = take_snapshot(target, folder, load_migrations())
        _return_older_versions(folder, copy, target)
        note = Note(
            target=str(target), file=copy.name, here=digest_of(copy), there=digest_of(target)
        )
        return keep(folder, note)
    except BaseException:
        KeptWork(folder, Note(target="", file="", here="", there="")).remove()
        raise


def _return_older_versions(folder: Path, copy: Path, target: Path) -> None:
    """Put what was kept of an older schema beside the project, where people look for it."""
    for older in folder.glob(f"*.version-*{copy.suffix}"):
        place = target.with_name(older.name)
        if not place.exists():
            with atomic_write(place) as stream:
                stream.write(older.read_bytes())
        with suppress(OSError):
            older.unlink()
