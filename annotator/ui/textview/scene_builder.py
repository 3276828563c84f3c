"""Annotations to a scene, step by step: mentions, events, quotes, the parts of the selected one.

Only what lies on the visible page or near it is built, so the cost follows the page and not the
document. A scene keeps to spans and colours; where things stand is for the layout to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeAlias, TypeVar

from msgspec import Struct, field

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Annotation,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    Record,
    SpanTarget,
    Target,
    anchor_of,
)
from annotator.core.ids import RecordId
from annotator.core.scheme import EventType, Label, LabelGroup, Scheme, Wording
from annotator.core.span import Fragments, Span
from annotator.ui.textview.scene import (
    ArcEnd,
    Arcs,
    Bracket,
    Fill,
    Hint,
    MarginBar,
    RoleTag,
    Scene,
    Tie,
    Wave,
)

NEARBY = 400
"""Code points before and after the visible page for which the scene is built as well."""

UNKNOWN_COLOR = "#6b7280"
"""For labels and types the scheme does not know."""

MENTION_FILL, OVERLAY_FILL, EVENT_FILL, QUOTE_FILL = 0.12, 0.05, 0.09, 0.06
SELECTED_FILL, SELECTED_QUOTE_FILL, PART_FILL = 0.28, 0.13, 0.16
SUGGESTION_FILL = 0.05

SPEAKER = Wording(ckb="قسەکەر", en="speaker")
CUE = Wording(ckb="وشەی ئاماژە", en="cue")
ADDRESSEE = Wording(ckb="بەرامبەر", en="addressee")
SUGGESTION = Wording(ckb="پێشنیار: {name}", en="Suggestion: {name}")


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


_Named = TypeVar("_Named", bound=_WithId)
Find: TypeAlias = Callable[[RecordId], Record | None]
"""Gives the record with an id, wherever in the document it stands."""


class ViewState(Struct, frozen=True):
    """What the editor knows and the page shows: selection, caret, the selected annotation.

    The selection runs from `anchor` to `caret`; both are equal where nothing is selected.
    `visible` is the part of the document on the page; None stands for all of it.
    """

    anchor: int
    caret: int
    selected: RecordId | None = None
    hints: tuple[Hint, ...] = ()
    visible: Span | None = None


class _Items(Struct):
    """What the steps have gathered so far."""

    brackets: list[Bracket] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    bars: list[MarginBar] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    tags: list[RoleTag] = field(default_factory=list)
    arcs: Arcs | None = None


def build_scene(
    annotations: Iterable[Annotation] | AnnotationSet,
    scheme: Scheme,
    *,
    language: str,
    view: ViewState,
    suggestions: Iterable[Annotation] = (),
    waves: Iterable[Wave] = (),
    find: Find | None = None,
) -> Scene:
    """The scene of a page. `language` is that of the chips of events and of the role names.

    `annotations` are a set, or only those that overlap `nearby`, in reading order; then `find` is
    asked for what the selected one refers to elsewhere. `suggestions` are annotations nobody has
    accepted yet; they are drawn dashed.
    """
    if isinstance(annotations, AnnotationSet):
        find = annotations.get
        annotations = annotations.in_reading_order()
    records = list(annotations)
    if find is None:
        find = {record.id: record for record in records}.get
    covers = None if view.visible is None else nearby(view.visible)
    labels = {label.id: label for label in scheme.labels}
    types = {kind.id: kind for kind in scheme.event_types}
    builder = _Builder(scheme, language, view.selected, _Items(), find, labels, types)
    builder.add_all([r for r in records if _is_near(r, covers)])
    builder.add_suggestions([r for r in suggestions if _is_near(r, covers)])
    builder.add_parts()
    items = builder.items
    return Scene(
        brackets=tuple(items.brackets),
        fills=tuple(items.fills),
        bars=tuple(items.bars),
        ties=tuple(items.ties),
        arcs=items.arcs,
        hints=tuple(h for h in view.hints if covers is None or covers.touches(h.offset)),
        tags=tuple(items.tags),
        waves=tuple(w for w in waves if covers is None or covers.overlaps(w.span)),
        selection=_selection(view),
        caret=view.caret,
        current=view.selected,
        covers=covers,
    )


class _Builder(Struct, frozen=True):
    scheme: Scheme
    language: str
    selected: RecordId | None
    items: _Items
    find: Find
    labels: Mapping[str, Label]
    types: Mapping[str, EventType]

    def add_all(self, records: list[Annotation]) -> None:
        """Outer before inner, so that the fill of a nested mention lies on top."""
        quotes = [record for record in records if isinstance(record, Quote)]
        for record in records:
            match record:
                case Mention():
                    self._add_bracket(record, is_dashed=False)
                    self._add_fills(record, self._mention_strength(record))
                case Event():
                    self._add_bracket(record, is_dashed=False)
                    self._add_fills(record, EVENT_FILL)
                case Quote():
                    self._add_quote(record, quotes)

    def add_suggestions(self, records: list[Annotation]) -> None:
        for record in sorted(records, key=lambda r: anchor_of(r).start):
            if isinstance(record, Quote):
                self._add_quote(record, [], is_dashed=True)
            else:
                self._add_bracket(record, is_dashed=True)
                self._add_fills(record, SUGGESTION_FILL)

    def add_parts(self) -> None:
        """Name and tie the arguments of the selected event, or the parts of the quote."""
        record = None if self.selected is None else self.find(self.selected)
        if isinstance(record, Event):
            color = self._color(record)
            targets = ((a.role, _fragments_of(a.target, self.find)) for a in record.arguments)
            ends = []
            for role, part in targets:
                if part is not None:
                    ends.append(ArcEnd(part.spans[0], self._role_name(record.type, role)))
                    self._add_fragments(part, color)
            if ends:
                self.items.arcs = Arcs(record.trigger.spans[0], tuple(ends), color)
        elif isinstance(record, Quote):
            self._add_quote_parts(record)

    def _add_quote_parts(self, quote: Quote) -> None:
        color, language = self.scheme.quote_color, self.language
        if quote.cue is not None:
            self._add_named(quote.content, quote.cue, CUE.in_language(language), color)
        if quote.speaker.who is not None:
            name = SPEAKER.in_language(language)
            self._add_part(quote.content, quote.speaker.who, name, color)
        for party in quote.addressees:
            name = ADDRESSEE.in_language(language)
            self._add_part(quote.content, party, name, color)

    def _add_part(
        self,
        whole: Fragments,
        target: Target,
        name: str,
        color: str,
    ) -> None:
        part = _fragments_of(target, self.find)
        if part is not None:
            self._add_named(whole, part, name, color)

    def _add_named(self, whole: Fragments, part: Fragments, name: str, color: str) -> None:
        self.items.tags.append(RoleTag(part.spans[0], name, color))
        self.items.ties.append(Tie(whole.spans[0], part.spans[0], color))
        self._add_fragments(part, color)

    def _add_fragments(self, part: Fragments, color: str) -> None:
        self.items.fills.extend(Fill(span, color, PART_FILL) for span in part.spans)
        self.items.ties.extend(Tie(part.spans[0], other, color) for other in part.spans[1:])

    def _add_bracket(self, record: Mention | Event, *, is_dashed: bool) -> None:
        chip, tooltip = self._chip(record)
        if is_dashed:
            chip, tooltip = _asked(chip), self._worded(SUGGESTION, tooltip)
        self.items.brackets.append(
            Bracket(
                id=record.id,
                spans=anchor_of(record).spans,
                color=self._color(record),
                chip=chip,
                is_dashed=is_dashed,
                is_selected=record.id == self.selected,
                is_event=isinstance(record, Event),
                tooltip=tooltip,
            )
        )

    def _add_fills(self, record: Annotation, strength: float) -> None:
        if record.id == self.selected:
            strength = SELECTED_QUOTE_FILL if isinstance(record, Quote) else SELECTED_FILL
        color = self._color(record)
        self.items.fills.extend(Fill(span, color, strength) for span in anchor_of(record).spans)

    def _add_quote(self, quote: Quote, quotes: list[Quote], *, is_dashed: bool = False) -> None:
        self._add_fills(quote, SUGGESTION_FILL if is_dashed else QUOTE_FILL)
        name = self._quote_name(quote)
        self.items.bars.append(
            MarginBar(
                id=quote.id,
                span=quote.content.envelope,
                color=self.scheme.quote_color,
                depth=sum(1 for other in quotes if _is_inside(quote, other)),
                is_dashed=is_dashed,
                is_selected=quote.id == self.selected,
                tooltip=self._worded(SUGGESTION, name) if is_dashed else name,
            )
        )

    def _mention_strength(self, mention: Mention) -> float:
        label = self.labels.get(mention.label)
        is_overlay = label is not None and label.group is LabelGroup.OVERLAY
        return OVERLAY_FILL if is_overlay else MENTION_FILL

    def _color(self, record: Annotation) -> str:
        match record:
            case Mention():
                label = self.labels.get(record.label)
                return label.color if label is not None else UNKNOWN_COLOR
            case Event():
                kind = self.types.get(record.type)
                return kind.color if kind is not None else UNKNOWN_COLOR
            case Quote():
                return self.scheme.quote_color

    def _chip(self, record: Mention | Event) -> tuple[str, str]:
        if isinstance(record, Mention):
            label = self.labels.get(record.label)
            name = record.label if label is None else label.name.in_language(self.language)
            return record.label, _in_full(record.label, name)
        kind = self.types.get(record.type)
        name = record.type if kind is None else kind.name.in_language(self.language)
        return name, _in_full(record.type, name)

    def _worded(self, wording: Wording, name: str) -> str:
        return wording.in_language(self.language).format(name=name)

    def _role_name(self, event_type: str, role: str) -> str:
        kind = self.types.get(event_type)
        found = _found(kind.roles, role) if kind is not None else None
        return role if found is None else found.name.in_language(self.language)

    def _quote_name(self, quote: Quote) -> str:
        kind = _found(self.scheme.quote_types, quote.type.value)
        return quote.type.value if kind is None else kind.name.in_language(self.language)


def _found(candidates: Iterable[_Named], identifier: str) -> _Named | None:
    return next((candidate for candidate in candidates if candidate.id == identifier), None)


def _in_full(identifier: str, name: str) -> str:
    return name if name == identifier else f"{name} ({identifier})"


def _asked(chip: str) -> str:
    """A chip with the question mark of its script: nobody has said yes to it."""
    return f"{chip}?" if chip.isascii() else f"{chip}؟"


def nearby(visible: Span) -> Span:
    """The stretch for which the scene of a page that shows `visible` is built."""
    return Span(max(visible.start - NEARBY, 0), visible.end + NEARBY)


def _is_near(record: Annotation, covers: Span | None) -> bool:
    anchor = anchor_of(record)
    return covers is None or (anchor.start < covers.end and covers.start < anchor.end)


def _is_inside(quote: Quote, other: Quote) -> bool:
    if quote.id == other.id:
        return False
    if quote.parent == other.id:
        return True
    inner, outer = quote.content.envelope, other.content.envelope
    return outer != inner and outer.contains(inner)


def _fragments_of(target: Target, find: Find) -> Fragments | None:
    match target:
        case SpanTarget(fragments):
            return fragments
        case MentionTarget(identifier) | EventTarget(identifier) | QuoteTarget(identifier):
            record = find(identifier)
            return anchor_of(record) if isinstance(record, Mention | Event | Quote) else None
        case ImplicitTarget():
            return None


def _selection(view: ViewState) -> Span | None:
    if view.anchor == view.caret:
        return None
    return Span(min(view.anchor, view.caret), max(view.anchor, view.caret))
