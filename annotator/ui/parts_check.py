"""Whether what is loaded only when it is needed is there: pictures, guide, words.

A page can be painted without any of it, so each is asked for by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QImageReader

from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.foundation.paths import resource
from annotator.foundation.settings import THEMES
from annotator.ui.guide_text import read_guide
from annotator.ui.keyboard.keymap import default_keymap
from annotator.workbench.lexicons import read_lexicon


def absent_parts() -> Iterator[str]:
    """What of the resources is missing, or cannot be shown, each by its name."""
    for name in ("nishan", *(f"chevron{way}-{theme}" for theme in THEMES for way in ("", "-up"))):
        path = resource("icons", f"{name}.svg")
        if QImageReader(str(path)).read().isNull():
            yield path.name
    for language in LANGUAGES:
        if not read_guide(load_catalogue(language), default_keymap()).pages:
            yield f"help/{language}"
    lexicon = read_lexicon()
    if not (lexicon.cues and lexicon.entries and lexicon.triggers):
        yield "lexicons"
