"""The text of another program and places in it: counted anew where that program counts otherwise.

Here a text has code points and lines that end with LF. A file may count UTF-16 units or bytes, and
CRLF as two; every place is proved by the text that the file tells of it, where it tells one. Where
it tells none, the unit is the one that the user names, else the one that the edges of words show.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from annotator.core.span import Span
from annotator.formats.base import Note
from annotator.formats.offset_units import Offsets, OffsetUnit, Told, count_proved, proved_unit
from annotator.formats.text_checks import clean_text
from annotator.formats.word_edges import WordEdges
from annotator.foundation.errors import UserError


class ForeignSpan(Struct, frozen=True):
    """A place as a file tells it: which annotation, start, end, and its text where it is told."""

    name: str
    start: int
    end: int
    text: str | None = None


class ForeignText:
    """The text of a document as it is stored, and its places out of those of the file.

    `unit` is the one that the user named, `edges` what other documents of the file have shown.
    Raises `UserError` for a text that is never stored.
    """

    def __init__(
        self,
        document: str,
        text: str,
        places: Sequence[ForeignSpan],
        *,
        unit: OffsetUnit | None = None,
        edges: WordEdges | None = None,
    ) -> None:
        self._document = document
        clean = clean_text(text)
        self.text = clean.text
        self.newline = clean.newline
        self._told = text
        self._gone = _removed(text)
        told = [(p.start, p.end, p.text) for p in places if p.text is not None]
        how: str | None = None
        if told:
            self._unit = _unit_of(text, told)
            how = None if self._unit is OffsetUnit.CODE_POINT else "formats.foreign_recounted"
        elif not is_shown_by_words(text, places, unit):
            self._unit = unit or OffsetUnit.CODE_POINT
        else:
            shown = (edges or WordEdges()).unit(text, edges_of(places))
            self._unit = shown or OffsetUnit.CODE_POINT
            how = _TOLD_OF[shown]
        self._offsets = Offsets(text, self._unit)
        self.notes = (*clean.warnings, *self._about_offsets(places, how))

    def span(self, place: ForeignSpan) -> Span:
        """The place in the stored text.

        Raises `UserError` where it is outside, empty, or does not have the text that is told.
        """
        start = self._offsets.code_point(place.start)
        end = self._offsets.code_point(place.end)
        first, last = (None if at is None else self._stored(at) for at in (start, end))
        if first is None or last is None or first >= last:
            raise UserError(
                "formats.foreign_outside",
                document=self._document,
                annotation=place.name,
                start=place.start,
                end=place.end,
                length=self._offsets.counted(len(self._told)),
            )
        found = self._told[start:end]
        if place.text is not None and not _is_same(place.text, found):
            raise UserError(
                "formats.foreign_text",
                document=self._document,
                annotation=place.name,
                told=place.text,
                found=found,
            )
        return Span(first, last)

    def _stored(self, offset: int) -> int:
        """A code point of the told text in the stored one."""
        return offset - bisect_left(self._gone, offset)

    def _about_offsets(self, places: Sequence[ForeignSpan], how: str | None) -> list[Note]:
        """What somebody should know who compares the offsets with those of the file."""
        if not places:
            return []
        notes = []
        if how is not None:
            notes.append(Note(how, {"unit": self._unit.shown}))
        if self._gone:
            notes.append(Note("formats.foreign_line_ends", {"count": len(self._gone)}))
        return notes


def is_shown_by_words(text: str, places: Sequence[ForeignSpan], unit: OffsetUnit | None) -> bool:
    """Whether only the edges of words can tell what the places of a text count."""
    is_told = unit is not None or any(place.text is not None for place in places)
    return not is_told and bool(places) and not text.isascii()


def edges_of(places: Sequence[ForeignSpan]) -> list[tuple[int, int]]:
    """Where places begin and end, as the file counts."""
    return [(place.start, place.end) for place in places]


_TOLD_OF = {
    None: "formats.foreign_unproved",
    OffsetUnit.CODE_POINT: None,
    OffsetUnit.UTF_16: "formats.foreign_by_words",
    OffsetUnit.BYTE: "formats.foreign_by_bytes",
}
"""What is told of a unit that the edges of words show, or do not."""


def _removed(text: str) -> list[int]:
    """The code points that the stored text does not have: BOMs before it, CR before LF."""
    gone = list(range(len(text) - len(text.lstrip("\ufeff"))))
    at = text.find("\r\n")
    while at >= 0:
        gone.append(at)
        at = text.find("\r\n", at + 2)
    return gone


def _unit_of(text: str, told: Sequence[Told]) -> OffsetUnit:
    """The unit that proves all places, else the one that proves most of them.

    The places that it does not prove are refused one by one, so none is ever taken on trust.
    """
    plain = [(start, end, _plain(words)) for start, end, words in told]
    proved = proved_unit(text, plain)
    if proved is not None:
        return proved
    return max(OffsetUnit, key=lambda unit: count_proved(text, plain, unit))


def _is_same(told: str, found: str) -> bool:
    return found in (told, _plain(told))


def _plain(told: str) -> str:
    r"""A told text with the line ends that Label Studio writes as ``\n``."""
    return told.replace("\\r", "\r").replace("\\n", "\n")
