"""The elements of a large JSON array one by one, so that memory holds one of them.

Strings and brackets are enough to see where an element ends. Whether it is JSON is for its reader
to say: whatever is wrong comes out as an element that is not.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from annotator.formats.json_chunks import Chunk, json_chunks
from annotator.foundation.errors import UserError

_PIECE = 1 << 16
_MARKS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*("?)|[\[\]{},]', re.DOTALL)
_INSIDE = re.compile(rb'(?:[^"\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+', re.DOTALL)
"""What stands inside an element before its next bracket, or before a string that goes on."""
_OPENS, _QUOTE = b"[{", ord('"')


def json_elements(stream: BinaryIO, max_bytes: int) -> Iterator[Chunk]:
    """The elements of an array in UTF-8, each with the line on which it begins; of any other file
    its `json_chunks`.

    Raises `UserError` where an element, or a file that is no array, is larger than `max_bytes`.
    """
    reader = io.BufferedReader(cast(io.RawIOBase, stream))  # to look ahead in any binary stream
    try:
        head = reader.peek(_PIECE).removeprefix(codecs.BOM_UTF8).lstrip()
        if head.startswith(b"["):
            yield from _Elements(reader, max_bytes)
        else:
            yield from json_chunks(reader, max_bytes)
    finally:
        reader.detach()


class _Elements:
    """Reads the elements of the array that a stream holds."""

    def __init__(self, stream: BinaryIO, max_bytes: int) -> None:
        self._stream = stream
        self._max_bytes = max_bytes
        self._buffer = b""
        self._at = 0
        self._depth = 0
        self._line = 1
        self._begin = 0
        self._has_comma = False
        self._is_over = False

    def __iter__(self) -> Iterator[Chunk]:
        more = _PIECE
        while data := self._stream.read(more):
            self._buffer = self._buffer[self._begin :] + data
            self._at -= self._begin
            self._begin = 0
            yield from self._found()
            left = len(self._buffer) - self._begin
            if left > self._max_bytes + _PIECE:
                raise UserError("formats.too_large", size=left, limit=self._max_bytes)
            more = max(_PIECE, left)  # so that a long element is not looked through too often
        rest = self._taken(len(self._buffer))
        if not self._is_over or rest.data:
            yield rest  # the array does not end, or something stands behind it

    def _found(self) -> Iterator[Chunk]:
        """The elements that end in the buffer."""
        while not self._is_over:
            if self._depth > 1:
                if not self._passes_bracket():
                    return
                continue
            mark = _MARKS.search(self._buffer, self._at)
            if mark is None:
                break
            if mark[0][:1] == b'"' and not mark[1]:
                self._at = mark.start()  # the string goes on in the next piece
                return
            self._at = mark.end()
            yield from self._between(mark[0], mark.start())
        self._at = len(self._buffer)

    def _passes_bracket(self) -> bool:
        """Go behind the next bracket inside an element; False where the buffer does not tell it."""
        inside = _INSIDE.match(self._buffer, self._at)
        assert inside is not None  # nothing at all is enough
        self._at = inside.end()
        if self._at == len(self._buffer) or self._buffer[self._at] == _QUOTE:
            return False
        self._depth += 1 if self._buffer[self._at] in _OPENS else -1
        self._at += 1
        return True

    def _between(self, found: bytes, at: int) -> Iterator[Chunk]:
        """The element that ends at a mark which stands in no element, if one does."""
        if found in _OPENS:
            self._depth += 1
            if self._depth == 1:
                self._taken(at)
        elif found == b",":
            self._has_comma = True
            yield self._taken(at)
        elif found == b"]":
            self._is_over = True
            last = self._taken(at)
            if last.data or self._has_comma:
                yield last

    def _taken(self, end: int) -> Chunk:
        """The bytes up to `end`, without the spaces around them; the next element begins behind."""
        taken = self._buffer[self._begin : end]
        data = taken.strip(b" \t\r\n")
        first = self._line + taken[: len(taken) - len(taken.lstrip())].count(b"\n")
        self._line += taken.count(b"\n")
        self._begin = end + 1
        return Chunk(data, first)
