"""Text reads on every stack of fills that annotations can make, in the colours of each theme."""

from itertools import product

import pytest

from annotator.core.span import Span
from annotator.ui.textview.fills import strengths
from annotator.ui.textview.scene import Fill
from annotator.ui.textview.scene_builder import (
    EVENT_FILL,
    MENTION_FILL,
    PART_FILL,
    QUOTE_FILL,
    SELECTED_FILL,
    SELECTED_QUOTE_FILL,
)
from annotator.ui.textview.style import (
    DARK,
    HIGH_CONTRAST,
    HIGH_CONTRAST_LIGHT,
    LIGHT,
    contrast,
    legible_on,
    mixed,
)
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text

STYLES = {"light": LIGHT, "dark": DARK, "high": HIGH_CONTRAST, "bright": HIGH_CONTRAST_LIGHT}
STACKS = {
    "one": (MENTION_FILL,),
    "selected": (SELECTED_FILL,),
    "two labels": (MENTION_FILL, MENTION_FILL),
    "two labels, selected": (MENTION_FILL, SELECTED_FILL),
    "in the selected one": (SELECTED_FILL, MENTION_FILL),
    "trigger in mentions": (MENTION_FILL, MENTION_FILL, EVENT_FILL),
    "argument with two labels": (MENTION_FILL, MENTION_FILL, PART_FILL),
    "in a quote, selected": (QUOTE_FILL, MENTION_FILL, SELECTED_FILL),
    "speaker in a selected quote": (SELECTED_QUOTE_FILL, MENTION_FILL, PART_FILL, PART_FILL),
    "deep": (QUOTE_FILL, QUOTE_FILL, *[MENTION_FILL] * 5, SELECTED_FILL, *[PART_FILL] * 2),
}
WORD = Span(4, 9)


def colors():
    scheme = scheme_from_text(read_scheme_text(DEFAULT_SCHEME))
    found = {label.color for label in scheme.labels} | {kind.color for kind in scheme.event_types}
    return sorted(found | {scheme.quote_color})


def placed(style, fills):
    def shade(color):
        return legible_on(color, style.paper, at_least=style.least_contrast)

    return [(shade(f.color), s) for f, s in zip(fills, strengths(fills, style, shade), strict=True)]


def ground(style, fills):
    under = style.paper
    for color, strength in placed(style, fills):
        under = mixed(color, under, strength)
    return under


@pytest.mark.parametrize("stack", STACKS.values(), ids=STACKS)
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_text_stands_out_from_fills_on_fills(style, stack):
    least = style.text_contrast
    assert least >= 4.5
    for first, second in product(colors(), repeat=2):
        pair = (first, second)
        fills = [Fill(WORD, pair[n % 2], strength) for n, strength in enumerate(stack)]
        assert contrast(style.ink, ground(style, fills)) >= least, pair


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_every_fill_is_seen(style):
    for first, second in product(colors(), repeat=2):
        outer = Fill(Span(0, 20), first, SELECTED_FILL)
        inner = Fill(WORD, second, MENTION_FILL)
        one, both = ground(style, [outer]), ground(style, [outer, inner])
        assert one != style.paper
        assert both != one or first == second


def test_a_fill_that_leaves_the_text_legible_is_as_the_style_has_it():
    fills = [Fill(WORD, "#1d5fa8", MENTION_FILL), Fill(Span(6, 12), "#0f766e", SELECTED_FILL)]
    assert strengths(fills, LIGHT, str) == (MENTION_FILL, SELECTED_FILL)


def test_what_lies_under_a_part_of_a_fill_counts():
    strong = Fill(WORD, "#dfde07", SELECTED_FILL)
    crossing = Fill(Span(0, 6), "#dfde07", SELECTED_FILL)
    beside = Fill(Span(9, 12), "#dfde07", SELECTED_FILL)
    first, second, third = strengths([strong, crossing, beside], DARK, str)
    assert second < first
    assert third == first
