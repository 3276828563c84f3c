"""Contrast of what is written on the page."""

import pytest

from annotator.ui.textview.style import (
    DARK,
    HIGH_CONTRAST,
    HIGH_CONTRAST_LIGHT,
    LIGHT,
    contrast,
    legible_on,
    mixed,
    text_on,
)

COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#f0e442", "#56b4e9", "#7f3b08", "#5e3c99"]
PRESETS = pytest.mark.parametrize(
    "style",
    [LIGHT, DARK, HIGH_CONTRAST, HIGH_CONTRAST_LIGHT],
    ids=["light", "dark", "high", "bright"],
)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@PRESETS
def test_text_stands_out_from_paper_selection_and_hint(style):
    assert contrast(style.ink, style.paper) >= 10
    assert contrast(style.ink, style.selection) >= 4.5
    assert contrast(style.hint_ink, style.hint_paper) >= 4.5


@PRESETS
@pytest.mark.parametrize("color", COLORS)
def test_text_stands_out_from_three_nested_fills(style, color):
    under = style.paper
    for _ in range(3):
        under = mixed(color, under, 0.14)
    assert contrast(style.ink, under) >= 4.5


@pytest.mark.parametrize("color", COLORS)
def test_chip_text_reads_on_every_label_colour(color):
    assert contrast(text_on(color), color) >= 4.5


@PRESETS
@pytest.mark.parametrize("color", COLORS)
def test_a_line_in_a_label_colour_is_seen_on_the_paper(style, color):
    assert contrast(legible_on(color, style.paper), style.paper) >= 3


def test_a_colour_that_stands_out_already_is_left_alone():
    assert legible_on("#0072b2", LIGHT.paper) == "#0072b2"


@pytest.mark.parametrize("style", [HIGH_CONTRAST, HIGH_CONTRAST_LIGHT], ids=["dark", "bright"])
@pytest.mark.parametrize("color", COLORS)
def test_everything_stands_out_in_high_contrast(color, style):
    shade = legible_on(color, style.paper, at_least=style.least_contrast)
    assert contrast(shade, style.paper) >= 7
    for sign in (style.ink, style.caret, style.tie, style.wave):
        assert contrast(sign, style.paper) >= 7
    assert contrast(style.ink, style.selection) >= 7
    assert contrast(style.hint_ink, style.hint_paper) >= 7
    strongest = mixed(shade, style.paper, 0.28)
    assert contrast(style.ink, strongest) >= 7
