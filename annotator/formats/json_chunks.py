"""JSON files in pieces: one piece a line where a file holds JSON lines, else the whole file.

Lines end at LF only; ``str.splitlines`` would also cut at U+2028 and U+0085 inside strings. In
UTF-16 an LF is two bytes, and the byte 0A may be half of another character.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from msgspec import Struct

from annotator.foundation.errors import UserError

_GOES_ON = (b"[", b"{", b",", b":")
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Chunk(Struct, frozen=True):
    """The bytes of one JSON text; `line` is 1-based, or None for a whole file.

    A line of a file in UTF-16 has the byte order mark of the file before it.
    """

    data: bytes
    line: int | None

    @property
    def first_line(self) -> int:
        """The line of the file on which the bytes begin."""
        return 1 if self.line is None else self.line


def unproved(chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, bool]]:
    """Chunks of which nobody has proved anything yet."""
    return ((chunk, False) for chunk in chunks)


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
        if len(filled) == 2 or is_utf_16(head[0]):
            break
    if not is_utf_16(b"".join(head[:1])) and _are_json_lines(filled):
        yield from numbered_chunks(chain(head, lines))
        return
    data = bytearray(b"".join(head))
    for line in lines:
        data += line
        if len(data) > max_bytes:
            raise UserError("formats.too_large", size=len(data), limit=max_bytes)
    yield from _whole(bytes(data))


def is_utf_16(data: bytes) -> bool:
    """Whether bytes begin with the byte order mark of UTF-16, which that of UTF-32 holds, too."""
    is_wider = data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE))
    return not is_wider and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _whole(data: bytes) -> Iterator[Chunk]:
    """A file that is no JSON lines in UTF-8: one chunk, or the lines it has in UTF-16."""
    lines = _utf_16_lines(data) if is_utf_16(data) else []
    filled = [line.strip() for line in lines if line.strip()][:2]
    if not _are_json_lines([line.encode() for line in filled]):
        yield Chunk(data, None)
        return
    mark, codec = data[:2], _UTF_16[data[:2]]
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Chunk(mark + line.encode(codec), number)


def _utf_16_lines(data: bytes) -> list[str]:
    """The lines of a file in UTF-16; none where it is broken, which its reader will tell."""
    try:
        return data[2:].decode(_UTF_16[data[:2]]).split("\n")
    except UnicodeDecodeError:
        return []


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
