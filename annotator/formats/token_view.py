"""Annotations as runs of tokens, for the formats of taggers: sentences, flat mentions, tags.

A tagger's format gives each token one tag, so of mentions that share a token one is kept and the
others are told as losses. A mention that begins or ends inside of a token is widened to it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Sequence
from enum import Enum
from itertools import pairwise

from msgspec import Struct

from annotator.core.annotations import Mention, MentionLevel
from annotator.core.document import Segmentation
from annotator.core.scheme import LabelGroup, Scheme
from annotator.core.span import Fragments, Span
from annotator.formats.base import FormatOption
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument

NESTING = FormatOption("nesting", ("outermost", "innermost"))
"""Which of mentions that share a token is kept."""

LEVELS = FormatOption("levels", ("names", "all"))
"""Whether mentions by noun and pronoun are written too."""

TAGGING = FormatOption("tagging", ("bio", "bioes"))
"""IOB2, or with tags of their own for the last token of several and for a single one."""


class TokenRun(Struct, frozen=True):
    """The tokens ``first <= i < last`` of a document, and whether the edges are theirs."""

    first: int
    last: int
    is_exact: bool = True

    def __len__(self) -> int:
        return self.last - self.first


class TaggedRun(Struct, frozen=True):
    """A run with a label, and the id of the record it was made of."""

    run: TokenRun
    label: str
    record: str


def run_of(segmentation: Segmentation, span: Span) -> TokenRun | None:
    """The tokens that share a code point with a span; None where there is none."""
    known = segmentation.aligned_range(span)
    if known is not None:  # as nearly all are
        return TokenRun(*known)
    first, last = segmentation.token_range(span)
    return None if first == last else TokenRun(first, last, is_exact=False)


def sentence_runs(segmentation: Segmentation) -> tuple[TokenRun, ...]:
    """The tokens of each sentence, in order; together they are all tokens.

    A sentence without a token is left out; tokens outside of all sentences go with the one before.
    """
    starts = [segmentation.token_range(each)[0] for each in segmentation.sentences]
    count = len(segmentation.tokens)
    edges = sorted({0, *starts, count})
    return tuple(TokenRun(a, b) for a, b in pairwise(edges) if a < b)


def covering_run(runs: Sequence[TokenRun], run: TokenRun) -> int | None:
    """The number of the run that holds all of another; None where it lies in several."""
    return next(
        (n for n, one in enumerate(runs) if one.first <= run.first and run.last <= one.last), None
    )


def joined_runs(sentences: Sequence[TokenRun], runs: Iterable[TokenRun]) -> tuple[TokenRun, ...]:
    """Sentences, with those joined across which a run lies, so that none is torn."""
    starts = [one.first for one in sentences]
    torn: set[int] = set()
    for run in runs:
        torn.update(starts[bisect_right(starts, run.first) : bisect_left(starts, run.last)])
    kept = [start for start in starts if start not in torn]
    ends = [*kept[1:], *(one.last for one in sentences[-1:])]
    return tuple(map(TokenRun, kept, ends))


class Runs:
    """Finds the runs of one annotation set's pieces of text, and tells what they lose."""

    def __init__(self, one: SetDocument) -> None:
        self._segmentation = one.segmentation
        self._annotations = one.content.annotations
        self.lose = one.lose

    def of(self, fragments: Fragments, record: str, detail: str = "") -> TokenRun | None:
        """The run of a piece of text that belongs to a record.

        A discontinuous one is written from its first to its last code point. None, and a loss,
        where it holds no token.
        """
        run = run_of(self._segmentation, fragments.envelope)
        if run is None:
            self.lose(record, LossKind.NO_TOKEN, detail)
            return None
        self._tell_edges(run, fragments, record, detail)
        return run

    def _tell_edges(
        self, run: TokenRun, fragments: Fragments, record: str, detail: str = ""
    ) -> None:
        """Tell what is lost of a piece of text that is written as this run."""
        if not fragments.is_contiguous:
            self.lose(record, LossKind.JOINED, detail)
        if not run.is_exact:
            self.lose(record, LossKind.WIDENED, detail)

    def flat(
        self,
        scheme: Scheme,
        *,
        innermost: bool = False,
        names_only: bool = True,
        fits: Callable[[TokenRun, Mention], bool] = lambda run, mention: True,
    ) -> list[TaggedRun]:
        """Mentions of which no two share a token, in order of the text.

        Overlays never come in. Of mentions that share a token the outermost is kept, or the
        innermost; of those as long as each other the one whose label the scheme has first. One in
        pieces comes last where its run holds words of others. What does not fit keeps no other
        out, and is told as not written.
        """
        order = {label.id: number for number, label in enumerate(scheme.labels)}
        overlays = {label.id for label in scheme.labels if label.group is LabelGroup.OVERLAY}
        found: list[tuple[TokenRun, Mention]] = []
        for mention in self._annotations.mentions():
            if self._is_flat(mention, overlays, names_only=names_only):
                run = run_of(self._segmentation, mention.fragments.envelope)
                if run is None:
                    self.lose(mention.id, LossKind.NO_TOKEN)
                elif not fits(run, mention):
                    self.lose(mention.id, LossKind.MENTION)
                else:
                    found.append((run, mention))
        sign = 1 if innermost else -1
        last = len(order)
        found.sort(
            key=lambda one: (
                self._holds_others(*one),
                sign * len(one[0]),
                order.get(one[1].label, last),
                one[0].first,
            )
        )
        kept = self._kept(found)
        return sorted(kept, key=lambda one: one.run.first)

    def _holds_others(self, run: TokenRun, mention: Mention) -> bool:
        """Whether a run has tokens between the pieces of its mention."""
        spans = mention.fragments.spans
        if len(spans) == 1:
            return False
        ranges = (self._segmentation.token_range(span) for span in spans)
        return len({token for edges in ranges for token in range(*edges)}) < len(run)

    def _kept(self, found: Iterable[tuple[TokenRun, Mention]]) -> list[TaggedRun]:
        taken: set[int] = set()
        kept = []
        for run, mention in found:
            tokens = range(run.first, run.last)
            if not taken.isdisjoint(tokens):
                self.lose(mention.id, LossKind.OVERLAP)
                continue
            taken.update(tokens)
            self._tell_edges(run, mention.fragments, mention.id)
            kept.append(TaggedRun(run, mention.label, mention.id))
        return kept

    def _is_flat(self, mention: Mention, overlays: Container[str], *, names_only: bool) -> bool:
        """Whether a mention goes into a flat layer at all."""
        if mention.label in overlays:
            self.lose(mention.id, LossKind.OVERLAY)
            return False
        if names_only and mention.level is not MentionLevel.NAM:
            self.lose(mention.id, LossKind.LEVEL)
            return False
        return True


class Tagging(Enum):
    """How tags tell where a run begins and ends."""

    BIO = "bio"
    BIOES = "bioes"


def tags_of(count: int, runs: Iterable[TaggedRun], tagging: Tagging, first: int = 0) -> list[str]:
    """One tag for each of `count` tokens from the number `first` on."""
    tags = ["O"] * count
    for one in runs:
        begin, end = one.run.first - first, one.run.last - first
        tags[begin:end] = [f"I-{one.label}"] * (end - begin)
        tags[begin] = f"B-{one.label}"
        if tagging is Tagging.BIOES:
            tags[end - 1] = f"E-{one.label}" if end - begin > 1 else f"S-{one.label}"
    return tags
