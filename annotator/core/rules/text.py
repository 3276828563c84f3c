"""Rules of the text and of offsets: where the pieces of annotations may begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from annotator.core.annotations import Quote, QuoteType
from annotator.core.findings import Facts, Finding, FunctionRule, Severity, finding
from annotator.core.rules.pieces import Part, Piece, crosses_units, pieces, readable_pieces
from annotator.core.span import Fragments, Span

QUOTATION_MARKS = frozenset('"“”„«»‹›')
EDGE_PUNCTUATION = QUOTATION_MARKS | frozenset("،,؛;:.")
FULL_STOP = "."

# A tab and a line feed are ordinary in imported text; every other C0 control is an accident.
_FORBIDDEN = {
    "V05.bom": re.compile("\\A\ufeff"),
    "V05.return": re.compile("\r"),
    "V05.control": re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]"),
    "V05.surrogate": re.compile("[\ud800-\udfff]"),
}
_NEXT_CHARACTER = re.compile(r"\s*(\S)")


def check_range(facts: Facts) -> Iterator[Finding]:
    """V02: every piece ends inside the text (that it is not empty, `Span` sees to)."""
    length = len(facts.document.text)
    for piece in pieces(facts):
        fragments = piece.fragments
        if fragments.end > length:
            yield finding(
                "V02",
                Severity.ERROR,
                record=piece.record,
                span=fragments.envelope,
                end=fragments.end,
                length=length,
            )


def check_outer_space(facts: Facts) -> Iterator[Finding]:
    """V04: no fragment begins or ends with white space."""
    text = facts.document.text
    for piece in readable_pieces(facts):
        for span in piece.fragments.spans:
            if text[span.start].isspace() or text[span.end - 1].isspace():
                yield _about(facts, "V04", Severity.ERROR, piece, span)


def check_characters(facts: Facts) -> Iterator[Finding]:
    """V05: no byte order mark, carriage return, control character or lone surrogate.

    One finding for each kind, at its first place, with the number of all.
    """
    for code, pattern in _FORBIDDEN.items():
        places = [match.start() for match in pattern.finditer(facts.document.text)]
        if places:
            span = Span(places[0], places[0] + 1)
            yield finding(code, Severity.ERROR, span=span, place=places[0], count=len(places))


def check_graphemes(facts: Facts) -> Iterator[Finding]:
    """V06: no edge inside a grapheme cluster, no joiner or tatweel alone at an edge."""
    text = facts.document.text
    for piece in readable_pieces(facts):
        for span in piece.fragments.spans:
            if not (facts.is_boundary(text, span.start) and facts.is_boundary(text, span.end)):
                yield _about(facts, "V06.grapheme", Severity.ERROR, piece, span)
            elif facts.orphans_joiner(text, span):
                yield _about(facts, "V06.joiner", Severity.ERROR, piece, span)


def check_edge_punctuation(facts: Facts) -> Iterator[Finding]:
    """V07: no comma, full stop, colon or quotation mark at the edges.

    Marks are what they are. A full stop stays with a one-letter abbreviation, and inside the
    quotation marks with the content; a mixed quote may begin or end with one of its own marks.
    """
    text = facts.document.text
    for piece in readable_pieces(facts):
        if piece.part is Part.MARK:
            continue
        own_marks = _own_marks(facts, piece)
        first, last = piece.fragments.start, piece.fragments.end - 1
        for offset in (first, last) if first < last else (first,):
            if offset in own_marks or text[offset] not in EDGE_PUNCTUATION:
                continue
            if offset == last and _may_end_with_stop(text, piece, last):
                continue
            yield finding(
                "V07",
                Severity.WARNING,
                record=piece.record,
                span=piece.fragments.envelope,
                mark=text[offset],
                text=facts.excerpt(piece.fragments),
            )


def check_fragments(facts: Facts) -> Iterator[Finding]:
    """V08: fragments that only white space divides are one; marks are in order, without overlap.

    Fragments out of order, overlapping or touching cannot exist: `Fragments` refuses them.
    """
    text = facts.document.text
    for piece in readable_pieces(facts):
        spans = piece.fragments.spans
        for left, right in pairwise(spans):
            if text[left.end : right.start].isspace():
                gap = Span(left.start, right.end)
                yield _about(facts, "V08.gap", Severity.WARNING, piece, gap)
    for quote in facts.annotations.quotes():
        marks = quote.marks
        if any(b.start < a.end for a, b in pairwise(marks)):
            span = quote.content.envelope
            yield finding("V08.marks", Severity.ERROR, record=quote.id, span=span)


def check_tokens(facts: Facts) -> Iterator[Finding]:
    """V09: edges are edges of tokens; a hint only where the guideline cuts at the stem.

    There nothing is said about an end that leaves final clitics outside, as it should be.
    """
    is_by_stem = facts.scheme.guideline.boundary_policy == "stem"
    severity = Severity.INFO if is_by_stem else Severity.WARNING
    for piece in readable_pieces(facts):
        if piece.part is Part.MARK:
            continue
        for span in piece.fragments.spans:
            if facts.segmentation.is_aligned(span):
                continue
            if not (is_by_stem and _leaves_clitics(facts, span)):
                yield _about(facts, "V09", severity, piece, span)


def check_units(facts: Facts) -> Iterator[Finding]:
    """V14: nothing crosses a paragraph, and only the content of a quote crosses a sentence.

    A mention and a trigger are taken as a whole; of cues, contents and free targets each fragment
    by itself, because a cue may embrace what is said.
    """
    segmentation = facts.segmentation
    for piece in readable_pieces(facts):
        for span in _stretches(piece):
            if crosses_units(segmentation.paragraphs, span):
                yield _about(facts, "V14.paragraph", Severity.ERROR, piece, span)
            elif piece.part is not Part.CONTENT and crosses_units(segmentation.sentences, span):
                yield _about(facts, "V14.sentence", Severity.WARNING, piece, span)


def _leaves_clitics(facts: Facts, span: Span) -> bool:
    """Whether whole words are covered but for what may be clitics of the last one."""
    tokens = facts.segmentation.tokens_in(span)
    if not tokens or tokens[0].start != span.start:
        return False
    words = Span(span.start, tokens[-1].end)
    return span.end in facts.stem_ends(facts.document.text, words)


def _stretches(piece: Piece) -> tuple[Span, ...]:
    if piece.part in (Part.MENTION, Part.TRIGGER):
        return (piece.fragments.envelope,)
    return piece.fragments.spans


def _own_marks(facts: Facts, piece: Piece) -> frozenset[int]:
    quote = facts.known(piece.record, Quote) if piece.part is Part.CONTENT else None
    if quote is None or quote.type is not QuoteType.MIXED:
        return frozenset()
    return frozenset(mark.start for mark in quote.marks)


def _may_end_with_stop(text: str, piece: Piece, last: int) -> bool:
    if text[last] != FULL_STOP or piece.fragments.start == last:
        return False
    if piece.part is Part.CONTENT:
        following = _NEXT_CHARACTER.match(text, last + 1)
        return following is not None and following[1] in QUOTATION_MARKS
    before = text[max(last - 2, 0) : last]
    return before[-1].isalpha() and not before[:-1].isalnum()


def _about(facts: Facts, code: str, severity: Severity, piece: Piece, span: Span) -> Finding:
    text = facts.excerpt(Fragments((span,)))
    return finding(code, severity, record=piece.record, span=span, text=text)


RULES = (
    FunctionRule("V02", None, check_range, may_block=True),
    FunctionRule("V04", None, check_outer_space, may_block=True),
    FunctionRule("V05", None, check_characters, may_block=True),
    FunctionRule("V06", None, check_graphemes, may_block=True),
    FunctionRule("V07", None, check_edge_punctuation),
    FunctionRule("V08", None, check_fragments, may_block=True),
    FunctionRule("V09", None, check_tokens),
    FunctionRule("V14", None, check_units, may_block=True),
)
