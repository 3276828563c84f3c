"""Questions answered in their order, some here and some by a companion, as either has time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

_Q = TypeVar("_Q")
_A = TypeVar("_A")
_T = TypeVar("_T")

ASKED = 5
"""Questions that the companion has at a time, so that it never waits for one."""
AHEAD = 15
"""Answers that may wait for an earlier one."""
PATIENCE_SECONDS = 20.0
"""How long an answer is waited for; who lets others wait longer is not asked again.

Many times what one takes where both processors are busy; a window stands still for so long.
"""


class Answering(Protocol):
    """Whoever works beside, such as a `Companion`."""

    @property
    def is_ready(self) -> bool:
        """Whether it is worth asking already."""

    def ask(self, question: bytes) -> Future[bytes | None]:
        """The answer, when it comes; None where there will be none."""


class Shared(Struct, Generic[_Q, _A], frozen=True, kw_only=True):
    """One kind of work that can be done here or there.

    `told` makes bytes of a question, `understood` an answer of it and of bytes, or raises where
    these are none; `found` is the answer found here: for questions that nobody else has time for,
    and those that got no answer.
    So many answers may wait for an earlier one as `ahead` says: where nothing is done to find one
    here, few, so that most are found there.
    """

    told: Callable[[_Q], bytes]
    understood: Callable[[_Q, bytes], _A]
    found: Callable[[_Q], _A]
    ahead: int = AHEAD

    def answers(self, questions: Iterable[_Q], there: Answering) -> Iterator[_A]:
        """The answers in the order of the questions.

        Raises what is raised by the questions and by finding answers, behind the answers to what
        was asked before: as if there were nobody else.
        """
        waiting: deque[_Waiting[_Q, _A]] = deque()
        patience = PATIENCE_SECONDS
        asking = iter(questions)
        is_more = True
        while is_more or waiting:
            beside = there if patience else None
            if is_more and self._is_time_for_another(waiting, beside):
                try:
                    one = self._begun(asking, waiting, beside)
                except Exception:
                    yield from self._rest(waiting, patience)
                    raise
                is_more = one is not None
                waiting.extend(() if one is None else (one,))
            else:
                patience = waiting[0].wait(patience)
                yield self._answer(waiting.popleft())

    def _is_time_for_another(
        self, waiting: Sequence[_Waiting[_Q, _A]], there: Answering | None
    ) -> bool:
        """Whether to begin with the next question before the first answer is given.

        The companion is to have enough to do, and who would have to wait does something.
        """
        if not waiting:
            return True
        return len(waiting) <= self.ahead and (not waiting[0].is_known or _has_time(there, waiting))

    def _begun(
        self,
        asking: Iterator[_Q],
        waiting: Iterable[_Waiting[_Q, _A]],
        there: Answering | None,
    ) -> _Waiting[_Q, _A] | None:
        """The next question, asked or answered; None where there are no more."""
        for question in asking:
            if there is not None and _has_time(there, waiting):
                return _Waiting(question, there.ask(self.told(question)))
            return _Waiting(question, None, (self.found(question),))
        return None

    def _rest(self, waiting: Iterable[_Waiting[_Q, _A]], patience: float) -> Iterator[_A]:
        for one in waiting:
            patience = one.wait(patience)
            yield self._answer(one)

    def _answer(self, one: _Waiting[_Q, _A]) -> _A:
        if one.here:
            return one.here[0]
        assert one.there is not None  # what is not found here was asked for
        told = one.there.result() if one.there.done() else None
        if told is not None:
            with suppress(Exception):  # what nobody understands is no answer
                return self.understood(one.question, told)
        return self.found(one.question)


def _has_time(there: Answering | None, waiting: Iterable[_Waiting[_Q, _A]]) -> bool:
    if there is None or not there.is_ready:
        return False
    return sum(not one.is_known for one in waiting) < ASKED


def grouped(
    items: Iterable[_T], weight: Callable[[_T], int], full: int
) -> Iterator[tuple[_T, ...]]:
    """Some items at a time, until they weigh `full` together.

    Raises what is raised by the items, behind those that came before.
    """
    some: list[_T] = []
    weighed = 0
    try:
        for item in items:
            some.append(item)
            weighed += weight(item)
            if weighed >= full:
                yield tuple(some)
                some, weighed = [], 0
    except Exception:
        if some:
            yield tuple(some)
        raise
    if some:
        yield tuple(some)


class _Waiting(Struct, Generic[_Q, _A], frozen=True):
    """A question whose answer is known here, or is to come from there."""

    question: _Q
    there: Future[bytes | None] | None
    here: tuple[_A, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.there is None or self.there.done()

    def wait(self, patience: float) -> float:
        """Wait for the answer as many seconds; how long one may wait for the next."""
        if self.there is not None:
            try:
                self.there.result(patience)
            except TimeoutError:
                return 0.0
        return patience
