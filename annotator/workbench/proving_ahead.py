"""Records of a large gold file proved on another processor while those before them are written.

To prove that everything a record says of itself is true is a third of the work of an import. It
needs nothing but the bytes of the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec.msgpack import Decoder, encode

from annotator.formats.gold_read import is_plain
from annotator.formats.gold_schema import load_gold_schema
from annotator.formats.json_chunks import Chunk, unproved
from annotator.foundation.companion import Answerer
from annotator.foundation.shared_work import ASKED, Shared, grouped
from annotator.workbench.working_ahead import WorkingAhead, is_worth_sharing

PROVE = "prove"
LEAST_BYTES = 4_000_000
"""A companion takes about as long to start as so much of a file takes to read."""
_TOGETHER = 300_000
"""Bytes of one question; a longer record is one by itself or with those before it."""

_DATA = Decoder(list[bytes])
_ANSWERS = Decoder(list[bool])
_Group: TypeAlias = tuple[Chunk, ...]


def answers_proofs(_: bytes) -> Answerer:
    """What a companion does: it is told records, and answers which of them are plain."""
    schema = load_gold_schema()
    return lambda question: encode([is_plain(data, schema) for data in _DATA.decode(question)])


class ProvingAhead(WorkingAhead):
    """Has the records of one file of `size` bytes proved. To be used in a ``with``."""

    def __init__(self, size: int) -> None:
        super().__init__(PROVE)
        self._size = size

    def proved(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, bool]]:
        """Each chunk in its order, with whether it is known to be plain."""
        if not is_worth_sharing(self._size, least=LEAST_BYTES):
            yield from unproved(chunks)
            return
        work = Shared(told=_told, found=_unknown, understood=_known, ahead=ASKED)
        for some in self.share(work, grouped(chunks, _weight, _TOGETHER)):
            yield from some


def _weight(chunk: Chunk) -> int:
    return len(chunk.data)


def _told(chunks: _Group) -> bytes:
    return encode([chunk.data for chunk in chunks])


def _unknown(chunks: _Group) -> Sequence[tuple[Chunk, bool]]:
    """They are proved when they are read, as without a companion."""
    return list(unproved(chunks))


def _known(chunks: _Group, answer: bytes) -> Sequence[tuple[Chunk, bool]]:
    return list(zip(chunks, _ANSWERS.decode(answer), strict=True))
