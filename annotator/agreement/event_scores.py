"""Events of two sets compared: triggers and arguments, identified and classified.

What is counted are triggers that differ in their fragments or their type; two events of one type on
one trigger are one, with the arguments of both. Two triggers go together where their heads share a
code point (all of a trigger is its head where none is marked): light verbs are discontinuous, and
where they end is a matter of taste. Two arguments go together where their referents are the same,
see `referents`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from annotator.agreement.referents import EntityPairs, Referent, linked, referent_of
from annotator.agreement.sheet import Group, Groups, Measure, Sheet, add_up, tallied
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Event
from annotator.core.one_to_one import Pair, Weight, one_to_one
from annotator.core.overlap import dice, paired
from annotator.core.span import Fragments

EVENT_MEASURES = (
    Measure.TRIGGER_IDENTIFIED,
    Measure.TRIGGER_CLASSIFIED,
    Measure.ARGUMENT_IDENTIFIED,
    Measure.ARGUMENT_CLASSIFIED,
    Measure.ATTACHED_IDENTIFIED,
    Measure.ATTACHED_CLASSIFIED,
)


class _TypedArgument(Struct, frozen=True):
    """An argument with the type of its event, and which trigger that has."""

    type: str
    role: str
    referent: Referent
    trigger: int

    @property
    def groups(self) -> Groups:
        return ((Group.TYPE, self.type), (Group.ROLE, self.role))


class _Side(Struct, frozen=True):
    """The triggers and arguments of one set, each once."""

    triggers: Sequence[Event]
    arguments: Sequence[_TypedArgument]

    def by_trigger(self) -> list[dict[int, _TypedArgument]]:
        """The arguments of each trigger, by their places among all arguments."""
        found: list[dict[int, _TypedArgument]] = [{} for _ in self.triggers]
        for key, argument in enumerate(self.arguments):
            found[argument.trigger][key] = argument
        return found

    @property
    def places(self) -> list[Fragments]:
        return [event.trigger for event in self.triggers]

    @property
    def types(self) -> list[Groups]:
        return [((Group.TYPE, event.type),) for event in self.triggers]


def event_scores(gold: AnnotationSet, predicted: AnnotationSet) -> Sheet:
    """Score the events of two sets on one text; what is matched, is matched one to one.

    * Tri-I: the triggers go together; Tri-C: and the types are the same;
    * Arg-I: the types of the events and the referents are the same; Arg-C: and the roles;
    * attached: and so are the events, as they were paired for Tri-C.
    """
    return _Comparison(_side(gold), _side(predicted), EntityPairs(gold, predicted)).sheet()


def _side(annotations: AnnotationSet) -> _Side:
    triggers: dict[object, Event] = {}
    numbers: dict[object, int] = {}
    arguments: dict[object, _TypedArgument] = {}
    for event in annotations.events():
        key = (event.trigger.spans, event.type)
        triggers.setdefault(key, event)
        number = numbers.setdefault(key, len(numbers))
        for argument in event.arguments:
            referent = referent_of(argument.target, annotations)
            typed = _TypedArgument(event.type, argument.role, referent, number)
            arguments.setdefault((number, argument.role, referent.key), typed)
    return _Side(tuple(triggers.values()), tuple(arguments.values()))


def _head(trigger: Fragments) -> Fragments:
    return trigger if trigger.head is None else Fragments((trigger.head,))


class _Comparison:
    """The events of gold and the predicted ones of one text."""

    def __init__(self, gold: _Side, predicted: _Side, entities: EntityPairs) -> None:
        self._gold = gold
        self._predicted = predicted
        self._entities = entities
        self._ours = gold.by_trigger()
        self._theirs = predicted.by_trigger()

    def sheet(self) -> Sheet:
        identified = paired(self._gold.places, self._predicted.places, self._closeness)
        classified = paired(self._gold.places, self._predicted.places, self._of_one_type)
        return add_up(
            (
                self._triggers(Measure.TRIGGER_IDENTIFIED, identified),
                self._triggers(Measure.TRIGGER_CLASSIFIED, classified),
                self._loose(Measure.ARGUMENT_IDENTIFIED, with_role=False),
                self._loose(Measure.ARGUMENT_CLASSIFIED, with_role=True),
                self._attached(Measure.ATTACHED_IDENTIFIED, classified, with_role=False),
                self._attached(Measure.ATTACHED_CLASSIFIED, classified, with_role=True),
            )
        )

    def _triggers(self, measure: Measure, pairs: Iterable[Pair]) -> Sheet:
        return tallied(measure, self._gold.types, self._predicted.types, pairs)

    def _closeness(self, here: int, there: int) -> Weight | None:
        """Dice of two triggers whose heads overlap; of one place, those of one type go first."""
        gold, predicted = self._gold.triggers[here], self._predicted.triggers[there]
        if not dice(_head(gold.trigger), _head(predicted.trigger)):
            return None
        return dice(gold.trigger, predicted.trigger), Fraction(gold.type == predicted.type)

    def _of_one_type(self, here: int, there: int) -> Weight | None:
        """Like `_closeness`; between equals, those with more arguments in common go first."""
        closeness = self._closeness(here, there)
        if closeness is None or not closeness[1]:
            return None
        common = self._matched(self._ours[here], self._theirs[there], with_role=True)
        return closeness[0], Fraction(len(common))

    def _loose(self, measure: Measure, *, with_role: bool) -> Sheet:
        """Arguments by the type of their event, whichever event of that type it is."""
        ours, theirs = _each_once(self._gold.arguments), _each_once(self._predicted.arguments)
        pairs = self._matched(ours, theirs, with_role=with_role)
        return _arguments_tallied(measure, list(ours.values()), list(theirs.values()), pairs)

    def _attached(self, measure: Measure, events: Iterable[Pair], *, with_role: bool) -> Sheet:
        """Arguments of events that are paired."""
        pairs: list[Pair] = []
        for here, there in events:
            pairs.extend(self._matched(self._ours[here], self._theirs[there], with_role=with_role))
        return _arguments_tallied(measure, self._gold.arguments, self._predicted.arguments, pairs)

    def _matched(
        self,
        ours: Mapping[int, _TypedArgument],
        theirs: Mapping[int, _TypedArgument],
        *,
        with_role: bool,
    ) -> tuple[Pair, ...]:
        """The best pairs of arguments, by their keys; of one place, those of one role go first."""
        left, right = list(ours), list(theirs)
        links: dict[Pair, Weight] = {}
        referents = [ours[key].referent for key in left], [theirs[key].referent for key in right]
        for here, there in linked(*referents):
            pair = left[here], right[there]
            weight = self._argument_weight(ours[pair[0]], theirs[pair[1]], with_role=with_role)
            if weight is not None:
                links[pair] = weight
        return one_to_one(links)

    def _argument_weight(
        self, gold: _TypedArgument, predicted: _TypedArgument, *, with_role: bool
    ) -> Weight | None:
        is_role = gold.role == predicted.role
        if gold.type != predicted.type or (with_role and not is_role):
            return None
        likeness = self._entities.likeness(gold.referent, predicted.referent)
        return None if likeness is None else (likeness, Fraction(is_role))


def _each_once(arguments: Sequence[_TypedArgument]) -> dict[int, _TypedArgument]:
    """The arguments that differ in type, role or referent."""
    found = {(each.type, each.role, each.referent.key): each for each in arguments}
    return dict(enumerate(found.values()))


def _arguments_tallied(
    measure: Measure,
    gold: Sequence[_TypedArgument],
    predicted: Sequence[_TypedArgument],
    pairs: Iterable[Pair],
) -> Sheet:
    return tallied(measure, [a.groups for a in gold], [a.groups for a in predicted], pairs)
