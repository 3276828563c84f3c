"""One bad input: what is made, who reads it, and how it must end.

Part 5 of the reliability design allows three endings: refused with a clear error, accepted
unchanged, accepted with a warning. A case says which, and what the sentence must name.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path

import orjson

from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import Document, Source
from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.formats.base import ExportContext, SetContent, Tokenizer
from annotator.formats.gold_record import build_record
from annotator.foundation.paths import resource
from annotator.kurdish.segmentation import segment
from annotator.workbench.schemes import scheme_from_text

SORANI = "هەواڵی ئەمڕۆ: باران دەبارێت."
SAMPLE = resource("samples", "01-water.gold.jsonl").read_bytes()

Make = Callable[[Path], None]
"""Puts files into the folder of a case."""


class Importer(Enum):
    """Everything that reads what others have made."""

    TEXT = "plain text"
    NEWS = "news JSON"
    GOLD = "gold JSON"
    FOLDER = "folder"
    PROJECT = "project file"
    SCHEME = "scheme file"
    KEYS = "keymap file"
    SETTINGS = "settings file"
    FOREIGN = "files of other programs"


class Ending(Enum):
    """How a case may end."""

    REFUSED = "refused"
    UNCHANGED = "accepted unchanged"
    WARNED = "accepted with a warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One input of one importer.

    `make` writes files; those named in `inputs` are given to the importer. `key` is the sentence
    that tells, `says` are pieces of its English. `texts` are the texts that the project then holds
    besides the one it had. `options` are words of the command line. `megabytes`, `seconds` are
    what reading may take beyond the program itself.
    """

    kind: str
    name: str
    importer: Importer
    make: Make
    inputs: tuple[str, ...]
    ending: Ending
    key: str | None = None
    says: tuple[str, ...] = ()
    texts: tuple[str, ...] | None = None
    options: tuple[str, ...] = ()
    megabytes: int = 256
    seconds: int = 10

    @property
    def id(self) -> str:
        """The name by which a case is found again."""
        return f"{self.kind} · {self.importer.value} · {self.name}"


def writes(name: str, data: bytes) -> Make:
    """A maker of one file."""

    def make(folder: Path) -> None:
        (folder / name).write_bytes(data)

    return make


def one_file(
    kind: str, name: str, importer: Importer, file: str, data: bytes, ending: Ending, **more: object
) -> Case:
    """A case of one file with these bytes."""
    return Case(
        kind=kind,
        name=name,
        importer=importer,
        make=writes(file, data),
        inputs=(file,),
        ending=ending,
        **more,
    )


def refused(key: str, *says: object, **more: object) -> dict[str, object]:
    """The ending of what is left out for this reason, which is told with these pieces."""
    pieces = tuple(str(piece) for piece in says)
    return {"ending": Ending.REFUSED, "key": key, "says": pieces, **more}


def unchanged(*texts: str, **more: object) -> dict[str, object]:
    """The ending of what is stored as it came."""
    return {"ending": Ending.UNCHANGED, "texts": texts, **more}


def warned(key: str, *texts: str, **more: object) -> dict[str, object]:
    """The ending of what is stored, with a word about it."""
    return {"ending": Ending.WARNED, "key": key, "texts": texts, **more}


def as_text(kind: str, name: str, data: bytes, expected: dict[str, object], **more: object) -> Case:
    """A plain text file."""
    return one_file(kind, name, Importer.TEXT, "input.txt", data, **{**expected, **more})


def as_news(kind: str, name: str, data: bytes, expected: dict[str, object], **more: object) -> Case:
    """A file of news records."""
    return one_file(kind, name, Importer.NEWS, "input.json", data, **{**expected, **more})


def as_gold(kind: str, name: str, data: bytes, expected: dict[str, object], **more: object) -> Case:
    """A file of gold records."""
    return one_file(kind, name, Importer.GOLD, "input.jsonl", data, **{**expected, **more})


def news_of(text: str, **fields: object) -> bytes:
    """News JSON with one record."""
    record = {"id": "n", "text": text, **fields}
    return json.dumps([record], ensure_ascii=False).encode("utf-8", "surrogatepass")


def gold_of(text: str) -> bytes:
    """A truthful gold record of a text that nobody has annotated, as one line."""
    document = Document(DocumentId("g1"), text, Source("g1.txt", "ab" * 32))
    header = SetHeader(
        id=SetId("a1"),
        document=document.id,
        kind=SetKind.ANNOTATOR,
        annotators=(AnnotatorId("a1"),),
        created="2026-11-20T09:00:00Z",
        modified="2026-11-20T09:00:00Z",
    )
    content = SetContent(header, AnnotationSet())
    record = build_record(document, content, segment(text), _context())
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def changed_gold(path: str, value: object) -> bytes:
    """The annotated sample with the value at a path (``mentions.0.start``) replaced."""
    record = orjson.loads(SAMPLE)
    *parents, last = (int(part) if part.isdigit() else part for part in path.split("."))
    place = record
    for part in parents:
        place = place[part]
    place[last] = value
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def over_all(
    kind: str, name: str, text: str, expected: dict[str, object], **more: object
) -> list[Case]:
    """One text that is accepted, through every importer that takes texts."""
    return [
        as_text(kind, name, text.encode(), expected, **more),
        as_news(kind, name, news_of(text), expected, **more),
        # gold says with its hash that the text is meant as it is, so it needs no warning
        as_gold(kind, name, gold_of(text), unchanged(text), **more),
    ]


def renamed(case: Case, **changes: object) -> Case:
    """The same case with something changed."""
    return replace(case, **changes)


@cache
def _context() -> ExportContext:
    scheme = scheme_from_text(resource("schemes", "ckb-news.json").read_text(encoding="utf-8"))
    return ExportContext(scheme, Tokenizer("ckb-regex", "1.0.0"), "1.0.0")
