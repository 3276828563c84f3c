"""The first page of a file: whether it is a project, of which version, and where its tables are."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from annotator.foundation.errors import UserError
from annotator.store.doctor.ailments import Ailment, Kind, Where
from annotator.store.doctor.entries import is_entry_proved
from annotator.store.doctor.pages import PageFile
from annotator.store.doctor.sources import SETS_INDEX, is_row_of, row_of
from annotator.store.doctor.tables import Layout, SchemaRow, layout_of
from annotator.store.failures import os_failure
from annotator.store.header import APPLICATION_ID
from annotator.store.migrations import Migrations

MAGIC = b"SQLite format 3\x00"
LEAST_BYTES = 512
"""Fewer bytes than the smallest page hold no table."""

_PAGE_SIZES = (4096, 1024, 2048, 8192, 16384, 32768, 65536, 512)
_VERSION_AT, _APPLICATION_AT = 60, 68
_FIXED = (
    (0, MAGIC),
    (18, b"\x01"),
    (19, b"\x01"),
    (20, b"\x00"),
    (21, b"\x40"),
    (22, b"\x20"),
    (23, b"\x20"),
    (44, b"\x00\x00\x00\x04"),
    (56, b"\x00\x00\x00\x01"),
    (_APPLICATION_AT, APPLICATION_ID.to_bytes(4, "big")),
)
"""What stands in the header of every project, by its place in bytes."""

_PAGES_TRIED = 2_000
_TELLING = frozenset({"annotation_sets", "annotations", "journal"})


class FirstPage(Struct, frozen=True):
    """What the first page tells; `roots` are the first pages of tables and indexes by name.

    `rest` is the number of bytes behind the last whole page.
    """

    layout: Layout
    page_size: int
    roots: dict[str, int]
    ailments: tuple[Ailment, ...]
    rest: int

    @property
    def is_sound(self) -> bool:
        """Whether SQLite may open the file: it is as our own program writes it."""
        return not self.ailments


def read_first_page(path: Path, migrations: Migrations) -> FirstPage:
    """Judge a file before SQLite touches it.

    Raises `UserError` for what cannot be read, is no project, is newer, or holds no page at all.
    """
    try:
        size = _size(path)
        with path.open("rb") as stream:
            header = stream.read(100)
        if size < LEAST_BYTES:
            key = "doctor.nothing_left" if header.startswith(MAGIC) else "store.foreign"
            raise UserError(key, name=path.name)
        page_size, schema = _schema(path, header, size)
    except OSError as error:
        raise os_failure(error, path) from error
    layouts = [layout_of(migrations, number + 1) for number in range(migrations.newest)]
    objects = frozenset((row[0], row[1], row[2], row[4]) for row in schema)
    version = int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4], "big")
    layout = _layout(layouts, objects, version)
    _refuse_strangers(path, header, objects, layout, page_size, newest=migrations.newest)
    wrong = [at for at, right in _FIXED if header[at : at + len(right)] != right]
    if int.from_bytes(header[16:18], "big") not in (page_size, page_size >> 16):
        wrong.append(16)
    if layout.version != version:
        wrong.append(_VERSION_AT)
    ailments = [Ailment(Kind.HEADER, detail=at) for at in sorted(wrong)]
    ailments.extend(_differences(layout, objects))
    roots = {
        str(row[1]): row[3]
        for row in schema
        if row[1] in (*layout.tables, SETS_INDEX) and isinstance(row[3], int)
    }
    return FirstPage(layout, page_size, roots, tuple(ailments), size % page_size)


def _size(path: Path) -> int:
    told = path.stat()
    if stat.S_ISDIR(told.st_mode):
        raise UserError("store.directory", name=path.name)
    if not stat.S_ISREG(told.st_mode):
        raise UserError("store.foreign", name=path.name)
    return told.st_size


def _schema(path: Path, header: bytes, size: int) -> tuple[int, list[SchemaRow]]:
    """The page size, as told or as found by trying, and the rows of the table of tables."""
    told = int.from_bytes(header[16:18], "big")
    told = 65536 if told == 1 else told
    sizes = [told, *_PAGE_SIZES] if told in _PAGE_SIZES else [*_PAGE_SIZES]
    for page_size in sizes:
        with PageFile(path.open("rb"), page_size=page_size, size=size) as file:
            cells = (cell for cell in file.tree(1, set()) if cell is not None)
            schema = [tuple(cell.values) for cell in cells if len(cell.values) == 5]
        if schema:
            return page_size, schema
    return sizes[0], []


def _layout(layouts: list[Layout], objects: frozenset[SchemaRow], version: int) -> Layout:
    """The layout whose schema this is; else the one the header tells; else the newest."""
    for layout in reversed(layouts):
        if layout.schema == objects:
            return layout
    return layouts[version - 1] if 1 <= version <= len(layouts) else layouts[-1]


def _refuse_strangers(
    path: Path,
    header: bytes,
    objects: frozenset[SchemaRow],
    layout: Layout,
    page_size: int,
    *,
    newest: int,
) -> None:
    if objects == layout.schema:
        return
    is_named = header.startswith(MAGIC) and header[_APPLICATION_AT:][:4] == _FIXED[-1][1]
    is_ours = is_named or {row[1] for row in objects} >= _TELLING
    if not is_ours and not _holds_ours(path, layout, page_size):
        raise UserError("store.foreign", name=path.name)
    version = int.from_bytes(header[_VERSION_AT : _VERSION_AT + 4], "big")
    if is_named and version > newest:
        raise UserError("store.newer", name=path.name, version=version, supported=newest)


def _holds_ours(path: Path, layout: Layout, page_size: int) -> bool:
    """Whether one of the first pages holds a row that only a project has, proved by its digest."""
    table = layout.tables["journal"]
    with PageFile(path.open("rb"), page_size=page_size, size=path.stat().st_size) as file:
        for number in range(1, min(file.count, _PAGES_TRIED) + 1):
            for cell in file.cells(number):
                if is_row_of(table, cell) and is_entry_proved(row_of(table, cell)):
                    return True
    return False


def _differences(layout: Layout, objects: frozenset[SchemaRow]) -> Iterator[Ailment]:
    """What the schema holds too much, lacks, or words differently."""
    names = {str(row[1]) for row in objects ^ layout.schema}
    for name in sorted(names):
        yield Ailment(Kind.SCHEMA, Where(table=name), detail=name)
