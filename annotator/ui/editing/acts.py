"""All acts of the editor by their ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from annotator.kurdish.lexicon import Lexicon
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.growing import GROWING
from annotator.ui.editing.jumping import JUMPING
from annotator.ui.editing.mark_all import MARKING_ALL
from annotator.ui.editing.marking import marking
from annotator.ui.editing.moving import MOVING
from annotator.ui.editing.repeating import COUNTING
from annotator.ui.editing.seeking import SEEKING
from annotator.ui.editing.shaping import SHAPING
from annotator.ui.editing.suggesting import SUGGESTING


def editing_acts(lexicon: Lexicon) -> Mapping[str, Callable[[Editor], None]]:
    """What the keys and menus do in an open document; `lexicon` serves the proposals for quotes."""
    return MappingProxyType(
        {
            **MOVING,
            **COUNTING,
            **SHAPING,
            **GROWING,
            **JUMPING,
            **SEEKING,
            **MARKING_ALL,
            **SUGGESTING,
            **marking(lexicon),
        }
    )
