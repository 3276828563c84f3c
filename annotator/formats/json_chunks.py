"""JSON files in pieces: one piece a line where a file holds JSON lines, else the whole file.

Lines end at LF only; ``str.splitlines`` would also cut at U+2028 and U+0085 inside strings.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from annotator.foundation.errors import UserError

_GOES_ON = (b"[", b"{", b",", b":")


@dataclass(frozen=True, slots=True)
class Chunk:
    """The bytes of one JSON text; `line` is 1-based, or None for a whole file."""

    data: bytes
    line: int | None

    @property
    def first_line(self) -> int:
        """The line of the file on which the bytes begin."""
        return 1 if self.line is None else self.line


def read_lines(stream: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """The lines of a file with their LF.

    Raises `UserError` for a line longer than `max_bytes`, having read no more than that of it.
    """
    while line := stream.readline(max_bytes + 1):
        if len(line) > max_bytes:
            raise UserError("formats.too_large", size=len(line), limit=max_bytes)
        yield line


def numbered_chunks(lines: Iterable[bytes]) -> Iterator[Chunk]:
    """One chunk, without its LF, for each line that is not blank."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Chunk(line.removesuffix(b"\n"), number)


def json_chunks(stream: BinaryIO, max_bytes: int) -> Iterator[Chunk]:
    """The chunks of a file: its lines when it holds JSON lines, else the file as one.

    Memory holds one line, or one file, of at most `max_bytes` bytes.
    """
    lines = read_lines(stream, max_bytes)
    head: list[bytes] = []
    filled: list[bytes] = []
    for line in lines:
        head.append(line)
        if line.strip():
            filled.append(line.strip())
        if len(filled) == 2:
            break
    if _are_json_lines(filled):
        yield from numbered_chunks(chain(head, lines))
        return
    data = bytearray(b"".join(head))
    for line in lines:
        data += line
        if len(data) > max_bytes:
            raise UserError("formats.too_large", size=len(data), limit=max_bytes)
    yield Chunk(bytes(data), None)


def _are_json_lines(filled: list[bytes]) -> bool:
    """Whether a file begins with JSON texts of their own, told from its first lines not blank.

    A whole object on the first line says so; one on the second line too, unless the first line
    opens something that goes on. So one of the two lines may be damaged.
    """
    if len(filled) < 2:
        return False
    first, second = filled[0].removeprefix(codecs.BOM_UTF8), filled[1]
    return _is_object(first) or (_is_object(second) and not first.endswith(_GOES_ON))


def _is_object(line: bytes) -> bool:
    return line.startswith(b"{") and line.endswith(b"}")
