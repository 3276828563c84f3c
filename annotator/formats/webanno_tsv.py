"""Reading WebAnno TSV 3, which WebAnno and INCEpTION export.

The file counts in UTF-16 units and tells the text sentence by sentence; what lies between sentences
is not in it. Every word is proved against the text of its sentence, so the offsets of annotations,
which stand on words, are proved as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from annotator.core.span import Span
from annotator.formats.base import Bundle, Format, ImportProblem, ReadOptions
from annotator.formats.decode import decode_characters
from annotator.formats.layer_build import layer_bundle
from annotator.formats.offset_units import Offsets, OffsetUnit
from annotator.formats.safe_names import file_name, file_stem, safe_id
from annotator.formats.text_checks import clean_text, refuse_characters
from annotator.formats.told_text import Counting
from annotator.formats.webanno_rows import Row, TsvSentence, is_tsv, parse_tsv
from annotator.formats.webanno_spans import TsvSpans
from annotator.foundation.errors import UserError

_UNITS = (OffsetUnit.UTF_16, OffsetUnit.CODE_POINT)

_MOST_FILLED = 100_000
"""Code points that a small file may leave out of its text; a larger one as many as it has."""


def read_webanno_tsv(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The document of a file, after what was wrong with it.

    Raises `UserError` when it is no WebAnno TSV 3, or its words are not those of its text.
    """
    data = stream.read(options.max_bytes + 1)
    lines = decode_characters(data, options.encoding, max_bytes=options.max_bytes).text
    lines = lines.replace("\r\n", "\n")
    if not is_tsv(lines):
        raise UserError("formats.tsv_version", name=file_name(options.source))
    refuse_characters(lines)
    file = parse_tsv(lines)
    for line in file.wrong:
        yield ImportProblem(options.source, "formats.tsv_line", {}, line)
    told = _Told(file.sentences, options, most_filled=max(_MOST_FILLED, len(lines)))
    clean = clean_text(told.text)
    for note in clean.warnings:
        yield ImportProblem.from_note(note, source=options.source)
    yield from told.warnings()
    is_plain = told.text == clean.text
    counting = Counting(told.text, OffsetUnit.CODE_POINT, is_plain=is_plain)
    places = {
        unit: place[0] for unit, pair in told.places.items() if (place := counting.spans([pair]))
    }
    problems: list[ImportProblem] = []
    identifier = safe_id(file_stem(options.source))
    spans = TsvSpans(file, places, options.source, problems).spans()
    yield from layer_bundle(spans, clean, identifier, problems, source=options.source, data=data)


class _Told:
    """The text that the sentences make, and where each row stands in it, in code points."""

    def __init__(
        self, sentences: Sequence[TsvSentence], options: ReadOptions, *, most_filled: int
    ) -> None:
        """Raises `UserError` for a word that is not where it is told, or sentences that overlap.

        Also where more than `most_filled` code points of the text are not in the file.
        """
        self._options = options
        self._most_filled = most_filled
        self.places: dict[str, tuple[int, int]] = {}
        self.text = ""
        self._filled = 0
        for unit in _UNITS:
            wrong = self._build([one for one in sentences if one.rows], unit)
            if wrong is None:
                break
        if wrong is not None:
            raise UserError(
                "formats.tsv_word", name=file_name(options.source), line=wrong.line, word=wrong.form
            )
        self._unit = unit

    def warnings(self) -> Iterator[ImportProblem]:
        """What a person should know about the text."""
        source = self._options.source
        if self._filled:
            values = {"count": self._filled}
            yield ImportProblem(source, "formats.tsv_filled", values, is_refusal=False)
        if self._unit is not OffsetUnit.UTF_16:
            values_of = {"unit": self._unit.shown}
            yield ImportProblem(source, "formats.recounted", values_of, is_refusal=False)

    def _build(self, sentences: Sequence[TsvSentence], unit: OffsetUnit) -> Row | None:
        """Put the text together; the first row that is not as it is told."""
        self.places, self._filled = {}, 0
        pieces: list[str] = []
        points = counted = 0
        for sentence in sentences:
            offsets = Offsets(sentence.text, unit)
            first = sentence.rows[0]
            start = first.start - offsets.counted(max(sentence.text.find(first.form), 0))
            if start < counted:
                return first
            self._fill(start - counted, first.line)
            gap = _gap(start - counted)
            points += len(gap)
            for row in sentence.rows:
                place = _place(sentence.text, offsets, row, start)
                if place is None:
                    return row
                self.places[row.unit] = (points + place.start, points + place.end)
            pieces += [gap, sentence.text]
            points += len(sentence.text)
            counted = start + offsets.counted(len(sentence.text))
        self.text = "".join(pieces)
        return None

    def _fill(self, length: int, line: int) -> None:
        """Count what is to stand for text that is not in the file. Raises `UserError`."""
        self._filled += length
        if self._filled > self._most_filled:
            name = file_name(self._options.source)
            raise UserError("formats.tsv_gap", name=name, line=line, count=self._filled)


def _gap(length: int) -> str:
    """What stands for text outside of sentences: a sentence begins on a line of its own."""
    return " " * (length - 1) + "\n" if length else ""


def _place(text: str, offsets: Offsets, row: Row, start: int) -> Span | None:
    begin = offsets.code_point(row.start - start)
    end = offsets.code_point(row.end - start)
    if begin is None or end is None or begin >= end or text[begin:end] != row.form:
        return None
    return Span(begin, end)


WEBANNO_TSV = Format(
    id="webanno-tsv",
    title="formats.title_webanno_tsv",
    suffixes=(".tsv",),
    read=read_webanno_tsv,
    marks=(b"#FORMAT=WebAnno TSV 3",),
)
