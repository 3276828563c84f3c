"""The records of a set by id, as a value: with what is asked of them without walking over all.

Every edit makes a new `Records`; what it shares with the one before is copied as references only.
Records of a stored set may be *late*: they are read when somebody asks for them. Even which there
are is found out late: who asks for one record, or for what stands at a place, need not wait for the
list of all. Every other question, and every change, finds the list first, so nothing is ever
missing from an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView
from typing import Protocol, TypeAlias, cast

from msgspec import Struct

from annotator.core.annotations import Event, Mention, Quote, Record, layer_of, references
from annotator.core.edits import Change
from annotator.core.ids import Layer, RecordId
from annotator.core.span import Span
from annotator.core.span_index import SpanIndex
from annotator.foundation.errors import Refused

Layers: TypeAlias = dict[Layer, dict[RecordId, None]]
"""The ids of each layer, as keys, in order of creation."""


class Contents(Struct, frozen=True):
    """What a stored set holds, without the records: ids in order of creation, and places.

    `layers` sorts the ids by layer; it is called when somebody first asks by layer.
    """

    ids: Iterable[RecordId]
    layers: Callable[[], Layers]
    places: SpanIndex


class StoredSet(Protocol):
    """A set as it is kept somewhere; every answer is about the set as it was when it was opened."""

    def contents(self) -> Contents:
        """What there is."""

    def places_in(self, span: Span) -> SpanIndex:
        """Where those mentions, events and quotes stand whose envelope overlaps `span`."""

    def holds(self, identifier: RecordId) -> bool:
        """Whether there is such a record."""

    def read(self, identifier: RecordId) -> Record:
        """The record, for ever the same. Raises `KeyError` where there never was one."""

    def read_all(self, identifiers: Iterable[RecordId]) -> None:
        """Make ready to `read` these, because they will be asked for."""


class Records(Mapping[RecordId, Record]):
    """Records by id, in order of creation. Asking for a late one may raise what reading raises."""

    __slots__ = (
        "_known",
        "_layers",
        "_near",
        "_places",
        "_referrers",
        "_sort",
        "_stored",
        "_unread",
    )

    def __init__(self, records: Mapping[RecordId, Record] | None = None) -> None:
        self._known: dict[RecordId, Record | None] = {}
        layers: Layers = {}
        for identifier, record in (records or {}).items():
            self._known[identifier] = record
            layers.setdefault(layer_of(record), {})[identifier] = None
        self._layers: Layers | None = layers
        self._sort: Callable[[], Layers] | None = None
        self._stored: StoredSet | None = None
        self._unread = False  # whether it is not known yet what there is
        self._near: tuple[Span, SpanIndex] | None = None
        self._places: SpanIndex | None = None
        self._referrers: dict[RecordId, dict[RecordId, None]] | None = None

    @classmethod
    def late(cls, stored: StoredSet) -> Records:
        """The records of a stored set, of which nothing has been read."""
        made = cls()
        made._stored = stored
        made._unread = True
        return made

    def find(self) -> None:
        """Find out what there is, which the first question that needs it does otherwise."""
        if self._unread:
            assert self._stored is not None  # only late records are unread
            found = self._stored.contents()
            self._sort, self._places = found.layers, found.places
            self._known = dict.fromkeys(found.ids)
            self._layers = None
            self._unread = False
            self._near = None

    def __getitem__(self, identifier: RecordId) -> Record:
        if self._unread:
            assert self._stored is not None  # only late records are unread
            return self._stored.read(identifier)
        record = self._known[identifier]
        if record is None:
            assert self._stored is not None  # only late records are not known
            record = self._known[identifier] = self._stored.read(identifier)
        return record

    def __contains__(self, identifier: object) -> bool:
        if self._unread and isinstance(identifier, str):
            assert self._stored is not None  # only late records are unread
            return self._stored.holds(RecordId(identifier))
        return identifier in self._known

    def __iter__(self) -> Iterator[RecordId]:
        self.find()
        return iter(self._known)

    def __len__(self) -> int:
        self.find()
        return len(self._known)

    def __repr__(self) -> str:
        return f"Records({list(self.values())})"

    def values(self) -> ValuesView[Record]:
        """Every record, in order of creation."""
        if self._stored is not None:
            return super().values()
        return cast(ValuesView[Record], self._known.values())  # nothing is late

    def count(self, layer: Layer) -> int:
        """How many records a layer has."""
        return len(self._by_layer().get(layer, ()))

    def of_layer(self, layer: Layer) -> Iterator[Record]:
        """The records of a layer, in order of creation."""
        return (self[identifier] for identifier in self._by_layer().get(layer, ()))

    @property
    def places(self) -> SpanIndex:
        """Where the mentions, events and quotes stand."""
        self.find()
        if self._places is None:
            found = (r for r in self.values() if isinstance(r, Mention | Event | Quote))
            self._places = SpanIndex(found)
        return self._places

    def places_in(self, span: Span) -> SpanIndex:
        """An index that knows all that overlaps `span`, and may know more."""
        if not self._unread:
            return self.places
        if self._near is None or not self._near[0].contains(span):
            assert self._stored is not None  # only late records are unread
            self._near = span, self._stored.places_in(span)
        return self._near[1]

    def referring_to(self, identifier: RecordId) -> tuple[RecordId, ...]:
        """The ids of the records that refer to this one. The first question reads all of them."""
        if self._referrers is None:
            self.find()
            if self._stored is not None:
                self._stored.read_all(i for i, known in self._known.items() if known is None)
            referrers: dict[RecordId, dict[RecordId, None]] = {}
            for record in self.values():
                _enter(referrers, record)
            self._referrers = referrers
        return tuple(self._referrers.get(identifier, ()))

    def changed(self, changes: tuple[Change, ...]) -> Records:
        """The records after these changes. Raises `Refused` where one is not as a change saw it."""
        self.find()
        after = Records()
        after._known = self._known.copy()
        after._layers = self._by_layer().copy()
        after._stored = self._stored
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
        self.find()
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
