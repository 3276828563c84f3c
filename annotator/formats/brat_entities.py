"""The entities of a brat file: as our own export tells them, else from what is told to be equal.

In files of others mentions that an ``Equiv`` line names together are one entity, and so is a single
mention with an id in a knowledge base.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.core.annotations import Attributes
from annotator.core.ids import RecordId
from annotator.formats.base import JsonValue
from annotator.formats.brat_names import KnownNames
from annotator.formats.brat_parse import BratFile
from annotator.formats.set_builder import SetBuilder


class BratEntities:
    """Adds the entities of a file to a builder."""

    def __init__(self, told: BratFile, names: KnownNames, builder: SetBuilder) -> None:
        self._told = told
        self._names = names
        self._builder = builder
        self._own: dict[str, RecordId] = {}

    def known(self, told: JsonValue) -> RecordId | None:
        """An entity by the id that our own export gives it."""
        return self._own.get(told) if isinstance(told, str) else None

    def link(self, mentions: Sequence[str]) -> dict[str, RecordId]:
        """Add all entities; which mention refers to which."""
        for bearer, more in self._told.more.items():
            self._add(more.get("entity"), self._kb([bearer]))
            unmentioned = more.get("entities")
            for told in unmentioned if isinstance(unmentioned, list) else ():
                self._add(told, [])
        linked: dict[str, RecordId] = {}
        known = set(mentions)
        groups = [[one for one in group if one in known] for group in self._told.equivalents]
        for group in (*groups, *([one] for one in mentions)):
            entity = self._entity_of([one for one in group if one not in linked])
            if entity is not None:
                linked.update((one, entity) for one in group if one not in linked)
        return linked

    def _add(self, told: JsonValue, kb: list[tuple[str, str]]) -> None:
        match told:
            case {"id": str(identifier), "label": str(label), "name": str(name)}:
                if label and identifier not in self._own:
                    pairs = _sorted([*kb, *_pairs(told.get("kb"))])
                    self._own[identifier] = self._builder.entity(label, name, pairs)

    def _entity_of(self, group: Sequence[str]) -> RecordId | None:
        """The entity of mentions that are told to be one; None where nothing is told."""
        for identifier in group:
            match self._told.more_of(identifier).get("entity"):
                case {"id": told} if (own := self.known(told)) is not None:
                    return own
        kb = self._kb(group)
        if len(group) < 2 and not kb:
            return None
        first = self._told.bounds[group[0]]
        return self._builder.entity(self._names.type(first.type), first.text, _sorted(kb))

    def _kb(self, group: Sequence[str]) -> list[tuple[str, str]]:
        told = self._told.references
        return [(base, known_as) for one in group for base, known_as, _ in told.get(one, ())]


def _sorted(pairs: Sequence[tuple[str, str]]) -> Attributes:
    """Ids by knowledge base; the first one that is told of each."""
    return tuple(sorted(dict(reversed(pairs)).items()))


def _pairs(told: JsonValue) -> Iterator[tuple[str, str]]:
    for one in told if isinstance(told, list) else ():
        match one:
            case [str(base), str(known_as)]:
                yield base, known_as
