"""Units of adjudication: one thing that annotators were to mark, and what became of it in gold.

How to think about it: those who say the same are a *camp*; who has nothing there is in the camp of
silence. A decision is stamped with what every camp said then. It stands for as long as nobody says
anything else, whoever comes round to the opinion of somebody else. A camp says nothing else where
it is known again by the units that it refers to, or by the words of one who is in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import Enum
from types import MappingProxyType

from msgspec import Struct

from annotator.adjudication.pairing import Group
from annotator.adjudication.saying import Difference, Saying
from annotator.core.annotations import (
    Event,
    Mention,
    Quote,
    Record,
    StatusRecord,
    SuggestionDecision,
    anchor_of,
)
from annotator.core.ids import Layer, RecordId, SetId
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Span

ADJUDICATION = "adjudication"
"""Who refuses what gold does not get, in the record of a refusal."""

_SIGN = "#"
_SILENCE = "–"


class State(Enum):
    """How far a unit is; ``adjudication.state.<value>`` is its word."""

    AGREED = "agreed"
    """All say the same, and nobody has decided."""
    OPEN = "open"
    """They differ, and nobody has decided."""
    TAKEN = "taken"
    LEFT = "left"
    UNSETTLED = "unsettled"
    """It only came along into gold, or something else was said since it was decided."""


DECIDED = frozenset({State.TAKEN, State.LEFT})


class Unit(Struct, frozen=True):
    """One thing to decide about.

    `key` names it as long as it begins where it does; `voters` are the sets that could have it,
    `records` those of them that do, with all their text in `said_spans`. `camps` are who says the
    same, `camp_prints` by what each of them is known again. `like` are the voters with whom gold
    agrees. `start` is a code point.
    """

    key: str
    layer: Layer
    start: int
    voters: tuple[SetId, ...]
    records: Mapping[SetId, Record]
    differences: tuple[Difference, ...]
    camps: tuple[tuple[SetId, ...], ...]
    camp_prints: tuple[frozenset[str], ...]
    said_spans: tuple[Span, ...]
    gold: Record | None = None
    like: tuple[SetId, ...] = ()
    refusal: RecordId | None = None
    state: State = State.OPEN

    @property
    def prints(self) -> frozenset[str]:
        """By what all that is said now is known again."""
        return frozenset().union(*self.camp_prints)

    @property
    def is_decided(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in DECIDED

    @property
    def is_agreed(self) -> bool:
        """Whether all say the same, decided or not."""
        return len(self.camps) == 1 and bool(self.records)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The text of all that is said, of each piece once; none of an entity."""
        if not isinstance(self.gold, Mention | Event | Quote):
            return self.said_spans
        pieces = anchor_of(self.gold).spans
        if all(piece in self.said_spans for piece in pieces):
            return self.said_spans
        return tuple(sorted({*self.said_spans, *pieces}))

    def camp_of(self, side: SetId) -> tuple[SetId, ...]:
        """Those who say what this one says; itself where it has no vote."""
        return next((camp for camp in self.camps if side in camp), (side,))


def unit_of(
    key: str,
    layer: Layer,
    start: int,
    *,
    group: Group,
    voters: tuple[SetId, ...],
    sayings: Mapping[tuple[SetId, RecordId], Saying],
    own: Callable[[SetId, Record], Saying],
) -> Unit:
    """The unit of a group, before anybody looks at gold; `own` says it in a set's own words."""
    records = {side: record for side, record in group.items() if side in voters}
    said = {side: sayings[side, record.id] for side, record in records.items()}
    if layer is Layer.ENTITY:  # who has no mention of it has nothing to say about its name
        voters = tuple(side for side in voters if side in records)
    camps: dict[str, list[SetId]] = {}
    prints: dict[str, set[str]] = {}
    for side in voters:
        known = print_of(said.get(side))
        camps.setdefault(known, []).append(side)
        prints.setdefault(known, {known})
        if side in records:
            prints[known].add(print_of(own(side, records[side])))
    return Unit(
        key=key,
        layer=layer,
        start=start,
        voters=voters,
        records=MappingProxyType(records),
        differences=_differences(said, voters),
        camps=tuple(map(tuple, camps.values())),
        camp_prints=tuple(map(frozenset, prints.values())),
        said_spans=_spans_of(records.values()),
    )


def _spans_of(records: Iterable[Record]) -> tuple[Span, ...]:
    spans: set[Span] = set()
    for record in records:
        if isinstance(record, Mention | Event | Quote):
            spans.update(anchor_of(record).spans)
    return tuple(sorted(spans))


def _differences(said: Mapping[SetId, Saying], voters: Collection[SetId]) -> tuple[Difference, ...]:
    found = [Difference.MISSING] if len(said) < len(voters) else []
    sayings = list(said.values())
    for part in Difference:
        if len({repr(saying.get(part)) for saying in sayings}) > 1:
            found.append(part)
    return tuple(found)


def print_of(saying: Saying | None) -> str:
    """What was said as a few letters; of silence a dash."""
    if saying is None:
        return _SILENCE
    told = repr([(part.value, said) for part, said in saying.items()])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def stamp(unit: Unit, side: SetId | None, *, is_decided: bool) -> Provenance:
    """The provenance of what gold takes from `side`: who says so, and what was said in all."""
    camp = unit.camp_of(side) if side is not None else unit.like
    prints = unit.prints if is_decided else ()
    return Provenance(Origin.ADJUDICATION, f"{'+'.join(camp)}{_printed(prints)}")


def refuser(unit: Unit) -> str:
    """Who refuses a unit, with what was said in all."""
    return ADJUDICATION + _printed(unit.prints)


def _printed(prints: Collection[str]) -> str:
    return _SIGN + ",".join(sorted(prints)) if prints else ""


def stands(told: str, unit: Unit) -> bool:
    """Whether a decision with this stamp stands: nobody says what had not been said then."""
    _, sign, prints = told.partition(_SIGN)
    known = set(prints.split(","))
    return bool(sign) and all(known & camp for camp in unit.camp_prints)


def is_fresh(unit: Unit) -> bool:
    """Whether nobody has ever decided: gold has nothing of it, or it only came along."""
    if unit.gold is None:
        return unit.refusal is None
    detail = _stamp_of(unit.gold)
    return detail is not None and _SIGN not in detail


def is_by_adjudication(record: Record | None) -> bool:
    """Whether a record of gold was chosen rather than made by hand."""
    return _stamp_of(record) is not None


def _stamp_of(record: Record | None) -> str | None:
    if record is None or isinstance(record, StatusRecord | SuggestionDecision):
        return None
    is_chosen = record.provenance.origin is Origin.ADJUDICATION
    return record.provenance.detail if is_chosen else None
