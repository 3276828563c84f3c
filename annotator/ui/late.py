"""What is made when it is asked for first."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Late(Generic[_T]):
    """Something that is made when it is asked for first."""

    def __init__(self, make: Callable[[], _T]) -> None:
        self._make = make

    @cached_property
    def ready(self) -> _T:
        """The thing itself, which is the same from now on."""
        return self._make()

    @property
    def is_made(self) -> bool:
        """Whether somebody has asked for it."""
        return "ready" in self.__dict__
