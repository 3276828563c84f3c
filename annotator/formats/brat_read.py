"""Reading brat standoff: ``X.ann`` with the text in ``X.txt`` beside it.

Every piece of text in the annotations is proved against the text. Where a file counts in another
unit, or counts CRLF twice, as brat itself does, its offsets are counted anew and a warning says so;
a piece that is nowhere as it is told is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from msgspec import Struct

from annotator.core.document import Document, Source
from annotator.core.span import Fragments, Span
from annotator.formats.base import Bundle, ImportProblem, JsonObject, ReadOptions
from annotator.formats.brat_build import BratSet
from annotator.formats.brat_names import KnownNames, known_names
from annotator.formats.brat_output import cut, joined
from annotator.formats.brat_parse import Bound, BratFile, parse_brat
from annotator.formats.decode import Decoded, decode, decode_characters
from annotator.formats.offset_units import OffsetUnit
from annotator.formats.safe_names import file_name, file_stem, safe_id
from annotator.formats.set_builder import SetBuilder
from annotator.formats.text_checks import refuse_characters
from annotator.formats.told_text import Counting, countings, one_line
from annotator.foundation.errors import UserError

_CONF = "annotation.conf"


class _Text(Struct, frozen=True):
    """The text beside the annotations: as this program has it, and as the file has it."""

    decoded: Decoded
    told: str

    def countings(self) -> Iterator[Counting]:
        return countings(self.told, self.decoded.text, has_bom=self.decoded.has_bom)


def read_brat(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The one document of a file, after what was wrong with it.

    Raises `UserError` when there is no text beside it, or one of the two cannot be read.
    """
    data = stream.read(options.max_bytes + 1)
    lines = decode_characters(data, options.encoding, max_bytes=options.max_bytes).text
    lines = lines.replace("\r\n", "\n").replace("\r", "")
    refuse_characters(lines)
    text = _text_beside(options)
    for note in text.decoded.warnings:
        yield ImportProblem.from_note(note, source=options.source)
    told = parse_brat(lines, options.source)
    places = _places(told, text)
    builder = SetBuilder(file_name(options.source))
    BratSet(told, places, _names(options), builder).build()
    yield from told.problems
    decoded = text.decoded
    source = Source(
        file=_text_name(options),
        sha256=decoded.sha256,
        encoding=decoded.encoding,
        newline=decoded.newline,
        has_bom=decoded.has_bom,
    )
    document = Document(safe_id(file_stem(options.source)), decoded.text, source)
    yield Bundle(document, (builder.build(document.id),))


def _text_name(options: ReadOptions) -> str:
    return f"{file_stem(options.source)}.txt"


def _text_beside(options: ReadOptions) -> _Text:
    name = _text_name(options)
    data = options.beside(name)
    if data is None:
        raise UserError("formats.no_file_beside", name=name, source=file_name(options.source))
    decoded = decode(data, options.encoding, max_bytes=options.max_bytes)
    told = decoded.text
    if decoded.newline in ("crlf", "cr", "mixed"):
        told = decode_characters(data, options.encoding, max_bytes=options.max_bytes).text
    return _Text(decoded, told)


def _names(options: ReadOptions) -> KnownNames:
    conf = options.beside(_CONF)
    return KnownNames() if conf is None or len(conf) > options.max_bytes else known_names(conf)


def _places(told: BratFile, text: _Text) -> dict[str, Fragments]:
    """Where the pieces of text are, each proved; what is not is told, and how they were counted."""
    bounds = told.bounds.values()
    best: Counting | None = None
    wrong: list[Bound] = []
    for counting in text.countings():
        failed = [one for one in bounds if counting.texts(one.pairs) != one_line(one.text)]
        if best is None or len(failed) < len(wrong):
            best, wrong = counting, failed
        if not failed:
            break
    assert best is not None  # there is at least one way of counting
    if not best.is_plain and len(wrong) < len(bounds):
        told.problems.append(_recounted(best, text, told.source))
    places = {}
    refused = {one.id for one in wrong}
    events = {event.trigger: event.id for event in told.events.values()}
    for one in bounds:
        place = (
            None
            if one.id in refused
            else _place(
                {**told.more_of(one.id), **told.more_of(events.get(one.id, ""))},
                best.spans(one.pairs),
                text.decoded.text,
            )
        )
        if place is None:
            found = best.texts(one.pairs)
            told.refuse(
                "formats.span_differs",
                one.line,
                annotation=one.id,
                told=_short(one.text),
                found="–" if found is None else _short(found),
            )
        else:
            places[one.id] = place
    return places


def _recounted(counting: Counting, text: _Text, source: str) -> ImportProblem:
    """What to tell of a way of counting that is not that of this program."""
    is_in_characters = counting.unit is OffsetUnit.CODE_POINT
    if is_in_characters and "\r\n" in text.told and not text.decoded.has_bom:
        return ImportProblem(source, "formats.recounted_lines", {}, is_refusal=False)
    values = {"unit": counting.unit.shown}
    return ImportProblem(source, "formats.recounted", values, is_refusal=False)


def _place(more: JsonObject, spans: Sequence[Span] | None, text: str) -> Fragments | None:
    """The fragments of a piece of text that is proved, as they were before brat cut them.

    `more` is what our own export tells besides; of a trigger the note on its event does.
    """
    if not spans:
        return None
    merged = Fragments.merged(spans).spans
    pieces = [piece for span in merged for piece in cut(text, [span])]
    whole = joined(text, pieces)
    own = _spans(more.get("spans"))
    if own and cut(text, own) == pieces:
        whole = own
    head = _spans([more.get("head")])
    is_inside = head and any(span.contains(head[0]) for span in whole)
    return Fragments(whole, head[0] if is_inside else None) if whole else None


def _spans(told: object) -> tuple[Span, ...]:
    """Spans as our own export tells them; none where they are not in order."""
    found: list[Span] = []
    for one in told if isinstance(told, list) else ():
        match one:
            case [int(start), int(end)] if (found[-1].end if found else -1) < start < end:
                found.append(Span(start, end))
            case _:
                return ()
    return tuple(found)


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
