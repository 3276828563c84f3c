"""The table `people`: who annotates. Ids (``a1``) go into exports, names stay in the project."""

from __future__ import annotations

from annotator.core.ids import AnnotatorId
from annotator.core.set_header import Annotator
from annotator.foundation.errors import Defect, UserError
from annotator.store.connection import Connection, Row, Transaction

_ORDER = "ORDER BY CAST(substr(id, 2) AS INTEGER)"
_ALL = f"SELECT id, name FROM people {_ORDER}"
_ACTIVE = f"SELECT id, name FROM people WHERE removed IS NULL {_ORDER}"
_SET_STATE = "UPDATE people SET removed = ? WHERE id = ?"
_BY_NAME = "SELECT id, name FROM people WHERE name = ?"
_NEXT = "SELECT coalesce(max(CAST(substr(id, 2) AS INTEGER)), 0) + 1 FROM people"
_ADD = "INSERT INTO people (id, name, added) VALUES (?, ?, ?)"


class People:
    """The annotators of the project."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, tx: Transaction, name: str, *, at: str, identifier: AnnotatorId | None = None
    ) -> Annotator:
        """A new annotator under the next id, or under one that an import brings and nobody has.

        Raises `UserError` for a blank or taken name, `Defect` for an id that no project gives.
        """
        if not name.strip():
            raise UserError("store.name_blank")
        if self.by_name(name) is not None:
            raise UserError("store.name_taken", name=name)
        (number,) = self._connection.rows(_NEXT)[0]
        person = Annotator(identifier or AnnotatorId(f"a{number}"), name)
        tx.execute(_ADD, (person.id, person.name, at))
        return person

    def all(self) -> tuple[Annotator, ...]:
        """Every annotator, in order of addition, but for those in the trash."""
        return tuple(_person(row) for row in self._connection.rows(_ACTIVE))

    def removed(self) -> tuple[Annotator, ...]:
        """The annotators in the trash."""
        here = set(self.all())
        everybody = (_person(row) for row in self._connection.rows(_ALL))
        return tuple(person for person in everybody if person not in here)

    def remove(self, tx: Transaction, identifier: AnnotatorId, *, at: str) -> None:
        """Put an annotator into the trash; the name stays taken."""
        _require_one(tx.execute(_SET_STATE, (at, identifier)), identifier)

    def restore(self, tx: Transaction, identifier: AnnotatorId) -> None:
        """Take an annotator out of the trash."""
        _require_one(tx.execute(_SET_STATE, (None, identifier)), identifier)

    def by_name(self, name: str) -> Annotator | None:
        """The annotator with exactly this name, or None; also one in the trash."""
        row = self._connection.row(_BY_NAME, (name,))
        return None if row is None else _person(row)


def _require_one(count: int, identifier: str) -> None:
    if count != 1:
        raise Defect("store.no_such_row", table="people", identifier=identifier)


def _person(row: Row) -> Annotator:
    return Annotator(AnnotatorId(row[0]), row[1])
