"""What was marked and refused in all documents of a person: that from which suggestions learn.

Only the tables of annotations are asked; nothing is written here. A project may hold a hundred
thousand documents, so only the sets that were worked on last are looked at, each text once.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from msgspec import Struct

from annotator.core.categories import MentionLevel
from annotator.core.ids import DocumentId, Layer, SetId
from annotator.core.proposals import Verdict
from annotator.foundation.errors import UserError
from annotator.store.connection import Connection, Row

RECENT_SETS = 200
"""How many sets count; with forty mentions each they are read in a tenth of a second."""

_RECENT = """FROM annotation_sets JOIN documents ON documents.key = document_key
             WHERE annotation_sets.id = ? AND documents.id <> ?
             ORDER BY modified DESC, annotation_sets.key DESC LIMIT ?"""
_VERDICT_NAMES = frozenset(verdict.value for verdict in Verdict)
_SETS = f"SELECT annotation_sets.key, documents.key, documents.id {_RECENT}"
_TEXT = "SELECT text FROM documents WHERE key = ?"
_MARKED = """SELECT layer, label, json_extract(body, CASE layer WHEN 'mention' THEN '$.fragments'
             WHEN 'event' THEN '$.trigger' ELSE '$.proposal.fragments' END),
             json_extract(body, '$.level'), json_extract(body, '$.proposal.layer')
             FROM annotations WHERE set_key = ? AND layer IN ('mention', 'event', 'decision')
             ORDER BY key"""
_VERDICTS = f"""SELECT json_extract(body, '$.proposal.suggester'), json_extract(body, '$.verdict'),
               count(*) FROM annotations WHERE layer = 'decision'
               AND set_key IN (SELECT annotation_sets.key {_RECENT}) GROUP BY 1, 2"""
_STAMPED = f"""SELECT json_extract(body, '$.provenance.detail'), NULL, count(*) FROM annotations
              WHERE layer IN ('mention', 'event', 'quote')
              AND json_extract(body, '$.provenance.origin') = 'suggestion'
              AND set_key IN (SELECT annotation_sets.key {_RECENT}) GROUP BY 1"""


class MarkedText(Struct, frozen=True):
    """Words that were marked with a label or event type, or refused to be marked so.

    Of something in several pieces they are the head, else the first piece; a mention in several
    pieces is left out.
    """

    layer: Layer
    label: str
    surface: str
    level: MentionLevel | None
    is_refused: bool


class Suggestions:
    """Questions about the annotations of one set id, which is a person's, in all documents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def marked(
        self, set_id: SetId, *, but: DocumentId, limit: int = RECENT_SETS
    ) -> Iterator[MarkedText]:
        """What was marked and refused in other documents, those worked on last first.

        Raises `UserError` naming the document where an annotation cannot be read.
        """
        sets = self._connection.rows(_SETS, (set_id, but, limit))
        for key, document_key, document in sets:
            # One text at a time: together they may take more room than everything else.
            ((text,),) = self._connection.rows(_TEXT, (document_key,))
            try:
                for row in self._connection.rows(_MARKED, (key,)):
                    yield from _marked(row, text)
            except (KeyError, TypeError, ValueError) as error:
                raise UserError("store.set_damaged", document=document, set=set_id) from error

    def tally(
        self, set_id: SetId, *, but: DocumentId, limit: int = RECENT_SETS
    ) -> dict[tuple[str, Verdict | None], int]:
        """How many annotations came from each suggester, under None, and how many were refused.

        A verdict that this program does not know counts for nothing.
        """
        bindings = (set_id, but, limit)
        rows = [
            *self._connection.rows(_STAMPED, bindings),
            *self._connection.rows(_VERDICTS, bindings),
        ]
        return {
            (suggester, None if verdict is None else Verdict(verdict)): count
            for suggester, verdict, count in rows
            if verdict is None or verdict in _VERDICT_NAMES
        }


def _marked(row: Row, text: str) -> Iterator[MarkedText]:
    layer, label, body, level, proposed = row
    fragments = orjson.loads(body)
    spans = fragments["spans"]
    if layer == Layer.MENTION.value and len(spans) > 1:
        return
    start, end = fragments["head"] or spans[0]
    yield MarkedText(
        layer=Layer(proposed or layer),
        label=label,
        surface=text[start:end],
        level=None if level is None else MentionLevel(level),
        is_refused=proposed is not None,
    )
