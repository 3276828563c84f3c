"""The acts that shape an annotation's place: boundaries, clitics, fragments, heads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from annotator.core.annotations import Annotation
from annotator.core.commands.spans import (
    Part,
    add_fragment,
    fragments_of,
    move_boundary,
    set_head,
)
from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.foundation.errors import Refused
from annotator.kurdish.clitics import clitic_ladder
from annotator.kurdish.graphemes import is_grapheme_boundary
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.moving import goes_forward
from annotator.ui.editing.quote_modes import QuoteFrame
from annotator.ui.editing.words import Selection


def _part(editor: Editor) -> Part:
    return editor.mode.part if isinstance(editor.mode, QuoteFrame) else Part.ANCHOR


def _meant(editor: Editor) -> Annotation:
    current = editor.current
    if current is None:
        raise Refused("refused.no_annotation_here")
    return current


def _nudging(*, at_end: bool, left: bool) -> Callable[[Editor], None]:
    def act(editor: Editor) -> None:
        record, part = _meant(editor), _part(editor)
        fragments = fragments_of(record, part)
        forward = goes_forward(editor, left=left)
        edge = _next_letter(
            editor.text, fragments.end if at_end else fragments.start, forward=forward
        )
        edges = {"end": edge} if at_end else {"start": edge}
        edit = move_boundary(editor.annotations, record.id, part, **edges)
        editor.perform(edit, select=record.id, is_nudge=True)

    return act


def _next_letter(text: str, offset: int, *, forward: bool) -> int:
    step = 1 if forward else -1
    moved = offset + step
    while 0 < moved < len(text) and not is_grapheme_boundary(text, moved):
        moved += step
    if not 0 <= moved <= len(text):
        raise Refused("refused.end_of_text")
    return moved


def _laddering(step: int) -> Callable[[Editor], None]:
    def act(editor: Editor) -> None:
        span = editor.selection.span
        record = None if span is not None else editor.current
        part = _part(editor)
        if record is None:
            place = editor.marked_span()
            end = _rung(editor, place, step)
            editor.place(Selection(place.start, end))
            return
        last = fragments_of(record, part).spans[-1]
        end = _rung(editor, last, step)
        edit = move_boundary(editor.annotations, record.id, part, end=end)
        editor.perform(edit, select=record.id)

    return act


def _rung(editor: Editor, span: Span, step: int) -> int:
    """The next shorter (step 1) or longer (step -1) end of the span on its clitic ladder."""
    whole = editor.words.snapped(Span(span.end - 1, span.end))
    ladder = clitic_ladder(editor.text, Span(span.start, max(whole.end, span.end)))
    if step > 0:
        shorter = [end for end in ladder if end < span.end]
        if not shorter:
            raise Refused("refused.no_shorter_stem")
        return max(shorter)
    longer = [end for end in ladder if end > span.end]
    if not longer:
        raise Refused("refused.no_longer_stem")
    return min(longer)


def add_selection(editor: Editor) -> None:
    """The selection becomes another fragment of the annotation selected last."""
    target = _sticky(editor)
    if editor.selection.span is None:
        raise Refused("refused.select_fragment")
    edit = add_fragment(editor.annotations, target, _part(editor), editor.marked_span())
    editor.perform(edit, select=target)
    editor.drop_selection()


def _sticky(editor: Editor) -> RecordId:
    """The annotation whose frame is open, else the one selected last, wherever the caret is."""
    mode = editor.mode
    if mode is not None and mode.record is not None:
        return mode.record
    if editor.selected is None:
        raise Refused("refused.nothing_selected")
    return editor.selected


def choose_head(editor: Editor) -> None:
    """The selection (or the word under the caret) becomes the head; once more takes it back."""
    target, part = _sticky(editor), _part(editor)
    head = editor.marked_span()
    fragments = fragments_of(editor.annotation(target), part)
    wanted = None if fragments.head == head else head
    editor.perform(set_head(editor.annotations, target, part, wanted), select=target)
    editor.drop_selection()


SHAPING: Mapping[str, Callable[[Editor], None]] = MappingProxyType(
    {
        "boundary.end_left": _nudging(at_end=True, left=True),
        "boundary.end_right": _nudging(at_end=True, left=False),
        "boundary.start_left": _nudging(at_end=False, left=True),
        "boundary.start_right": _nudging(at_end=False, left=False),
        "clitic.shorten": _laddering(1),
        "clitic.restore": _laddering(-1),
        "fragment.add": add_selection,
        "span.head": choose_head,
    }
)
