"""Which decision of gold to leave something out is about which unit.

Gold does not hold what it leaves out, so a refusal tells only its layer, name and text. Two events
on one trigger have these in common; then what was said when it was refused tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from annotator.adjudication.pairing import name_of
from annotator.adjudication.units import Unit, stands
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Event, Mention, Quote, SuggestionDecision, anchor_of


def refusals_of(gold: AnnotationSet, units: Iterable[Unit]) -> Mapping[str, SuggestionDecision]:
    """The refusal of each unit that has one, by the key of the unit; each is about one unit.

    Those that stand are given away first, then the others, to units that gold does not have first.
    """
    told = _by_text(gold)
    near = [unit for unit in units if any(text in told for text in _texts(unit))] if told else []
    near.sort(key=lambda unit: unit.gold is not None)
    found: dict[str, SuggestionDecision] = {}
    for is_standing in (True, False):
        for unit in near:
            refusal = None if unit.key in found else _about(unit, told, is_standing=is_standing)
            if refusal is not None:
                found[unit.key] = refusal
                told[_text_of(refusal)].remove(refusal)
    return found


def _by_text(gold: AnnotationSet) -> dict[object, list[SuggestionDecision]]:
    told: dict[object, list[SuggestionDecision]] = {}
    for record in gold.records.values():
        if isinstance(record, SuggestionDecision):
            told.setdefault(_text_of(record), []).append(record)
    return told


def _about(
    unit: Unit, told: Mapping[object, Iterable[SuggestionDecision]], *, is_standing: bool
) -> SuggestionDecision | None:
    for text in _texts(unit):
        for refusal in told.get(text, ()):
            if not is_standing or stands(refusal.proposal.suggester, unit):
                return refusal
    return None


def _text_of(refusal: SuggestionDecision) -> object:
    proposal = refusal.proposal
    return proposal.layer, proposal.label, proposal.fragments.spans


def _texts(unit: Unit) -> Iterator[object]:
    """What a refusal of the unit can be about."""
    for record in unit.records.values():
        if isinstance(record, Mention | Event | Quote):
            yield unit.layer, name_of(record), anchor_of(record).spans
