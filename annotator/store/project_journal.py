"""The table `project_journal`: what was done to the project as a whole, and taken back."""

from __future__ import annotations

from typing import Any

from msgspec import MsgspecError, Struct
from msgspec.json import Decoder, Encoder

from annotator.core.history import Act
from annotator.core.ids import DocumentId
from annotator.core.project_edits import Presence, ProjectEdit, ProjectEntry, Thing
from annotator.foundation.errors import UserError
from annotator.store.connection import Connection, Row, Transaction
from annotator.store.record_json import canonical
from annotator.store.rows import digest_of

_APPEND = "INSERT INTO project_journal (act, target, made, body, digest) VALUES (?, ?, ?, ?, ?)"
_NEXT = "SELECT coalesce(max(seq), 0) + 1 FROM project_journal"
_ENTRIES = "SELECT seq, act, target, made, body, digest FROM project_journal ORDER BY seq"


class ProjectJournal:
    """The log from which project edits are undone and redone (`core.project_edits`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_seq(self) -> int:
        """The `seq` that the next entry will have, for entries of sets that are written first."""
        return int(self._connection.rows(_NEXT)[0][0])

    def append(
        self, tx: Transaction, act: Act, edit: ProjectEdit, *, at: str, target: int | None = None
    ) -> ProjectEntry:
        """Log an act; `target` is the `seq` of the step that an undo or redo concerns."""
        body = edit_body(edit)
        digest = project_entry_digest(act.value, target, at, body)
        seq = tx.insert(_APPEND, (act.value, target, at, body, digest))
        return ProjectEntry(seq, act, edit, at, target)

    def entries(self) -> tuple[ProjectEntry, ...]:
        """Every entry, the oldest first. Raises `UserError` when one is damaged."""
        return tuple(map(self._entry, self._connection.rows(_ENTRIES)))

    def _entry(self, row: Row) -> ProjectEntry:
        seq, act, target, made, body, digest = row
        try:
            if project_entry_digest(act, target, made, body) != digest:
                raise ValueError(seq)
            return ProjectEntry(seq, Act(act), _edit_of(body), made, target)
        except (MsgspecError, ValueError) as error:
            name = self._connection.path.name
            raise UserError("store.project_journal_damaged", name=name, seq=seq) from error


def project_entry_digest(act: str, target: int | None, at: str, body: str) -> bytes:
    """The digest of an entry, of its columns as stored."""
    return digest_of(canonical((act, target, at)), body)


class _Body(Struct):
    """What a body holds: an import of many documents has hundreds of thousands of presences."""

    name: str
    details: dict[str, str | int]
    presences: tuple[Presence, ...]
    schemes: tuple[int, int] | None


_ENCODER = Encoder(order="sorted")
_DECODER = Decoder(_Body)


def edit_body(edit: ProjectEdit) -> str:
    """The body of an entry: `canonical` of `edit_to_json`, made in one go."""
    body = _Body(edit.name, dict(edit.details), edit.presences, edit.schemes)
    return _ENCODER.encode(body).decode("utf-8")


def _edit_of(body: str) -> ProjectEdit:
    found = _DECODER.decode(body)
    return ProjectEdit(found.name, tuple(found.details.items()), found.presences, found.schemes)


def edit_to_json(edit: ProjectEdit) -> dict[str, Any]:
    """A project edit as the value that the body of an entry holds."""
    return {
        "name": edit.name,
        "details": dict(edit.details),
        "presences": [
            {
                "thing": presence.thing.value,
                "id": presence.id,
                "document": presence.document,
                "is_here": presence.is_here,
            }
            for presence in edit.presences
        ],
        "schemes": edit.schemes,
    }


def edit_from_json(body: dict[str, Any]) -> ProjectEdit:
    """The edit that `edit_to_json` wrote; the digest has told that nothing else is there."""
    schemes = body["schemes"]
    return ProjectEdit(
        name=body["name"],
        details=tuple(body["details"].items()),
        presences=tuple(_presence_from_json(presence) for presence in body["presences"]),
        schemes=None if schemes is None else (schemes[0], schemes[1]),
    )


def _presence_from_json(body: dict[str, Any]) -> Presence:
    document = body["document"]
    return Presence(
        thing=Thing(body["thing"]),
        id=body["id"],
        is_here=body["is_here"],
        document=None if document is None else DocumentId(document),
    )
