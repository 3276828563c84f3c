"""Which stretches of a text stand between quotation marks.

Marks with a direction pair by nesting. Straight marks pair by parity in their paragraph: what
stands beside them tells nothing, for in crawled news a closing mark often follows a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from annotator.core.span import Span


class Quotation(Struct, frozen=True):
    """What is quoted, without spaces at its edges, and the marks on both sides of it."""

    content: Span
    opening: Span
    closing: Span

    @property
    def whole(self) -> Span:
        """The content with its marks."""
        return Span(self.opening.start, self.closing.end)


class _Family(Struct, frozen=True):
    """Marks that pair with one another and with no others.

    `closers` are, for each opening mark, the marks that close it. A mark that is found with
    nothing open for it to close opens if it `may_open`.
    """

    marks: re.Pattern[str]
    closers: dict[str, str]
    may_open: str


# A single mark between letters is an apostrophe.
_SINGLE = r"(?<![^\W\d_])['‘’]|['‘’](?![^\W\d_])"
_FAMILIES = (
    _Family(re.compile('"'), {'"': '"'}, '"'),
    _Family(re.compile("[«»]"), {"«": "»"}, "«"),
    # ”…” is common where a layout has only one of the two.
    _Family(re.compile("[“”„‟]"), {"“": "”‟", "„": "”‟“", "”": "”"}, "“„”"),
    _Family(re.compile("[‹›]"), {"‹": "›"}, "‹"),
    _Family(re.compile(r"\(\(|\)\)"), {"((": "))"}, "(("),
    _Family(re.compile(_SINGLE), {"'": "'", "‘": "’"}, "'‘"),
)


def find_quotations(text: str, paragraphs: tuple[Span, ...]) -> tuple[Quotation, ...]:
    """The quotations of `text` by their opening marks; nested ones too, crossing ones not.

    A mark without its counterpart in the same paragraph, and a pair around nothing, yield none.
    """
    return tuple(
        quotation
        for paragraph in paragraphs
        for quotation in _without_crossing(
            sorted(
                (pair for family in _FAMILIES for pair in _pairs(text, paragraph, family)),
                key=lambda pair: pair.opening,
            )
        )
    )


def quotation_at(quotations: Iterable[Quotation], offset: int) -> Quotation | None:
    """The innermost quotation that holds `offset`, its marks included."""
    around = [quotation for quotation in quotations if quotation.whole.covers(offset)]
    return min(around, key=lambda quotation: len(quotation.whole), default=None)


def _pairs(text: str, paragraph: Span, family: _Family) -> Iterator[Quotation]:
    open_marks: list[re.Match[str]] = []
    for mark in family.marks.finditer(text, paragraph.start, paragraph.end):
        if open_marks and mark[0] in family.closers[open_marks[-1][0]]:
            quotation = _between(text, open_marks.pop(), mark)
            if quotation is not None:
                yield quotation
        elif mark[0] in family.may_open:
            open_marks.append(mark)


def _between(text: str, opening: re.Match[str], closing: re.Match[str]) -> Quotation | None:
    inside = text[opening.end() : closing.start()]
    content = inside.strip()
    if not content:
        return None
    start = opening.end() + len(inside) - len(inside.lstrip())
    return Quotation(
        content=Span(start, start + len(content)),
        opening=Span(*opening.span()),
        closing=Span(*closing.span()),
    )


def _without_crossing(quotations: Iterable[Quotation]) -> Iterator[Quotation]:
    """Drops a quotation that closes outside the one in which it opened."""
    around: list[Quotation] = []
    for quotation in quotations:
        while around and around[-1].closing.end <= quotation.opening.start:
            around.pop()
        if not around or quotation.closing.end <= around[-1].closing.start:
            around.append(quotation)
            yield quotation
