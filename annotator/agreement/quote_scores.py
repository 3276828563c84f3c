"""Quotes of two sets compared: their contents, and cue and speaker of those that go together.

What is counted are quotes that differ in type, content, cue or speaker. Quotes are paired by their
contents, with a Dice of a half or more over all fragments; cue and speaker of a quote can only be
right where the quote was found. What has no cue, or no speaker, on a side is not counted there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from annotator.agreement.referents import EntityPairs, Referent, referent_of
from annotator.agreement.sheet import Closeness, Group, Measure, Sheet, add_up, tallied
from annotator.agreement.tally import Average
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Quote
from annotator.core.ids import RecordId
from annotator.core.one_to_one import Pair, Weight
from annotator.core.overlap import HALF, dice, paired
from annotator.core.span import Fragments

QUOTE_MEASURES = (
    Measure.CONTENT_EXACT,
    Measure.CONTENT_PARTIAL,
    Measure.CUE_EXACT,
    Measure.CUE_PARTIAL,
    Measure.SPEAKER_EXACT,
    Measure.SPEAKER_PARTIAL,
    Measure.SPEAKER_ENTITY,
)


class _Said(Struct, frozen=True):
    """A quote with its speaker as something that can be compared."""

    quote: Quote
    speaker: Referent | None

    @property
    def key(self) -> object:
        cue = None if self.quote.cue is None else self.quote.cue.spans
        speaker = None if self.speaker is None else self.speaker.key
        return self.quote.content.spans, self.quote.type, cue, speaker


def quote_scores(gold: AnnotationSet, predicted: AnnotationSet) -> Sheet:
    """Score the quotes of two sets on one text; what is matched, is matched one to one.

    * content: the fragments are the same (exact), or share a Dice of a half (partial);
    * cue: so do the cues of quotes that are paired;
    * speaker: so do the speakers; one whom the text does not name goes by the entity;
    * speaker entity: both speakers are known to be one entity, wherever they are named.

    The averages are over pairs: Dice of content, cue and speaker, where at least one side has one,
    and the share of pairs that are of one type.
    """
    return _Comparison(_quotes(gold), _quotes(predicted), EntityPairs(gold, predicted)).sheet()


def _quotes(annotations: AnnotationSet) -> list[_Said]:
    found: dict[object, _Said] = {}
    for quote in annotations.quotes():
        who = quote.speaker.who
        said = _Said(quote, None if who is None else referent_of(who, annotations))
        found.setdefault(said.key, said)
    return list(found.values())


_Test = Callable[[_Said, _Said], bool]


class _Comparison:
    """The quotes of gold and the predicted ones of one text."""

    def __init__(
        self, gold: Sequence[_Said], predicted: Sequence[_Said], entities: EntityPairs
    ) -> None:
        self._gold = gold
        self._predicted = predicted
        self._entities = entities

    def sheet(self) -> Sheet:
        pairs = self._paired(HALF)
        parts: tuple[tuple[Measure, _Test, Callable[[_Said], bool]], ...] = (
            (Measure.CUE_EXACT, _is_cue, _has_cue),
            (Measure.CUE_PARTIAL, _is_near_cue, _has_cue),
            (Measure.SPEAKER_EXACT, self._is_speaker, _has_speaker),
            (Measure.SPEAKER_PARTIAL, self._is_near_speaker, _has_speaker),
            (Measure.SPEAKER_ENTITY, self._is_entity, _has_entity),
        )
        return add_up(
            (
                self._part(Measure.CONTENT_EXACT, self._paired(Fraction(1)), _is_quote),
                self._part(Measure.CONTENT_PARTIAL, pairs, _is_quote),
                *(self._part(part, self._where(pairs, same), has) for part, same, has in parts),
                Sheet(averages=self._averages(pairs)),
            )
        )

    def _paired(self, least: Fraction) -> tuple[Pair, ...]:
        def weigh(here: int, there: int) -> Weight | None:
            gold, predicted = self._gold[here], self._predicted[there]
            closeness = dice(gold.quote.content, predicted.quote.content)
            if closeness < least:
                return None
            rest = self._speaker_dice(gold, predicted), _dice(gold.quote.cue, predicted.quote.cue)
            is_type = Fraction(gold.quote.type is predicted.quote.type)
            return closeness, sum((value for value in rest if value is not None), is_type)

        places = [said.quote.content for said in self._gold]
        return paired(places, [said.quote.content for said in self._predicted], weigh)

    def _where(self, pairs: Iterable[Pair], test: _Test) -> list[Pair]:
        return [pair for pair in pairs if test(self._gold[pair[0]], self._predicted[pair[1]])]

    def _part(
        self, measure: Measure, pairs: Iterable[Pair], counts: Callable[[_Said], bool]
    ) -> Sheet:
        """The tallies over the quotes that have the part; both of each pair do."""
        gold = [key for key, said in enumerate(self._gold) if counts(said)]
        predicted = [key for key, said in enumerate(self._predicted) if counts(said)]
        rows = {key: row for row, key in enumerate(gold)}
        columns = {key: column for column, key in enumerate(predicted)}
        return tallied(
            measure,
            [((Group.TYPE, self._gold[key].quote.type.value),) for key in gold],
            [((Group.TYPE, self._predicted[key].quote.type.value),) for key in predicted],
            [(rows[here], columns[there]) for here, there in pairs],
        )

    def _is_speaker(self, gold: _Said, predicted: _Said) -> bool:
        return self._speaker_dice(gold, predicted) == 1

    def _is_near_speaker(self, gold: _Said, predicted: _Said) -> bool:
        return (self._speaker_dice(gold, predicted) or 0) >= HALF

    def _is_entity(self, gold: _Said, predicted: _Said) -> bool:
        return self._entities.are_one(_entity(gold), _entity(predicted))

    def _speaker_dice(self, gold: _Said, predicted: _Said) -> Fraction | None:
        """Dice of the speakers, 1 for one entity without a place; None where neither has one."""
        ours, theirs = gold.speaker, predicted.speaker
        if ours is None or theirs is None:
            return None if ours is theirs else Fraction(0)
        if ours.place is None or theirs.place is None:
            return self._entities.likeness(ours, theirs) or Fraction(0)
        return dice(ours.place, theirs.place)

    def _averages(self, pairs: Iterable[Pair]) -> dict[Closeness, Average]:
        found: dict[Closeness, Average] = {}
        for here, there in pairs:
            for closeness, value in self._values(self._gold[here], self._predicted[there]):
                if value is not None:
                    found[closeness] = found.get(closeness, Average()) + Average(value, 1)
        return found

    def _values(self, gold: _Said, predicted: _Said) -> Iterator[tuple[Closeness, Fraction | None]]:
        yield Closeness.CONTENT, dice(gold.quote.content, predicted.quote.content)
        yield Closeness.CUE, _dice(gold.quote.cue, predicted.quote.cue)
        yield Closeness.SPEAKER, self._speaker_dice(gold, predicted)
        yield Closeness.TYPE, Fraction(gold.quote.type is predicted.quote.type)


def _dice(one: Fragments | None, other: Fragments | None) -> Fraction | None:
    """Dice of two parts, 0 where one of them is missing; None where both are."""
    if one is None or other is None:
        return None if one is other else Fraction(0)
    return dice(one, other)


def _is_quote(_: _Said) -> bool:
    return True


def _has_cue(said: _Said) -> bool:
    return said.quote.cue is not None


def _has_speaker(said: _Said) -> bool:
    return said.speaker is not None


def _entity(said: _Said) -> RecordId | None:
    return None if said.speaker is None else said.speaker.entity


def _has_entity(said: _Said) -> bool:
    return _entity(said) is not None


def _is_cue(gold: _Said, predicted: _Said) -> bool:
    return _dice(gold.quote.cue, predicted.quote.cue) == 1


def _is_near_cue(gold: _Said, predicted: _Said) -> bool:
    return (_dice(gold.quote.cue, predicted.quote.cue) or 0) >= HALF
