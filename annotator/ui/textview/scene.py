"""What is to be seen on the page, as values without Qt.

A scene says *what* (which span, which colour, which words on the chip), never *where*: rectangles
come from the layout. Spans are code points of the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from msgspec import Struct

from annotator.core.ids import RecordId
from annotator.core.span import Span


class Fill(Struct, frozen=True):
    """A soft background behind a span; `strength` is its opacity, 0 to 1."""

    span: Span
    color: str
    strength: float


class Bracket(Struct, frozen=True):
    """A line under the spans of one annotation, with a chip under its first word.

    `lane` 0 is next to the text. `tooltip` tells the chip in full words.
    """

    id: RecordId
    spans: tuple[Span, ...]
    color: str
    chip: str
    lane: int = 0
    is_dashed: bool = False
    is_selected: bool = False
    is_event: bool = False
    tooltip: str = ""

    @property
    def envelope(self) -> Span:
        """From the start of the first span to the end of the last."""
        return Span(self.spans[0].start, self.spans[-1].end)


class MarginBar(Struct, frozen=True):
    """A bar in the margin beside the lines of a quote; `depth` 0 is the outermost."""

    id: RecordId
    span: Span
    color: str
    depth: int = 0
    is_dashed: bool = False
    is_selected: bool = False
    tooltip: str = ""


class Tie(Struct, frozen=True):
    """A thin line from one span to another: quote to speaker, fragment to fragment."""

    start: Span
    end: Span
    color: str


class ArcEnd(Struct, frozen=True):
    """An argument of an event: its first span and the name of its role."""

    span: Span
    role: str


class Arcs(Struct, frozen=True):
    """The arcs of one event, from its trigger to each argument."""

    trigger: Span
    ends: tuple[ArcEnd, ...]
    color: str


class RoleTag(Struct, frozen=True):
    """The name of a part's role in a quote (speaker, cue …), above its first word."""

    span: Span
    text: str
    color: str


class Hint(Struct, frozen=True):
    """Letters over the mention that begins at `offset`: typing them names it."""

    offset: int
    text: str


class Wave(Struct, frozen=True):
    """A wavy line under a span about which a rule has something to say."""

    span: Span
    tooltip: str = ""


class Scene(Struct, frozen=True):
    """Everything to be drawn over and under the text.

    `covers` is the stretch of the document the scene was built for; beyond it nothing is said.
    None means all of it. `current` is the selected annotation.
    """

    brackets: tuple[Bracket, ...] = ()
    fills: tuple[Fill, ...] = ()
    bars: tuple[MarginBar, ...] = ()
    ties: tuple[Tie, ...] = ()
    arcs: Arcs | None = None
    hints: tuple[Hint, ...] = ()
    tags: tuple[RoleTag, ...] = ()
    waves: tuple[Wave, ...] = ()
    selection: Span | None = None
    caret: int | None = None
    current: RecordId | None = None
    covers: Span | None = None


EMPTY_SCENE = Scene()


def changed_spans(before: Scene, after: Scene) -> list[Span] | None:
    """The stretches of text that look different in two scenes; None where ties or arcs changed.

    A tie or arc runs through the margin, so the page has to be drawn anew.
    """
    if (before.ties, before.arcs) != (after.ties, after.arcs):
        return None
    pairs = zip(_kinds(before), _kinds(after), strict=True)
    spans = [_span_of(item) for old, new in pairs for item in _altered(old, new)]
    if before.caret != after.caret:
        carets = (before.caret, after.caret)
        spans.extend(Span(caret, caret + 1) for caret in carets if caret is not None)
    spans.extend(_difference(before.selection, after.selection))
    return spans


_Item: TypeAlias = Fill | Bracket | MarginBar | RoleTag | Hint | Wave


def _kinds(scene: Scene) -> tuple[Sequence[_Item], ...]:
    return (scene.brackets, scene.fills, scene.bars, scene.hints, scene.tags, scene.waves)


def _altered(old: Sequence[_Item], new: Sequence[_Item]) -> set[_Item]:
    """What is in one of them only. Most of both is the same, in the same order: that is cut off."""
    first, shorter = 0, min(len(old), len(new))
    while first < shorter and old[first] == new[first]:
        first += 1
    last = 0
    while last < shorter - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return set(old[first : len(old) - last]) ^ set(new[first : len(new) - last])


def _span_of(item: _Item) -> Span:
    match item:
        case Bracket():
            return item.envelope
        case Hint():
            return Span(item.offset, item.offset + 1)
        case Fill() | MarginBar() | RoleTag() | Wave():
            return item.span
        case _:
            assert_never(item)


def _difference(before: Span | None, after: Span | None) -> list[Span]:
    if before == after:
        return []
    if before is None or after is None or not before.overlaps(after):
        return [span for span in (before, after) if span is not None]
    edges = ((before.start, after.start), (before.end, after.end))
    return [Span(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]]
