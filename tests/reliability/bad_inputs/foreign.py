"""Files of other programs: torn, in no encoding, hostile as XML and as archives."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.reliability.bad_inputs.case import Case, Ending, Importer, Make, refused
from tests.reliability.fuzz.foreign_readers import FOREIGN, foreign_files, foreign_items

TORN = "files of other programs: torn, no UTF-8, NUL"
XML = "XML: DTD, entities, nesting, encodings that hide them"
ZIP = "ZIP: slip, links, bombs"

_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
_LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;">' % (c + 1, *[c] * 5) for c in range(97, 109))
    + b"]><x>&m;</x>"
)
_HOSTILE = {
    "a bomb of entities": (_HEAD + _LAUGHS, "xml_document_type"),
    "a file from outside": (
        _HEAD + b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "xml_document_type",
    ),
    "a DTD from outside": (
        _HEAD + b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>', "xml_document_type"
    ),
    "parameter entities": (
        _HEAD + b'<!DOCTYPE x [<!ENTITY % p "<!ENTITY a \'b\'>">%p;]><x>&a;</x>',
        "xml_document_type",
    ),
    "100,000 levels": (_HEAD + b"<x>" * 100_000 + b"</x>" * 100_000, ""),
    "a document type in UTF-16": (
        "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>".encode("utf-16-le"), "xml_encoding"
    ),
    "an encoding that is named and is not UTF-8": (
        b'<?xml version="1.0" encoding="UTF-7"?><x/>', "xml_encoding"
    ),
}  # fmt: skip


def cases() -> list[Case]:
    """All cases of this module."""
    return [*_torn(), *_xml(), *_zip(), _line_end()]


def _line_end() -> Case:
    [(file, data)] = [one for one in foreign_files("cas_xmi").items() if one[0].endswith(".xmi")]
    *_, whole = foreign_items("cas_xmi", data)
    space = data.index(b" ", data.index(b'sofaString="'))
    bad = data[:space] + b"\n" + data[space + 1 :]
    files = {**foreign_files("cas_xmi"), file: bad}
    case = _foreign("raw newline in sofaString", "in the text", "cas_xmi", files, "cas_line_end")
    return replace(case, ending=Ending.WARNED, texts=(whole.document.text,))


def _writes(files: dict[str, bytes]) -> Make:
    def make(folder: Path) -> None:
        for name, data in files.items():
            (folder / name).write_bytes(data)

    return make


def _foreign(kind: str, name: str, identifier: str, files: dict[str, bytes], key: str) -> Case:
    """A case of the file that the reader takes, with what lies beside it."""
    known = FOREIGN[identifier]
    file = next(each for each in files if each.endswith(known.suffixes))
    return Case(
        kind=kind,
        name=f"{known.id}, {name}",
        importer=Importer.FOREIGN,
        make=_writes(files),
        inputs=(file,),
        options=("--format", known.id, "--annotator", "شیلان", "--add-labels"),
        **refused(f"formats.{key}"),
    )


def _torn() -> Iterator[Case]:
    for identifier, known in FOREIGN.items():
        files = foreign_files(identifier)
        file = next(each for each in files if each.endswith(known.suffixes))
        data = files[file]
        letter = data.index("ە".encode())
        for name, bad in {
            "cut in a letter": data[: letter + 1],
            "no UTF-8": data[:letter] + b"\xff\xfe" + data[letter:],
            "NUL in a word": data[:letter] + b"\0" + data[letter:],
        }.items():
            yield _foreign(TORN, name, identifier, {**files, file: bad}, "")


def _xml() -> Iterator[Case]:
    for name, (data, key) in _HOSTILE.items():
        yield _foreign(XML, name, "cas_xmi", {**foreign_files("cas_xmi"), **_as_xmi(data)}, key)
        types = {**foreign_files("cas_xmi"), "TypeSystem.xml": data}
        yield _foreign(XML, f"{name}, in the types", "cas_xmi", types, key)


def _as_xmi(data: bytes) -> dict[str, bytes]:
    [file] = [each for each in foreign_files("cas_xmi") if each.endswith(".xmi")]
    return {file: data}


def _packed(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> dict[str, bytes]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries:
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return {"admin.zip": stream.getvalue()}


def _named(name: str, mode: int = 0o100644) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo("x")
    made.filename = name
    made.external_attr = mode << 16
    return made


def _zip() -> Iterator[Case]:
    files = foreign_files("cas_xmi")
    whole = [(name, data) for name, data in files.items()]
    zeros = b"0" * 60_000_000
    archives = {
        "a name above": (_packed(*whole, (_named("../../x.xmi"), b"x")), "zip_"),
        "a name from the root": (_packed(*whole, (_named("/etc/x"), b"x")), "zip_"),
        "a drive": (_packed(*whole, (_named("c:\\x"), b"x")), "zip_"),
        "a link": (_packed(*whole, (_named("x", stat.S_IFLNK | 0o777), b"/etc/passwd")), "zip_"),
        "a device": (_packed(*whole, (_named("x", stat.S_IFCHR | 0o666), b"")), "zip_"),
        "a bomb": (_packed(*whole, ("x", zeros)), "zip_"),
        "an archive in it": (_packed(*whole, ("x.zip", _packed(*whole)["admin.zip"])), "zip_"),
        "20,000 entries": (_packed(*((f"{number}.txt", b"") for number in range(20_000))), "zip_"),
        "cut": ({"admin.zip": _packed(*whole)["admin.zip"][:-40]}, ""),
    }
    for name, (made, key) in archives.items():
        yield _foreign(ZIP, name, "cas_xmi", made, key)
