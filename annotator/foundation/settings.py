"""What the user may choose about language and look, with every default in one place.

Kept apart from the state of windows (sizes, what was open last), which nobody chooses and which
the toolkit remembers in its own form.
"""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from annotator.foundation.catalogue import LANGUAGES

SYSTEM = "system"
"""The choice of whatever the system has."""

THEMES = ("light", "dark", "high-contrast")


class ArticleFont(Enum):
    """The bundled type family in which articles are set."""

    NASKH = "naskh"
    VAZIRMATN = "vazirmatn"


class Limits(Struct, frozen=True, kw_only=True):
    """The least and the largest value of a choice, and the step from one to the next."""

    least: float
    most: float
    step: float

    def clip(self, value: float) -> float:
        """The nearest value that is allowed."""
        return min(max(value, self.least), self.most)


POINTS = Limits(least=8.0, most=60.0, step=1.0)
LINE_HEIGHTS = Limits(least=1.2, most=2.5, step=0.1)
COLUMN_WIDTHS = Limits(least=400, most=1600, step=40)


class Settings(Struct, frozen=True, kw_only=True):
    """The choices of one user.

    `points` is the usual size of an article's letters, `line_height` is in heights of the font,
    `column_width` in pixels. `suggests` tells whether suggestions are made and shown. Of folders
    that others can write to, `direct_folders` are those whose projects are opened where they lie,
    `copied_folders` those whose projects are worked on in a copy; of all others it is asked.
    """

    language: str = SYSTEM
    theme: str = SYSTEM
    article_font: ArticleFont = ArticleFont.NASKH
    points: float = 17.0
    line_height: float = 1.45
    column_width: int = 760
    shows_code_points: bool = False
    suggests: bool = True
    direct_folders: tuple[str, ...] = ()
    copied_folders: tuple[str, ...] = ()

    @property
    def chosen_language(self) -> str | None:
        """The language that was chosen, or None for that of the system."""
        return self.language if self.language in LANGUAGES else None

    @property
    def chosen_theme(self) -> str | None:
        """The theme that was chosen, or None for that of the system."""
        return self.theme if self.theme in THEMES else None
