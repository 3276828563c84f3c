"""What annotators marked, as a scene: each camp in a lane of its own, told by number and line.

The chip of a mark begins with the numbers of those who say so; the line of the first annotator is
solid, those of the others are dashed, and each has a colour. What all agree on has one mark. What
gold has is ticked, what it leaves out is crossed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from annotator.adjudication.pairing import name_of
from annotator.adjudication.units import State, Unit
from annotator.core.annotations import Event, Mention, Quote, Record, anchor_of
from annotator.core.ids import RecordId, SetId
from annotator.core.span import Fragments, Span
from annotator.ui.textview.scene import Bracket, Fill, MarginBar, Scene
from annotator.ui.textview.scene_builder import nearby
from annotator.workbench.adjudication_sayings import Sayings

COLOURS: Final = ("#1f6fb4", "#b4530a", "#7a3fa8", "#0f766e", "#a3195b")
"""Of the annotators in order; told apart in every common colour-vision deficiency by lightness."""

AGREED = "#4b5563"
DECIDED_SIGN: Final = "✓"
LEFT_SIGN: Final = "✗"

OPEN_FILL, CURRENT_FILL = 0.10, 0.34


def adjudication_scene(
    units: Iterable[Unit], sayings: Sayings, *, visible: Span, current: str | None
) -> Scene:
    """The scene of the units that overlap or are near `visible`; `current` is selected."""
    covers = nearby(visible)
    near = [unit for unit in units if any(span.overlaps(covers) for span in unit.spans)]
    brackets: list[Bracket] = []
    fills: list[Fill] = []
    bars: list[MarginBar] = []
    for unit in near:
        is_current = unit.key == current
        for side, color, is_dashed, record in _marks(unit, sayings):
            fragments = anchor_of(record)
            chip = _chip(unit, side, record, sayings)
            identifier = RecordId(f"{unit.key}/{side}")
            if isinstance(record, Quote):
                bars.append(
                    MarginBar(
                        identifier,
                        fragments.envelope,
                        color,
                        depth=0 if side == unit.camps[0][0] else 1,
                        is_dashed=is_dashed,
                        is_selected=is_current,
                        tooltip=chip,
                    )
                )
            brackets.append(
                Bracket(
                    identifier,
                    _drawn(record, fragments, sayings.text),
                    color,
                    chip,
                    is_dashed=is_dashed,
                    is_selected=is_current,
                    is_event=isinstance(record, Event),
                    tooltip=chip,
                )
            )
        strength = CURRENT_FILL if is_current else 0.0 if unit.is_decided else OPEN_FILL
        if strength:
            color = AGREED if unit.is_agreed else COLOURS[0]
            fills.extend(Fill(span, color, strength) for span in _once(unit.spans))
    return Scene(brackets=tuple(brackets), fills=tuple(fills), bars=tuple(bars), covers=covers)


def colour_of(number: int) -> str:
    """The colour of an annotator by number, from 1 on."""
    return COLOURS[(number - 1) % len(COLOURS)]


def _marks(
    unit: Unit, sayings: Sayings
) -> Iterator[tuple[SetId, str, bool, Mention | Event | Quote]]:
    """One mark for each camp that has something: whose, its colour, whether dashed, the record."""
    for camp in unit.camps:
        record = unit.records.get(camp[0])
        if isinstance(record, Mention | Event | Quote):
            number = sayings.numbers[camp[0]]
            color = AGREED if unit.is_agreed else colour_of(number)
            yield camp[0], color, not unit.is_agreed and number > 1, record


def _chip(unit: Unit, side: SetId, record: Record, sayings: Sayings) -> str:
    assert isinstance(record, Mention | Event | Quote)  # nothing else stands in the text
    camp = unit.camp_of(side)
    is_gold = unit.gold is not None and side in unit.like
    sign = f"{DECIDED_SIGN} " if is_gold else ""
    if unit.state is State.LEFT:
        sign = f"{LEFT_SIGN} "
    name = name_of(record) if isinstance(record, Mention) else sayings.name(record)
    return f"{sign}{sayings.who(camp)} {name}"


def _drawn(record: Mention | Event | Quote, fragments: Fragments, text: str) -> tuple[Span, ...]:
    """Where the line under a mark runs: a quote has its bar, and a line under its first word."""
    if not isinstance(record, Quote):
        return fragments.spans
    first = fragments.spans[0]
    word = first.of(text).split()
    return (Span(first.start, first.start + len(word[0])) if word else first,)


def _once(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without overlaps, so that no fill lies twice."""
    return Fragments.merged(spans).spans
