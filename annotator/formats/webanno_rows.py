"""The lines of WebAnno TSV 3, taken apart: the layers of the header, sentences, rows and cells.

A cell holds the values of all annotations of a layer on one word, with a bar between them; those of
several words, and stacked ones, have a number in brackets by which they are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct, field

_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_SPECIAL = {"n": "\n", "r": "\r", "t": "\t"}
_NUMBERED = re.compile(r"(.*?)(?:\[([0-9]{1,9})\])?", re.DOTALL | re.ASCII)
_SLOT = re.compile(r"ROLE_[^:]*:(.+)_[^_:]*Link")
_ROW = re.compile(
    r"([0-9]{1,9}-[0-9]{1,9}(?:\.[0-9]{1,9})?)\t([0-9]{1,9})-([0-9]{1,9})\t([^\t]*)\t?(.*)"
)
_TEXT, _FORMAT = "#Text=", "#FORMAT=WebAnno TSV 3"


class LayerKind(Enum):
    """What annotations of a layer are: spans, chains of spans, relations between two."""

    SPAN = "#T_SP="
    CHAIN = "#T_CH="
    RELATION = "#T_RL="


class Column(Struct, frozen=True):
    """A feature; `target` is the layer that the links of a slot lead to, whose cells come next."""

    feature: str
    target: str | None = None


class TsvLayer(Struct, frozen=True):
    """A layer of the header, and how many columns of a row are before its own."""

    kind: LayerKind
    name: str
    columns: tuple[Column, ...]
    first: int
    width: int


class Row(Struct, frozen=True):
    """A word, or a part of one (``1-3.1``): offsets as told, and the cells of all layers."""

    unit: str
    start: int
    end: int
    form: str
    cells: tuple[str, ...]
    line: int


class TsvSentence(Struct):
    """The text of a sentence, with line feeds, and its rows; `line` is that of its text."""

    text: str
    line: int
    rows: list[Row] = field(default_factory=list)


class TsvFile(Struct):
    """Everything in a file; `wrong` are the numbers of lines that are none of the format."""

    layers: list[TsvLayer] = field(default_factory=list)
    sentences: list[TsvSentence] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)


def is_tsv(text: str) -> bool:
    """Whether a text begins as a file of version 3 does."""
    return text.startswith(_FORMAT)


def parse_tsv(text: str) -> TsvFile:
    """All lines; the first one is that of the format."""
    made = TsvFile()
    is_in_text = False
    for number, line in enumerate(text.split("\n")[1:], 2):
        if line.startswith(_TEXT):
            told = unescaped_text(line[len(_TEXT) :])
            if is_in_text:  # a line feed inside of a sentence
                made.sentences[-1].text += f"\n{told}"
            else:
                made.sentences.append(TsvSentence(told, number))
            is_in_text = True
            continue
        is_in_text = False
        if line and not _take(made, line, number):
            made.wrong.append(number)
    return made


def _take(made: TsvFile, line: str, number: int) -> bool:
    if line.startswith("#"):
        for kind in LayerKind:
            if line.startswith(kind.value):
                made.layers.append(_layer(kind, line[len(kind.value) :], made.layers))
        return True  # other comments tell nothing of annotations
    found = _ROW.fullmatch(line)
    if found is None or not made.sentences:
        return False
    unit, start, end, form, rest = found.groups()
    cells = tuple(rest.split("\t"))
    row = Row(unit, int(start), int(end), unescaped_text(form), cells, number)
    made.sentences[-1].rows.append(row)
    return True


def _layer(kind: LayerKind, told: str, before: list[TsvLayer]) -> TsvLayer:
    name, *features = told.strip().split("|")
    first = before[-1].first + before[-1].width if before else 0
    if kind is not LayerKind.SPAN:
        return TsvLayer(kind, name, (), first, max(len(features), 1))
    columns: list[Column] = []
    rest = iter(features)
    for feature in rest:
        slot = _SLOT.fullmatch(feature)
        columns.append(Column(feature) if slot is None else Column(slot[1], next(rest, "")))
    return TsvLayer(kind, name, tuple(columns), first, max(len(features), 1))


def unescaped_text(text: str) -> str:
    """A text without the backslashes that keep it on its line."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(
        lambda found: _SPECIAL.get(found[1], "\\" if found[1] == "\\" else found[0]), text
    )


def unescaped(value: str) -> str:
    """A value without its backslashes."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: _SPECIAL.get(found[1], found[1]), value)


def split(cell: str, sign: str) -> list[str]:
    """The parts of a cell between signs that no backslash stands before; still escaped."""
    if "\\" not in cell:
        return cell.split(sign)
    return list(_split(cell, sign))


def _split(cell: str, sign: str) -> Iterator[str]:
    start = place = 0
    while place < len(cell):
        if cell[place] == "\\":
            place += 1
        elif cell[place] == sign:
            yield cell[start:place]
            start = place + 1
        place += 1
    yield cell[start:]


def numbered(part: str) -> tuple[str, str | None]:
    """A part without the number in brackets at its end, still escaped, and the number."""
    found = _NUMBERED.fullmatch(part)
    assert found is not None  # everything fits
    if found[2] is not None and found[1].endswith("\\"):
        return part, None
    return found[1], found[2]
