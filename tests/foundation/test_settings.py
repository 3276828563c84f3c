"""The defaults, and what a choice may be."""

import pytest

from annotator.foundation.settings import COLUMN_WIDTHS, LINE_HEIGHTS, POINTS, Settings


def test_nothing_chosen_is_what_the_system_has():
    settings = Settings()
    assert (settings.chosen_language, settings.chosen_theme) == (None, None)
    chosen = Settings(language="ckb", theme="high-contrast")
    assert (chosen.chosen_language, chosen.chosen_theme) == ("ckb", "high-contrast")


@pytest.mark.parametrize("limits", [POINTS, LINE_HEIGHTS, COLUMN_WIDTHS])
def test_limits_hold(limits):
    given = [limits.least - 1, limits.least, limits.most, limits.most + 1]
    assert [limits.clip(value) for value in given] == [limits.least] * 2 + [limits.most] * 2


def test_defaults_are_within_the_limits():
    settings = Settings()
    assert POINTS.clip(settings.points) == settings.points
    assert LINE_HEIGHTS.clip(settings.line_height) == settings.line_height
    assert COLUMN_WIDTHS.clip(settings.column_width) == settings.column_width
