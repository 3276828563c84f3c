"""The suggestions for the open document, by place, and what became of those before.

How to think about it: the document is read in *passages*. A key that leads to the next suggestion
suggests for the passages on its way, a few at most; the page tells only what is known. An edit
makes the passages stale in which it changes something: those it lies in, and those that hold the
words it marks. What it takes away is gone at once, and what it adds comes when somebody asks for
that passage, or has time to `refresh`. Texts are analysed once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from annotator.core.annotations import (
    Event,
    Mention,
    Quote,
    Record,
    SuggestionDecision,
    spans_of,
)
from annotator.core.commands.suggestions import decisions
from annotator.core.edits import Edit
from annotator.core.ids import DocumentId, Layer, SetId
from annotator.core.proposals import Verdict
from annotator.core.provenance import Origin
from annotator.core.span import Span
from annotator.core.span_index import SpanIndex
from annotator.foundation.errors import UserError
from annotator.kurdish.lexicon import Lexicon
from annotator.store.project_file import ProjectFile
from annotator.store.suggestions import MarkedText
from annotator.suggest.base import Suggestion
from annotator.suggest.knowledge import Knowledge, word_lists
from annotator.suggest.memory import Marked, Memory, marks_of
from annotator.suggest.passage import Passage, passage_spans
from annotator.suggest.phrases import phrase_key
from annotator.suggest.ranking import Marks, Place, ranked
from annotator.suggest.registry import SUGGESTERS, suggest
from annotator.workbench.listeners import Listeners
from annotator.workbench.open_document import EditApplied, OpenDocument

AHEAD = 4
"""How many passages a key press may suggest for before it gives up."""

Tally: TypeAlias = Mapping[tuple[str, Verdict | None], int]


@dataclass(frozen=True, slots=True)
class Precision:
    """What became of the suggestions of one suggester."""

    accepted: int = 0
    corrected: int = 0
    rejected: int = 0

    @property
    def decided(self) -> int:
        """How many were decided."""
        return self.accepted + self.corrected + self.rejected

    @property
    def share(self) -> float | None:
        """The share that was right as suggested; None where none was decided."""
        return self.accepted / self.decided if self.decided else None


@dataclass(slots=True)
class _Reading:
    """A passage and what was suggested in it last."""

    passage: Passage
    found: tuple[Suggestion, ...] = ()
    is_stale: bool = True


@dataclass(slots=True)
class _Settled:
    """What is known of the set while suggestions are made: followed edit by edit."""

    knowledge: Knowledge
    spans: SpanIndex
    refused: set[Place]


class SuggestionIndex:
    """What is suggested for one open document.

    Nothing is read or suggested before somebody asks. Listeners of `changed` hear when other
    suggestions are known than before.
    """

    def __init__(self, document: OpenDocument, project: ProjectFile, lexicon: Lexicon) -> None:
        self.changed: Listeners[None] = Listeners()
        self._document = document
        self._project = project
        self._lexicon = lexicon
        self._settled: _Settled | None = None
        document.edited.add(self._on_edit)

    @cached_property
    def _readings(self) -> list[_Reading]:
        opened = self._document
        return [
            _Reading(
                Passage(opened.document.text, opened.segmentation, span, lexicon=self._lexicon)
            )
            for span in passage_spans(opened.segmentation)
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [reading.passage.span.start for reading in self._readings]

    @property
    def is_stale(self) -> bool:
        """Whether something is left for `refresh` to do."""
        return any(reading.is_stale for reading in self._readings)

    def refresh(self, near: Span | None = None, *, limit: int | None = None) -> bool:
        """Suggest where nobody has yet or annotations have changed; whether anything differs.

        Passages that overlap `near` come first; no more than `limit` of them are done. One takes
        about as long as a key press may.
        """
        stale = [reading for reading in self._readings if reading.is_stale]
        if near is not None:
            stale.sort(key=lambda reading: not reading.passage.span.overlaps(near))
        return self._freshen(stale[:limit])

    def next_after(self, offset: int) -> Suggestion | None:
        """The first suggestion that starts after `offset`, or None where none is near."""
        for reading in self._fresh(self._readings[self._passage_at(offset) :]):
            index = bisect_right(reading.found, offset, key=_start)
            if index < len(reading.found):
                return reading.found[index]
        return None

    def previous_before(self, offset: int) -> Suggestion | None:
        """The first of the suggestions at the last place before `offset`, or None."""
        for reading in self._fresh(self._readings[: self._passage_at(offset) + 1][::-1]):
            found = reading.found
            index = bisect_left(found, offset, key=_start)
            if index:
                return found[bisect_left(found, _start(found[index - 1]), key=_start)]
        return None

    def at(self, offset: int) -> tuple[Suggestion, ...]:
        """The suggestions that start at `offset`, as far as they are known."""
        return tuple(
            one for one in self.overlapping(Span(offset, offset + 1)) if _start(one) == offset
        )

    def overlapping(self, span: Span) -> tuple[Suggestion, ...]:
        """The suggestions that share text with `span`, in reading order, as far as known."""
        if self._settled is None:
            return ()
        last = bisect_left(self._starts, span.end)
        near = self._readings[self._passage_at(span.start) : last]
        return tuple(one for reading in near for one in reading.found if one.span.overlaps(span))

    def alike(self, suggestion: Suggestion) -> tuple[Suggestion, ...]:
        """All suggestions of the document with its words and its label, itself among them."""
        wanted = self._likeness(suggestion)
        near = [r for r in self._readings if r.passage.holds(wanted[2])]
        self._freshen(reading for reading in near if reading.is_stale)
        found = (one for reading in near for one in reading.found)
        return tuple(one for one in found if self._likeness(one) == wanted)

    @property
    def has_any(self) -> bool:
        """Whether a suggestion is known now."""
        return self._settled is not None and any(reading.found for reading in self._readings)

    def count(self) -> int:
        """How many suggestions are known now."""
        return sum(len(reading.found) for reading in self._readings)

    def precision(self) -> Mapping[str, Precision]:
        """What became of the suggestions of each suggester, here and in recent documents."""
        header = self._document.header
        told = dict(self._project.suggestions.tally(header.id, but=header.document))
        annotations = self._document.annotations
        origins = [record.provenance for record in annotations.annotations()]
        here: list[tuple[str, Verdict | None]] = [
            (origin.detail, None) for origin in origins if origin.origin is Origin.SUGGESTION
        ]
        here += [(one.proposal.suggester, one.verdict) for one in decisions(annotations)]
        for key in here:
            told[key] = told.get(key, 0) + 1
        return {one.id: _precision(one.id, told) for one in SUGGESTERS}

    def _passage_at(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)

    def _fresh(self, readings: Iterable[_Reading]) -> Iterator[_Reading]:
        """The readings, each brought up to date when its turn comes, as far as time allows."""
        done = 0
        for reading in readings:
            if reading.is_stale:
                done += 1
                if done > AHEAD:
                    return
                self._freshen((reading,))
            yield reading

    def _freshen(self, readings: Iterable[_Reading]) -> bool:
        """Suggest anew; whether anything differs, which listeners hear."""
        differs = False
        for reading in readings:
            settled = self._settled = self._settled or self._gathered()
            found = suggest(reading.passage, self._marks(settled, reading), settled.knowledge)
            differs |= found != reading.found
            reading.found, reading.is_stale = found, False
        if differs:
            self.changed.tell(None)
        return differs

    def _marks(self, settled: _Settled, reading: _Reading) -> Marks:
        near = settled.spans.overlapping(reading.passage.span)
        records = [self._document.annotations.records[identifier] for identifier in near]
        annotations = [one for one in records if isinstance(one, Mention | Event | Quote)]
        return Marks(annotations, settled.refused)

    def _likeness(self, suggestion: Suggestion) -> tuple[Layer, str, str]:
        fragments = suggestion.fragments
        piece = fragments.head or fragments.spans[0]
        words = piece.of(self._document.document.text)
        return suggestion.proposal.layer, suggestion.proposal.label, phrase_key(words)

    def _gathered(self) -> _Settled:
        opened, header = self._document, self._document.header
        here = opened.annotations
        own = (m for r in here.records.values() for m in marks_of(r, opened.document.text))
        return _Settled(
            Knowledge(
                scheme=opened.scheme,
                lists=word_lists(self._lexicon),
                project=_remembered(self._project, header.id, header.document),
                document=Memory(own),
            ),
            SpanIndex(here.annotations()),
            {one.proposal.place for one in decisions(here)},
        )

    def _on_edit(self, applied: EditApplied) -> None:
        settled = self._settled
        if settled is None:
            return  # nothing was suggested yet
        text = self._document.document.text
        settled.spans = settled.spans.updated(applied.edit.changes)
        keys: set[str] = set()
        for record, times in _sides(applied.edit):
            for marked in marks_of(record, text):
                settled.knowledge.document.learn(marked, times)
                keys.add(phrase_key(marked.surface))
            if isinstance(record, SuggestionDecision):
                settle = settled.refused.add if times > 0 else settled.refused.discard
                settle(record.proposal.place)
        touched = [span for record, _ in _sides(applied.edit) for span in spans_of(record)]
        before = [reading.found for reading in self._readings]
        for reading in self._readings:
            self._concern(settled, reading, touched, keys)
        if before != [reading.found for reading in self._readings]:
            self.changed.tell(None)

    def _concern(
        self, settled: _Settled, reading: _Reading, touched: list[Span], keys: set[str]
    ) -> None:
        """Make a reading stale where an edit concerns it, and take away what it has settled."""
        passage = reading.passage
        if any(passage.span.overlaps(span) for span in touched):
            marks = self._marks(settled, reading)
            reading.found = ranked(reading.found, marks, settled.knowledge.scheme)
            reading.is_stale = True
        elif not reading.is_stale:
            reading.is_stale = any(passage.holds(key) for key in keys)


def _start(suggestion: Suggestion) -> int:
    return suggestion.span.start


def _sides(edit: Edit) -> Iterator[tuple[Record, int]]:
    """What an edit takes away, counted -1, and what it puts there, counted 1."""
    for change in edit.changes:
        if change.before is not None:
            yield change.before, -1
        if change.after is not None:
            yield change.after, 1


def _remembered(project: ProjectFile, set_id: SetId, but: DocumentId) -> Memory:
    """What was marked in other documents; one that is damaged ends it, and is told when opened."""
    counts: Counter[MarkedText] = Counter()
    with suppress(UserError):
        counts.update(project.suggestions.marked(set_id, but=but))
    memory = Memory()
    for one, times in counts.items():
        marked = Marked(one.layer, one.label, one.surface, one.level, one.is_refused)
        memory.learn(marked, times)
    return memory


def _precision(suggester: str, told: Tally) -> Precision:
    corrected = told.get((suggester, Verdict.CORRECTED), 0)
    # A corrected one was marked, too, and tells who suggested it.
    accepted = max(told.get((suggester, None), 0) - corrected, 0)
    return Precision(accepted, corrected, told.get((suggester, Verdict.REJECTED), 0))
