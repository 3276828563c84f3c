"""How the arcs of an event run: from its trigger to each argument, through the head room of lines.

No Qt here. A *place* is the head room over the first word of a trigger or argument; an *end* is an
argument with its place, or with what to say of it when it lies beyond the window. On one line an
arc runs straight, those to farther arguments higher; between lines it goes through a *trunk* in
the margin. All of it stays out of the bands in which glyphs stand. Coordinates are pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from annotator.foundation.catalogue import isolated

PADDING = 4
GAP = 2
INSET = 8
"""How far from the beginning of an argument's word its arc comes down."""

SPREAD = 5
LONGEST_NAME = 18
"""Letters of a far end's text that a stub shows."""


class Place(Struct, frozen=True):
    """The head room over a word, ``top`` to ``bottom``, from `left` to `right`."""

    left: float
    right: float
    top: float
    bottom: float
    is_right_to_left: bool


class End(Struct, frozen=True):
    """An argument: its role, its text, and its place or the side on which it lies out of sight."""

    role: str
    text: str
    place: Place | None
    is_above: bool = False


class ArcLabel(Struct, frozen=True):
    """Words in the head room; those of a *stub* stand for an end beyond the window."""

    left: float
    top: float
    width: float
    height: float
    text: str
    tooltip: str
    is_stub: bool


class Room(Struct, frozen=True):
    """A stretch of head room that is taken."""

    left: float
    top: float
    width: float


class Route(Struct, frozen=True):
    """The corners of one arc, empty where only its label is seen, and the label."""

    corners: tuple[tuple[float, float], ...]
    label: ArcLabel


class Column(Struct, frozen=True):
    """The edges of the column and the places of the trunks on both sides of it."""

    left: float
    right: float
    left_trunk: float
    right_trunk: float


def shortened(text: str) -> str:
    """A text that fits a stub, in isolation from the direction of the words beside it."""
    words = " ".join(text.split())
    if len(words) > LONGEST_NAME:
        words = words[: LONGEST_NAME - 1] + "…"
    return isolated(words)


class Router:
    """Routes the arcs of one event; keeps its labels from lying on each other.

    `measure` gives the width of a text in pixels; `taken` is what stands in the head room already.
    """

    def __init__(
        self, column: Column, measure: Callable[[str], float], taken: Iterable[Room] = ()
    ) -> None:
        self._column = column
        self._measure = measure
        self._taken = list(taken)

    def routes(self, trigger: End, ends: Sequence[End]) -> tuple[Route, ...]:
        """One route for each end that can be seen, or is tied to a trigger that can."""
        start = trigger.place
        if start is None:
            return tuple(self._from_afar(trigger, e, e.place) for e in ends if e.place is not None)
        seen = [(end, end.place) for end in ends if end.place is not None]
        labels = [self._label(place, end.role, end.role) for end, place in seen]
        levels = _levels(start, [place for _, place in seen])
        routes = [
            Route(self._corners(start, place, level), label)
            for (_, place), level, label in zip(seen, levels, labels, strict=True)
        ]
        routes.extend(self._stub(start, end) for end in ends if end.place is None)
        return tuple(routes)

    def _corners(self, start: Place, end: Place, level: float) -> tuple[tuple[float, float], ...]:
        aim = _beginning(end, INSET)
        if _is_same_line(start, end):
            y = _height(start, level)
            leaving = _leaving(start, aim)
            return (leaving, start.bottom), (leaving, y), (aim, y), (aim, end.bottom)
        trunk = self._column.left_trunk if start.is_right_to_left else self._column.right_trunk
        high, low = _height(start, level), _height(end, 0.5)
        leaving = _leaving(start, trunk)
        return (
            (leaving, start.bottom),
            (leaving, high),
            (trunk, high),
            (trunk, low),
            (aim, low),
            (aim, end.bottom),
        )

    def _stub(self, start: Place, end: End) -> Route:
        arrow = "↑" if end.is_above else "↓"
        text = isolated(f"{end.role}: {shortened(end.text)} {arrow}")
        label = self._label(start, text, f"{end.role}: {end.text}", is_stub=True)
        return Route((), label)

    def _from_afar(self, trigger: End, end: End, place: Place) -> Route:
        arrow = "↑" if trigger.is_above else "↓"
        text = isolated(f"{end.role} · {shortened(trigger.text)} {arrow}")
        return Route((), self._label(place, text, f"{end.role} · {trigger.text}", is_stub=True))

    def _label(self, place: Place, text: str, tooltip: str, *, is_stub: bool = False) -> ArcLabel:
        width = round(self._measure(text) + 2 * PADDING)
        height = place.bottom - place.top - 1
        is_rtl = place.is_right_to_left
        left = place.right - width if is_rtl else place.left
        row = [room for room in self._taken if abs(room.top - place.top - 1) < height]
        left = self._free(left, width, row, is_rtl=is_rtl)
        label = ArcLabel(round(left), place.top + 1, width, height, text, tooltip, is_stub)
        self._taken.append(Room(label.left, label.top, width))
        return label

    def _free(self, left: float, width: float, row: list[Room], *, is_rtl: bool) -> float:
        """The nearest free place in reading direction, else the nearest against it."""
        column = self._column
        left = min(max(left, column.left), max(column.right - width, column.left))
        for towards_left in (is_rtl, not is_rtl):
            found = _moved(left, width, row, towards_left=towards_left)
            if column.left <= found and found + width <= column.right:
                return found
        return left


def _moved(left: float, width: float, row: list[Room], *, towards_left: bool) -> float:
    for other in sorted(row, key=lambda room: room.left, reverse=towards_left):
        if left < other.left + other.width + GAP and other.left < left + width + GAP:
            left = other.left - width - GAP if towards_left else other.left + other.width + GAP
    return left


def _levels(start: Place, ends: list[Place]) -> list[float]:
    """How high each arc runs, 0 to 1: farther ones higher, those to other lines highest."""
    reach = [
        abs(_beginning(end, INSET) - start.left) if _is_same_line(start, end) else float("inf")
        for end in ends
    ]
    steps = sorted(set(reach))
    return [(steps.index(each) + 1) / (len(steps) + 1) for each in reach]


def _height(place: Place, level: float) -> float:
    return round(place.bottom - level * (place.bottom - place.top)) + 0.5


def _beginning(place: Place, inset: float) -> float:
    inset = min(inset, (place.right - place.left) / 2)
    return place.right - inset if place.is_right_to_left else place.left + inset


def _leaving(start: Place, aim: float) -> float:
    """Where an arc leaves its trigger: a little to the side on which it goes."""
    middle = (start.left + start.right) / 2
    spread = min(SPREAD, (start.right - start.left) / 4)
    return middle - spread if aim < middle else middle + spread


def _is_same_line(start: Place, end: Place) -> bool:
    return abs(start.bottom - end.bottom) < 1
