"""Builds an annotation set out of labelled spans and arrows, whatever program drew them.

A span whose label says so is an event, a quote or a part (see `span_graph`), any other a mention.
An arrow counts where it leads from an event or a quote: the project has no place for relations
between mentions, so these are counted and told with their names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import assert_never

from msgspec import Struct, field

from annotator.core.annotations import (
    Argument,
    EventTarget,
    MentionTarget,
    Party,
    QuoteTarget,
    QuoteType,
    SpanTarget,
    Speaker,
    Target,
)
from annotator.core.ids import DocumentId, RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.base import Note, SetContent
from annotator.formats.set_builder import SetBuilder
from annotator.formats.span_graph import (
    ADDRESSEE,
    CUE,
    NEXT,
    PARENT,
    SPEAKER,
    Arrow,
    NodeKind,
    SpanGraph,
)

_NO_LABEL = "–"
_QUOTE_TYPES = {kind.value: kind for kind in QuoteType}


class _Piece(Struct):
    """One or more nodes that are one annotation, and what has become of them."""

    kind: NodeKind
    label: str
    spans: list[Span]
    attrs: dict[str, str]
    record: RecordId | None = None
    arrows: list[tuple[str, _Piece]] = field(default_factory=list)

    @property
    def place(self) -> Fragments:
        if len(self.spans) == 1:  # as nearly all are
            return Fragments((self.spans[0],))
        return Fragments.merged(self.spans)


class ReadGraph(Struct, frozen=True):
    """The set, and what could not be taken over."""

    content: SetContent
    notes: tuple[Note, ...]


def set_of_graph(graph: SpanGraph, document: DocumentId, source: str) -> ReadGraph:
    """The annotation set that a graph tells; `source` is the name of the file."""
    return _GraphReader(graph, source).read(document)


class _GraphReader:
    def __init__(self, graph: SpanGraph, source: str) -> None:
        self._builder = SetBuilder(source)
        self._left_out: Counter[str] = Counter()
        self._strange: list[str] = []
        self._nodes = {node.id: node for node in graph.nodes}
        self._first: dict[str, str] = {}
        arrows = [arrow for arrow in graph.arrows if not self._joins(arrow)]
        self._pieces: dict[str, _Piece] = {}
        for node in graph.nodes:
            root = self._root(node.id)
            piece = self._pieces.get(root)
            if piece is None:
                piece = self._pieces[root] = _Piece(node.kind, node.label, [], {})
            piece.spans.append(node.span)
            piece.attrs.update(node.attrs)
        for arrow in arrows:
            self._connect(arrow)

    def read(self, document: DocumentId) -> ReadGraph:
        pieces = list(self._pieces.values())
        for piece in pieces:
            self._add(piece)
        used = {id(piece) for piece in pieces if piece.record is not None}
        for piece in pieces:
            if piece.arrows:
                used.update(self._link(piece))
        self._strange.extend(p.label for p in pieces if id(p) not in used)
        return ReadGraph(self._builder.build(document), tuple(self._notes()))

    def _notes(self) -> Iterator[Note]:
        if self._left_out:
            labels = ", ".join(sorted(self._left_out))
            count = self._left_out.total()
            yield Note("formats.foreign_arrows", {"count": count, "labels": labels})
        if self._strange:
            labels = ", ".join(sorted(set(self._strange)))
            yield Note("formats.foreign_parts", {"count": len(self._strange), "labels": labels})

    def _joins(self, arrow: Arrow) -> bool:
        """Whether an arrow leads from a piece to the next, which are joined then."""
        first, second = self._nodes.get(arrow.source), self._nodes.get(arrow.target)
        if arrow.label != NEXT or first is None or second is None:
            return False
        ends = self._root(first.id), self._root(second.id)
        is_one = (first.kind, first.label) == (second.kind, second.label)
        if is_one and ends[0] != ends[1]:
            self._first[ends[1]] = ends[0]
        return is_one

    def _root(self, identifier: str) -> str:
        """The first node of those that are joined with this one."""
        if identifier not in self._first:  # as nearly all are
            return identifier
        path = []
        while identifier in self._first:
            path.append(identifier)
            identifier = self._first[identifier]
        for passed in path:  # so that long chains are walked once
            self._first[passed] = identifier
        return identifier

    def _connect(self, arrow: Arrow) -> None:
        source = self._pieces.get(self._root(arrow.source))
        target = self._pieces.get(self._root(arrow.target))
        if source is None or target is None or source is target or not arrow.label:
            self._left_out[arrow.label or _NO_LABEL] += 1
        else:
            source.arrows.append((arrow.label, target))

    def _add(self, piece: _Piece) -> None:
        attrs = tuple(sorted(piece.attrs.items()))
        match piece.kind:
            case NodeKind.MENTION:
                piece.record = self._builder.mention(piece.label, piece.place, attrs=attrs)
            case NodeKind.EVENT:
                piece.record = self._builder.event(piece.label, piece.place, attrs=attrs)
            case NodeKind.QUOTE:
                kind = _QUOTE_TYPES.get(piece.label)
                if kind is not None:
                    cue = next((p.place for role, p in piece.arrows if _is_cue(role, p)), None)
                    made = self._builder.quote(kind, piece.place, cue=cue, attrs=attrs)
                    piece.record = made
            case NodeKind.PART:
                pass  # it belongs to whatever has an arrow to it
            case _:
                assert_never(piece.kind)

    def _link(self, piece: _Piece) -> Iterator[int]:
        """Give an annotation what its arrows lead to; the parts that have found a place."""
        if piece.record is None or piece.kind is NodeKind.MENTION:
            self._left_out.update(role for role, _ in piece.arrows)
            return
        found = [(role, other, _target(other)) for role, other in piece.arrows]
        if piece.kind is NodeKind.EVENT:
            self._left_out.update(role for role, _, target in found if target is None)
            arguments = [Argument(role, to) for role, _, to in found if to is not None]
            self._builder.arguments(piece.record, list(dict.fromkeys(arguments)))
            yield from (id(other) for _, other, to in found if to is not None)
            return
        yield from self._say(piece, found)

    def _say(
        self, quote: _Piece, found: Sequence[tuple[str, _Piece, Target | None]]
    ) -> Iterator[int]:
        """Let a quote have its parties and its parent; its cue it has already."""
        assert quote.record is not None
        speaker: Party | None = None
        addressees: list[Party] = []
        parent: _Piece | None = None
        has_cue = False
        for role, other, target in found:
            is_party = isinstance(target, MentionTarget | SpanTarget)
            if not has_cue and _is_cue(role, other):
                has_cue = True
            elif role == SPEAKER and is_party and speaker is None:
                speaker = target  # type: ignore[assignment]  # it is a party, as was just asked
            elif role == ADDRESSEE and is_party:
                addressees.append(target)  # type: ignore[arg-type]  # it is a party
            elif role == PARENT and parent is None and _is_around(other, quote):
                parent = other
            else:
                self._left_out[role] += 1
                continue
            yield id(other)
        who = Speaker(speaker)
        parent_id = None if parent is None else parent.record
        self._builder.said_by(quote.record, who, tuple(addressees), parent_id)


def _is_cue(role: str, piece: _Piece) -> bool:
    return role == CUE and piece.kind is NodeKind.PART


def _is_around(outer: _Piece, inner: _Piece) -> bool:
    """Whether a quote can be the parent of another: it is wider, so there is no circle."""
    if outer.kind is not NodeKind.QUOTE or outer.record is None:
        return False
    wide, narrow = outer.place.envelope, inner.place.envelope
    return wide.contains(narrow) and wide != narrow


def _target(piece: _Piece) -> Target | None:
    """What an arrow to a piece leads to; None where there is no such annotation."""
    if piece.kind is NodeKind.PART:
        return SpanTarget(piece.place)
    if piece.record is None:
        return None
    match piece.kind:
        case NodeKind.MENTION:
            return MentionTarget(piece.record)
        case NodeKind.EVENT:
            return EventTarget(piece.record)
        case NodeKind.QUOTE:
            return QuoteTarget(piece.record)
        case _:
            assert_never(piece.kind)
