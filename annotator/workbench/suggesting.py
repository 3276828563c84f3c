"""The suggestions for the open document, by place, and what became of those before.

How to think about it: the document is read in *passages*. A key that leads to the next suggestion
suggests for the passages on its way, a few at most; the page, and the count of those alike, tell
only what is known. An edit makes the passages stale in which it changes something: those it lies
in, and those that hold the words it marks. What it takes away is gone at once, and what it adds
comes when somebody asks for that passage, or has time to `refresh`. Texts are analysed once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import islice

from msgspec import Struct

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
from annotator.core.ids import DocumentId, SetId
from annotator.core.span import Span
from annotator.core.span_index import SpanIndex
from annotator.foundation.errors import UserError
from annotator.kurdish.lexicon import Lexicon
from annotator.store.project_file import ProjectFile
from annotator.store.suggestions import MarkedText
from annotator.suggest.base import Suggestion
from annotator.suggest.knowledge import Knowledge, word_lists
from annotator.suggest.likeness import Likenesses
from annotator.suggest.memory import Marked, Memory, marks_of
from annotator.suggest.passage import Passage, passage_spans
from annotator.suggest.phrases import phrase_key
from annotator.suggest.ranking import Marks, Place, ranked
from annotator.suggest.registry import suggest
from annotator.workbench.listeners import Listeners
from annotator.workbench.open_document import EditApplied, OpenDocument
from annotator.workbench.precision import Outcome, Outcomes, Precision

AHEAD = 8
"""How many passages a key press may suggest for before it gives up."""

MOST_FRESHENED = 12
"""How many passages are suggested for when all suggestions alike are wanted …"""

MOST_LOOKED_THROUGH = 100
"""… and how many that nobody has read are looked through for the words."""


class _Reading(Struct):
    """A passage and what was suggested in it last."""

    passage: Passage
    found: tuple[Suggestion, ...] = ()
    is_stale: bool = True
    was_read: bool = False


class _Settled(Struct):
    """What is known of the set while suggestions are made: followed edit by edit."""

    knowledge: Knowledge
    spans: SpanIndex
    refused: set[Place]
    outcomes: Outcomes


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
        self._likenesses = Likenesses(document.document.text)
        document.edited.add(self._on_edit)

    @cached_property
    def _readings(self) -> list[_Reading]:
        opened = self._document
        return [
            _Reading(
                Passage(opened.document.text, opened.segmentation, span, lexicon=self._lexicon)
            )
            for span in passage_spans(opened.document.text, opened.segmentation)
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

    def read_at(self, offset: int) -> tuple[Suggestion, ...]:
        """The suggestions that start at `offset`; only its passage is suggested for, if need be."""
        number = self._passage_at(offset)
        self._freshen(one for one in self._readings[number : number + 1] if one.is_stale)
        return self.at(offset)

    def count_alike(self, suggestion: Suggestion) -> int:
        """How many suggestions with its words and its label are known; itself among them."""
        return self._likenesses.count(suggestion)

    def knows_all_alike(self, suggestion: Suggestion) -> bool:
        """Whether no passage is left that nobody has read and that may hold its words."""
        key = self._likenesses.of(suggestion)[2]
        unread = (one.passage for one in self._readings if not one.was_read)
        return all(passage.is_folded and not passage.holds(key) for passage in unread)

    def alike(self, suggestion: Suggestion) -> tuple[Suggestion, ...]:
        """The suggestions with its words and its label, itself among them.

        Passages that hold the words are suggested for, those behind it first. In a long document
        that ends after some (see `knows_all_alike`); of the others it gives what is known.
        """
        wanted = self._likenesses.of(suggestion)
        number = self._passage_at(suggestion.span.start)
        around = self._readings[number:] + self._readings[:number]
        self._freshen(islice(_holding(around, wanted[2]), MOST_FRESHENED))
        found = (one for reading in self._readings for one in reading.found)
        return tuple(one for one in found if self._likenesses.of(one) == wanted)

    @property
    def has_any(self) -> bool:
        """Whether a suggestion is known now."""
        return self._settled is not None and any(reading.found for reading in self._readings)

    def precision(self, suggester: str) -> Precision:
        """What became of the suggestions of a suggester, here and in recent documents."""
        return Precision() if self._settled is None else self._settled.outcomes.of(suggester)

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
            differs |= self._put(reading, found)
            reading.is_stale, reading.was_read = False, True
        if differs:
            self.changed.tell(None)
        return differs

    def _put(self, reading: _Reading, found: tuple[Suggestion, ...]) -> bool:
        """Know other suggestions of a passage; whether they are others."""
        if found == reading.found:
            return False
        self._likenesses.exchange(reading.found, found)
        reading.found = found
        return True

    def _marks(self, settled: _Settled, reading: _Reading) -> Marks:
        near = settled.spans.overlapping(reading.passage.span)
        records = [self._document.annotations.records[identifier] for identifier in near]
        annotations = [one for one in records if isinstance(one, Mention | Event | Quote)]
        return Marks(annotations, settled.refused)

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
            Outcomes(_told(self._project, header.id, header.document), here.records.values()),
        )

    def _on_edit(self, applied: EditApplied) -> None:
        settled = self._settled
        if settled is None:
            return  # nothing was suggested yet
        text = self._document.document.text
        settled.spans = settled.spans.updated(applied.edit.changes)
        keys: set[str] = set()
        for record, times in _sides(applied.edit):
            settled.outcomes.learn(record, times)
            for marked in marks_of(record, text):
                settled.knowledge.document.learn(marked, times)
                keys.add(phrase_key(marked.surface))
            if isinstance(record, SuggestionDecision):
                settle = settled.refused.add if times > 0 else settled.refused.discard
                settle(record.proposal.place)
        touched = [span for record, _ in _sides(applied.edit) for span in spans_of(record)]
        # Each has to be asked: a list, and not an `any` that ends at the first.
        if any([self._concern(settled, reading, touched, keys) for reading in self._readings]):
            self.changed.tell(None)

    def _concern(
        self, settled: _Settled, reading: _Reading, touched: list[Span], keys: set[str]
    ) -> bool:
        """Make a reading stale where an edit concerns it, and take away what it has settled.

        Tells whether other suggestions are known than before.
        """
        passage = reading.passage
        if any(passage.span.overlaps(span) for span in touched):
            marks = self._marks(settled, reading)
            reading.is_stale = True
            return self._put(reading, ranked(reading.found, marks, settled.knowledge.scheme))
        if not reading.is_stale:
            reading.is_stale = any(passage.holds(key) for key in keys)
        return False


def _start(suggestion: Suggestion) -> int:
    return suggestion.span.start


def _holding(readings: Iterable[_Reading], key: str) -> Iterator[_Reading]:
    """The stale ones that hold the words of a key, as far as time allows to look for them.

    Words that were looked through once are known.
    """
    looked = 0
    for reading in readings:
        looked += not reading.passage.is_folded
        if looked > MOST_LOOKED_THROUGH:
            return
        if reading.is_stale and reading.passage.holds(key):
            yield reading


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


def _told(project: ProjectFile, set_id: SetId, but: DocumentId) -> Mapping[Outcome, int]:
    """What became of suggestions in other documents; nothing where the file is damaged."""
    with suppress(UserError):
        return project.suggestions.tally(set_id, but=but)
    return {}
