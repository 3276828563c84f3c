"""Commands about the place of an annotation: boundaries, fragments, heads.

A *part* is a piece of text of an annotation that can be moved by itself: the anchor (a mention's
text, an event's trigger, a quote's content) or the cue of a quote.
"""

from __future__ import annotations

from enum import Enum
from typing import assert_never

from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Annotation, Event, Mention, Quote, anchor_of
from annotator.core.commands.draft import Draft
from annotator.core.commands.quotes import put_nested, type_by_marks
from annotator.core.edits import Edit
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.foundation.errors import Refused


class Part(Enum):
    """Which piece of text of an annotation an act concerns."""

    ANCHOR = "anchor"
    CUE = "cue"


def fragments_of(record: Annotation, part: Part) -> Fragments:
    """The fragments of a part. Raises `Refused` where the annotation has no such part."""
    if part is Part.ANCHOR:
        return anchor_of(record)
    if isinstance(record, Quote) and record.cue is not None:
        return record.cue
    raise Refused("refused.no_cue", identifier=record.id)


def set_fragments(
    annotations: AnnotationSet,
    identifier: RecordId,
    part: Part,
    fragments: Fragments,
    *,
    name: str = "edit.move_boundary",
) -> Edit:
    """Give a part another place. A quote's type and nesting follow its content."""
    draft = Draft(annotations)
    placed = _placed(draft.annotation(identifier), part, fragments)
    if isinstance(placed, Quote) and part is Part.ANCHOR:
        put_nested(draft, annotations, placed)
    else:
        draft.put(placed)
    return draft.edit(name)


def move_boundary(
    annotations: AnnotationSet,
    identifier: RecordId,
    part: Part,
    *,
    start: int | None = None,
    end: int | None = None,
) -> Edit:
    """Move the outer start or end of a part, or both, to other offsets.

    A head that is a whole fragment moves with it; any other goes when it no longer lies inside.
    Raises `Refused` when nothing would be left of the first or last fragment, or when it would run
    into its neighbour.
    """
    draft = Draft(annotations)
    old = fragments_of(draft.annotation(identifier), part)
    starts = [span.start for span in old.spans]
    ends = [span.end for span in old.spans]
    if start is not None:
        starts[0] = start
    if end is not None:
        ends[-1] = end
    spans = tuple(map(Span, starts, ends))
    head = spans[old.spans.index(old.head)] if old.head in old.spans else old.head
    moved = Fragments(spans, _head_inside(head, spans))
    return set_fragments(annotations, identifier, part, moved)


def add_fragment(annotations: AnnotationSet, identifier: RecordId, part: Part, span: Span) -> Edit:
    """Join another piece of text to a part; pieces that touch become one.

    A trigger or cue that becomes discontinuous gets its first fragment as head, because trainers
    take one contiguous piece (in Sorani light verbs the noun comes first).
    """
    record = Draft(annotations).annotation(identifier)
    old = fragments_of(record, part)
    if old.contains(span):
        raise Refused("refused.fragment_inside", identifier=identifier)
    joined = Fragments.merged((*old.spans, span))
    takes_head = isinstance(record, Event) or part is Part.CUE
    needs_head = takes_head and not joined.is_contiguous
    with_head = Fragments(joined.spans, old.head or (joined.spans[0] if needs_head else None))
    return set_fragments(annotations, identifier, part, with_head, name="edit.add_fragment")


def set_head(
    annotations: AnnotationSet, identifier: RecordId, part: Part, head: Span | None
) -> Edit:
    """Say which piece is the head of a part."""
    draft = Draft(annotations)
    old = fragments_of(draft.annotation(identifier), part)
    placed = Fragments(old.spans, head)
    return set_fragments(annotations, identifier, part, placed, name="edit.set_head")


def _placed(record: Annotation, part: Part, fragments: Fragments) -> Annotation:
    match record:
        case Mention():
            return replace(record, fragments=fragments)
        case Event():
            return replace(record, trigger=fragments)
        case Quote():
            if part is Part.CUE:
                return replace(record, cue=fragments)
            quote_type = record.type
            if record.type is type_by_marks(record.content, record.marks):
                quote_type = type_by_marks(fragments, record.marks)
            return replace(record, content=fragments, type=quote_type)
        case _:
            assert_never(record)


def _head_inside(head: Span | None, spans: tuple[Span, ...]) -> Span | None:
    if head is None or not any(span.contains(head) for span in spans):
        return None
    return head
