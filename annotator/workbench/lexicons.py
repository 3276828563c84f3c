"""The bundled Sorani lexicon, read from the resources."""

from __future__ import annotations

import json

from annotator.foundation.paths import resource
from annotator.kurdish.lexicon import Lexicon, lexicon_from_json


def read_lexicon() -> Lexicon:
    """Every list of ``resources/lexicons`` as one value."""
    data: dict[str, object] = {}
    for path in sorted(resource("lexicons").glob("*.json")):
        data.update(json.loads(path.read_text(encoding="utf-8")))
    return lexicon_from_json(data)
