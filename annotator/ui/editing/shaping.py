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
from annotator.core.edits import Edit
from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.foundation.errors import Refused
from annotator.kurdish.clitics import clitic_ladder
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.quote_modes import QuoteFrame
from annotator.ui.editing.words import Selection, runs_right_to_left


def _part(editor: Editor) -> Part:
    return editor.mode.part if isinstance(editor.mode, QuoteFrame) else Part.ANCHOR


def meant(editor: Editor) -> Annotation:
    """What is to be changed. Raises `Refused` where there is nothing, or an unselected quote."""
    record = editor.changeable
    if record is None:
        nothing = editor.current is None
        raise Refused("refused.no_annotation_here" if nothing else "refused.select_quote")
    return record


def _nudging(*, at_end: bool, left: bool) -> Callable[[Editor], None]:
    def act(editor: Editor) -> None:
        record, part = meant(editor), _part(editor)
        fragments = fragments_of(record, part)
        edge = fragments.end if at_end else fragments.start
        forward = left is runs_right_to_left(editor.text, edge)
        edge = _next_letter(editor.text, edge, forward=forward)
        edges = {"end": edge} if at_end else {"start": edge}
        edit = move_boundary(editor.annotations, record.id, part, **edges)
        editor.perform(edit, select=record.id, is_nudge=True)

    return act


def _next_letter(text: str, offset: int, *, forward: bool) -> int:
    from annotator.kurdish.graphemes import is_grapheme_boundary

    step = 1 if forward else -1
    moved = offset + step
    while 0 < moved < len(text) and not is_grapheme_boundary(text, moved):
        moved += step
    if not 0 <= moved <= len(text):
        raise Refused("refused.end_of_text")
    return moved


def _laddering(step: int) -> Callable[[Editor], None]:
    def act(editor: Editor) -> None:
        record, span = _on_ladder(editor)
        end = _rung(editor, span, step)
        if record is None:
            editor.place(Selection(span.start, end))
            return
        edit = move_boundary(editor.annotations, record.id, _part(editor), end=end)
        editor.perform(edit, select=record.id)

    return act


def shorter_end(editor: Editor) -> int:
    """Where W would put the end. Raises `Refused` where there is no shorter stem, or no word."""
    return _rung(editor, _on_ladder(editor)[1], 1)


def _on_ladder(editor: Editor) -> tuple[Annotation | None, Span]:
    """What is shortened: the selection, else the annotation that is meant, else the word."""
    record = None if editor.selection.span is not None else editor.changeable
    if record is None:
        return None, editor.marked_span()
    return record, fragments_of(record, _part(editor)).spans[-1]


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
    target, edit = fragment_edit(editor)
    editor.perform(edit, select=target)
    editor.drop_selection()


def fragment_edit(editor: Editor) -> tuple[RecordId, Edit]:
    """What + would do, and to which annotation. Raises `Refused` when it cannot be done."""
    target = _sticky(editor)
    if editor.selection.span is None:
        raise Refused("refused.select_fragment")
    return target, add_fragment(editor.annotations, target, _part(editor), editor.marked_span())


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
    target, edit = head_edit(editor)
    editor.perform(edit, select=target)
    editor.drop_selection()


def head_edit(editor: Editor) -> tuple[RecordId, Edit]:
    """What H would do, and to which annotation. Raises `Refused` when it cannot be done."""
    target, part = _sticky(editor), _part(editor)
    head = editor.marked_span()
    fragments = fragments_of(editor.annotation(target), part)
    wanted = None if fragments.head == head else head
    return target, set_head(editor.annotations, target, part, wanted)


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
