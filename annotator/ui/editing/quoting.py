"""Making a quote: content from the marks around the caret, with cue and speakers proposed."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.annotations import Mention, Quote
from annotator.core.commands.quotes import add_quote
from annotator.core.ids import Layer, RecordId
from annotator.core.span import Fragments, Span
from annotator.foundation.errors import Refused
from annotator.kurdish.lexicon import Lexicon
from annotator.kurdish.quotation import Quotation, find_quotations, quotation_at
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.quote_modes import QuoteFrame
from annotator.ui.editing.words import Selection

OFFERED_SPEAKERS = 5
SPEAKER_REACH = 1500
"""Code points before and after a quote among which its speaker is sought."""

PLACE_LABELS = frozenset({"GPE", "LOC", "NORP"})
"""Labels whose mentions can speak but seldom do."""


def quoting(lexicon: Lexicon) -> Callable[[Editor], None]:
    """The act that makes a quote; `lexicon` knows the words of saying."""

    def make_quote(editor: Editor) -> None:
        content, marks = content_and_marks(editor)
        existing = [r for r in editor.on_span(content) if isinstance(r, Quote)]
        if existing:
            identifier = existing[0].id
        else:
            identifier = editor.annotations.next_id(Layer.QUOTE)
            edit = add_quote(editor.annotations, Fragments((content,)), marks=marks)
            editor.perform(edit, select=identifier)
        # The final full stop stands outside the content: the caret shall stay on the quote.
        caret = min(max(editor.selection.caret, content.start), content.end)
        editor.place(Selection.at(caret), select=identifier)
        editor.enter(_proposing(editor, lexicon, identifier))

    return make_quote


def _proposing(editor: Editor, lexicon: Lexicon, identifier: RecordId) -> QuoteFrame:
    """The open quote, with proposals for what it still lacks."""
    quote = editor.annotations.quote(identifier)
    content = quote.content.envelope
    has_speaker, has_cue = quote.speaker.who is not None, quote.cue is not None
    return QuoteFrame(
        editor,
        identifier,
        speakers=() if has_speaker else nearest_speakers(editor, content),
        cue=None if has_cue else proposed_cue(editor, lexicon, content),
    )


def open_quote(editor: Editor, quote: Quote) -> None:
    """Open the frame of a quote that is there."""
    editor.place(editor.selection, select=quote.id)
    editor.enter(QuoteFrame(editor, quote.id))


def content_and_marks(editor: Editor) -> tuple[Span, tuple[Span, ...]]:
    """What is quoted, without its marks, and the marks.

    With a selection: what is selected, trimmed, with the marks around or inside it. Without: what
    stands between the innermost marks around the caret. Raises `Refused` when there are none.
    """
    quotations = find_quotations(editor.text, _paragraphs_here(editor))
    if editor.selection.span is None:
        found = quotation_at(quotations, editor.selection.caret)
        if found is None:
            raise Refused("refused.no_quotation_marks")
        return found.content, (found.opening, found.closing)
    content = editor.marked_span()
    for quotation in quotations:
        if editor.words.trimmed(quotation.content) == content:
            return quotation.content, (quotation.opening, quotation.closing)
    # The marks of a quote that is annotated already are its own.
    inside = [quotation for quotation in quotations if _is_inside(quotation, content)]
    own = [quotation for quotation in inside if not _is_quoted(editor, quotation.content)]
    marks = tuple(mark for q in own for mark in (q.opening, q.closing))
    return _with_edge_marks(editor, content, inside), tuple(sorted(marks))


def _is_quoted(editor: Editor, content: Span) -> bool:
    return any(isinstance(record, Quote) for record in editor.on_span(content))


def _paragraphs_here(editor: Editor) -> tuple[Span, ...]:
    """The paragraphs the selection touches: straight quotes are paired paragraph by paragraph."""
    selection = editor.selection
    first, last = sorted((selection.anchor, selection.caret))
    near = editor.document.segmentation.part(first, last).paragraphs
    return tuple(p for p in near if first <= p.end and p.start <= last)


def _is_inside(quotation: Quotation, content: Span) -> bool:
    return content.overlaps(quotation.content) and (
        content.contains(quotation.opening)
        or content.contains(quotation.closing)
        or content.contains(quotation.content)
    )


def _with_edge_marks(editor: Editor, content: Span, inside: list[Quotation]) -> Span:
    """Trimming took a mark at the edge of a mixed quote away: give it back."""
    selected = editor.selection.span or content
    for quotation in inside:
        if quotation.closing.start >= content.end and selected.contains(quotation.closing):
            content = Span(content.start, quotation.closing.end)
        if quotation.opening.end <= content.start and selected.contains(quotation.opening):
            content = Span(quotation.opening.start, content.end)
    return content


def nearest_speakers(editor: Editor, content: Span) -> tuple[RecordId, ...]:
    """The mentions that could speak, the likeliest first, one for each entity.

    Sorani news names the speaker before the content in its paragraph. Behind a preposition stands
    whoever is spoken to or of, and a place speaks less often than a person or a body; among equals
    the nearest comes first.
    """
    from annotator.kurdish.prepositions import follows_preposition

    paragraph = editor.document.segmentation.paragraph_at(content.start) or content
    near = Span(max(content.start - SPEAKER_REACH, 0), content.end + SPEAKER_REACH)
    there = [record for record in editor.overlapping(near) if isinstance(record, Mention)]

    def rank(mention: Mention) -> tuple[bool, bool, bool, int]:
        span = mention.fragments.envelope
        after = span.start >= content.end
        distance = span.start - content.end if after else content.start - span.end
        is_beside = (
            follows_preposition(editor.text, span.start)
            or mention.label in PLACE_LABELS
            or any(_holds(other, mention) for other in there)
        )
        return not paragraph.contains(span), after, is_beside, distance

    candidates = [
        mention
        for mention in there
        if mention.label in editor.scheme.speaker_labels
        and not content.overlaps(mention.fragments.envelope)
    ]
    offered: list[RecordId] = []
    entities: set[RecordId] = set()
    for mention in sorted(candidates, key=rank):
        if mention.entity is None or mention.entity not in entities:
            offered.append(mention.id)
            if mention.entity is not None:
                entities.add(mention.entity)
    return tuple(offered[:OFFERED_SPEAKERS])


def _holds(outer: Mention, inner: Mention) -> bool:
    around, within = outer.fragments.envelope, inner.fragments.envelope
    return around != within and around.contains(within)


def proposed_cue(editor: Editor, lexicon: Lexicon, content: Span) -> Fragments | None:
    """The words of saying nearest to the content in its sentence, or None."""
    from annotator.kurdish.cues import find_cues, nearest_cue

    first = editor.document.segmentation.sentence_at(content.start)
    last = editor.document.segmentation.sentence_at(content.end - 1)
    start = first.start if first else content.start
    end = last.end if last else content.end
    there = Span(content.start - start, content.end - start)
    cue = nearest_cue(find_cues(editor.text[start:end], lexicon), there)
    if cue is None:
        return None
    span = Span(cue.span.start + start, cue.span.end + start)
    head = Span(cue.head.start + start, cue.head.end + start)
    return Fragments((span,), head if head != span else None)
