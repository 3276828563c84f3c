"""Files before their import: what each seems to be, told from its beginning.

Only the first two megabytes of a file are read. Where that cuts a JSON array, the records that are
whole are kept, so that the fields of a big file can be shown and chosen as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from annotator.formats.base import FieldMapping, Format, ImportProblem, JsonObject
from annotator.formats.decode import decode, decode_characters
from annotator.formats.news_fields import propose_mapping, value_at
from annotator.formats.news_json import NEWS_JSON, preview, sample_news
from annotator.formats.plain_text import PLAIN_TEXT
from annotator.foundation.errors import UserError
from annotator.workbench.importing import chosen_format
from annotator.workbench.reading import reading_error

HEAD_LIMIT = 2 * 1024 * 1024
"""Bytes of a file that are read to show what is in it."""

_LONGEST_CHARACTER = 4
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_CLOSING = {"[": "]", "{": "}"}
_RECORD_DEPTH = 2
"""Records lie in an array, or in the array of an object."""


class Candidate(Struct, frozen=True):
    """A file that may be imported. `size` is in bytes.

    `kind` is None where no format reads it. `problem` tells why it cannot be imported as it is, as
    far as its beginning shows. `mapping` is what its news records propose, and `paths` are the
    fields they have.
    """

    path: Path
    size: int
    kind: Format | None = None
    problem: UserError | None = None
    mapping: FieldMapping | None = None
    paths: tuple[tuple[str, ...], ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether the fields of its records can be chosen."""
        return self.kind is not None and self.kind.id == NEWS_JSON.id and bool(self.paths)

    @property
    def is_text(self) -> bool:
        """Whether the file is one document and nothing else."""
        return self.kind is not None and self.kind.id == PLAIN_TEXT.id

    @property
    def wants_encoding(self) -> bool:
        """Whether another encoding may make it readable."""
        if self.problem is None:
            return False
        return self.problem.key.startswith(("formats.bytes_", "formats.encoding_"))


def examine(path: Path, *, format_id: str | None = None, encoding: str | None = None) -> Candidate:
    """What a file seems to be; nothing about it is raised, `Candidate.problem` tells."""
    kind: Format | None = None
    size = 0
    try:
        size = path.stat().st_size
        kind = chosen_format(path, format_id)
        head = read_head(path)
        if kind.id == PLAIN_TEXT.id:
            _try_text(head, encoding, is_whole=size <= len(head))
        if kind.id != NEWS_JSON.id:
            return Candidate(path, size, kind)
        data = news_head(head, encoding, is_whole=size <= len(head))
        records = sample_news(data)
    except UserError as error:
        return Candidate(path, size, kind, error)
    except OSError as error:
        return Candidate(path, size, kind, reading_error(error, path))
    mapping = propose_mapping(records)
    problem = None if mapping else _unreadable(data, path)
    return Candidate(path, size, kind, problem, mapping, field_paths(records))


def read_head(path: Path) -> bytes:
    """The first `HEAD_LIMIT` bytes of a file. Raises `OSError`."""
    with path.open("rb") as stream:
        return stream.read(HEAD_LIMIT)


def news_head(head: bytes, encoding: str | None, *, is_whole: bool) -> bytes:
    """The beginning of a news file as JSON that can be parsed.

    A whole file that needs no choice of encoding stays as it is; anything else becomes UTF-8
    without the record that was cut. Raises `UserError` when the encoding does not fit.
    """
    if is_whole and encoding is None:
        return head
    text = _decoded(head, encoding, is_whole=is_whole)
    if not is_whole:
        text = _whole_records(text)
    return text.encode("utf-8", "surrogatepass")


def field_paths(records: Sequence[JsonObject]) -> tuple[tuple[str, ...], ...]:
    """The fields of news records, at the top and one level inside, in order of appearance."""
    paths: dict[tuple[str, ...], None] = {}
    for record in records:
        for name, value in record.items():
            if isinstance(value, dict):
                paths.update({(name, inner): None for inner in value})
            else:
                paths[(name,)] = None
    return tuple(path for path in paths if any(value_at(r, path) is not None for r in records))


def _unreadable(data: bytes, path: Path) -> UserError:
    """Why no text was found: what is wrong with the file, or that no field looks like it."""
    for one in preview(data, FieldMapping(text=("text",)), 1, source=path.name):
        result = one.result
        if isinstance(result, ImportProblem) and not result.key.startswith("formats.news_"):
            return UserError(result.key, **result.values)
    return UserError("formats.news_no_text_field", source=path.name)


def _try_text(head: bytes, encoding: str | None, *, is_whole: bool) -> None:
    if is_whole:
        decode(head, encoding)
    else:
        _decoded(head, encoding, is_whole=False)


def _decoded(head: bytes, encoding: str | None, *, is_whole: bool) -> str:
    """The characters of a head; the one that the cut went through is left out."""
    try:
        return decode_characters(head, encoding).text
    except UserError as error:
        offset = error.values.get("offset")
        is_cut = isinstance(offset, int) and offset > len(head) - _LONGEST_CHARACTER
        if is_whole or not is_cut or not isinstance(offset, int):
            raise
        return decode_characters(head[:offset], encoding).text


def _whole_records(text: str) -> str:
    """The beginning of a JSON file without the record that it breaks off in.

    JSON lines lose their last line; an array is closed after its last whole record.
    """
    if _are_lines(text):
        return text[: text.rfind("\n") + 1]
    open_brackets: list[str] = []
    kept, closers = 0, ""
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in _CLOSING:
            open_brackets.append(token)
        elif token in ("]", "}") and open_brackets:
            open_brackets.pop()
            if _ends_record(open_brackets):
                kept = match.end()
                closers = "".join(_CLOSING[bracket] for bracket in reversed(open_brackets))
    return text[:kept] + closers


def _ends_record(open_brackets: list[str]) -> bool:
    return open_brackets[-1:] == ["["] and len(open_brackets) <= _RECORD_DEPTH


def _are_lines(text: str) -> bool:
    first, separator, _ = text.lstrip("\ufeff").partition("\n")
    return bool(separator) and first.lstrip().startswith("{") and first.rstrip().endswith("}")
