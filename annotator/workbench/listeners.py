"""Listeners: who is told when something has happened, without a toolkit.

Bound methods are held weakly, so that a closed panel is not kept alive by what it listened to;
plain functions are held as they are.
"""

from __future__ import annotations

import inspect
import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

_M = TypeVar("_M")


class Listeners(Generic[_M]):
    """A list of callables that take one message of a type."""

    def __init__(self) -> None:
        self._references: list[Callable[[], Callable[[_M], object] | None]] = []

    def add(self, listener: Callable[[_M], object]) -> None:
        """Tell `listener` from now on, after those added before it."""
        if inspect.ismethod(listener):
            self._references.append(weakref.WeakMethod(listener))
        else:
            self._references.append(lambda: listener)

    def remove(self, listener: Callable[[_M], object]) -> None:
        """Stop telling `listener`."""
        self._references = [ref for ref in self._references if ref() not in (None, listener)]

    def tell(self, message: _M) -> None:
        """Call every listener, in order; one removed meanwhile is not called any more."""
        for reference in tuple(self._references):
            listener = reference()
            # One that was called before may have removed this one, or let its owner go.
            if listener is not None and reference in self._references:
                listener(message)
        self._references = [ref for ref in self._references if ref() is not None]
