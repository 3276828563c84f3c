"""The suggestions for the open document, by place, and what became of those before.

How to think about it: the document is read in *passages*. A key that leads to the next suggestion
suggests for the passages on its way, a few at most; the page, and the count of those alike, tell
only what is known. An edit makes the passages stale in which it changes something: those it lies
in, and those that hold the words it marks. What it takes away is gone at once, and what it adds
comes when somebody asks for that passage, or has time to `refresh`. Texts are analysed once.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from annotator.core.span import Span
from annotator.store.project_file import ProjectFile
from annotator.workbench.listeners import Listeners
from annotator.workbench.open_document import EditApplied, OpenDocument
from annotator.workbench.precision import Precision

if TYPE_CHECKING:
    from annotator.kurdish.lexicon import Lexicon
    from annotator.suggest.base import Suggestion
    from annotator.suggest.likeness import Likenesses
    from annotator.workbench.suggestion_making import Reading, Settled

LexiconSource: TypeAlias = "Callable[[], Lexicon]"
"""What reads the lexicon, when somebody asks for it first."""

AHEAD = 8
"""How many passages a key press may suggest for before it gives up."""

MOST_FRESHENED = 12
"""How many passages are suggested for when all suggestions alike are wanted …"""

MOST_LOOKED_THROUGH = 100
"""… and how many that nobody has read are looked through for the words."""


class SuggestionIndex:
    """What is suggested for one open document.

    Nothing is read or suggested before somebody asks, nor is the `lexicon`. Listeners of `changed`
    hear when other suggestions are known than before.
    """

    def __init__(
        self, document: OpenDocument, project: ProjectFile, lexicon: LexiconSource
    ) -> None:
        self.changed: Listeners[None] = Listeners()
        self._document = document
        self._project = project
        self._lexicon = lexicon
        self._settled: Settled | None = None
        document.edited.add(self._on_edit)

    @cached_property
    def _readings(self) -> list[Reading]:
        from annotator.workbench.suggestion_making import readings_of

        return readings_of(self._document, self._lexicon())

    @cached_property
    def _likenesses(self) -> Likenesses:
        from annotator.suggest.likeness import Likenesses

        return Likenesses(self._document.document.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [reading.passage.span.start for reading in self._readings]

    @property
    def is_stale(self) -> bool:
        """Whether something is left for `refresh` to do."""
        if "_readings" not in self.__dict__:  # nobody has looked yet, and this is no reason to
            return bool(self._document.document.text)
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

    def _fresh(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """The readings, each brought up to date when its turn comes, as far as time allows."""
        done = 0
        for reading in readings:
            if reading.is_stale:
                done += 1
                if done > AHEAD:
                    return
                self._freshen((reading,))
            yield reading

    def _freshen(self, readings: Iterable[Reading]) -> bool:
        """Suggest anew; whether anything differs, which listeners hear."""
        differs = False
        for reading in readings:
            differs |= self._put(reading, self._known.suggest(reading.passage))
            reading.is_stale, reading.was_read = False, True
        if differs:
            self.changed.tell(None)
        return differs

    @property
    def _known(self) -> Settled:
        """What is known of the set, gathered when it is asked for first."""
        from annotator.workbench.suggestion_making import gathered

        if self._settled is None:
            self._settled = gathered(self._document, self._project, self._lexicon())
        return self._settled

    def _put(self, reading: Reading, found: tuple[Suggestion, ...]) -> bool:
        """Know other suggestions of a passage; whether they are others."""
        if found == reading.found:
            return False
        self._likenesses.exchange(reading.found, found)
        reading.found = found
        return True

    def _on_edit(self, applied: EditApplied) -> None:
        settled = self._settled
        if settled is None:
            return  # nothing was suggested yet
        touched, keys = settled.follow(applied.edit)
        # Each has to be asked: a list, and not an `any` that ends at the first.
        if any([self._concern(settled, reading, touched, keys) for reading in self._readings]):
            self.changed.tell(None)

    def _concern(
        self, settled: Settled, reading: Reading, touched: list[Span], keys: set[str]
    ) -> bool:
        """Make a reading stale where an edit concerns it, and take away what it has settled.

        Tells whether other suggestions are known than before.
        """
        passage = reading.passage
        if any(passage.span.overlaps(span) for span in touched):
            reading.is_stale = True
            return self._put(reading, settled.ranked(reading))
        if not reading.is_stale:
            reading.is_stale = any(passage.holds(key) for key in keys)
        return False


def _start(suggestion: Suggestion) -> int:
    return suggestion.span.start


def _holding(readings: Iterable[Reading], key: str) -> Iterator[Reading]:
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
