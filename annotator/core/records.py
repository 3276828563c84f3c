"""The records of a set by id, as a value: with what is asked of them without walking over all.

Every edit makes a new `Records`; what it shares with the one before is copied as references only.
Records of a stored set may be *late*: they are read when somebody asks for them. What their place
and their layer is, is known from the start, so nothing is ever missing from an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from annotator.core.annotations import Event, Mention, Quote, Record, layer_of, references
from annotator.core.edits import Change
from annotator.core.ids import Layer, RecordId
from annotator.core.span_index import SpanIndex
from annotator.foundation.errors import Refused

Layers: TypeAlias = dict[Layer, dict[RecordId, None]]
"""The ids of each layer, as keys, in order of creation."""


class Records(Mapping[RecordId, Record]):
    """Records by id, in order of creation. Asking for a late one may raise what reading raises."""

    __slots__ = ("_known", "_layers", "_places", "_read", "_referrers", "_sort")

    def __init__(self, records: Mapping[RecordId, Record] | None = None) -> None:
        self._known: dict[RecordId, Record | None] = {}
        layers: Layers = {}
        for identifier, record in (records or {}).items():
            self._known[identifier] = record
            layers.setdefault(layer_of(record), {})[identifier] = None
        self._layers: Layers | None = layers
        self._sort: Callable[[], Layers] | None = None
        self._read: Callable[[RecordId], Record] | None = None
        self._places: SpanIndex | None = None
        self._referrers: dict[RecordId, dict[RecordId, None]] | None = None

    @classmethod
    def late(
        cls,
        ids: Iterable[RecordId],
        layers: Callable[[], Layers],
        places: SpanIndex,
        read: Callable[[RecordId], Record],
    ) -> Records:
        """Records of which only ids, layers and places are known; `read` reads one.

        `layers` sorts the ids by layer; it is called when somebody first asks by layer.
        `read` must give the same record for an id for ever, also when the file has another one
        by then: it is asked about the set as it was.
        """
        made = cls()
        made._known = dict.fromkeys(ids)
        made._layers = None
        made._sort = layers
        made._places = places
        made._read = read
        return made

    def __getitem__(self, identifier: RecordId) -> Record:
        record = self._known[identifier]
        if record is None:
            assert self._read is not None  # only late records are not known
            record = self._known[identifier] = self._read(identifier)
        return record

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._known

    def __iter__(self) -> Iterator[RecordId]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __repr__(self) -> str:
        return f"Records({list(self.values())})"

    def count(self, layer: Layer) -> int:
        """How many records a layer has."""
        return len(self._by_layer().get(layer, ()))

    def of_layer(self, layer: Layer) -> Iterator[Record]:
        """The records of a layer, in order of creation."""
        return (self[identifier] for identifier in self._by_layer().get(layer, ()))

    @property
    def places(self) -> SpanIndex:
        """Where the mentions, events and quotes stand."""
        if self._places is None:
            found = (r for r in self.values() if isinstance(r, Mention | Event | Quote))
            self._places = SpanIndex(found)
        return self._places

    def referring_to(self, identifier: RecordId) -> tuple[RecordId, ...]:
        """The ids of the records that refer to this one. The first question reads all of them."""
        if self._referrers is None:
            self._referrers = {}
            for record in self.values():
                _enter(self._referrers, record)
        return tuple(self._referrers.get(identifier, ()))

    def changed(self, changes: tuple[Change, ...]) -> Records:
        """The records after these changes. Raises `Refused` where one is not as a change saw it."""
        after = Records()
        after._known = self._known.copy()
        after._layers = self._by_layer().copy()
        after._read = self._read
        if self._referrers is not None:
            after._referrers = self._referrers.copy()
        copied: set[Layer] = set()
        for change in changes:
            if after.get(change.id) != change.before:
                raise Refused("refused.stale_edit", identifier=change.id)
            after._take(change, copied)
        if self._places is not None:
            after._places = self._places.updated(changes)
        return after

    def _by_layer(self) -> Layers:
        """The ids of each layer, in order of creation."""
        if self._layers is None:
            assert self._sort is not None  # only late records are not sorted yet
            self._layers = self._sort()
        return self._layers

    def _take(self, change: Change, copied: set[Layer]) -> None:
        """Make a change; `copied` are the layers that are this value's own already."""
        layer, layers = layer_of(change.record), self._by_layer()
        if layer not in copied:
            copied.add(layer)
            layers[layer] = layers.get(layer, {}).copy()
        if self._referrers is not None:
            _move(self._referrers, change)
        if change.after is None:
            del self._known[change.id]
            del layers[layer][change.id]
        else:
            self._known[change.id] = change.after
            layers[layer][change.id] = None


def _enter(referrers: dict[RecordId, dict[RecordId, None]], record: Record) -> None:
    for reference in references(record):
        referrers.setdefault(reference, {})[record.id] = None


def _move(referrers: dict[RecordId, dict[RecordId, None]], change: Change) -> None:
    before = set() if change.before is None else set(references(change.before))
    after = set() if change.after is None else set(references(change.after))
    for gone in before - after:
        referrers[gone] = {i: None for i in referrers[gone] if i != change.id}
    for fresh in after - before:
        referrers[fresh] = {**referrers.get(fresh, {}), change.id: None}
