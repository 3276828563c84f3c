"""Names that are paths, markup or steering signs; folders with things that are no files."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tests.reliability.bad_inputs.case import (
    Case,
    Ending,
    Importer,
    as_gold,
    as_news,
    changed_gold,
    gold_of,
    news_of,
    refused,
    unchanged,
)

NAMES = "document names that are paths"
MARKUP = "HTML, & and format fields in texts and names"
FOLDERS = "symlinks, FIFOs, loops, unreadable files, names that are not UTF-8"


def cases() -> list[Case]:
    """All cases of this module."""
    return [*_names(), *_markup(), *_folders()]


_ODD = {
    "up": "../../etc/x",
    "absolute": "/etc/passwd",
    "drive": "C:\\Windows\\x",
    "device": "CON",
    "device with ending": "nul.txt",
    "dots": "..",
    "blank": " ",
    "very long": "x" * 5_000,
    "override": "a\u202egpj.exe",
    "line feed": "a\nb",
    "an option": "-rf",
    "a number": 12,
    "a list": ["a", "b"],
}


def _names() -> list[Case]:
    found = [
        as_news(NAMES, name, news_of("دەق", id=odd), unchanged("دەق")) for name, odd in _ODD.items()
    ]
    pair = json.dumps([{"id": "A/b", "text": "١"}, {"id": "a\\B", "text": "٢"}]).encode()
    found.append(as_news(NAMES, "two that differ by signs only", pair, unchanged("١", "٢")))
    forms = json.dumps([{"id": "caf\u00e9", "text": "١"}, {"id": "cafe\u0301", "text": "٢"}])
    found.append(as_news(NAMES, "composed and taken apart", forms.encode(), unchanged("١", "٢")))
    cased = json.dumps([{"id": "Ab", "text": "١"}, {"id": "aB", "text": "٢"}]).encode()
    found.append(as_news(NAMES, "two that differ by case only", cased, unchanged("١", "٢")))
    return found


_MARKUP = "<img src=file:///etc/passwd> <b>x</b> &lt;i&gt; & %s {0} {name} [*]"


def _markup() -> list[Case]:
    record = json.loads(gold_of(_MARKUP))
    record["doc"] |= {"title": _MARKUP, "outlet": _MARKUP, "author": _MARKUP}
    return [
        as_news(MARKUP, "in text and title", news_of(_MARKUP, title=_MARKUP), unchanged(_MARKUP)),
        as_gold(MARKUP, "in title and outlet", _line(record), unchanged(_MARKUP)),
        as_gold(
            MARKUP,
            "in a doc_id",
            changed_gold("doc_id", "<b>"),
            refused("formats.check_schema", "doc_id"),
        ),
        Case(
            kind=MARKUP,
            name="in a file name",
            importer=Importer.TEXT,
            make=lambda folder: _write(folder / "<b>&{x}%s.txt", "دەق"),
            inputs=("<b>&{x}%s.txt",),
            ending=Ending.UNCHANGED,
            texts=("دەق",),
        ),
    ]


def _line(record: dict) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _link(folder: Path) -> None:
    _write(folder / "in" / "a.txt", "١")
    (folder / "in" / "b.txt").symlink_to("/etc/passwd")


def _link_to_folder(folder: Path) -> None:
    _write(folder / "in" / "a.txt", "١")
    (folder / "in" / "b").symlink_to("/etc")


def _loop(folder: Path) -> None:
    _write(folder / "in" / "a.txt", "١")
    (folder / "in" / "b").symlink_to(folder / "in")
    (folder / "in" / "c.txt").symlink_to("c.txt")


def _pipe(folder: Path) -> None:
    _write(folder / "in" / "a.txt", "١")
    os.mkfifo(folder / "in" / "b.txt")


def _only_a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")


def _bytes_as_name(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / os.fsdecode(b"a\xff.txt")).write_text("١", encoding="utf-8")


def _deep(folder: Path) -> None:
    path = folder / "in"
    for _ in range(200):
        path = path / "d"
    _write(path / "a.txt", "١")


def _folder_like_a_file(folder: Path) -> None:
    _write(folder / "in" / "a.txt" / "b.txt", "١")


def _unreadable(folder: Path) -> None:
    """A file that nobody can read, not even root: a folder entry whose target is gone."""
    _write(folder / "in" / "a.txt", "١")
    (folder / "in" / "b.txt").symlink_to("/nowhere/at/all.txt")


def _folders() -> list[Case]:
    link, pipe = "import.is_link", "import.not_a_file"
    found = [
        _folder("a link to a file", _link, link, "b.txt"),
        _folder("a link to a folder", _link_to_folder, link, "in/b"),
        _folder("links in a circle", _loop, link, "in/b"),
        _folder("a dangling link", _unreadable, link, "b.txt"),
        _folder("a FIFO", _pipe, pipe, "b.txt"),
        _folder("folders nested deeply", _deep, None),
        _folder("a folder called .txt", _folder_like_a_file, None),
        Case(
            kind=FOLDERS,
            name="a FIFO named itself",
            importer=Importer.FOLDER,
            make=_only_a_pipe,
            inputs=("pipe.txt",),
            **refused(pipe, "pipe.txt"),
        ),
        Case(
            kind=FOLDERS,
            name="a file that is not there",
            importer=Importer.FOLDER,
            make=lambda folder: None,
            inputs=("gone.txt",),
            **refused("import.no_such_file", "gone.txt"),
        ),
        Case(
            kind=FOLDERS,
            name="an ending nobody knows",
            importer=Importer.FOLDER,
            make=lambda folder: _write(folder / "x.docx", "x"),
            inputs=("x.docx",),
            **refused("formats.suffix_unknown", "x.docx"),
        ),
    ]
    if sys.platform == "linux":  # elsewhere the file system refuses such names itself
        found.append(_folder("a name that is not UTF-8", _bytes_as_name, None))
    return found


def _folder(name: str, make, key: str | None, *says: str) -> Case:
    ending = unchanged("١") if key is None else {**refused(key, *says), "texts": ("١",)}
    return Case(
        kind=FOLDERS, name=name, importer=Importer.FOLDER, make=make, inputs=("in",), **ending
    )
