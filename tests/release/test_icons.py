"""One picture, in the containers of two systems."""

import struct

from release.icons import MAC_SIZES, icns, ico


def test_an_icon_of_windows_lists_its_pictures():
    data = ico({256: b"large", 16: b"tiny!!"})
    assert struct.unpack_from("<HHH", data) == (0, 1, 2)
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * number) for number in range(2)]
    assert [entry[:2] for entry in entries] == [(16, 16), (0, 0)]
    assert [data[start : start + size] for *_, size, start in entries] == [b"tiny!!", b"large"]
    assert len(data) == 6 + 32 + 11


def test_an_icon_of_macos_lists_its_pictures_for_each_screen():
    data = icns({16: b"tiny", 32: b"small"})
    assert data[:4] == b"icns"
    assert struct.unpack_from(">I", data, 4) == (len(data),)
    found, place = [], 8
    while place < len(data):
        name, size = struct.unpack_from(">4sI", data, place)
        found.append((name, data[place + 8 : place + size]))
        place += size
    assert found == [(b"icp4", b"tiny"), (b"icp5", b"small"), (b"ic11", b"small")]


def test_each_name_of_apple_is_used_once():
    names = [name for of_size in MAC_SIZES.values() for name in of_size]
    assert len(names) == len(set(names))
