"""Which backups may go: dense for the last day, then one a day, one a week, one a month.

How to think about it: backups are ordered by their numbers, never by their times, because a clock
can be wrong. A time that lies in the future counts as now. So a clock that jumps may let some
backups go early or late, but never the newest ones.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Protocol, TypeVar


class BackupReason(Enum):
    """Why a backup was made; the value stands in its name."""

    OPEN = "open"
    WORK = "work"
    IMPORT = "import"
    MERGE = "merge"
    MIGRATION = "migration"
    REPAIR = "repair"
    MANUAL = "manual"


ALWAYS_KEPT = 5
"""Newest backups that stay whatever the clock and the room say."""
MOST_OF_A_DAY = 48
"""Backups of the last 24 hours; at one every 15 minutes a working day makes 32."""
KEPT_LONGER = frozenset({BackupReason.MIGRATION, BackupReason.REPAIR, BackupReason.MANUAL})
"""Made before something that undo does not take back, or because somebody wanted one."""
MOST_KEPT_LONGER = 48

_DAY = timedelta(days=1)
_MONTH = timedelta(days=30)
_YEAR = timedelta(days=365)


class Dated(Protocol):
    """What thinning knows of a backup; `number` counts up with every backup of a project."""

    @property
    def number(self) -> int:
        """Its place among the others."""

    @property
    def made(self) -> datetime:
        """When it was made, by the clock of then."""

    @property
    def reason(self) -> BackupReason:
        """Why it was made."""

    @property
    def size(self) -> int:
        """Its size in bytes."""


_D = TypeVar("_D", bound=Dated)


def superfluous(backups: Iterable[_D], now: datetime, *, room: int) -> list[_D]:
    """The backups that may be deleted, the oldest first.

    `room` is how many bytes they may take together. The newest are never among them.
    """
    newest_first = sorted(backups, key=lambda backup: backup.number, reverse=True)
    certain = {backup.number for backup in newest_first[:ALWAYS_KEPT]}
    wanted = _wanted(newest_first, now) | certain

    def rank(backup: _D) -> tuple[bool, bool]:
        """When room is short, what is kept longer gives way last."""
        return backup.number not in certain, backup.reason not in KEPT_LONGER

    kept, left = set(certain), room
    for backup in sorted(newest_first, key=rank):
        if backup.number in wanted:
            left -= backup.size
            if left >= 0:
                kept.add(backup.number)
    return [backup for backup in reversed(newest_first) if backup.number not in kept]


def _wanted(newest_first: Sequence[_D], now: datetime) -> set[int]:
    """The numbers of those worth keeping, whatever room they take."""
    ages = {backup.number: max(now - backup.made, timedelta()) for backup in newest_first}
    day = [b.number for b in newest_first if ages[b.number] <= _DAY]
    longer = [b.number for b in newest_first if b.reason in KEPT_LONGER and ages[b.number] <= _YEAR]
    wanted = {*day[:MOST_OF_A_DAY], *longer[:MOST_KEPT_LONGER]}
    taken: set[Hashable] = set()
    for backup in newest_first:
        period = _period(backup.made.astimezone(UTC), ages[backup.number])
        if period is not None and period not in taken:
            taken.add(period)
            wanted.add(backup.number)
    return wanted


def _period(made: datetime, age: timedelta) -> Hashable | None:
    """The day, week or month of which one backup stays; None within the last day."""
    if age <= _DAY:
        return None
    if age <= _MONTH:
        return "day", made.date()
    if age <= _YEAR:
        return "week", made.isocalendar()[:2]
    return "month", made.year, made.month
