"""The acts that let the selection grow to what lies around it, and shrink again.

Where nothing is selected, growing begins with the annotation that is selected, if the caret is on
it, else with the word. What grows is always the selection of text: a digit, E, Q or + says what
shall become of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from annotator.core.annotations import anchor_of
from annotator.core.span import Span
from annotator.foundation.errors import Refused
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.words import Selection


def widen(editor: Editor) -> None:
    """Grow by one rung: number or date, quoted string, clause, sentence, paragraph."""
    from annotator.kurdish.growth import growth_ladder

    ladder = growth_ladder(editor.text, editor.document.segmentation, growth_begin(editor))
    if not ladder:
        raise Refused("refused.nothing_wider")
    climbed = editor.climb if can_narrow(editor) else (editor.selection,)
    editor.climb = (*climbed, Selection(ladder[0].start, ladder[0].end))
    editor.place(editor.climb[-1])


def narrow(editor: Editor) -> None:
    """Go back down by one rung, at last to where growing began."""
    if not can_narrow(editor):
        raise Refused("refused.nothing_narrower")
    editor.climb = editor.climb[:-1]
    editor.place(editor.climb[-1])


def growth_begin(editor: Editor) -> Span:
    """What would grow. Raises `Refused` where there is no word."""
    span = editor.selection.span
    if span is not None:
        return span
    current = editor.here()
    if current is not None and current.id == editor.selected:
        return anchor_of(current).envelope
    word = editor.words.at(editor.selection.caret)
    if word is None:
        raise Refused("refused.nothing_to_mark")
    return word


def can_widen(editor: Editor) -> bool:
    """Whether there is something around the selection: it is less than whole paragraphs."""
    try:
        span = growth_begin(editor)
    except Refused:
        return False
    segmentation = editor.document.segmentation
    first, last = segmentation.paragraph_at(span.start), segmentation.paragraph_at(span.end - 1)
    if first is None or last is None:
        return False
    return first.start < span.start or span.end < last.end


def can_narrow(editor: Editor) -> bool:
    """Whether the selection has been grown and not been changed since."""
    return len(editor.climb) > 1 and editor.climb[-1] == editor.selection


GROWING: Mapping[str, Callable[[Editor], None]] = MappingProxyType(
    {"grow.wider": widen, "grow.narrower": narrow}
)
