"""Backups of the open project: when one is made, what is told when it fails, how one comes back.

A backup never stops work: what fails is told once, and the next attempt comes by itself. Only
before something that cannot be taken back (a migration, a repair) a failure is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from msgspec import Struct

from annotator.foundation.errors import AnnotatorError
from annotator.store.backup import (
    SUFFIX,
    Backup as Backup,
    backups_in,
    folder_for,
    folder_of,
    other_folders,
    read_backup as read_backup,
    restore as restore,
)
from annotator.store.backup_making import BackupMaking
from annotator.store.backup_thinning import KEPT_LONGER, BackupReason as BackupReason, superfluous
from annotator.store.inventory import Inventory as Inventory
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, monotonic
from annotator.workbench.listeners import Listeners

WORK_SECONDS = 15 * 60.0
"""How long somebody works between two backups."""

ROOM = 2_000_000_000
"""Bytes that the backups of one project take at most."""

MOST_DELETED = 4
"""Backups that are deleted after one was made, so that a clock that has jumped does little."""

_STOPPED_BY_FAILURE = frozenset({BackupReason.MIGRATION, BackupReason.REPAIR})


class Backups:
    """The backups of one open project; `root` is the program's state folder.

    `made` tells of every new backup, `failed` of the first failure in a row. Call `stop` before the
    project is closed.
    """

    def __init__(
        self,
        project: ProjectFile,
        *,
        root: Path,
        clock: Clock,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        self.made: Listeners[Backup] = Listeners()
        self.failed: Listeners[AnnotatorError] = Listeners()
        self._project = project
        self._root = root
        self._clock = clock
        self._ticks = ticks
        self._making: BackupMaking | None = None
        self._looked = ticks()
        self._has_failed = False
        self._known: tuple[Path, str] | None = None

    @property
    def folder(self) -> Path:
        """Where the backups lie. Raises `UserError` when the project does not say who it is."""
        return folder_of(self._root, self._project.inventory().uuid)

    @property
    def is_at_work(self) -> bool:
        """Whether a backup is being made, so that `advance` has something to do."""
        return self._making is not None

    def all(self) -> tuple[Backup, ...]:
        """The backups there are, the newest first."""
        return backups_in(self.folder)

    def begin(self, reason: BackupReason) -> bool:
        """Begin a backup that `advance` makes; whether there is one to make.

        There is none to make when the project can only be looked at, has no document yet, or the
        newest backup holds the same. What fails is told.
        """
        try:
            return self._begin(reason)
        except AnnotatorError as error:
            self._fail(error)
            return False

    def begin_if_due(self) -> bool:
        """Begin a backup of what was done in a quarter of an hour that has passed; whether it did.

        What fails is told.
        """
        if self.is_at_work or self._ticks() - self._looked < WORK_SECONDS:
            return False
        return self.begin(BackupReason.WORK)

    def advance(self, seconds: float) -> bool:
        """Work on the backup for so long; whether there is more to do. What fails is told."""
        if self._making is None:
            return False
        try:
            if self._making.advance(seconds):
                return True
            self._end()
        except AnnotatorError as error:
            self._fail(error)
        return False

    def before(self, reason: BackupReason) -> Backup | None:
        """A backup made at once, before something that changes much; None when it failed.

        When the newest one holds the same, that is the one. Raises the `UserError` of a failure
        before a migration or a repair, which must not begin without a backup.
        """
        try:
            return self._made_now(reason) or next(iter(self.all()), None)
        except AnnotatorError as error:
            if reason in _STOPPED_BY_FAILURE:
                raise
            self._fail(error)
            return None

    def make_now(self) -> Backup:
        """A backup because somebody wants one. Raises the `UserError` of a failure."""
        made = self._made_now(BackupReason.MANUAL)
        assert made is not None  # one that is wanted is always made
        return made

    def stop(self) -> None:
        """Give up what is being made; nothing of it is left."""
        if self._making is not None:
            self._making.abandon()
            self._making = None

    def _made_now(self, reason: BackupReason) -> Backup | None:
        self.stop()
        if not self._begin(reason):
            return None
        assert self._making is not None  # it has just begun
        self._making.finish()
        return self._end()

    def _begin(self, reason: BackupReason) -> bool:
        self._looked = self._ticks()
        self.stop()
        if reason not in KEPT_LONGER and not self._has_news:
            return False
        self._making = self._project.begin_backup(self.folder, reason=reason, made=self._clock())
        return True

    @property
    def _has_news(self) -> bool:
        """Whether the project holds something that its newest backup does not."""
        if self._project.is_read_only or self._project.is_broken:
            return False
        documents = self._project.documents
        if not documents.count() and not documents.removed():
            return False
        newest = next(iter(self.all()), None)
        if newest is None:
            return True
        if self._known is None or self._known[0] != newest.path:
            with suppress(AnnotatorError):
                self._known = newest.path, read_backup(newest.path, is_checked=False).digest
        return self._known != (newest.path, self._project.inventory().digest)

    def _end(self) -> Backup:
        assert self._making is not None  # somebody has just worked on it
        backup, inventory = self._making.backup, self._making.inventory
        assert backup is not None  # else it would have raised
        assert inventory is not None
        self._making = None
        self._has_failed = False
        self._known = backup.path, inventory.digest
        self._thin()
        self.made.tell(backup)
        return backup

    def _thin(self) -> None:
        for backup in superfluous(self.all(), self._clock(), room=ROOM)[:MOST_DELETED]:
            with suppress(OSError):
                backup.path.unlink()

    def _fail(self, error: AnnotatorError) -> None:
        self._making = None
        if not self._has_failed:
            self._has_failed = True
            self.failed.tell(error)


def backups_of(project: Path, root: Path) -> tuple[Backup, ...]:
    """The backups of a file that may be damaged or in use, the newest first."""
    folder = folder_for(root, project.resolve())
    return () if folder is None else backups_in(folder)


def newest_good(project: Path, root: Path) -> tuple[Backup, Inventory] | None:
    """The newest backup of a file that is whole, with what it holds; None when there is none.

    One without annotations gives way to an older one that has some: copies of a project share its
    backups, and what was left of a ruin must not hide what was there before. Those in the trash
    count, for they can come back.
    """
    return _newest_of(backups_of(project, root))


def _newest_of(backups: Iterable[Backup]) -> tuple[Backup, Inventory] | None:
    empty: tuple[Backup, Inventory] | None = None
    for backup in backups:
        with suppress(AnnotatorError):
            found = backup, read_backup(backup.path)
            if found[1].annotations_with_trash:
                return found
            empty = empty or found
    return empty


class OtherBackup(Struct, frozen=True):
    """The newest whole backup of some other project; `origin` is the file it is of, if known."""

    origin: Path | None
    backup: Backup
    inventory: Inventory


def other_backups(project: Path, root: Path) -> Iterator[OtherBackup]:
    """For a file that does not tell of which project it is: the newest of every project there is.

    Those of files of the same name come first. They are read one after the other.
    """
    for folder, origin in other_folders(root, project.name):
        found = _newest_of(backups_in(folder))
        if found is not None:
            yield OtherBackup(origin, *found)


def has_other_backups(project: Path, root: Path, *, of_same_name: bool = False) -> bool:
    """Whether there are backups of other projects, or of files of the same name; reads none."""
    name = project.name.casefold()
    return any(
        not of_same_name or (origin is not None and origin.name.casefold() == name)
        for _, origin in other_folders(root, project.name)
    )


def fuller_backup(project: Path, root: Path, than: Path) -> tuple[Backup, Inventory] | None:
    """The newest whole backup of a file with more annotations than another file has, or None.

    Annotations in the trash count on both sides. Those that hold no more are only asked how much
    they hold.
    """
    held = told_by(than)
    if held is None:
        return None
    for backup in backups_of(project, root):
        with suppress(AnnotatorError):
            if (
                read_backup(backup.path, is_checked=False).annotations_with_trash
                > held.annotations_with_trash
            ):
                return backup, read_backup(backup.path)
    return None


def told_by(project: Path) -> Inventory | None:
    """What a damaged file says of itself, unchecked; None where it says nothing any more."""
    try:
        return read_backup(project, is_checked=False)
    except AnnotatorError:
        return None


def restore_beside(backup: Path, project: Path) -> Path:
    """Restore a backup under a free name beside a file, which stays; the path of the copy.

    Raises `UserError`; then there is no copy.
    """
    for number in count(1):
        suffix = "-restored" if number == 1 else f"-restored-{number}"
        target = project.with_name(f"{project.stem}{suffix}{SUFFIX}")
        if not target.exists():
            break
    restore(backup, target)
    return target
