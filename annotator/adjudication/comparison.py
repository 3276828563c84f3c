"""The sets of several annotators of one text, as units on which they agree or differ.

A set has a vote where it is finished, a layer where its coverage is complete; what has none is
told. A layer is decided about where at least two sets have a vote. All sets are of one document
and thus of one text, for a text never changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from annotator.adjudication.grouping import LAYERS, Grouping, Side
from annotator.adjudication.refusals import refusals_of
from annotator.adjudication.saying import Difference
from annotator.adjudication.units import (
    State,
    Unit,
    is_by_adjudication,
    stands,
    unit_of,
)
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Coverage,
    Entity,
    Event,
    Mention,
    Quote,
    Record,
    SetStatus,
    StatusRecord,
    SuggestionDecision,
)
from annotator.core.ids import Layer, RecordId, SetId

_FINISHED = frozenset({SetStatus.COMPLETE, SetStatus.REVIEWED, SetStatus.APPROVED})
_GOLD = SetId("")
"""Stands for gold among the sets; no set has this id."""


class Voteless(Struct, frozen=True):
    """A set that has no vote: none at all, or none in one layer."""

    side: SetId
    layer: Layer | None = None


def coverage_of(status: StatusRecord, layer: Layer) -> Coverage:
    """How much of a layer was looked at; entities are looked at with the mentions."""
    if layer is Layer.EVENT:
        return status.events
    return status.quotes if layer is Layer.QUOTE else status.mentions


class Units(Struct, frozen=True):
    """The units of a document at one moment, with what gold has of them.

    `all` also holds what is not decided about but can be referred to; `listed` is what is, in
    order of the text. `golden` gives the unit of a record of gold.
    """

    all: Mapping[str, Unit]
    listed: tuple[Unit, ...]
    golden: Mapping[RecordId, str]

    @property
    def decided(self) -> int:
        """How many are decided."""
        return sum(unit.is_decided for unit in self.listed)

    @property
    def open(self) -> tuple[Unit, ...]:
        """Those that are not."""
        return tuple(unit for unit in self.listed if not unit.is_decided)

    @property
    def agreed(self) -> tuple[Unit, ...]:
        """Those on which all agree and nobody has decided."""
        return tuple(unit for unit in self.listed if unit.state is State.AGREED)


class Comparison:
    """The sets of one document compared; `against` gold it tells what is left to decide.

    `sides` are the sets that have a vote, `voters` those that have one in each layer.
    """

    def __init__(self, sides: Iterable[Side], *, takes_unfinished: bool = False) -> None:
        told = tuple(sides)
        voteless = [
            Voteless(side.id)
            for side in told
            if not (takes_unfinished or side.annotations.status.status in _FINISHED)
        ]
        silent = {each.side for each in voteless}
        self.sides = tuple(side for side in told if side.id not in silent)
        self.voters = {
            layer: tuple(
                side.id
                for side in self.sides
                if takes_unfinished
                or coverage_of(side.annotations.status, layer) is Coverage.COMPLETE
            )
            for layer in LAYERS
        }
        voteless += [
            Voteless(side.id, layer)
            for layer in LAYERS[1:]
            for side in self.sides
            if side.id not in self.voters[layer]
        ]
        self.voteless = tuple(voteless)
        self._grouping = Grouping(self.sides)
        self._plain = {
            key: self._unit(key, layer) for layer in LAYERS for key in self._grouping.groups[layer]
        }

    @property
    def compared(self) -> frozenset[Layer]:
        """The layers in which at least two sets have a vote."""
        return frozenset(layer for layer, voters in self.voters.items() if len(voters) > 1)

    def key_of(self, side: SetId, identifier: RecordId) -> str:
        """The key of the unit to which a record of an annotator's set belongs."""
        return self._grouping.key_of(side, identifier)

    def record_of(self, unit: Unit, side: SetId) -> Record | None:
        """What a set has of a unit, whether it has a vote there or not."""
        return self._grouping.groups[unit.layer].get(unit.key, {}).get(side)

    def mates_of(self, side: SetId, identifier: RecordId) -> Collection[str]:
        """The units that are in one cluster with a record, by what its set says."""
        return self._grouping.mates_of(side, identifier)

    def against(self, gold: AnnotationSet) -> Units:
        """The units with what gold has of them now."""
        grouping = self._grouping.with_side(Side(_GOLD, gold))
        units: dict[str, Unit] = {}
        golden: dict[RecordId, str] = {}
        for layer in LAYERS:
            for key, group in grouping.groups[layer].items():
                plain = self._plain.get(key) or _nobodys(key, layer, grouping.start_of(group), self)
                chosen = group.get(_GOLD)
                if chosen is not None:
                    golden[chosen.id] = key
                units[key] = plain if chosen is None else _chosen(plain, chosen, grouping)
        refusals = refusals_of(gold, units.values())
        found = {key: _decided(unit, refusals.get(key)) for key, unit in units.items()}
        listed = filter(self._is_listed, found.values())
        ordered = sorted(listed, key=lambda unit: (unit.start, LAYERS.index(unit.layer), unit.key))
        return Units(found, tuple(ordered), golden)

    def _unit(self, key: str, layer: Layer) -> Unit:
        group = self._grouping.groups[layer][key]
        start, voters = self._grouping.start_of(group), self.voters[layer]
        sayings = self._grouping.sayings
        return unit_of(
            key,
            layer,
            start,
            group=group,
            voters=voters,
            sayings=sayings,
            own=self._grouping.own_words,
        )

    def _is_listed(self, unit: Unit) -> bool:
        """Whether it is to be decided about; the label of an entity is that of its mentions."""
        if unit.layer not in self.compared:
            return False
        if unit.layer is Layer.ENTITY:
            return unit.gold is not None and Difference.NAME in unit.differences
        return bool(unit.records) or is_by_adjudication(unit.gold)


def _nobodys(key: str, layer: Layer, start: int, comparison: Comparison) -> Unit:
    """The unit of what only gold has."""
    voters = comparison.voters[layer]
    own = comparison._grouping.own_words
    return unit_of(key, layer, start, group={}, voters=voters, sayings={}, own=own)


def _chosen(unit: Unit, gold: Record, grouping: Grouping) -> Unit:
    """The unit with what gold has of it."""
    place = _GOLD, gold
    like = tuple(
        side for side, record in unit.records.items() if grouping.follows(place, side, record)
    )
    return replace(unit, gold=gold, like=like)


def _decided(unit: Unit, refusal: SuggestionDecision | None) -> Unit:
    """The unit with what became of it."""
    if refusal is not None:
        unit = replace(unit, refusal=refusal.id)
    if unit.gold is not None:
        state = State.TAKEN if _is_settled(unit.gold, unit) else State.UNSETTLED
    elif refusal is not None:
        is_left = stands(refusal.proposal.suggester, unit)
        state = State.LEFT if is_left else State.UNSETTLED
    else:
        state = State.AGREED if unit.is_agreed else State.OPEN
    return unit if unit.state is state else replace(unit, state=state)


def _is_settled(gold: Record, unit: Unit) -> bool:
    """Whether what is in gold was decided, and nothing else was said since."""
    assert isinstance(gold, Mention | Entity | Event | Quote)  # no other is in a group
    return not is_by_adjudication(gold) or stands(gold.provenance.detail, unit)
