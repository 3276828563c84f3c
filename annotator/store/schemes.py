"""The table `schemes`: the annotation scheme as JSON text, with every version it has had."""

from __future__ import annotations

from annotator.foundation.errors import UserError
from annotator.store.connection import Connection, Row, Transaction
from annotator.store.rows import digest_of

_CURRENT = "SELECT body, digest FROM schemes ORDER BY key DESC LIMIT 1"
_ONE = "SELECT body, digest FROM schemes WHERE key = ?"
_NEWEST = "SELECT max(key) FROM schemes"
_VERSIONS = "SELECT body FROM schemes ORDER BY key"
_ADD = "INSERT INTO schemes (body, digest, added) VALUES (?, ?, ?)"


class Schemes:
    """The scheme of the project; replacing it keeps the old ones."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self) -> str:
        """The JSON text of the scheme in use. Raises `UserError` when it is damaged."""
        return self._text(self._connection.row(_CURRENT))

    @property
    def number(self) -> int:
        """The number of the scheme in use; a later one has a higher number."""
        return int(self._connection.rows(_NEWEST)[0][0])

    def version(self, number: int) -> str:
        """The JSON text of the scheme with this number. Raises `UserError` when it is damaged."""
        return self._text(self._connection.row(_ONE, (number,)))

    def versions(self) -> tuple[str, ...]:
        """The JSON texts of all schemes, the oldest first."""
        return tuple(body for (body,) in self._connection.rows(_VERSIONS))

    def replace(self, tx: Transaction, scheme_json: str, *, at: str) -> int:
        """Use this scheme from now on; its number."""
        return tx.insert(_ADD, (scheme_json, digest_of(scheme_json), at))

    def _text(self, row: Row | None) -> str:
        if row is None or digest_of(row[0]) != row[1]:
            raise UserError("store.scheme_damaged", name=self._connection.path.name)
        return str(row[0])
