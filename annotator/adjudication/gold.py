"""What is decided becomes one gold set, step by step, as an edit of it.

Nothing in gold refers to what is not in gold. What a choice refers to is taken along from the same
annotator where nobody has decided about it, and shown as not settled where annotators differ about
it; where it was left out, the reference is left out as well. A record of gold that gets another
form keeps its id, so what refers to it stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from annotator.adjudication.choices import Choice, Keep, Leave, Take
from annotator.adjudication.clusters import Clusters
from annotator.adjudication.comparison import Comparison, Units, coverage_of
from annotator.adjudication.grouping import LAYERS
from annotator.adjudication.pairing import name_of
from annotator.adjudication.units import Unit, refuser, stamp
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
    anchor_of,
    detached,
    references,
)
from annotator.core.commands.draft import Draft
from annotator.core.edits import Change, Edit, merged
from annotator.core.ids import STATUS_ID, AnnotatorId, DocumentId, Layer, RecordId, SetId
from annotator.core.proposals import Proposal, SuggestionDecision, Verdict
from annotator.core.renaming import renamed
from annotator.core.set_header import SetHeader, SetKind

GOLD = SetId("gold")
"""The id of a gold set, where no other set of the document has it."""

_Chosen: TypeAlias = Mention | Entity | Event | Quote


class Decided(Struct, frozen=True):
    """The edit that decides, the units after it, and what it did beside what was asked.

    `along` are the units that came along; `left_out` is how many references were left out.
    """

    edit: Edit
    after: Units
    along: tuple[str, ...] = ()
    left_out: int = 0


def gold_header(
    document: DocumentId,
    sides: Sequence[SetHeader],
    *,
    adjudicator: AnnotatorId,
    taken: Collection[SetId],
    now: str,
) -> SetHeader:
    """The header of a gold set made of these sets; `taken` are the ids of all sets there are."""
    people = dict.fromkeys(person for side in sides for person in side.annotators)
    identifier, number = GOLD, 1
    while identifier in taken:
        number += 1
        identifier = SetId(f"{GOLD}{number}")
    return SetHeader(
        id=identifier,
        document=document,
        kind=SetKind.ADJUDICATED,
        annotators=tuple(people),
        created=now,
        modified=now,
        adjudicator=adjudicator,
        derived_from=tuple(side.id for side in sides),
    )


def decide(
    comparison: Comparison,
    gold: AnnotationSet,
    choices: Iterable[Choice],
    *,
    name: str,
    before: Units | None = None,
) -> Decided:
    """The edit of gold that makes these choices, as one step; `name` is its catalogue key.

    `before` are the units against this gold, where they are known.

    A choice about a unit that is not there any more does nothing, nor does one about an entity
    that nothing in gold refers to. How far gold is, is part of the step; where nobody has marked
    anything, that all agree on nothing is a step as well.
    """
    before = comparison.against(gold) if before is None else before
    writer = _Writer(comparison, before, gold)
    writer.make([choice for choice in choices if choice.unit in before.all])
    edit = writer.edit(name)
    recorded = gold.records.get(STATUS_ID)
    is_idle = bool(before.listed) or recorded is not None
    if edit.is_empty and (is_idle or not comparison.compared):
        return Decided(edit, before)
    decided = gold.apply(edit)
    after = comparison.against(decided)
    status = status_of(comparison, after, decided)
    if recorded != status:
        edit = merged(edit, Edit(name, (Change(recorded, status),)))
    return Decided(edit, after, tuple(writer.along), writer.left_out)


def status_of(comparison: Comparison, units: Units, gold: AnnotationSet) -> StatusRecord:
    """How far gold is: complete where nothing is left to decide, and then as far as it was."""
    unsettled = {unit.layer for unit in units.open}
    if Layer.ENTITY in unsettled:
        unsettled.add(Layer.MENTION)

    def coverage(layer: Layer) -> Coverage:
        if layer in comparison.compared:
            return Coverage.PARTIAL if layer in unsettled else Coverage.COMPLETE
        before = coverage_of(gold.status, layer)
        is_there = any(units.all[key].layer is layer for key in units.golden.values())
        return Coverage.PARTIAL if is_there and before is Coverage.NONE else before

    reached = gold.status.status
    if unsettled:
        reached = SetStatus.IN_PROGRESS
    elif reached in (SetStatus.NEW, SetStatus.IN_PROGRESS):
        reached = SetStatus.COMPLETE
    return StatusRecord(
        status=reached,
        mentions=coverage(Layer.MENTION),
        events=coverage(Layer.EVENT),
        quotes=coverage(Layer.QUOTE),
    )


class _Writer:
    """Writes choices into a draft of gold."""

    def __init__(self, comparison: Comparison, units: Units, gold: AnnotationSet) -> None:
        self._comparison = comparison
        self._units = units
        self._draft = Draft(gold)
        self._ids = {key: identifier for identifier, key in units.golden.items()}
        self._clusters = Clusters(comparison, gold, units.golden)
        self._wanted: dict[str, Take] = {}
        self._left: set[str] = set()
        self._done: set[str] = set()
        self.along: list[str] = []
        self.left_out = 0

    def edit(self, name: str) -> Edit:
        """What was written."""
        return self._draft.edit(name)

    def make(self, choices: Sequence[Choice]) -> None:
        """Make all choices; what is left out goes first, so that nothing refers to it."""
        units = self._units.all
        for choice in choices:
            unit = units[choice.unit]
            match choice:
                case Take(key, side) if self._comparison.record_of(unit, side) is not None:
                    self._wanted[key] = choice
                case Take() | Leave():
                    self._leave(unit)
                case Keep():
                    self._keep(unit)
                case _:
                    assert_never(choice)
        for layer in (*LAYERS[1:], LAYERS[0]):
            for key, choice in self._wanted.items():
                if units[key].layer is layer and (layer is not Layer.ENTITY or key in self._ids):
                    self._take(units[key], choice.side, is_decided=True)

    def _keep(self, unit: Unit) -> None:
        gold = unit.gold
        if isinstance(gold, Mention | Entity | Event | Quote):
            self._draft.put(replace(gold, provenance=stamp(unit, None, is_decided=True)))
        elif unit.refusal is not None:
            self._leave(unit)

    def _leave(self, unit: Unit) -> None:
        identifier = self._ids.pop(unit.key, None)
        if unit.layer is Layer.ENTITY:
            return
        self._left.add(unit.key)
        if identifier is not None:
            self.left_out += self._draft.uses_of(identifier)
            self._draft.remove(identifier)
        said = next(iter(unit.records.values()), None)
        if isinstance(said, Mention | Event | Quote):
            proposal = Proposal(refuser(unit), unit.layer, name_of(said), anchor_of(said))
            fresh = unit.refusal or self._draft.mint(Layer.DECISION)
            self._draft.put(SuggestionDecision(fresh, Verdict.REJECTED, proposal))

    def _take(self, unit: Unit, side: SetId, *, is_decided: bool) -> RecordId:
        identifier = self._ids.get(unit.key) or self._draft.mint(unit.layer)
        if unit.key in self._done:
            return identifier
        self._done.add(unit.key)
        self._ids[unit.key] = identifier
        if unit.refusal is not None:
            self._draft.remove(unit.refusal)
        record = self._comparison.record_of(unit, side)
        assert isinstance(record, Mention | Entity | Event | Quote)  # whoever asks has seen it
        made = self._referring(record, side, is_chosen=is_decided and not unit.is_agreed)
        provenance = stamp(unit, side, is_decided=is_decided)
        self._draft.supersede(replace(made, id=identifier, provenance=provenance))
        return identifier

    def _referring(self, record: _Chosen, side: SetId, *, is_chosen: bool) -> _Chosen:
        """The record with references to gold; those to what was left out are left out.

        `is_chosen` says that somebody preferred this annotator to others.
        """
        ids: dict[RecordId, RecordId] = {}
        freed: Record = record
        for reference in dict.fromkeys(references(record)):
            identifier = self._found(side, reference, is_chosen=is_chosen)
            if identifier is None:
                self.left_out += list(references(record)).count(reference)
                freed = detached(freed, reference)
            else:
                ids[reference] = identifier
        made = renamed(freed, ids)
        assert isinstance(made, Mention | Entity | Event | Quote)  # neither changes the kind
        if isinstance(made, Event | Quote) and made.cluster is not None:
            return replace(made, cluster=self._clusters.name_for(made.cluster, side, record.id))
        return made

    def _found(self, side: SetId, reference: RecordId, *, is_chosen: bool) -> RecordId | None:
        """The record of gold that stands for one of a set, taken along where need be."""
        key = self._comparison.key_of(side, reference)
        unit, wanted = self._units.all[key], self._wanted.get(key)
        known = self._ids.get(key)
        if known is not None and self._draft.get(known) is not None:
            if is_chosen and self._is_of_one(unit, known, side):
                self._take(unit, side, is_decided=True)
            return known
        if wanted is not None:
            return self._take(unit, wanted.side, is_decided=True)
        if key in self._left or (unit.refusal is not None and unit.is_decided):
            return None
        is_decided = len(unit.camps) == 1
        if unit.layer is Layer.ENTITY:  # it is chosen with the mention that brings it
            is_decided = is_decided or is_chosen
        else:
            self.along.append(key)
        return self._take(unit, side, is_decided=is_decided)

    def _is_of_one(self, unit: Unit, known: RecordId, side: SetId) -> bool:
        """Whether an entity that another annotator calls otherwise is that of one mention only."""
        is_other = unit.layer is Layer.ENTITY and unit.gold is not None and side not in unit.like
        return is_other and self._draft.uses_of(known) < 2
