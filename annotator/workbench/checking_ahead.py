"""Sets of many documents read and checked on two processors at once, in their order.

Reading and checking is most of the work of an export, whatever its format. It needs nothing but
the rows of a document and the scheme, so a companion can prove as well that nothing is wrong; the
values are made here of the same rows, and whatever is not proved there is checked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec.msgpack import Decoder, encode

from annotator.foundation.companion import Answerer
from annotator.foundation.shared_work import Shared, grouped
from annotator.store.stored_rows import DocumentRows
from annotator.workbench.checked_sets import Checked, Proof, checked, proof, proved
from annotator.workbench.schemes import scheme_from_text
from annotator.workbench.working_ahead import WorkingAhead, is_worth_sharing

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


class CheckingAhead(WorkingAhead):
    """Checks documents in their order. To be used in a ``with``."""

    def __init__(self, scheme_text: str) -> None:
        super().__init__(CHECK, scheme_text.encode())
        self._scheme = scheme_from_text(scheme_text)

    def each(self, rows: Iterable[DocumentRows], count: int) -> Iterator[Checked]:
        """Each of about `count` documents. Raises what `checked` raises."""
        if not is_worth_sharing(count, least=LEAST_DOCUMENTS):
            yield from (checked(one, self._scheme) for one in rows)
            return
        work = Shared(told=encode, found=self._found, understood=self._understood)
        for some in self.share(work, grouped(rows, _weight, _LENGTH)):
            yield from some

    def _found(self, rows: _Group) -> Iterable[Checked]:
        return [checked(one, self._scheme) for one in rows]

    def _understood(self, rows: _Group, answer: bytes) -> Iterable[Checked]:
        pairs = list(zip(rows, _PROOFS.decode(answer), strict=True))
        return (
            checked(one, self._scheme) if known is None else proved(one, known)
            for one, known in pairs
        )


def _weight(rows: DocumentRows) -> int:
    """The length of a text in code points, and of a short one what all of it is worth."""
    return max(rows.length, _LENGTH // _DOCUMENTS)
