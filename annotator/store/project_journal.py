"""The table `project_journal`: what was done to the project as a whole, and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from msgspec import MsgspecError, Struct
from msgspec.json import Decoder, Encoder
from msgspec.structs import replace

from annotator.core.history import Act
from annotator.core.ids import DocumentId
from annotator.core.project_edits import Presence, ProjectEdit, ProjectEntry, Thing
from annotator.foundation.errors import UserError
from annotator.store.connection import Connection, Row, Transaction
from annotator.store.record_json import canonical
from annotator.store.rows import digest_of, digest_of_pieces

_APPEND = "INSERT INTO project_journal (act, target, made, body, digest) VALUES (?, ?, ?, ?, ?)"
_RESERVE = """INSERT INTO project_journal (act, target, made, body, digest)
              VALUES (?, NULL, ?, CAST(zeroblob(?) AS TEXT), ?)"""
_ENCODING = "PRAGMA encoding"
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

    def append_import(
        self, tx: Transaction, edit: ProjectEdit, documents: Sequence[DocumentId], *, at: str
    ) -> None:
        """Log an edit that is done, and that many documents came, behind what it says itself.

        The body of so many is never in memory as a whole, but for what SQLite needs.
        """
        if self._connection.row(_ENCODING) != ("UTF-8",):  # no file that was made here
            presences = (*edit.presences, *_coming(documents))
            self.append(tx, Act.DO, replace(edit, presences=presences), at=at)
            return
        head = canonical((Act.DO.value, None, at))
        digest = digest_of_pieces(chain((head,), body_pieces(edit, documents)))
        size = sum(len(piece.encode("utf-8")) for piece in body_pieces(edit, documents))
        seq = tx.insert(_RESERVE, (Act.DO.value, at, size, digest))
        pieces = (piece.encode("utf-8") for piece in body_pieces(edit, documents))
        tx.write_over(("project_journal", "body", seq), pieces)

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
_END = '],"schemes":'
"""What comes behind the last of the presences, and after it only numbers."""
_TOGETHER = 1000
"""Presences that are made at once."""


def edit_body(edit: ProjectEdit) -> str:
    """The body of an entry: `canonical` of `edit_to_json`, made in one go."""
    body = _Body(edit.name, dict(edit.details), edit.presences, edit.schemes)
    return _ENCODER.encode(body).decode("utf-8")


def body_pieces(edit: ProjectEdit, documents: Sequence[DocumentId]) -> Iterator[str]:
    """The body of `edit` with the coming of documents behind its own presences, in pieces."""
    head, end, tail = edit_body(edit).rpartition(_END)
    yield head
    comma = "," if edit.presences else ""
    for start in range(0, len(documents), _TOGETHER):
        came = _coming(documents[start : start + _TOGETHER])
        yield comma + _ENCODER.encode(came)[1:-1].decode("utf-8")
        comma = ","
    yield end + tail


def _coming(documents: Sequence[DocumentId]) -> list[Presence]:
    return [Presence.of_document(document, is_here=True) for document in documents]


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
