"""What a Windows program or library says about itself: for what machine, and what it loads."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

AMD64 = 0x8664
_PE32_PLUS = 0x20B
_VERSION_MARK = b"\xbd\x04\xef\xfe\0\0\1\0"
_IMPORTS, _RESOURCES, _SIGNATURE, _LATE_IMPORTS = 1, 2, 4, 13


class Subsystem(Enum):
    """Whether Windows gives a program a console."""

    WINDOW = 2
    CONSOLE = 3


class NotExecutableError(ValueError):
    """The bytes are no 64-bit Windows program or library."""


@dataclass(frozen=True, slots=True)
class Executable:
    """A program or library as its headers describe it.

    `imports` are the libraries it cannot start without, `late_imports` those it asks for when it
    needs them; both in small letters.
    """

    machine: int
    subsystem: int
    timestamp: int
    imports: frozenset[str]
    late_imports: frozenset[str]
    has_resources: bool
    has_signature: bool


@dataclass(frozen=True, slots=True)
class _Section:
    address: int
    size: int
    offset: int


def read_executable(data: bytes) -> Executable:
    """Read the headers; raises `NotExecutableError` for what is not 64-bit, or is cut short."""
    try:
        return _read(data)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise NotExecutableError(str(error)) from error


def file_version(data: bytes) -> str:
    """The version that a program or library carries, as four numbers; empty where it has none."""
    place = data.find(_VERSION_MARK)
    if place < 0:
        return ""
    high, low = struct.unpack_from("<II", data, place + 8)
    return ".".join(str(part) for whole in (high, low) for part in (whole >> 16, whole & 0xFFFF))


def _read(data: bytes) -> Executable:
    if data[:2] != b"MZ":
        raise NotExecutableError("no MZ header")
    (start,) = struct.unpack_from("<I", data, 0x3C)
    if data[start : start + 4] != b"PE\0\0":
        raise NotExecutableError("no PE header")
    machine, count, timestamp, _, _, optional_size = struct.unpack_from("<HHIIIH", data, start + 4)
    optional = start + 24
    (magic,) = struct.unpack_from("<H", data, optional)
    if magic != _PE32_PLUS:
        raise NotExecutableError("not 64-bit")
    (subsystem,) = struct.unpack_from("<H", data, optional + 68)
    (entries,) = struct.unpack_from("<I", data, optional + 108)
    directories = [
        struct.unpack_from("<II", data, optional + 112 + 8 * number)
        for number in range(min(entries, 16))
    ]
    directories += [(0, 0)] * (16 - len(directories))
    sections = tuple(_sections(data, optional + optional_size, count))
    return Executable(
        machine=machine,
        subsystem=subsystem,
        timestamp=timestamp,
        imports=frozenset(_names(data, sections, directories[_IMPORTS][0], size=20, name=12)),
        late_imports=frozenset(
            _names(data, sections, directories[_LATE_IMPORTS][0], size=32, name=4)
        ),
        has_resources=directories[_RESOURCES][1] > 0,
        has_signature=directories[_SIGNATURE][1] > 0,
    )


def _sections(data: bytes, start: int, count: int) -> Iterator[_Section]:
    for number in range(count):
        virtual_size, address, raw_size, offset = struct.unpack_from(
            "<IIII", data, start + 40 * number + 8
        )
        yield _Section(address=address, size=max(virtual_size, raw_size), offset=offset)


def _names(
    data: bytes, sections: tuple[_Section, ...], table: int, *, size: int, name: int
) -> Iterator[str]:
    """The libraries of an import table, whose entries end with one that is empty."""
    if table == 0:
        return
    place = _place(sections, table)
    while True:
        (address,) = struct.unpack_from("<I", data, place + name)
        if address == 0:
            return
        begin = _place(sections, address)
        yield data[begin : data.index(b"\0", begin)].decode("ascii").lower()
        place += size


def _place(sections: tuple[_Section, ...], address: int) -> int:
    """Where in the file an address of the loaded program lies."""
    for section in sections:
        if section.address <= address < section.address + section.size:
            return address - section.address + section.offset
    raise NotExecutableError(f"address {address:#x} lies in no section")
