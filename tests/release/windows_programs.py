"""The smallest files that have the headers of a Windows program, for tests."""

import struct

_SECTION, _RAW = 0x1000, 0x200


def program(*, imports=(), late=(), machine=0x8664, magic=0x20B, subsystem=3):
    """A program of one section, which holds nothing but the names of what it loads."""
    body = bytearray()
    names = {}
    for name in (*imports, *late):
        names[name] = _SECTION + len(body)
        body += name.encode("ascii") + b"\0"
    tables = {}
    for number, wanted, size, place in ((1, imports, 20, 12), (13, late, 32, 4)):
        if wanted:
            tables[number] = (_SECTION + len(body), size * (len(wanted) + 1))
        for name in wanted:
            entry = bytearray(size)
            struct.pack_into("<I", entry, place, names[name])
            body += entry
        body += bytes(size)
    optional = bytearray(112 + 16 * 8)
    struct.pack_into("<H", optional, 0, magic)
    struct.pack_into("<H", optional, 68, subsystem)
    struct.pack_into("<I", optional, 108, 16)
    for number, (address, size) in tables.items():
        struct.pack_into("<II", optional, 112 + 8 * number, address, size)
    head = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0"
    head += struct.pack("<HHIIIHH", machine, 1, 7, 0, 0, len(optional), 0)
    section = struct.pack("<8sIIII", b".data", len(body), _SECTION, len(body), _RAW) + bytes(16)
    whole = head + optional + section
    return whole + bytes(_RAW - len(whole)) + bytes(body)
