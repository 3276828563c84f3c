"""Project files made by somebody else: foreign, newer, cut, with more in them than ours have."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from annotator.store.header import APPLICATION_ID
from annotator.store.migrations import load_migrations
from tests.reliability.bad_inputs.case import Case, Ending, Importer, refused

KIND = "SQLite made by an attacker"
SIDE = "stale -wal/-journal beside the file"
NEWEST = load_migrations().newest
FILE = "input.nishan"


def cases() -> list[Case]:
    """All cases of this module."""
    return [*_heads(), *_cut(), *_schemas(), *_contents(), *_side_files(), *_no_files()]


def _case(name: str, change: Callable[[Path], None], expected: dict, kind: str = KIND) -> Case:
    def make(folder: Path) -> None:
        shutil.copyfile(folder / "project.nishan", folder / FILE)
        change(folder / FILE)

    return Case(
        kind=kind, name=name, importer=Importer.PROJECT, make=make, inputs=(FILE,), **expected
    )


def _bytes(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


def _number(at: int, number: int) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[:at] + number.to_bytes(4, "big") + data[at + 4 :])

    return change


def _heads() -> list[Case]:
    foreign, damaged, newer = "store.foreign", "store.damaged", "store.newer"
    return [
        _case("an empty file", _bytes(b""), refused(foreign, FILE)),
        _case("a text", _bytes("دەق".encode() * 100), refused(foreign, FILE)),
        _case("a ZIP", _bytes(b"PK\x03\x04" + b"\0" * 200), refused(foreign, FILE)),
        _case("zeros", _bytes(b"\0" * 8192), refused(foreign, FILE)),
        _case("the magic alone", _bytes(b"SQLite format 3\0"), refused(damaged, FILE)),
        _case("a newer version", _number(60, NEWEST + 1), refused(newer, NEWEST + 1)),
        _case("the newest possible", _number(60, 2**31 - 1), refused(newer, 2**31 - 1)),
        _case("version 0", _number(60, 0), refused(damaged, FILE)),
        _case("another program's", _number(68, APPLICATION_ID + 1), refused(foreign, FILE)),
        _case("WAL in the header", _wal_mode, {"ending": Ending.UNCHANGED}),
    ]


def _wal_mode(path: Path) -> None:
    """Not ours, but sound: SQLite itself brings it back to a rollback journal."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.close()


def _cut() -> list[Case]:
    def cut(share: float) -> Callable[[Path], None]:
        return lambda path: os.truncate(path, int(path.stat().st_size * share))

    return [
        _case(f"cut to {share:.0%}", cut(share), refused("store.damaged", FILE))
        for share in (0.1, 0.5, 0.9)
    ]


_STATEMENTS = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM annotations; END",
    "a view that never ends": "CREATE VIEW v AS WITH RECURSIVE c(x) AS"
    " (SELECT 1 UNION ALL SELECT x FROM c) SELECT * FROM c",
    "a table": "CREATE TABLE extra (a)",
    "an index on an expression": "CREATE INDEX extra ON documents (upper(title))",
    "a virtual table": "CREATE VIRTUAL TABLE f USING fts5(a)",
    "a generated column": "ALTER TABLE meta ADD COLUMN g TEXT AS (hex(value)) VIRTUAL",
    "a column less": "ALTER TABLE documents DROP COLUMN title",
    "an index less": "DROP INDEX documents_by_text",
}


def _sql(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        database = sqlite3.connect(path)
        database.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.close()

    return change


def _schemas() -> list[Case]:
    key = "store.other_schema"
    found = [
        _case(name, _sql(statement), refused(key, FILE)) for name, statement in _STATEMENTS.items()
    ]
    view = _sql(
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_schema SET type='view', sql='CREATE VIEW meta AS WITH RECURSIVE c(x) AS"
        " (SELECT 1 UNION ALL SELECT x FROM c) SELECT x AS key, x AS value FROM c',"
        " rootpage=0 WHERE name='places'",
    )
    found.append(_case("a view in place of a table", view, refused("store.", FILE)))
    shared = _sql(
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_schema SET rootpage=(SELECT rootpage FROM sqlite_schema WHERE"
        " name='documents') WHERE name='journal'",
    )
    found.append(_case("two tables on one page", shared, refused("store.damaged", FILE)))
    return found


def _contents() -> list[Case]:
    """What stands in the rows; `info` reads the scheme, and the others are for the doctor."""
    scheme = "store.scheme_damaged"
    wrong = "UPDATE schemes SET body = '{}'"
    endless = "UPDATE schemes SET body = replace(hex(zeroblob(100000)), '00', '[')"
    return [
        _case("another scheme than was stored", _sql(wrong), refused(scheme, FILE)),
        _case("a scheme nested for ever", _sql(endless), refused(scheme, FILE)),
        _case("no scheme", _sql("DELETE FROM schemes"), refused(scheme, FILE)),
    ]


def _side_files() -> list[Case]:
    def beside(suffix: str, content: bytes) -> Callable[[Path], None]:
        return lambda path: path.with_name(path.name + suffix).write_bytes(content) and None

    magic = bytes.fromhex("d9d505f920a163d7")
    return [
        _case("an empty journal", beside("-journal", b""), {"ending": Ending.UNCHANGED}, SIDE),
        _case(
            "a journal of noise", beside("-journal", b"x" * 600), {"ending": Ending.UNCHANGED}, SIDE
        ),
        _case(
            "a journal that is only its magic",
            beside("-journal", magic + b"\0" * 504),
            {"ending": Ending.UNCHANGED},
            SIDE,
        ),
        _case("a log of noise", beside("-wal", b"x" * 5_000), {"ending": Ending.UNCHANGED}, SIDE),
        _case(
            "a journal of another copy", _foreign_journal, refused("store.side_file", FILE), SIDE
        ),
    ]


def _foreign_journal(path: Path) -> None:
    """The journal of another project of another size, as when an earlier copy is put back."""
    other = path.with_name("other.sqlite")
    database = sqlite3.connect(other, isolation_level=None)
    database.execute("PRAGMA journal_mode=PERSIST")
    database.execute("CREATE TABLE t (a)")
    database.execute("INSERT INTO t VALUES (randomblob(200000))")
    database.execute("PRAGMA cache_size=1")
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE t SET a = randomblob(200000)")
    journal = other.with_name(other.name + "-journal")
    kept = journal.read_bytes()
    database.execute("ROLLBACK")
    database.close()
    path.with_name(path.name + "-journal").write_bytes(kept)


def _no_files() -> list[Case]:
    def pipe(path: Path) -> None:
        path.unlink()
        os.mkfifo(path)

    def folder(path: Path) -> None:
        path.unlink()
        path.mkdir()

    return [
        _case("a FIFO", pipe, refused("store.foreign", FILE)),
        _case("a folder", folder, refused("store.directory", FILE)),
        _case("nothing", Path.unlink, refused("store.missing", FILE)),
    ]
