"""The names that foreign annotations use, and which of them our scheme does not have.

Names are counted once, as the file writes them. What is unknown is then told from the counts, as
often as a decision changes: a role is asked for by the event type that its event becomes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias, assert_never

from msgspec import Struct

from annotator.core.annotations import Entity, Event, Mention, Quote, Record
from annotator.core.ids import Layer
from annotator.core.scheme import Scheme, Wording
from annotator.workbench.label_mapping import (
    NO_MAPPING,
    Decision,
    Fate,
    LabelMapping,
    Name,
)
from annotator.workbench.merge_scheme import Part
from annotator.workbench.name_suggestions import can_be_id, new_id, suggest

FileNames: TypeAlias = Counter[tuple[Name, str]]
"""How many annotations use a name; beside an attribute stands the label or type that carries it."""


_Told: TypeAlias = Counter[tuple[str, str, str, str]]
"""Part, name, owner and bearer as plain texts, which are quick to count: every record is."""

_Entries: TypeAlias = list[tuple[str, Wording]]
_CARRIERS, _CARRIED = (Part.LABEL, Part.EVENT_TYPE), (Part.ROLE, Part.ATTRIBUTE)


class UnknownName(Struct, frozen=True):
    """A name the scheme does not have, `count` times: what it may become, and what is proposed.

    `same` is the entry that an import has made of such a name, which is its title since.
    """

    name: Name
    count: int
    options: tuple[str, ...] = ()
    suggestion: str | None = None
    same: str | None = None


def count_names(names: FileNames, records: Iterable[Record]) -> None:
    """Count the names of these records. An entity is no annotation, but its label is a name."""
    told: _Told = Counter()
    for record in records:
        match record:
            case Mention():
                told["label", record.label, "", ""] += 1
            case Entity():
                told["label", record.label, "", ""] += 0
            case Event():
                told["event_type", record.type, "", ""] += 1
                for argument in record.arguments:
                    told["role", argument.role, record.type, ""] += 1
        if isinstance(record, Mention | Event | Quote) and record.attrs:
            _count_attributes(told, record)
    for (part, identifier, owner, bearer), count in told.items():
        names[Name(Part(part), identifier, owner), bearer] += count


def _count_attributes(told: _Told, record: Mention | Event | Quote) -> None:
    layer, bearer = _bearer(record)
    for attribute, _ in record.attrs:
        told["attribute", attribute, layer.value, bearer] += 1


def totals_of(names: FileNames) -> Counter[Name]:
    """How many annotations use each name, whatever carries it."""
    totals: Counter[Name] = Counter()
    for (name, _), count in names.items():
        totals[name] += count
    return totals


def unknown_names(
    names: FileNames, scheme: Scheme, mapping: LabelMapping = NO_MAPPING
) -> tuple[UnknownName, ...]:
    """What the scheme does not have under these decisions, labels and types first.

    Also what is decided already. Roles of a type that is new or unknown are not asked for: they
    come with it, or are asked for when it is decided.
    """
    asked = (
        unknown
        for name, count in totals_of(names).items()
        if (unknown := _unknown(name, count, names, scheme, mapping)) is not None
    )
    order = list(Part)
    return tuple(
        sorted(asked, key=lambda each: (order.index(each.name.part), each.name.owner, each.name.id))
    )


def undecided(
    names: FileNames, scheme: Scheme, mapping: LabelMapping = NO_MAPPING
) -> tuple[UnknownName, ...]:
    """What the scheme does not have and nothing is said of."""
    found = unknown_names(names, scheme, mapping)
    return tuple(each for each in found if each.name not in mapping.decisions)


def with_suggestions(
    names: FileNames, scheme: Scheme, mapping: LabelMapping = NO_MAPPING
) -> LabelMapping:
    """The mapping with what is proposed for the rest: ours where one is alike, else a new one."""
    return _completed(names, scheme, mapping, is_ours_taken=True)


def with_additions(
    names: FileNames, scheme: Scheme, mapping: LabelMapping = NO_MAPPING
) -> LabelMapping:
    """The mapping with a new entry of the scheme for everything else that it does not have.

    What an import has added under another id before is not added again.
    """
    return _completed(names, scheme, mapping, is_ours_taken=False)


def added_under(name: Name, scheme: Scheme, mapping: LabelMapping) -> Decision:
    """The decision to add a name to the scheme, under an id that is free."""
    return Decision(Fate.NEW, new_id(name.id, _taken(name, scheme, mapping)))


def _completed(
    names: FileNames, scheme: Scheme, mapping: LabelMapping, *, is_ours_taken: bool
) -> LabelMapping:
    # Which roles and attributes are unknown shows when labels and types are decided.
    for parts in (_CARRIERS, _CARRIED):
        for each in undecided(names, scheme, mapping):
            if each.name.part not in parts:
                continue
            ours = each.suggestion if is_ours_taken else each.same
            if ours is not None:
                decision = Decision(Fate.OURS, ours)
            else:
                decision = added_under(each.name, scheme, mapping)
            mapping = mapping.with_decision(each.name, decision)
        mapping = _with_roles(names, scheme, mapping)
    return mapping


def _with_roles(names: FileNames, scheme: Scheme, mapping: LabelMapping) -> LabelMapping:
    """The mapping with ids for roles of new event types where the name of the file can be none."""
    roles = {name for name, _ in names if name.part is Part.ROLE}
    for name in sorted(roles - mapping.decisions.keys(), key=lambda one: (one.owner, one.id)):
        kind = mapping.decisions.get(Name(Part.EVENT_TYPE, name.owner))
        if kind is not None and kind.fate is Fate.NEW and not can_be_id(name.id):
            beside = {one.id for one in roles if one.owner == name.owner}
            taken = _taken(name, scheme, mapping) | beside
            mapping = mapping.with_decision(name, Decision(Fate.NEW, new_id(name.id, taken)))
    return mapping


def _unknown(
    name: Name, count: int, names: FileNames, scheme: Scheme, mapping: LabelMapping
) -> UnknownName | None:
    match name.part:
        case Part.LABEL | Part.EVENT_TYPE:
            entries = None if _has(scheme, name) else _entries(scheme, name.part)
        case Part.ROLE:
            entries = _roles_instead(name, scheme, mapping)
        case Part.ATTRIBUTE:
            entries = _attributes_instead(name, names, scheme, mapping)
        case _:
            assert_never(name.part)
    if entries is None:
        return None
    options = tuple(identifier for identifier, _ in entries)
    proposed = suggest(name.part, name.id, entries)
    return UnknownName(name, count, options, proposed, _made_of(name, entries))


def _made_of(name: Name, entries: _Entries) -> str | None:
    """The entry whose title in every language is this name, as an import makes them."""
    title = " ".join(name.id.split())
    same = (key for key, told in entries if told.ckb == told.en == title)
    return next(same, None)


def _roles_instead(name: Name, scheme: Scheme, mapping: LabelMapping) -> _Entries | None:
    """The roles that the event type has here; None where the role needs no decision."""
    kind = mapping.becomes(Name(Part.EVENT_TYPE, name.owner))
    if kind is None or not scheme.has_event_type(kind):
        return None
    entries = [(role.id, role.name) for role in scheme.event_type(kind).roles]
    return None if name.id in dict(entries) else entries


def _attributes_instead(
    name: Name, names: FileNames, scheme: Scheme, mapping: LabelMapping
) -> _Entries | None:
    """The attributes that everything may carry which carries this one; None like above."""
    bearers = set(bearers_of(name, names, scheme, mapping))
    if not any(_is_undeclared(scheme, name, bearer) for bearer in bearers):
        return None
    return [
        (spec.id, spec.name)
        for spec in scheme.attributes
        if spec.layer.value == name.owner and (not spec.labels or bearers <= spec.labels)
    ]


def bearers_of(
    name: Name, names: FileNames, scheme: Scheme, mapping: LabelMapping
) -> Iterator[str]:
    """The labels and types, as they are here, of what carries an attribute.

    Without those that are left out, and those of which it is not decided what they become.
    """
    for other, bearer in names:
        if other != name:
            continue
        carrier = _carrier(name, bearer)
        if carrier is None:
            yield bearer
        elif carrier in mapping.decisions or _has(scheme, carrier):
            here = mapping.becomes(carrier)
            if here is not None:
                yield here


def _carrier(name: Name, bearer: str) -> Name | None:
    """The name of the label or event type that carries an attribute; a quote type is none."""
    match Layer(name.owner):
        case Layer.MENTION:
            return Name(Part.LABEL, bearer)
        case Layer.EVENT:
            return Name(Part.EVENT_TYPE, bearer)
        case _:
            return None


def _is_undeclared(scheme: Scheme, name: Name, bearer: str) -> bool:
    return all(spec.id != name.id for spec in scheme.attributes_of(Layer(name.owner), bearer))


def _entries(scheme: Scheme, part: Part) -> _Entries:
    entries = scheme.labels if part is Part.LABEL else scheme.event_types
    return [(each.id, each.name) for each in entries]


def _has(scheme: Scheme, name: Name) -> bool:
    if name.part is Part.LABEL:
        return scheme.has_label(name.id)
    return scheme.has_event_type(name.id)


def _taken(name: Name, scheme: Scheme, mapping: LabelMapping) -> set[str]:
    """The ids that a new entry must not have: those of the scheme, and of others that are new."""
    taken = {
        decision.id
        for other, decision in mapping.decisions.items()
        if other != name and decision.fate is Fate.NEW and _are_rivals(other, name, mapping)
    }
    match name.part:
        case Part.LABEL | Part.EVENT_TYPE:
            return taken | dict(_entries(scheme, name.part)).keys()
        case Part.ROLE:
            kind = mapping.becomes(Name(Part.EVENT_TYPE, name.owner)) or ""
            if scheme.has_event_type(kind):
                taken |= {role.id for role in scheme.event_type(kind).roles}
            return taken
        case Part.ATTRIBUTE:
            return taken  # one that is declared for others is declared for more
        case _:
            assert_never(name.part)


def _are_rivals(one: Name, other: Name, mapping: LabelMapping) -> bool:
    """Whether two names must get different ids."""
    if one.part is not other.part:
        return False
    if one.part is Part.ROLE:
        types = [mapping.becomes(Name(Part.EVENT_TYPE, each.owner)) for each in (one, other)]
        return types[0] == types[1]
    return one.owner == other.owner


def _bearer(record: Mention | Event | Quote) -> tuple[Layer, str]:
    match record:
        case Mention():
            return Layer.MENTION, record.label
        case Event():
            return Layer.EVENT, record.type
        case Quote():
            return Layer.QUOTE, record.type.value
        case _:
            assert_never(record)
