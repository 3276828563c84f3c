"""The schema of project files by version: numbered SQL scripts, and what they must add up to."""

from __future__ import annotations

from pathlib import Path

import apsw
from msgspec import Struct, json

from annotator.foundation.errors import Defect, UserError
from annotator.store.connection import Connection, Row, Transaction
from annotator.store.header import APPLICATION_ID

SCRIPTS = Path(__file__).with_name("sql")
"""A folder also in a bundle; `importlib.resources` takes as long to load as to read them."""
NEWEST = "newest.json"
"""What all scripts add up to; `python -m tests.store.newest_schema` writes it."""
_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"


class Migrations(Struct, frozen=True):
    """The scripts in order; the first makes a file of version 1 out of an empty one.

    `schema` is what they add up to, where that is written down: to run them takes longer.
    """

    scripts: tuple[str, ...]
    schema: tuple[Row, ...] | None = None

    @property
    def newest(self) -> int:
        """The schema number that this program writes."""
        return len(self.scripts)

    def migrate(self, tx: Transaction, *, version: int) -> None:
        """Bring a file of this version to the newest one, inside the transaction."""
        for script in self.scripts[version:]:
            tx.execute(script)
        tx.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        tx.execute(f"PRAGMA user_version = {self.newest}")

    def refuse_other_schema(self, connection: Connection, *, version: int) -> None:
        """Raise `UserError` unless the schema is, word for word, that of `version`.

        A trigger, a view or a virtual table that somebody put into the file could run when the file
        is read (https://sqlite.org/security.html), so anything more or less than ours is refused.
        """
        known = self.schema if version == self.newest else None
        if set(connection.rows(_SCHEMA)) != set(known or self.schema_of(version)):
            raise UserError("store.other_schema", name=connection.path.name)

    def schema_of(self, version: int) -> list[Row]:
        """What is in the schema of a file of this version: type, name, table and SQL of each."""
        memory = apsw.Connection(":memory:")
        try:
            for script in self.scripts[:version]:
                memory.execute(script)
            return memory.execute(_SCHEMA).fetchall()
        finally:
            memory.close()


def load_migrations() -> Migrations:
    """The scripts that come with the program, in the order of their numbers."""
    named = sorted((path.name, path.read_text(encoding="utf-8")) for path in SCRIPTS.glob("*.sql"))
    for number, (name, _) in enumerate(named, start=1):
        if not name.startswith(f"{number:04}_"):
            raise Defect("store.migration_missing", number=number)
    if not named:
        raise Defect("store.migration_missing", number=1)
    schema = json.decode((SCRIPTS / NEWEST).read_bytes(), type=tuple[tuple[str | None, ...], ...])
    return Migrations(tuple(script for _, script in named), schema)
