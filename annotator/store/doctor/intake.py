"""How a file comes under examination: what it is, how it can be read, what lies beside it.

The file itself is only read. Where a session did not end properly, a copy in a folder of its own
is put right by SQLite and examined in its place.
"""

from __future__ import annotations

import glob
import re
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias, TypeVar

import apsw

from annotator.foundation.errors import UserError
from annotator.store.connection import Connection, Row as SqlRow
from annotator.store.doctor.ailments import Ailment, Kind, Slowly
from annotator.store.doctor.first_page import FirstPage, read_first_page
from annotator.store.doctor.pages import PageFile
from annotator.store.doctor.sources import PageSource, Source, SqlSource
from annotator.store.doctor.tables import Layout
from annotator.store.failures import os_failure
from annotator.store.header import SIDE_FILES, was_left_unclean
from annotator.store.integrity import check_quickly
from annotator.store.migrations import Migrations

_T = TypeVar("_T")

MOST_MESSAGES = 100
"""How many of SQLite's own complaints are told."""

_OF_ROWS = re.compile(
    r"CHECK constraint failed in \w+|(NULL value in|non-[A-Z]+ value in) \w+\.\w+"
)
"""What the checks of rows tell better, with its place."""

_PAUSE_SECONDS = 0.01

Admitted: TypeAlias = Generator[Ailment | None, None, Source]


class Intake:
    """One file under examination. To be used in a ``with``, which frees all that reading took."""

    def __init__(self, path: Path, migrations: Migrations) -> None:
        self._path = path
        self._migrations = migrations
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def admit(self) -> Admitted:
        """Yield what is wrong with the file as a whole; return where its rows come from.

        Raises `UserError` where the file is missing, no project, newer than this program, in use
        or cannot be read.
        """
        path = yield from self._settled()
        first = read_first_page(path, self._migrations)
        yield from first.ailments
        if first.rest:
            # SQLite may find nothing wrong with it and yet not read the last page.
            yield Ailment(Kind.PAGES, detail=f"the last page ends after {first.rest} bytes")
        elif first.is_sound:
            source = yield from self._by_sql(path, first.layout)
            if source is not None:
                return source
        return (yield from self._by_pages(path, first))

    def _settled(self) -> Generator[Ailment | None, None, Path]:
        """The file to read: the one that was named, or a copy that SQLite has put right."""
        for leftover in sorted(self._path.parent.glob(f".~{glob.escape(self._path.name)}*.tmp*")):
            yield Ailment(Kind.LEFTOVER, detail=leftover.name)
        read_first_page(self._path, self._migrations)  # raises for what is no project
        if not was_left_unclean(self._path):
            return self._path
        yield Ailment(Kind.UNCLEAN, detail=_side_file(self._path))
        folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="nishan-")))
        copy = folder / self._path.name
        yield from meanwhile(lambda: _copy(self._path, copy, SIDE_FILES))
        is_recovered = yield from meanwhile(lambda: _is_recovered(copy))
        if not is_recovered:
            for suffix in SIDE_FILES:
                copy.with_name(copy.name + suffix).unlink(missing_ok=True)
            yield from meanwhile(lambda: _copy(self._path, copy, ()))
        return copy

    def _by_sql(self, path: Path, layout: Layout) -> Generator[Ailment | None, None, Source | None]:
        """The rows by SQL, or None where SQLite finds the pages unsound."""
        flags = apsw.SQLITE_OPEN_READONLY
        try:
            connection = Connection.to_file(path, flags=flags, is_read_only=True)
        except UserError as error:
            yield _unsound(error)
            return None
        with ExitStack() as opened:
            opened.callback(connection.close)
            try:
                # The transaction keeps others from writing until everything has been read.
                connection.rows("BEGIN")
                connection.rows("SELECT count(*) FROM sqlite_schema")
                sql = f"PRAGMA integrity_check({MOST_MESSAGES})"
                said = yield from meanwhile(lambda: connection.rows(sql), connection.interrupt)
            except UserError as error:
                yield _unsound(error)
                return None
            ailments = list(_told(said))
            if ailments:
                yield from ailments
                return None
            self._open.push(opened.pop_all())
        return SqlSource(connection, layout)

    def _by_pages(self, path: Path, first: FirstPage) -> Admitted:
        source = PageSource(first.layout)
        try:
            with PageFile(
                path.open("rb"), page_size=first.page_size, size=path.stat().st_size
            ) as file:
                yield from source.take(file, first.roots)
        except OSError as error:
            raise os_failure(error, path) from error
        return source


def meanwhile(work: Callable[[], _T], stop: Callable[[], None] = lambda: None) -> Slowly[_T]:
    """The result of `work`, which is done in a thread while others go on; `stop` ends it early."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(work)
        try:
            while not future.done():
                wait([future], timeout=_PAUSE_SECONDS)
                yield
        except GeneratorExit:
            stop()
            raise
    return future.result()


def _told(said: list[SqlRow]) -> Iterator[Ailment]:
    for line in dict.fromkeys(line for (text,) in said for line in str(text).splitlines()):
        if line != "ok" and not line.startswith("***") and not _OF_ROWS.fullmatch(line):
            yield Ailment(Kind.PAGES, detail=line)


def _unsound(error: UserError) -> Ailment:
    """That SQLite cannot read the file. Raises what is no damage but a file in use, say."""
    if error.key not in ("store.damaged", "store.foreign"):
        raise error
    cause = error.__cause__
    return Ailment(Kind.PAGES, detail=str(cause) if cause is not None else error.key)


def _copy(source: Path, copy: Path, side_files: tuple[str, ...]) -> None:
    try:
        shutil.copyfile(source, copy)
        for suffix in side_files:
            beside = source.with_name(source.name + suffix)
            if beside.exists():
                shutil.copyfile(beside, copy.with_name(copy.name + suffix))
    except OSError as error:
        raise os_failure(error, source) from error


def _is_recovered(copy: Path) -> bool:
    """Let SQLite roll back what was not finished; whether the result is sound."""
    with suppress(UserError):
        connection = Connection.to_file(copy, flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            connection.settle_in()
            check_quickly(connection)
            return True
        finally:
            connection.close()
    return False


def _side_file(path: Path) -> str:
    names = (path.name + suffix for suffix in SIDE_FILES)
    return next((name for name in names if path.with_name(name).exists()), path.name)
