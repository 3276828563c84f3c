"""How the page looks: fonts, sizes and colours as one value, with a light and a dark preset.

Label colours come from the scheme and are the same in every theme; `legible_on` shifts one just
far enough to be seen on a given paper. Contrast is that of WCAG 2.1 (relative luminance).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

Rgb: TypeAlias = tuple[int, int, int]


class PageStyle(Struct, frozen=True):
    """Fonts, sizes and colours (``#rrggbb``) of the page.

    `fill_strength` multiplies the opacity of fills: dark paper swallows more of them.
    `line_height` is the height of a line of text, without the lanes under it, in font heights
    (1.5 is generous); `column_width`, `margin` and `caret_width` are pixels. `least_contrast` is
    how far strokes and chips stand out from the paper, `text_contrast` how far the text stands out
    from whatever fills lie under it.
    """

    paper: str
    ink: str
    selection: str
    caret: str
    tie: str
    hint_paper: str
    hint_ink: str
    wave: str
    fill_strength: float = 1.0
    font_family: str = "Noto Naskh Arabic"
    chip_family: str = "Vazirmatn"
    point_size: float = 18.0
    line_height: float = 1.45
    column_width: int = 760
    margin: int = 64
    least_contrast: float = 3.0
    text_contrast: float = 4.5
    caret_width: int = 2


LIGHT = PageStyle(
    paper="#fdfcf9",
    ink="#22252b",
    selection="#bcd7f5",
    caret="#1557b0",
    tie="#6b7280",
    hint_paper="#ffd84d",
    hint_ink="#2a2200",
    wave="#b3261e",
)
DARK = PageStyle(
    paper="#1b1d21",
    ink="#e4e2dc",
    selection="#2f4a6d",
    caret="#8ab8ff",
    tie="#9aa3b0",
    hint_paper="#e8c23a",
    hint_ink="#2a2200",
    wave="#ff8a80",
    fill_strength=1.6,
)
HIGH_CONTRAST = PageStyle(
    paper="#000000",
    ink="#ffffff",
    selection="#003a8c",
    caret="#ffff00",
    tie="#ffffff",
    hint_paper="#ffff00",
    hint_ink="#000000",
    wave="#ff8080",
    least_contrast=7.0,
    text_contrast=7.0,
    caret_width=4,
)
"""White on black; every sign reaches 7:1 (WCAG 2.1, level AAA for text)."""
HIGH_CONTRAST_LIGHT = PageStyle(
    paper="#ffffff",
    ink="#000000",
    selection="#a8d1ff",
    caret="#0000c0",
    tie="#000000",
    hint_paper="#000000",
    hint_ink="#ffffff",
    wave="#a00000",
    least_contrast=7.0,
    text_contrast=7.0,
    caret_width=4,
)
"""Black on white, with the same contrast, for those whom a bright page suits better."""


def rgb(color: str) -> Rgb:
    """The three channels of ``#rrggbb``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def mixed(color: str, into: str, share: float) -> str:
    """`into` covered by `color` at an opacity of `share`."""
    channels = zip(rgb(color), rgb(into), strict=True)
    return "#" + "".join(
        f"{round(over * share + under * (1 - share)):02x}" for over, under in channels
    )


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=256)
def text_on(color: str) -> str:
    """Black or white, whichever reads better on `color`: never below 4.5:1."""
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, color))


@lru_cache(maxsize=256)
def legible_on(color: str, paper: str, *, at_least: float = 3.0) -> str:
    """`color`, or the first shade towards black or white that stands out from `paper`."""
    towards = text_on(paper)
    for step in range(11):
        shade = mixed(towards, color, step / 10)
        if contrast(shade, paper) >= at_least:
            return shade
    return towards


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
