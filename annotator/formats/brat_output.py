"""What a brat file is made of: its kinds of lines, each numbered by itself.

Line ends are never part of an annotation in brat, so a piece of text is cut there. To its server
these are not line feeds alone, but whatever ends a line in Unicode.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from annotator.core.annotations import Attributes
from annotator.core.span import Fragments, Span
from annotator.formats import brat_names as brat
from annotator.formats.base import JsonObject
from annotator.formats.brat_names import BratNames

_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = re.compile(f"[^{_LINE_ENDS}]+")
_ESCAPED = {ord(end): f"\\u{ord(end):04x}" for end in _LINE_ENDS}


def cut(text: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The pieces of spans between line ends."""
    return [found.span() for span in spans for found in _LINE.finditer(text, span.start, span.end)]


def joined(text: str, pieces: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Pieces in order, with those made one that only line ends keep apart."""
    spans: list[Span] = []
    for start, end in pieces:
        if spans and not text[spans[-1].end : start].strip(_LINE_ENDS):
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return tuple(spans)


class BratOutput:
    """Takes the lines of one file; the ids up to the number `bounds` are given already."""

    def __init__(self, text: str, names: BratNames, *, bounds: int) -> None:
        self._text = text
        self._names = names
        self._bounds = bounds
        self._lines: list[str] = []
        self._relations: list[str] = []
        self._attributes: list[str] = []
        self._references: list[str] = []
        self._equivalents: list[str] = []
        self._more: dict[str, JsonObject] = {}

    def text(self) -> str:
        """All lines."""
        lines = (
            *self._lines,
            *self._relations,
            *self._attributes,
            *self._references,
            *self._equivalents,
            *self._notes(),
        )
        return "".join(f"{line}\n" for line in lines)

    def place(self) -> int:
        """Where the next line of a piece of text or an event will be."""
        return len(self._lines)

    def insert(self, place: int, line: str) -> None:
        """Put the line of an event between its trigger and the texts of its arguments."""
        self._lines.insert(place, line)

    def refer(self, mention: str, known_as: str, name: str) -> None:
        """Tell the id of a mention in a knowledge base."""
        number = len(self._references) + 1
        self._references.append(f"N{number}\tReference {mention} {known_as}\t{name}")

    def equate(self, mentions: Sequence[str]) -> None:
        """Tell that mentions are of one entity."""
        self._equivalents.append(f"*\tEquiv {' '.join(mentions)}")

    def next_bound(self) -> str:
        """The next free id of a piece of text."""
        self._bounds += 1
        return f"T{self._bounds}"

    def note(self, target: str) -> JsonObject:
        """What else is told of an annotation, to be filled."""
        return self._more.setdefault(target, {})

    def bound(
        self, kind: str, fragments: Fragments, identifier: str = "", *, bearer: str = ""
    ) -> str:
        """Write a piece of text; its id, and an empty one where it has only line ends.

        The note about it is one on `bearer`: brat refuses a file with a note on a trigger.
        """
        text = self._text
        pieces = cut(text, fragments.spans)
        if not pieces:
            return ""
        identifier = identifier or self.next_bound()
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        shown = " ".join(text[start:end] for start, end in pieces)
        self._lines.append(f"{identifier}\t{kind} {offsets}\t{shown}")
        if joined(text, pieces) != fragments.spans:
            self.note(bearer or identifier)["spans"] = [
                [one.start, one.end] for one in fragments.spans
            ]
        if fragments.head is not None:
            self.note(bearer or identifier)["head"] = [fragments.head.start, fragments.head.end]
        return identifier

    def attribute(self, name: str, target: str, value: str) -> None:
        """Tell an attribute; name and value are ASCII."""
        self._attributes.append(f"A{len(self._attributes) + 1}\t{name} {target} {value}")

    def own_attributes(self, target: str, attrs: Attributes) -> None:
        """Tell the attributes of the scheme; what brat does not know goes into the note."""
        for name, value in attrs:
            if self._names.has_value(name, value):
                self.attribute(self._names.part(name), target, value)
            else:
                self.note(target).setdefault("attrs", {})[name] = value

    def relate(self, kind: str, first: str, second: str) -> None:
        """Tell a relation between two pieces of text."""
        line = f"R{len(self._relations) + 1}\t{kind} Arg1:{first} Arg2:{second}"
        self._relations.append(line)

    def _notes(self) -> Iterator[str]:
        for number, (target, more) in enumerate(self._more.items(), 1):
            told = json.dumps(more, ensure_ascii=False, separators=(",", ":"))
            told = told.translate(_ESCAPED)
            yield f"#{number}\t{brat.NOTE} {target}\t{told}"
