"""Fixtures of the Sorani tests: the three seed articles where they exist, and the word lists."""

import json
import os
from pathlib import Path

import pytest

from annotator.foundation.paths import resource
from annotator.kurdish.lexicon import Lexicon, lexicon_from_json


def _shared_folder() -> Path | None:
    chosen = os.environ.get("NISHAN_SHARED")
    folders = [Path(chosen)] if chosen else [up / "shared" for up in Path(__file__).parents]
    return next((folder for folder in folders if (folder / "articles").is_dir()), None)


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = _shared_folder()
    if folder is None:
        pytest.skip("the seed articles are not here")
    return folder


@pytest.fixture(scope="session")
def articles(shared: Path) -> tuple[str, ...]:
    paths = sorted((shared / "articles").glob("*.txt"))
    return tuple(path.read_bytes().decode("utf-8") for path in paths)


@pytest.fixture(scope="session")
def word_lists() -> dict[str, object]:
    data: dict[str, object] = {}
    for path in sorted(resource("lexicons").glob("*.json")):
        data |= json.loads(path.read_text(encoding="utf-8"))
    return data


@pytest.fixture(scope="session")
def lexicon(word_lists: dict[str, object]) -> Lexicon:
    return lexicon_from_json(word_lists)
