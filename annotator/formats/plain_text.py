"""Plain text files: one file is one document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from annotator.core.document import Document, Source
from annotator.formats.base import Bundle, Format, ImportProblem, ReadOptions
from annotator.formats.decode import decode
from annotator.formats.safe_names import file_name, file_stem, safe_id


def read_plain_text(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The document in a text file, after any warnings about it.

    Raises `UserError` when the file cannot be read as text.
    """
    data = stream.read(options.max_bytes + 1)
    decoded = decode(data, options.encoding, max_bytes=options.max_bytes)
    for note in decoded.warnings:
        yield ImportProblem.from_note(note, source=options.source)
    source = Source(
        file=file_name(options.source),
        sha256=decoded.sha256,
        encoding=decoded.encoding,
        newline=decoded.newline,
        has_bom=decoded.has_bom,
    )
    yield Bundle(Document(safe_id(file_stem(options.source)), decoded.text, source))


PLAIN_TEXT = Format(
    id="plain-text",
    title="formats.title_plain_text",
    suffixes=(".txt", ".text"),
    read=read_plain_text,
)
