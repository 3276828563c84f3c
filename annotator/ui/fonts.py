"""The two bundled type families: Noto Naskh Arabic for articles, Vazirmatn for the interface."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from PySide6.QtGui import QFontDatabase

from annotator.foundation.errors import Defect
from annotator.foundation.paths import resource

_FILES = {
    "article": ("NotoNaskhArabic-Regular.ttf",),
    "interface": ("Vazirmatn-Regular.ttf", "Vazirmatn-Bold.ttf"),
}


class FontFamilies(Struct, frozen=True):
    """Family names as Qt knows them, for the text of articles and for everything around it."""

    article: str
    interface: str


def register_fonts() -> FontFamilies:
    """Make the bundled fonts known to Qt; doing it again does no harm.

    Needs a `QGuiApplication`. Raises `Defect` where a file is missing or not a font.
    """
    return FontFamilies(*(_family(files) for files in _FILES.values()))


def _family(files: tuple[str, ...]) -> str:
    families: set[str] = set()
    for name in files:
        path = resource("fonts", name)
        number = QFontDatabase.addApplicationFontFromData(_content(path))
        if number < 0:
            raise Defect("defect.font", path=path.name)
        families.update(QFontDatabase.applicationFontFamilies(number))
    return min(families)


def _content(path: Path) -> bytes:
    """The bytes of a font: without a screen, Qt for Windows opens no path with Kurdish letters."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Defect("defect.font", path=path.name) from error
