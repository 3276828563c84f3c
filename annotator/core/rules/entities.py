"""Rules of entities: one label for all their mentions, and none without any use."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotations import Entity, Mention, references
from annotator.core.findings import Facts, Finding, FunctionRule, Severity, finding
from annotator.core.ids import Layer, RecordId
from annotator.core.rules.mentions import label_group
from annotator.core.scheme import LabelGroup


def check_labels(facts: Facts) -> Iterator[Finding]:
    """V20: the mentions of an entity have its label; overlay labels (TITLE) may differ.

    Where the label of the entity is itself an overlay, its first other mention sets the measure.
    """
    expected: dict[RecordId, str] = {}
    for mention in facts.annotations.mentions():
        entity = facts.known(mention.entity, Entity)
        if entity is None or _is_overlay(facts, mention.label):
            continue
        label = entity.label
        if _is_overlay(facts, label):
            label = expected.setdefault(entity.id, mention.label)
        if mention.label != label:
            yield _differing(facts, mention, entity, label)


def _is_overlay(facts: Facts, label: str) -> bool:
    return label_group(facts.scheme, label) is LabelGroup.OVERLAY


def _differing(facts: Facts, mention: Mention, entity: Entity, label: str) -> Finding:
    return finding(
        "V20",
        Severity.WARNING,
        record=mention.id,
        span=mention.fragments.envelope,
        text=facts.excerpt(mention.fragments),
        label=mention.label,
        entity=entity.name,
        expected=label,
    )


def check_use(facts: Facts) -> Iterator[Finding]:
    """V21: an entity has a mention, or takes part somewhere without being mentioned."""
    records = facts.annotations.records.values()
    used = {reference for record in records for reference in references(record)}
    for entity in facts.annotations.entities():
        if entity.id not in used:
            yield finding("V21", Severity.WARNING, record=entity.id, entity=entity.name)


RULES = (
    FunctionRule("V20", Layer.ENTITY, check_labels),
    FunctionRule("V21", Layer.ENTITY, check_use),
)
