"""The style of the page as theme, fonts and settings make it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from msgspec.structs import replace

from annotator.foundation.settings import ArticleFont
from annotator.ui.desk import Desk
from annotator.ui.textview.style import DARK, HIGH_CONTRAST, LIGHT, PageStyle

_PRESETS: Final[Mapping[str, PageStyle]] = MappingProxyType(
    {"light": LIGHT, "dark": DARK, "high-contrast": HIGH_CONTRAST}
)

PAPER_POINTS: Final = 14.0


def page_style(desk: Desk, points: float) -> PageStyle:
    """The style of the page on the screen, with letters of this size."""
    return _styled(_PRESETS[desk.theme.name], desk, points)


def paper_style(desk: Desk) -> PageStyle:
    """The style of an article on real paper: black on white, with letters of the size of books."""
    return _styled(replace(LIGHT, paper="#ffffff"), desk, PAPER_POINTS)


def _styled(preset: PageStyle, desk: Desk, points: float) -> PageStyle:
    settings, fonts = desk.settings, desk.fonts
    is_naskh = settings.article_font is ArticleFont.NASKH
    return replace(
        preset,
        font_family=fonts.article if is_naskh else fonts.interface,
        chip_family=fonts.interface,
        point_size=points,
        line_height=settings.line_height,
        column_width=settings.column_width,
    )
