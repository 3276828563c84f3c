"""The desk: what every part of the window is given — words, colours, fonts, keys, settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError
from annotator.foundation.settings import Settings
from annotator.ui.editing.editor import Editor
from annotator.ui.fonts import FontFamilies
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.keyboard.user_keys import UserKeys
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.kurdish.lexicon import Lexicon


class Desk(Struct, frozen=True):
    """Collaborators that stay the same while a window lives; another language is another desk.

    `lexicon` is read when somebody asks for it first. `platform` is the name of Qt's platform
    plug-in, which decides how scan codes are read; `settings_folder` is where what the user chooses
    is kept, and `trouble` what was wrong there.
    """

    catalogue: Catalogue
    theme: Theme
    fonts: FontFamilies
    keys: UserKeys
    acts: Mapping[str, Callable[[Editor], None]]
    lexicon: Callable[[], Lexicon]
    platform: str
    settings: Settings
    settings_folder: Path
    trouble: AnnotatorError | None = None

    @property
    def keymap(self) -> Keymap:
        """Which key calls which action."""
        return self.keys.keymap
