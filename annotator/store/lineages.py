"""What tells copies of an annotation set: its journal as fingerprints, and merges remembered.

The meetings of a merge lie in the table `meta` under the number of the project edit, so that they
count only while that stands. One that cannot be read is none: a merge then compares more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import orjson

from annotator.core.history import Act
from annotator.core.ids import DocumentId, RecordId, SetId, layer_and_number
from annotator.core.lineage import Lineage, Meeting
from annotator.core.set_header import SetHeader
from annotator.foundation.errors import Defect
from annotator.store.connection import Connection, Row, Transaction
from annotator.store.meta import Meta
from annotator.store.record_json import canonical

_ENTRIES = """SELECT seq, act, target, joins, made, project, body FROM journal
              WHERE set_key = (SELECT annotation_sets.key FROM annotation_sets
               JOIN documents ON documents.key = document_key
               WHERE documents.id = ? AND annotation_sets.id = ?) ORDER BY seq"""
_PREFIX = "merged."

SetKey: TypeAlias = tuple[DocumentId, SetId]
Met: TypeAlias = Mapping[SetKey, tuple[Meeting, ...]]
"""Meetings by document and set."""


class Lineages:
    """The lineages of the sets, and what merges have brought together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._meta = Meta(connection)

    def lineage(self, header: SetHeader) -> Lineage:
        """The journal of a set as fingerprints; nothing of it is verified here."""
        chain: list[str] = []
        places: dict[int, int] = {}
        edits: dict[int, int] = {}
        undone: set[int] = set()
        print_before = b""
        for row in self._connection.rows(_ENTRIES, (header.document, header.id)):
            seq, act, target, _, _, project, _ = row
            places[seq] = len(places)
            print_before = _fingerprint(print_before, row, places.get(target))
            chain.append(print_before.hex())
            if act == Act.DO.value and project is not None:
                edits[seq] = project
            elif act == Act.UNDO.value and target in edits:
                undone.add(edits[target])
            elif act == Act.REDO.value and target in edits:
                undone.discard(edits[target])
        return Lineage(tuple(chain), frozenset(undone))

    def met(self, step: int) -> Met:
        """The meetings of the merge that is this project edit; none where it was no merge."""
        text = self._meta.get(f"{_PREFIX}{step}")
        if text is None:
            return {}
        try:
            found: dict[SetKey, tuple[Meeting, ...]] = {}
            for document, set_id, *values in orjson.loads(text):
                key = DocumentId(document), SetId(set_id)
                found[key] = (*found.get(key, ()), _meeting(*values))
        except (Defect, TypeError, ValueError):
            return {}
        return found

    def remember(self, tx: Transaction, step: int, met: Met) -> None:
        """Keep the meetings of the merge that is this project edit."""
        rows = [
            (document, set_id, each.at, each.count, each.chain, _pairs(each.ids))
            for (document, set_id), meetings in met.items()
            for each in meetings
        ]
        self._meta.set(tx, f"{_PREFIX}{step}", canonical(rows))


def _fingerprint(before: bytes, row: Row, target: int | None) -> bytes:
    _, act, _, joins, made, _, body = row
    said = canonical((act, target, joins, made)) + body
    return hashlib.sha256(before + said.encode("utf-8")).digest()[:16]


def _meeting(at: int, count: int, chain: str, pairs: Iterable[tuple[str, str]]) -> Meeting:
    ids = {RecordId(str(each)): RecordId(str(here)) for each, here in pairs}
    if any(
        layer_and_number(each)[0] is not layer_and_number(here)[0] for each, here in ids.items()
    ):
        raise ValueError(pairs)
    return Meeting(int(at), int(count), str(chain), ids)


def _pairs(ids: Mapping[RecordId, RecordId]) -> list[tuple[str, str]]:
    return [(each, here) for each, here in ids.items()]
