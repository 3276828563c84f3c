"""The examination: every check over one file, to the end, with nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from annotator.store.doctor.ailments import Ailment, Step
from annotator.store.doctor.cases import Reading
from annotator.store.doctor.check_acts import ACT_CHECKS, check_parts, done_acts
from annotator.store.doctor.check_presences import check_presences
from annotator.store.doctor.check_project import PROJECT_CHECKS, current_scheme
from annotator.store.doctor.check_sets import SET_CHECKS
from annotator.store.doctor.check_words import check_words
from annotator.store.doctor.intake import Intake
from annotator.store.doctor.sources import Source
from annotator.store.migrations import Migrations, load_migrations

Examined: TypeAlias = Iterator[Ailment | Step | None]
"""Ailments as they are found, how far it is, and None where others may have a turn."""


def examine(path: Path, migrations: Migrations | None = None) -> Examined:
    """Everything that is wrong with a project file. The file is only read.

    Raises `UserError` for what is missing, no project, newer than this program or in use.
    """
    with Intake(path, migrations or load_migrations()) as intake:
        source = yield from intake.admit()
        yield from examine_source(source)


def examine_source(source: Source) -> Examined:
    """What is wrong with the rows of a file."""
    for check in (*PROJECT_CHECKS, *ACT_CHECKS, check_presences):
        yield from check(source)
    scheme, done = current_scheme(source), done_acts(source)
    total = source.count("annotations") + source.count("journal")
    reading = Reading(source)
    for document in source.rows("documents"):
        for row in reading.sets_of(document):
            case = yield from reading.read_set(row, document)
            for ask in SET_CHECKS:
                yield from ask(case)
                yield None
            yield from check_parts(case, done)
            if scheme is not None:
                yield from check_words(case, scheme)
            yield Step(reading.done, total)
