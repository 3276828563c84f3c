"""Quotes as tags of tokens: a column each for what is said, the cue and the speaker.

The columns are divided by tabs; a line with the id stands before each set, a blank line behind
each sentence. Tags of content are the types of quotes (``B-direct``), others ``B-CUE`` and
``B-SPEAKER``. Of contents that share a token the outermost is kept, or the innermost, with all that
belongs to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from annotator.core.annotations import MentionTarget, Quote, SpanTarget
from annotator.core.span import Fragments
from annotator.formats.base import ExportContext, ExportReport, Format, Holds, SegmentedBundle
from annotator.formats.details import tell_details, tell_entities, tell_head
from annotator.formats.event_instances import WINDOW
from annotator.formats.gold_order import ordered_quotes
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.token_view import (
    NESTING,
    TAGGING,
    Runs,
    TaggedRun,
    Tagging,
    TokenRun,
    run_of,
    sentence_runs,
    tags_of,
)

COLUMNS = ("content", "cue", "speaker")
CUE = "CUE"
SPEAKER = "SPEAKER"


class _Columns:
    """The runs of one annotation set's quotes, by column."""

    def __init__(self, each: SetDocument, blocks: tuple[TokenRun, ...]) -> None:
        self._each = each
        self._blocks = blocks
        self._starts = [block.first for block in blocks]
        self._runs = Runs(each)
        self.runs: dict[str, list[TaggedRun]] = {name: [] for name in COLUMNS}
        self._taken: dict[str, dict[int, TokenRun]] = {name: {} for name in COLUMNS}

    def fill(self, *, innermost: bool) -> None:
        """Put in the quotes of which no two share a token, and tell of all else."""
        annotations = self._each.content.annotations
        sign = 1 if innermost else -1
        for quote in sorted(ordered_quotes(annotations), key=lambda one: sign * self._size(one)):
            if self._put("content", quote.content, quote.type.value, quote):
                self._put_parts(quote)
            else:
                self._runs.lose(quote.id, LossKind.QUOTE)
        for mention in annotations.mentions():
            self._runs.lose(mention.id, LossKind.MENTION)
        for event in annotations.events():
            self._runs.lose(event.id, LossKind.EVENT)
        tell_entities(self._runs, annotations)

    def _size(self, quote: Quote) -> int:
        return sum(len(self._each.segmentation.tokens_in(span)) for span in quote.content.spans)

    def _put_parts(self, quote: Quote) -> None:
        more = "" if quote.content.is_contiguous else "fragments"
        has_cue = quote.cue is not None and self._put("cue", quote.cue, CUE, quote)
        if quote.cue is not None and not has_cue:
            self._runs.lose(quote.id, LossKind.QUOTE_PART, "cue")
        # Of a part that is not there its head is not told besides.
        held = ("type",) if has_cue else ("type", "cue head")
        tell_details(self._runs, quote, *held, more=more)
        speaker = self._speaker(quote)
        is_there = speaker is not None and self._put("speaker", speaker, SPEAKER, quote)
        if quote.speaker.who is not None and not is_there:
            self._runs.lose(quote.id, LossKind.QUOTE_PART, "speaker")
        elif is_there:
            tell_head(self._runs, quote.id, "speaker", quote.speaker.who)
        if quote.addressees:
            self._runs.lose(quote.id, LossKind.QUOTE_PART, "addressees")

    def _speaker(self, quote: Quote) -> Fragments | None:
        match quote.speaker.who:
            case MentionTarget(identifier):
                return self._each.content.annotations.mention(identifier).fragments
            case SpanTarget(fragments):
                return fragments
            case _:
                return None

    def _put(self, column: str, place: Fragments, label: str, quote: Quote) -> bool:
        """Put the pieces of a part into its column, where no other part has their tokens.

        A cue or speaker that several quotes share is there once. Pieces that touch the same token
        are one.
        """
        found = [run_of(self._each.segmentation, span) for span in place.spans]
        pieces = _joined(run for run in found if run is not None)
        taken = self._taken[column]
        owners = [taken.get(token) for run in pieces for token in range(run.first, run.last)]
        is_shared = column != "content" and {*owners} == {*pieces}
        if not pieces or (any(owners) and not is_shared):
            return False
        if not all(run is not None and run.is_exact for run in found):
            self._runs.lose(quote.id, LossKind.WIDENED, column)
        self._add(column, pieces, label, quote)
        return True

    def _add(self, column: str, pieces: list[TokenRun], label: str, quote: Quote) -> None:
        for run in pieces:
            self._taken[column].update(dict.fromkeys(range(run.first, run.last), run))
            parts = self._parts(run)
            self.runs[column].extend(TaggedRun(part, label, quote.id) for part in parts)
            if len(parts) > 1:
                self._runs.lose(quote.id, LossKind.DETAIL, f"{column}.sentences")

    def _parts(self, run: TokenRun) -> list[TokenRun]:
        """A run, cut where blocks end; together these are all tokens."""
        first = bisect_right(self._starts, run.first) - 1
        blocks = self._blocks[first : bisect_left(self._starts, run.last)]
        return [
            TokenRun(max(block.first, run.first), min(block.last, run.last)) for block in blocks
        ]


def _joined(runs: Iterable[TokenRun]) -> list[TokenRun]:
    """Runs in order, those that share a token as one."""
    joined: list[TokenRun] = []
    for run in runs:
        if joined and run.first < joined[-1].last:
            run = TokenRun(joined.pop().first, run.last)
        joined.append(TokenRun(run.first, run.last))
    return joined


def _rows(each: SetDocument, context: ExportContext) -> Iterator[str]:
    count = len(each.segmentation.tokens)
    blocks: tuple[TokenRun, ...] = sentence_runs(each.segmentation)
    if context.chosen(WINDOW) == "document":
        blocks = (TokenRun(0, count),) if count else ()
    columns = _Columns(each, blocks)
    columns.fill(innermost=context.chosen(NESTING) == "innermost")
    tagging = Tagging(context.chosen(TAGGING))
    tags = [tags_of(count, columns.runs[name], tagging) for name in COLUMNS]
    rows = ["\t".join(row) for row in zip(each.words, *tags, strict=True)]
    yield f"# newdoc id = {each.name}"
    for block in blocks:
        yield from chain(rows[block.first : block.last], ("",))


def write_quote_bio(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Write the tokens of every annotation set, a line each."""
    sets = SetDocuments(items, context.lose)
    for each in sets:
        lines = "".join(f"{row}\n" for row in _rows(each, context))
        sets.write(target, lines.encode())
    return sets.report()


QUOTE_BIO = Format(
    id="quote-bio",
    title="formats.title_quote_bio",
    suffixes=(".tsv", ".conll", ".bio"),
    write=write_quote_bio,
    holds=frozenset({Holds.QUOTES}),
    options=(NESTING, TAGGING, WINDOW),
)
