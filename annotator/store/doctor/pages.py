"""The pages of a database file, read without SQLite: what a b-tree still holds, cell by cell.

This follows https://sqlite.org/fileformat.html. Nothing here trusts the file: what does not fit
is passed over, no page is walked twice, and no length is believed beyond `LONGEST`.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from msgspec import Struct

from annotator.store.doctor.tables import Value

LONGEST = 64_000_000
"""Bytes of the longest record that is read; no project holds a longer one."""

_HEADER_BYTES = 100
_INDEX_INTERIOR, _TABLE_INTERIOR, _INDEX_LEAF, _TABLE_LEAF = 2, 5, 10, 13
_INTERIOR = frozenset({_INDEX_INTERIOR, _TABLE_INTERIOR})
_TREES = frozenset({_INDEX_INTERIOR, _TABLE_INTERIOR, _INDEX_LEAF, _TABLE_LEAF})
_LENGTHS = (0, 1, 2, 3, 4, 6, 8)
_UNREADABLE = (IndexError, ValueError, OverflowError)


class Cell(NamedTuple):
    """One row as a page keeps it; `key` is None in a table without one."""

    key: int | None
    values: list[Value]


class _Pointers(Struct, frozen=True):
    kind: int
    cells: tuple[int, ...]
    right: int


class PageFile:
    """An open file as numbered pages, the first being 1. To be used in a ``with``.

    `unread` counts what trees lead to and could not be read.
    """

    def __init__(self, stream: BinaryIO, *, page_size: int, size: int) -> None:
        self._stream = stream
        self._page_size = page_size
        self.count = -(-size // page_size)
        self.unread = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    def page(self, number: int) -> bytes:
        """The bytes of a page, filled up with zeros where the file ends before it does."""
        if not 1 <= number <= self.count:
            return b""
        self._stream.seek((number - 1) * self._page_size)
        return self._stream.read(self._page_size).ljust(self._page_size, b"\x00")

    def tree(self, root: int, seen: set[int]) -> Iterator[Cell | None]:
        """The cells of a b-tree in order, and None after each page.

        Pages in `seen` are not walked again; those that are walked are added.
        """
        rest = [root]
        while rest:
            number = rest.pop()
            page = self.page(number)
            pointers = None if number in seen else _pointers(page, number)
            if pointers is None:
                self.unread += 1
                continue
            seen.add(number)
            yield from self.cells(number)
            yield None
            if pointers.kind in _INTERIOR:
                children = [_number(page, at, 4) for at in pointers.cells if at + 4 <= len(page)]
                rest.extend(reversed([*children, pointers.right]))

    def cells(self, number: int) -> Iterator[Cell]:
        """The rows that one page of a b-tree keeps; interior pages of tables keep none."""
        page = self.page(number)
        pointers = _pointers(page, number)
        if pointers is None or pointers.kind == _TABLE_INTERIOR:
            return
        for at in pointers.cells:
            try:
                yield self._cell(page, at, pointers.kind)
            except _UNREADABLE:
                self.unread += 1

    def free(self) -> set[int]:
        """The pages that hold nothing any more, as far as their list can be read."""
        found: set[int] = set()
        trunk = _number(self.page(1), 32, 4)
        while trunk and trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self.page(trunk)
            count = min(_number(page, 4, 4), self._page_size // 4 - 2)
            found.update(_number(page, 8 + 4 * index, 4) for index in range(count))
            trunk = _number(page, 0, 4)
        return found

    def _cell(self, page: bytes, at: int, kind: int) -> Cell:
        if kind == _INDEX_INTERIOR:
            at += 4
        length, at = _varint(page, at)
        key = None
        if kind == _TABLE_LEAF:
            key, at = _varint(page, at)
            key -= (key >> 63) << 64
        if length > LONGEST:
            raise ValueError(length)
        return Cell(key, _values(self._payload(page, at, length, kind)))

    def _payload(self, page: bytes, at: int, length: int, kind: int) -> bytes:
        usable = self._page_size
        least = (usable - 12) * 32 // 255 - 23
        most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if length <= most:
            return _piece(page, at, length)
        local = least + (length - least) % (usable - 4)
        if local > most:
            local = least
        parts = [_piece(page, at, local)]
        following = _number(_piece(page, at + local, 4), 0, 4)
        missing, seen = length - local, set[int]()
        if missing > self.count * usable:
            raise ValueError(length)
        while missing and following not in seen and 1 <= following <= self.count:
            seen.add(following)
            overflow = self.page(following)
            parts.append(overflow[4 : 4 + missing])
            missing -= len(parts[-1])
            following = _number(overflow, 0, 4)
        # What of a text is still there is worth having: the rest of it is zeros.
        self.unread += bool(missing)
        return b"".join((*parts, bytes(missing)))


def _pointers(page: bytes, number: int) -> _Pointers | None:
    """Where the cells of a page begin, or None for one that is no page of a b-tree."""
    start = _HEADER_BYTES if number == 1 else 0
    if len(page) < start + 12 or page[start] not in _TREES:
        return None
    kind = page[start]
    first = start + (12 if kind in _INTERIOR else 8)
    count = min(_number(page, start + 3, 2), (len(page) - first) // 2)
    cells = tuple(_number(page, first + 2 * index, 2) for index in range(count))
    right = _number(page, start + 8, 4) if kind in _INTERIOR else 0
    return _Pointers(kind, cells, right)


def _values(payload: bytes) -> list[Value]:
    length, at = _varint(payload, 0)
    if length > len(payload):
        raise ValueError(length)
    start, values = length, list[Value]()
    while at < length:
        serial, at = _varint(payload, at)
        value, start = _value(payload, start, serial)
        values.append(value)
    if start != len(payload):
        raise ValueError(start)
    return values


def _value(payload: bytes, start: int, serial: int) -> tuple[Value, int]:
    if serial >= 12:
        end = start + (serial - 12) // 2
        piece = _piece(payload, start, end - start)
        return (_text(piece) if serial % 2 else piece), end
    if serial in (8, 9):
        return serial - 8, start
    if serial > 6:
        raise ValueError(serial)  # no table of ours holds a number with a point
    end = start + _LENGTHS[serial]
    piece = _piece(payload, start, end - start)
    return (int.from_bytes(piece, "big", signed=True) if serial else None), end


def _text(piece: bytes) -> Value:
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        return piece


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9


def _piece(data: bytes, at: int, length: int) -> bytes:
    piece = data[at : at + length]
    if len(piece) != length:
        raise ValueError(length)
    return piece


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")
