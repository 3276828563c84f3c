"""Archives of others: read from memory, or refused as a whole."""

import io
import struct
import warnings
import zipfile

import pytest

from annotator.formats.zip_rules import MAX_ENTRIES, ZipFiles, is_zip
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError


def packed(*entries, compression=zipfile.ZIP_STORED):
    """An archive of these names, or entries, and contents."""
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name comes twice is the point of one test
        with zipfile.ZipFile(stream, "w", compression) as archive:
            for entry, content in entries:
                archive.writestr(entry, content)
    return stream.getvalue()


def entry(name, mode):
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


def refused(data, limit=1000):
    def read_all():
        files = ZipFiles(data, "a.zip", limit)
        return [files.read(name) for name in files.names]

    with pytest.raises(UserError) as error:
        read_all()
    assert load_catalogue("ckb").error(error.value)
    return error.value.key.removeprefix("formats.zip_")


def test_files_are_read_by_their_names():
    data = packed(("b/", ""), ("b/x.xmi", "1"), ("a.xmi", "22"), (entry("c", 0o100644), ""))
    files = ZipFiles(data, "a.zip", 3)
    assert is_zip(data)
    assert is_zip(packed())
    assert not is_zip(b"<?xml")
    assert files.names == ("a.xmi", "b/x.xmi", "c")
    assert [files.read(name) for name in files.names] == [b"22", b"1", b""]


NAMES = ["../x", "a/../../x", "/x", "c:x", "c:\\x", "..\\x", "\\\\server\\x", "a\\..\\x"]


@pytest.mark.parametrize("name", NAMES)
def test_names_that_leave_the_folder_are_refused(name):
    made = zipfile.ZipInfo("x")
    made.filename = name
    assert refused(packed((made, "1"))) == "name"


def test_links_devices_archives_and_secrets_are_refused():
    assert refused(packed((entry("x", 0o120777), "/etc/passwd"))) == "kind"
    assert refused(packed((entry("x", 0o060644), ""))) == "kind"
    assert refused(packed(("x.ZIP", "1"))) == "kind"
    data = bytearray(packed(("x", "1")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == "kind"


def test_bombs_are_refused():
    bomb = packed(("x", "0" * 900_000), compression=zipfile.ZIP_DEFLATED)
    assert refused(bomb, 1_000_000) == "size"
    with pytest.raises(UserError) as error:
        ZipFiles(bomb, "a.zip", 1_000_000, wanted=lambda name: False)
    assert error.value.key == "formats.zip_size"
    assert refused(packed(("x", "1" * 600), ("y", "1" * 600))) == "size"
    assert refused(packed(*((f"{number}", "") for number in range(MAX_ENTRIES + 1)))) == "size"


def test_one_name_or_one_place_for_two_files_is_refused():
    assert refused(packed(("x", "1"), ("X", "2"))) == "twice"
    data = bytearray(packed(("x", "1"), ("y", "1")))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<L", 0)
    assert refused(bytes(data)) == "twice"


def test_what_is_damaged_or_lies_about_its_size_is_refused():
    good = packed(("x", "1" * 50), compression=zipfile.ZIP_DEFLATED)
    assert refused(good[:-30]) == "damaged"
    assert refused(b"PK\x03\x04") == "damaged"
    flipped = bytearray(good)
    flipped[32] ^= 0xFF
    assert refused(bytes(flipped)) == "damaged"
    for size in (10, 90):
        lying = bytearray(good)
        at = lying.index(b"PK\x01\x02") + 24
        lying[at : at + 4] = struct.pack("<L", size)
        assert refused(bytes(lying)) == "damaged"


def test_archives_inside_are_read_where_they_are_wanted():
    inner = ("annotation/a.txt/x.zip", "")
    assert refused(packed(inner)) == "kind"
    files = ZipFiles(packed(inner), "a.zip", 1000, wanted=lambda name: name.endswith("x.zip"))
    assert files.names == ("annotation/a.txt/x.zip",)


def test_in_a_whole_project_of_inception_other_archives_are_passed_over():
    data = packed(("exportedproject.json", "{}"), ("kb/a.ttl.gz", "1"), ("a.xmi", "2"))
    assert ZipFiles(data, "a.zip", 1000).names == ("a.xmi", "exportedproject.json")


def test_what_is_packed_in_ways_that_nothing_bounds_is_refused():
    for way in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert refused(packed(("x", "1" * 50), compression=way)) == "kind"


def test_what_a_mac_adds_is_passed_over():
    data = packed(("a.xmi", "1"), ("__MACOSX/._a.xmi", "2"), ("x/._b.xmi", "3"))
    assert ZipFiles(data, "a.zip", 1000).names == ("a.xmi",)
