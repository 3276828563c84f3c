"""A choice: a key that does something now, and the words the legend shows for it.

What the next key does and what the legend says come from the same list, so they cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.ids import RecordId


class Choice(Struct, frozen=True):
    """One key of the present state. `is_filled` marks what is already there.

    The legend leaves out what `is_unlisted`: its letter stands on the page beside what it is for,
    or another key that does the same is listed.

    `key` is a physical key or chord (``"P"``, ``"Shift+P"``, ``"Enter"``); `title` is in the
    language of the interface; `color` is the data colour of a label, where it has one.
    """

    key: str
    title: str
    run: Callable[[], None]
    color: str | None = None
    is_filled: bool = False
    is_required: bool = False
    is_unlisted: bool = False


class HintMark(Struct, frozen=True):
    """Hint letters on the page; over an annotation, or where they lead to a mere place."""

    record: RecordId | None
    offset: int
    letters: str


class Notice(Struct, frozen=True):
    """A sentence for the status line: a catalogue key with values; `is_refusal` for a no."""

    key: str
    values: tuple[tuple[str, object], ...] = ()
    is_refusal: bool = False


Choices: TypeAlias = tuple[Choice, ...]

DIGITS = "123456789"


def paged(
    choices: Sequence[Choice], page: int, more: str, turn_to: Callable[[int], None]
) -> list[Choice]:
    """Nine of the choices on the digits, and the next nine behind 0, which is called `more`.

    A page that is no longer there, because there are fewer choices now, is the last one.
    """
    pages = max(-(-len(choices) // len(DIGITS)), 1)
    page = min(page, pages - 1)
    shown = choices[page * len(DIGITS) : (page + 1) * len(DIGITS)]
    keyed = [replace(choice, key=key) for key, choice in zip(DIGITS, shown, strict=False)]
    if pages > 1:
        keyed.append(Choice("0", more, partial(turn_to, (page + 1) % pages)))
    return keyed


class Mode(Protocol):
    """What the keys mean just now, beside the keymap.

    `record` is the annotation that stays open in this mode; `heading` is what the legend shows on
    top; `hints` are drawn over the page.
    """

    @property
    def record(self) -> RecordId | None:
        """The annotation this mode is about."""

    @property
    def heading(self) -> str:
        """What the legend says above the keys."""

    @property
    def hints(self) -> tuple[HintMark, ...]:
        """Letters over the annotations that a key would take."""

    def choices(self) -> Choices:
        """The keys of this mode."""

    def is_exclusive(self) -> bool:
        """Whether letters and digits that are no choice do nothing, instead of acting."""
