"""Sets of many documents read and checked on two processors at once, in their order.

Reading and checking is most of the work of an export, whatever its format. It needs nothing but
the rows of a document and the scheme, so a companion can prove as well that nothing is wrong; the
values are made here of the same rows, and whatever is not proved there is checked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self, TypeAlias

from msgspec.msgpack import Decoder, encode

from annotator.foundation.companion import Answerer, Companion, processors
from annotator.foundation.shared_work import Shared, grouped
from annotator.store.stored_rows import DocumentRows
from annotator.workbench.checked_sets import Checked, Proof, checked, proof, proved
from annotator.workbench.schemes import scheme_from_text

CHECK = "check"
LEAST_DOCUMENTS = 200
"""A companion takes about as long to start as this many documents take."""
_DOCUMENTS, _LENGTH = 10, 100_000
"""Documents of one question, and code points of their texts: enough to be worth asking."""

_PROOFS = Decoder(list[Proof | None])
_Group: TypeAlias = tuple[DocumentRows, ...]


def answers_checks(common: bytes) -> Answerer:
    """What a companion does: it is told the scheme first, then rows of some documents at a time."""
    scheme = scheme_from_text(common.decode())
    questions = Decoder(list[DocumentRows])
    return lambda question: encode([proof(one, scheme) for one in questions.decode(question)])


class CheckingAhead:
    """Checks documents in their order. To be used in a ``with``."""

    def __init__(self, scheme_text: str) -> None:
        self._scheme_text = scheme_text
        self._scheme = scheme_from_text(scheme_text)
        self._companion: Companion | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._companion is not None:
            self._companion.close()

    def each(self, rows: Iterable[DocumentRows], count: int) -> Iterator[Checked]:
        """Each of about `count` documents. Raises what `checked` raises."""
        if count < LEAST_DOCUMENTS or processors() < 2:
            yield from (checked(one, self._scheme) for one in rows)
            return
        if self._companion is None:
            self._companion = Companion(CHECK, self._scheme_text.encode())
        work = Shared(told=encode, found=self._found, understood=self._understood)
        for some in work.answers(grouped(rows, _weight, _LENGTH), self._companion):
            yield from some

    def _found(self, rows: _Group) -> Iterable[Checked]:
        return [checked(one, self._scheme) for one in rows]

    def _understood(self, rows: _Group, answer: bytes) -> Iterable[Checked]:
        proofs = _PROOFS.decode(answer)
        for one, known in zip(rows, proofs, strict=True):
            yield checked(one, self._scheme) if known is None else proved(one, known)


def _weight(rows: DocumentRows) -> int:
    """The length of a text in code points, and of a short one what all of it is worth."""
    return max(rows.length, _LENGTH // _DOCUMENTS)
