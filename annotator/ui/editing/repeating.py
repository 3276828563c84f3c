"""The acts that set the count before a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from annotator.foundation.errors import Refused
from annotator.ui.editing.counting import LARGEST_COUNT, with_digit
from annotator.ui.editing.editor import Editor


def add_digit(editor: Editor, digit: int) -> None:
    """Let the next key be done so often; a second digit makes twelve of one and two."""
    count = with_digit(editor.count, digit)
    if count == 0:
        raise Refused("refused.count_of_none")
    if count > LARGEST_COUNT:
        raise Refused("refused.count_too_large", largest=LARGEST_COUNT)
    editor.set_count(count)


COUNTING: Mapping[str, Callable[[Editor], None]] = MappingProxyType(
    {f"count.{digit}": partial(add_digit, digit=digit) for digit in range(10)}
)
