"""The texts of a language, read file by file until one has what is asked for.

A language has some fifty files with two thousand texts. The first picture of a window needs ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import json

from annotator.foundation.errors import Defect

FIRST = ("window.json", "shell.json")
"""The files with what the first picture of a window says."""


class LateTexts(Mapping[str, str]):
    """Texts by their keys, from the JSON files of a folder.

    Raises `Defect` when a file is read that has a key which another one has, too.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, str] = {}
        self._left = self._files()

    def __getitem__(self, key: str) -> str:
        while key not in self._known:
            if not self._read_on():
                raise KeyError(key)
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        while self._read_on():
            pass
        return iter(self._known)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _files(self) -> Iterator[Path]:
        first = [path for path in map(self._folder.joinpath, FIRST) if path.is_file()]
        yield from first
        yield from sorted(path for path in self._folder.glob("*.json") if path not in first)

    def _read_on(self) -> bool:
        """Read one more file; False where there is none."""
        path = next(self._left, None)
        if path is None:
            return False
        texts = json.decode(path.read_bytes(), type=dict[str, str])
        twice = texts.keys() & self._known.keys()
        self._known.update(texts)
        for key in twice:
            raise Defect("defect.message_twice", message=key, language=self._folder.name)
        return True
