"""Every text of the chrome can be read on what it stands on, in both themes."""

import pytest
from PySide6.QtGui import QColor, QPalette

from annotator.foundation.paths import resource
from annotator.ui.textview.style import contrast
from annotator.ui.theme import THEMES, apply_theme, system_theme, theme_named

READABLE = 4.5
"""WCAG 2.1, 1.4.3: the least contrast of text."""
VISIBLE = 1.2


@pytest.fixture(params=THEMES)
def theme(request):
    return theme_named(request.param)


def test_texts_can_be_read(theme):
    pairs = [
        (ink, paper)
        for ink in ("ink", "faint", "bad", "good")
        for paper in ("window", "panel", "field", "hover")
    ] + [("ink", "cap"), ("accent_ink", "accent")]
    weak = {
        pair: round(contrast(getattr(theme, pair[0]), getattr(theme, pair[1])), 2)
        for pair in pairs
        if contrast(getattr(theme, pair[0]), getattr(theme, pair[1])) < READABLE
    }
    assert weak == {}


def test_edges_and_signs_can_be_seen(theme):
    assert contrast(theme.accent, theme.field) >= 3.0
    assert contrast(theme.line, theme.panel) >= VISIBLE
    assert contrast(theme.cap_line, theme.panel) >= 1.6


def test_dark_is_dark():
    assert [theme_named(name).is_dark for name in THEMES] == [False, True]
    assert system_theme() in THEMES


def test_every_theme_has_its_sign_for_choices(theme):
    assert resource("icons", f"chevron-{theme.name}.svg").is_file()


def test_the_application_takes_the_colours(qapp, theme):
    apply_theme(qapp, theme, family="Vazirmatn", points=10.0)
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window) == QColor(theme.window)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == QColor(theme.faint)
    assert qapp.font().family() == "Vazirmatn"
    assert "{" in qapp.styleSheet()
    assert "{{" not in qapp.styleSheet()
