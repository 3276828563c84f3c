"""A count before a key: which acts it repeats, and which it lets take so many words."""

from __future__ import annotations

from typing import Final

LARGEST_COUNT: Final = 99
"""More would only be a slip of the finger that somebody has to wait for."""

_REPEATED: Final = (
    "move.",
    "select.",
    "boundary.",
    "clitic.",
    "grow.",
    "find.next",
    "find.previous",
    "finding.",
    "annotation.next",
    "annotation.previous",
    "annotation.outer",
    "edit.",
)
_OF_WORDS: Final = ("label.", "event.new", "repeat.last", "select.word")


def with_digit(count: int, digit: int) -> int:
    """The count after another digit: 1, then 2 is 12."""
    return count * 10 + digit


def repeats(action: str) -> bool:
    """Whether an act is done as often as the count says."""
    return action.startswith(_REPEATED)


def takes_words(action: str) -> bool:
    """Whether an act takes as many words as the count says, from the one under the caret."""
    return action in _OF_WORDS or action.startswith(_OF_WORDS[0])


def keeps_count(action: str) -> bool:
    """Whether an act leaves the count for the next key."""
    return action.startswith("count.")
