"""What a selection grows to: word, number or date, quoted string, clause, sentence, paragraph.

How to think about it: quotation marks divide a paragraph into regions, one in the other. A
selection grows inside its innermost region by clause and sentence until it is the whole of it, and
then goes on in the next one, where everything quoted beside it counts as one piece.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.kurdish.characters import SENTENCE_TERMINATORS
from annotator.kurdish.numbers import join_number
from annotator.kurdish.quotation import Quotation, find_quotations

_REACH = 1000
"""Code points beside a span in which its number or date is looked for, hence segmented."""

_CLAUSE_MARKS = frozenset("،؛:,;")


def growth_ladder(text: str, segmentation: Segmentation, span: Span) -> tuple[Span, ...]:
    """The spans that `span` grows to, step by step; each contains the one before and is longer.

    Clauses lie between ، ؛ : and the edges of the sentence and leave its full stop out; a quoted
    string is without its marks. `segmentation` is that of `text`.
    """
    ladder = [span]
    near = segmentation.part(max(span.start - _REACH, 0), span.end + _REACH)
    for wider in _steps(text, near, span):
        if wider.contains(ladder[-1]) and wider != ladder[-1]:
            ladder.append(wider)
    return tuple(ladder[1:])


def _steps(text: str, segmentation: Segmentation, span: Span) -> Iterator[Span]:
    words = _envelope(segmentation.tokens, span)
    if words is not None:
        yield words
    joined = words or span
    while (wider := join_number(text, segmentation.tokens, joined)) is not None:
        yield wider
        joined = wider
    paragraph = _envelope(segmentation.paragraphs, joined)
    if paragraph is None or not paragraph.contains(joined):
        return
    inside = _overlapping(segmentation.paragraphs, paragraph)
    quotations = find_quotations(text, inside)
    around = [one.content for one in quotations if one.content.contains(joined)]
    for region in (*sorted(around, key=len), paragraph):
        yield from _steps_in(text, segmentation, region, quotations, joined)
        joined = region


def _steps_in(
    text: str,
    segmentation: Segmentation,
    region: Span,
    quotations: tuple[Quotation, ...],
    span: Span,
) -> Iterator[Span]:
    """Clause, sentence and whole of a region that contains `span`."""
    sentences = _envelope(segmentation.sentences, span)
    sentence = None if sentences is None else sentences.clip(region)
    if sentence is not None and sentence.contains(span):
        tokens = _overlapping(segmentation.tokens, sentence)
        clause = _clause(text, tokens, quotations, span)
        if clause is not None:
            yield clause
        yield sentence
    yield region


def _clause(
    text: str, tokens: tuple[Span, ...], quotations: tuple[Quotation, ...], span: Span
) -> Span | None:
    """From `span` to the next clause mark, or the edge of `tokens`, on each side.

    None where no words are left. Marks inside `span` and in quotations beside it divide nothing.
    """
    beside = [one.whole for one in quotations if not one.content.contains(span)]

    def divides(token: Span) -> bool:
        is_mark = token.of(text) in _CLAUSE_MARKS
        return is_mark and not any(one.contains(token) for one in beside)

    end = len(tokens)
    while end and text[tokens[end - 1].start] in SENTENCE_TERMINATORS:
        end -= 1
    first = bisect_right(tokens, span.start, hi=end, key=lambda one: one.end)
    last = bisect_left(tokens, span.end, lo=first, hi=end, key=lambda one: one.start)
    while first and not divides(tokens[first - 1]):
        first -= 1
    while last < end and not divides(tokens[last]):
        last += 1
    return Span(tokens[first].start, tokens[last - 1].end) if first < last else None


def _overlapping(spans: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    """Those of the spans, in order and without overlap, that share a code point with `span`."""
    first = bisect_right(spans, span.start, key=lambda one: one.end)
    last = bisect_left(spans, span.end, key=lambda one: one.start)
    return spans[first:last]


def _envelope(spans: tuple[Span, ...], span: Span) -> Span | None:
    """From the first to the last of the spans that share a code point with `span`."""
    found = _overlapping(spans, span)
    return Span(found[0].start, found[-1].end) if found else None
