"""The files of an export that has some for each annotation set: their names, and what is in them.

A document with one set gives its id as the stem of its files, one with several the ids of document
and set. Two stems that a file system takes for one are told apart by a number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from annotator.core.ids import SetId
from annotator.formats.base import ExportReport, Folder, SegmentedBundle, SetContent
from annotator.formats.safe_names import safe_file_name


class DocumentFiles:
    """Writes files into a folder, and counts and hashes what goes into them."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._taken: set[str] = set()
        self._documents = 0
        self._sets = 0
        self._size = 0
        self._digest = hashlib.sha256()

    def stems(
        self, items: Iterable[SegmentedBundle], suffix: str
    ) -> Iterator[tuple[SegmentedBundle, SetContent, str]]:
        """Every annotation set, by set id within its document, and the stem of its files."""
        for item in items:
            contents = sorted(item.bundle.sets, key=lambda content: content.header.id)
            self._documents += bool(contents)
            for content in contents:
                self._sets += 1
                one = content.header.id if len(contents) > 1 else None
                yield item, content, self._stem(item.bundle.document.id, one, suffix)

    def write(self, name: str, data: bytes) -> None:
        """A file with this content."""
        with self._folder.file(name) as stream:
            stream.write(data)
        self._digest.update(data)
        self._size += len(data)

    def report(self) -> ExportReport:
        """What has been written."""
        return ExportReport(self._documents, self._sets, self._size, self._digest.hexdigest())

    def _stem(self, document: str, content: SetId | None, suffix: str) -> str:
        name = document if content is None else f"{document}.{content}"
        stem = safe_file_name(name, suffix).removesuffix(suffix)
        number = 1
        while stem.lower() in self._taken:
            number += 1
            stem = safe_file_name(f"{name}-{number}", suffix).removesuffix(suffix)
        self._taken.add(stem.lower())
        return stem
