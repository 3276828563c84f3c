"""Rules of quotation marks: a quote's type against its marks, and what stands in marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from annotator.core.annotations import Quote, QuoteType
from annotator.core.findings import Facts, Finding, FunctionRule, Severity, finding
from annotator.core.ids import Layer
from annotator.core.rules.pieces import Reach, common_parts, letters_of
from annotator.core.span import Fragments, Span

STRAIGHT = '"'
PAIRS = (("“", "”"), ("«", "»"), ("‹", "›"))

_DIRECTED = re.compile("“[^“”]*”|«[^«»]*»|‹[^‹›]*›")


def marked_regions(quote: Quote) -> tuple[Span, ...]:
    """The stretches between the marks of a quote, taken in pairs.

    A mark without a partner (V42 tells about it) opens or closes at the edge of the content.
    """
    marks, content = sorted(quote.marks), quote.content
    edges = [(left.end, right.start) for left, right in zip(marks[::2], marks[1::2], strict=False)]
    if len(marks) % 2:
        last = marks[-1]
        opens = last.end < content.end
        edges.append((last.end, content.end) if opens else (content.start, last.start))
    regions = [Span(start, end) for start, end in edges if start < end]
    return Fragments.merged(regions).spans if regions else ()


def check_quote_type(facts: Facts) -> Iterator[Finding]:
    """V41: direct content fills its marks, mixed content has a part in marks, indirect has none.

    How much lies within is counted in letters and digits, so that space and punctuation beside
    the marks do not matter. Direct content that leaves out a part is only a warning.
    """
    letters = letters_of(facts)
    for quote in facts.annotations.quotes():
        total = letters.within(quote.content.spans)
        if total == 0:
            continue
        regions = marked_regions(quote)
        held = letters.within(common_parts(quote.content.spans, regions))
        case = _mismatch(quote, total=total, held=held, room=letters.within(regions))
        if case is not None:
            severity = Severity.WARNING if case == "unfilled" else Severity.ERROR
            yield finding(
                f"V41.{case}",
                severity,
                record=quote.id,
                span=quote.content.envelope,
                text=facts.excerpt(quote.content),
            )


def _mismatch(quote: Quote, *, total: int, held: int, room: int) -> str | None:
    match quote.type:
        case QuoteType.INDIRECT:
            return "indirect" if quote.marks else None
        case QuoteType.MIXED:
            return None if 0 < held < total else "mixed"
        case QuoteType.DIRECT:
            if held < total:
                return "direct"
            return "unfilled" if held < room else None
        case _:
            assert_never(quote.type)


def check_balance(facts: Facts) -> Iterator[Finding]:
    """V42: straight marks are even in number, and of “ ” and « » as many open as close."""
    text = facts.document.text
    count = text.count(STRAIGHT)
    if count % 2:
        place = _odd_mark(facts)
        yield finding("V42.odd", Severity.WARNING, span=Span(place, place + 1), count=count)
    for opening, closing in PAIRS:
        opened, closed = text.count(opening), text.count(closing)
        if opened != closed:
            place = text.rfind(opening if opened > closed else closing)
            yield finding(
                "V42.unpaired",
                Severity.WARNING,
                span=Span(place, place + 1),
                opening=opening,
                opened=opened,
                closing=closing,
                closed=closed,
            )


def _odd_mark(facts: Facts) -> int:
    text = facts.document.text
    for paragraph in facts.segmentation.paragraphs:
        if text.count(STRAIGHT, paragraph.start, paragraph.end) % 2:
            return text.rfind(STRAIGHT, paragraph.start, paragraph.end)
    return text.rfind(STRAIGHT)


def quoted_strings(facts: Facts) -> Iterator[Span]:
    """What stands between marks, without the marks and the space and punctuation beside them.

    Straight marks are paired by parity within a paragraph; a paragraph with an odd number of them
    is left out.
    """
    text = facts.document.text
    for match in _DIRECTED.finditer(text):
        yield from _trimmed(text, match.start() + 1, match.end() - 1)
    for paragraph in facts.segmentation.paragraphs:
        part = paragraph.of(text)
        places = [paragraph.start + i for i, mark in enumerate(part) if mark == STRAIGHT]
        if len(places) % 2 == 0:
            for opening, closing in zip(places[::2], places[1::2], strict=True):
                yield from _trimmed(text, opening + 1, closing)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    if start < end:
        yield Span(start, end)


def check_quoted_strings(facts: Facts) -> Iterator[Finding]:
    """V43: what stands in quotation marks is a quote or a name."""
    annotations = facts.annotations
    contents = Reach(span for quote in annotations.quotes() for span in quote.content.spans)
    names = Reach(span for mention in annotations.mentions() for span in mention.fragments.spans)
    for quoted in quoted_strings(facts):
        if not contents.meets(quoted) and not names.covers(quoted):
            text = facts.excerpt(Fragments((quoted,)))
            yield finding("V43", Severity.INFO, span=quoted, text=text)


RULES = (
    FunctionRule("V41", Layer.QUOTE, check_quote_type, may_block=True),
    FunctionRule("V42", None, check_balance),
    FunctionRule("V43", Layer.QUOTE, check_quoted_strings),
)
