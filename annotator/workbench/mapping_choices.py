"""A label mapping as it is typed: ``OLD=NEW`` for each name, and ``OLD=`` to leave one out.

A role stands behind the event type of the file (``Meet.Entity=Participant``). Where a label and a
type, say, have one name, a word in front tells which is meant: ``event:Meet=Contact.Meet``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from annotator.core.scheme import Scheme
from annotator.foundation.errors import Refused
from annotator.workbench.foreign_names import (
    FileNames,
    unknown_names,
    with_additions,
    with_suggestions,
)
from annotator.workbench.label_mapping import (
    LEAVE_OUT,
    NO_MAPPING,
    Decision,
    Fate,
    LabelMapping,
    Name,
)
from annotator.workbench.merge_scheme import Part

PREFIXES = {
    "label": Part.LABEL,
    "event": Part.EVENT_TYPE,
    "role": Part.ROLE,
    "attribute": Part.ATTRIBUTE,
}
NO_NAMES: FileNames = Counter()
_WORDS = {part: word for word, part in PREFIXES.items()}


class TypedMapping(Struct, frozen=True):
    """What somebody typed: old and new names, and whether everything else is added."""

    pairs: tuple[tuple[str, str], ...] = ()
    adds: bool = False

    def read(
        self, names: FileNames, scheme: Scheme, others: FileNames = NO_NAMES
    ) -> tuple[LabelMapping, tuple[str, ...]]:
        """The mapping for files with these names, and the old names that they do not have.

        `others` are names in sets that do not come in: they are understood and nothing is added
        for them. Raises `Refused` for an old name that may be two things or is to become two, and
        for a new one that the scheme does not have and nobody wants added.
        """
        mapping, unused = NO_MAPPING, []
        found = [(new, _meant(old, names + others)) for old, new in self.pairs]
        _refuse_double((pair, meant) for pair, (_, meant) in zip(self.pairs, found, strict=True))
        unused = [old for (old, _), (_, meant) in zip(self.pairs, found, strict=True) if not meant]
        # Types first: which roles there are is told by what their type becomes.
        for part in Part:
            for new, meant in found:
                for name in meant:
                    if name.part is part:
                        decision = self._decision(name, new, scheme, mapping)
                        mapping = mapping.with_decision(name, decision)
        if self.adds:
            mapping = with_additions(names, scheme, mapping)
        return mapping, tuple(unused)

    def _decision(self, name: Name, new: str, scheme: Scheme, mapping: LabelMapping) -> Decision:
        if not new:
            return LEAVE_OUT
        known = _known(name, scheme, mapping)
        if known is None or (new not in known and self.adds):
            return Decision(Fate.NEW, new)
        if new not in known:
            raise Refused("import.map_no_such", old=name.shown, new=new, known=", ".join(known))
        return Decision(Fate.OURS, new)


def _refuse_double(pairs: Iterable[tuple[tuple[str, str], list[Name]]]) -> None:
    """Raise `Refused` where one name is to become two things; beside each stands what it means."""
    told: dict[str | Name, str] = {}
    for (old, new), meant in pairs:
        names: list[str | Name] = [old, *meant]
        for name in names:
            if told.setdefault(name, new) != new:
                raise Refused("import.map_twice", old=old, one=told[name], other=new)


def _meant(old: str, names: FileNames) -> list[Name]:
    """The names of the files that `old` stands for."""
    known = list(dict.fromkeys(name for name, _ in names))
    found = [name for name in known if name.shown == old]
    word, _, rest = old.partition(":")
    if not found and word in PREFIXES:
        found = [name for name in known if name.shown == rest and name.part is PREFIXES[word]]
    parts = dict.fromkeys(name.part for name in found)
    if len(parts) > 1:
        ways = ", ".join(f"{_WORDS[part]}:{old}" for part in parts)
        raise Refused("import.map_ambiguous", old=old, ways=ways)
    return found


def _known(name: Name, scheme: Scheme, mapping: LabelMapping) -> list[str] | None:
    """What a name may become of ours; None for a role of a type that is not ours either."""
    match name.part:
        case Part.LABEL:
            return [label.id for label in scheme.labels]
        case Part.EVENT_TYPE:
            return [kind.id for kind in scheme.event_types]
        case Part.ROLE:
            kind = mapping.becomes(Name(Part.EVENT_TYPE, name.owner))
            if kind is None or not scheme.has_event_type(kind):
                return None
            return [role.id for role in scheme.event_type(kind).roles]
        case Part.ATTRIBUTE:
            return _attributes(name.owner, scheme)


def _attributes(layer: str, scheme: Scheme) -> list[str]:
    specs: Iterable[str] = (spec.id for spec in scheme.attributes if spec.layer.value == layer)
    return list(specs)


def settled(chosen: LabelMapping, names: FileNames, scheme: Scheme) -> LabelMapping:
    """What was chosen, as far as it can still be, and what is proposed for everything else.

    A role that was chosen for one event type goes when its events become of another without it.
    """
    kinds = (Part.LABEL, Part.EVENT_TYPE)
    carriers = {n: decision for n, decision in chosen.decisions.items() if n.part in kinds}
    offered = {
        unknown.name: unknown.options
        for unknown in unknown_names(
            names, scheme, with_suggestions(names, scheme, LabelMapping(carriers))
        )
    }
    kept = {
        name: decision
        for name, decision in chosen.decisions.items()
        if name in offered and (decision.fate is not Fate.OURS or decision.id in offered[name])
    }
    return with_suggestions(names, scheme, LabelMapping(kept))
