"""The id of a project that SQLite cannot open any more, read from the pages that are left."""

from __future__ import annotations

import uuid
from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.store import meta
from annotator.store.doctor.first_page import read_first_page
from annotator.store.doctor.pages import PageFile
from annotator.store.doctor.sources import is_row_of, row_of
from annotator.store.doctor.tables import Table
from annotator.store.migrations import load_migrations

_NAME = meta.UUID.encode("ascii")


def told_id(path: Path) -> str | None:
    """The id that a damaged file tells, in its one spelling; None where none can be read.

    The table `meta` is looked at first, then every page on which the name of the id stands: what
    led to it may be lost.
    """
    try:
        first = read_first_page(path, load_migrations())
        size = path.stat().st_size
        with PageFile(path.open("rb"), page_size=first.page_size, size=size) as file:
            table = first.layout.tables["meta"]
            root = first.roots.get("meta", 0)
            for number in (root, *range(1, file.count + 1)):
                found = _id_on(file, number, table)
                if found is not None:
                    return found
    except (OSError, UserError):
        pass
    return None


def _id_on(file: PageFile, number: int, table: Table) -> str | None:
    if _NAME not in file.page(number):
        return None
    for cell in file.cells(number):
        row = row_of(table, cell) if is_row_of(table, cell) else {}
        if row.get("key") == meta.UUID:
            try:
                return str(uuid.UUID(str(row["value"])))
            except ValueError:
                continue
    return None
