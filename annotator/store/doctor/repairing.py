"""The repair: a new file with all that is sound, and what could be made so. Never the old one.

No backup precedes it: nothing is changed that would have to come back, and a backup of what is
damaged is refused.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeAlias

import apsw
from msgspec import Struct

from annotator.core.findings import Severity
from annotator.foundation.errors import UserError
from annotator.store.atomic import publish, remove_leftovers, temporary_path
from annotator.store.connection import Connection
from annotator.store.doctor.ailments import Ailment, Remedy, Slowly, Step
from annotator.store.doctor.copying import Copy
from annotator.store.doctor.examining import examine
from annotator.store.doctor.holdings import NOTHING_HELD, Holdings, holdings_of
from annotator.store.doctor.intake import Intake
from annotator.store.doctor.sources import Source
from annotator.store.migrations import Migrations, load_migrations


class Repaired(Struct, frozen=True):
    """A finished repair: what was done and lost, and how much the copy holds.

    `annotations` of the records are mentions, events and quotes; `in_trash` of the documents are
    in the trash. `held` is what the file told of.
    """

    remedies: tuple[Remedy, ...]
    documents: int
    sets: int
    records: int
    annotations: int = 0
    in_trash: int = 0
    held: Holdings = NOTHING_HELD

    @property
    def is_part(self) -> bool:
        """Whether the copy holds less than the file told of."""
        held = self.held
        return self.documents < held.documents or self.annotations < held.annotations

    @property
    def losses(self) -> tuple[Remedy, ...]:
        """What is not in the copy as it was stored."""
        return tuple(remedy for remedy in self.remedies if remedy.is_loss)


Repairing: TypeAlias = Generator[Step | None, None, Repaired]


def repair(
    path: Path, target: Path, *, now: str, migrations: Migrations | None = None
) -> Repairing:
    """Write a repaired copy under a new name; the file itself is only read.

    Raises `UserError` where `target` exists, nothing can be read, or the copy is not clean when it
    is examined: then there is none.
    """
    known = migrations or load_migrations()
    if target.exists():
        raise UserError("store.exists", name=target.name)
    temporary = temporary_path(target)
    try:
        with Intake(path, known) as intake:
            source = yield from _admitted(intake)
            repaired = yield from _written(source, temporary, target, known, now=now)
        yield from _proved(temporary, target, known)
        publish(temporary, target)
    finally:
        remove_leftovers(target)
    return repaired


def _admitted(intake: Intake) -> Slowly[Source]:
    admitting = intake.admit()
    while True:
        try:
            next(admitting)
        except StopIteration as end:
            source: Source = end.value
            return source
        yield


def _written(
    source: Source, temporary: Path, target: Path, migrations: Migrations, *, now: str
) -> Repairing:
    if not any(map(source.count, source.layout.tables)):
        raise UserError("doctor.nothing_left", name=target.name)
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
    connection = Connection.to_file(temporary, flags=flags)
    try:
        connection.settle_in()
        with connection.transaction() as tx:
            Migrations(migrations.scripts[: source.layout.version]).migrate(tx, version=0)
            copy = Copy(source, tx, now=now)
            yield from copy.fill(name=target.stem)
            held = yield from holdings_of(source)
    finally:
        connection.close()
    return Repaired(
        tuple(copy.remedies),
        documents=copy.documents,
        sets=copy.sets,
        records=copy.records,
        annotations=copy.annotations,
        in_trash=copy.in_trash,
        held=held,
    )


def _proved(temporary: Path, target: Path, migrations: Migrations) -> Iterator[Step | None]:
    """Examine the copy. Raises `UserError` where it has an ailment itself."""
    for said in examine(temporary, migrations):
        if not isinstance(said, Ailment):
            yield said
        elif said.severity is Severity.ERROR:
            raise UserError("doctor.not_clean", name=target.name, ailment=said.kind.value)
