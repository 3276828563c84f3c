"""Work that a companion shares, from when there is enough of it to be worth one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self, TypeVar

from annotator.foundation.companion import Companion, processors
from annotator.foundation.shared_work import Shared

_Q = TypeVar("_Q")
_A = TypeVar("_A")


def is_worth_sharing(size: int, *, least: int) -> bool:
    """Whether a companion saves time: there is much to do, and a processor for it."""
    return size >= least and processors() >= 2


class WorkingAhead:
    """Shares work with a companion, which is started for the first of it.

    `task` and `common` are what a `Companion` is told. To be used in a ``with``, which ends it.
    """

    def __init__(self, task: str, common: bytes = b"") -> None:
        self._task = task
        self._common = common
        self._companion: Companion | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._companion is not None:
            self._companion.close()

    def share(self, work: Shared[_Q, _A], questions: Iterable[_Q]) -> Iterator[_A]:
        """The answers in their order. Raises what `Shared.answers` raises."""
        if self._companion is None:
            self._companion = Companion(self._task, self._common)
        return work.answers(questions, self._companion)
