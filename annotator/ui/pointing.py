"""What the mouse selects: letters exactly, whole tokens, or whole sentences."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.core.span import Span
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.words import Selection


@dataclass(frozen=True, slots=True)
class Press:
    """Where the button went down (a code point) and with how many clicks (1 to 3).

    One click grows by tokens once it is dragged, two by words, three by sentences.
    """

    offset: int
    clicks: int


def dragged(editor: Editor, press: Press, offset: int, *, is_exact: bool) -> Selection:
    """What is selected from a press to `offset`.

    The unit that was pressed on stays selected, whichever way the mouse goes from there.
    """
    units = [] if is_exact else _units(editor, press, offset)
    if not units:
        return Selection(press.offset, offset)
    start, end = min(unit.start for unit in units), max(unit.end for unit in units)
    return Selection(end, start) if offset < press.offset else Selection(start, end)


def _units(editor: Editor, press: Press, offset: int) -> list[Span]:
    """The tokens or sentences that a drag has reached; none for a mere click."""
    low, high = sorted((press.offset, offset))
    snapped = editor.words.snapped(Span(low, high)) if low < high else None
    segmentation = editor.document.segmentation
    match press.clicks:
        case 1:
            units = [snapped]
        case 2:
            units = [editor.words.at(press.offset), snapped]
        case _:
            units = [segmentation.sentence_at(place) for place in (low, high)]
    return [unit for unit in units if unit is not None]
