"""Reading UIMA CAS, as XMI, as JSON and in the archives that INCEpTION gives.

The text of a CAS is inside of it, and nothing else tells what an annotation stands on: so an offset
that lies outside of the text or inside of a character refuses its annotation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, TypeAlias

from annotator.core.ids import DocumentId
from annotator.core.span import Span
from annotator.formats.base import Bundle, ImportProblem, JsonValue, Note, ReadOptions
from annotator.formats.cas_archive import Unread, archived_files
from annotator.formats.cas_content import CasAnnotation, CasContent, library_content
from annotator.formats.cas_json_read import json_content, json_elsewhere, json_places
from annotator.formats.cas_kinds import kinds_of, xml_kinds_of
from annotator.formats.cas_library import (
    TYPE_SYSTEM,
    TypeSystem,
    load_json,
    load_type_system,
    load_xmi,
    types_inside,
    xmi_elements,
    xmi_tree,
)
from annotator.formats.cas_xmi_read import xmi_content, xmi_places
from annotator.formats.decode import decode_characters
from annotator.formats.layer_build import layer_bundle, made_by
from annotator.formats.layer_spans import KB, MORE, LayerSpan, pairs_of
from annotator.formats.offset_units import OffsetUnit, has_far
from annotator.formats.safe_names import file_name, file_stem, safe_id
from annotator.formats.strict_json import parse_json
from annotator.formats.text_checks import CleanText, clean_text, refuse_characters
from annotator.formats.told_text import Counting
from annotator.formats.word_edges import WordEdges
from annotator.formats.zip_rules import is_zip
from annotator.foundation.errors import UserError

_Reading: TypeAlias = Callable[[OffsetUnit], CasContent]
"""Reads a file that counts in a unit. Raises `UserError`."""

# As an attribute is read, XML makes a space of a line end or tab that is not written as a number.
_RAW_LINE_END = re.compile(rb"""sofaString\s*=\s*(?:"[^"\t\r\n]*[\t\r\n]|'[^'\t\r\n]*[\t\r\n])""")


def read_cas_xmi(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The documents of an ``.xmi`` with its type system beside it, or of an archive of both.

    Raises `UserError` when nothing of it can be read.
    """
    data = _bytes(stream, options)
    if is_zip(data):
        yield from _read_archive(data, options)
        return
    types = options.beside(TYPE_SYSTEM)
    if types is None:
        source = file_name(options.source)
        raise UserError("formats.no_file_beside", name=TYPE_SYSTEM, source=source)
    name = file_name(options.source)
    content = _of_xmi(data, load_type_system(types, TYPE_SYSTEM), name)
    yield from _read(content, data, options, safe_id(file_stem(options.source)))


def read_cas_json(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The document of a CAS in JSON, which has its types inside. Raises `UserError`."""
    data = _bytes(stream, options)
    # Its limits are ours, and the library keeps to none.
    told = parse_json(decode_characters(data, max_bytes=options.max_bytes).text)
    content = _of_json(data, told, file_name(options.source))
    yield from _read(content, data, options, safe_id(file_stem(options.source)))


def _of_xmi(data: bytes, types: TypeSystem, name: str) -> _Reading:
    """What an XMI says: read from its tree, and by the library where that is not enough."""

    def content(unit: OffsetUnit) -> CasContent:
        tree = xmi_tree(data, name)
        found = None if tree is None else xmi_content(tree, xml_kinds_of(types), unit)
        if found is not None:
            return found
        cas = load_xmi(data, types, name)
        return library_content(cas, lambda: xmi_places(xmi_elements(data)), unit)

    return content


def _of_json(data: bytes, told: JsonValue, name: str) -> _Reading:
    """What a CAS in JSON says: read from its value, and by the library where that is not enough."""

    def content(unit: OffsetUnit) -> CasContent:
        types = types_inside(told, name)
        found = None if types is None else json_content(told, kinds_of(types), unit)
        if found is not None:
            return found
        cas = load_json(data, told, name)
        return library_content(cas, lambda: json_places(told), unit, json_elsewhere(told))

    return content


def _counted(content: _Reading, asked: OffsetUnit | None) -> tuple[CasContent, OffsetUnit | None]:
    """What a file says, and the unit in which it counts where that is shown to be another.

    UIMA counts UTF-16 units, but not everybody who writes its files does. The edges of words show
    it, where somebody has asked for no unit.
    """
    usual = content(asked or OffsetUnit.UTF_16)
    text = usual.text
    if asked is None and isinstance(text, str) and has_far(text):
        told = [one.told for one in usual.annotations]
        places = [(a, b) for a, b in told if isinstance(a, int) and isinstance(b, int)]
        if WordEdges().unit(text, places) is OffsetUnit.CODE_POINT:
            other = content(OffsetUnit.CODE_POINT)
            if _places(other) != _places(usual):
                return other, OffsetUnit.CODE_POINT
    return usual, None


def _places(content: CasContent) -> dict[str, tuple[object, object]]:
    return {one.id: (one.begin, one.end) for one in content.annotations}


def _bytes(stream: BinaryIO, options: ReadOptions) -> bytes:
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise UserError("formats.too_large", size=len(data), limit=options.max_bytes)
    return data


def _read_archive(data: bytes, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """Every ``.xmi`` of an archive. Raises `UserError` where there is none."""
    for one in archived_files(data, file_name(options.source), options.max_bytes):
        try:
            if isinstance(one, Unread):
                raise one.error
            types = load_type_system(one.types(), TYPE_SYSTEM)
            inner = one.xmi()
            content = _of_xmi(inner, types, one.name)
            yield from _read(content, inner, options, safe_id(one.document), one.person)
        except UserError as error:
            yield ImportProblem.from_error(error, source=f"{options.source}: {one.name}")


def _read(
    reading: _Reading,
    data: bytes,
    options: ReadOptions,
    identifier: DocumentId,
    person: str | None = None,
) -> Iterator[Bundle | ImportProblem]:
    content, unit = _counted(reading, options.unit)
    told = content.text
    if not isinstance(told, str):
        raise UserError("formats.cas_no_text", name=file_name(options.source))
    clean = clean_text(told)
    if _has_raw_line_end(data):
        note = Note("formats.cas_line_end", {"name": file_name(options.source)})
        yield ImportProblem.from_note(note, source=options.source)
    if unit is not None:
        note = Note("formats.cas_recounted", {"unit": unit.shown})
        yield ImportProblem.from_note(note, source=options.source)
    for note in clean.warnings:
        yield ImportProblem.from_note(note, source=options.source)
    problems: list[ImportProblem] = []
    spans = list(_Spans(content, told, clean, options.source, problems))
    for one in layer_bundle(spans, clean, identifier, problems, source=options.source, data=data):
        yield one if person is None or isinstance(one, ImportProblem) else made_by(one, person)


def _has_raw_line_end(data: bytes) -> bool:
    """Whether XML has altered the text; a pattern that began with the space would be slow."""
    found = (one.start() for one in _RAW_LINE_END.finditer(data))
    return any(data[start - 1 : start].isspace() for start in found)


class _Spans:
    """The annotations of a CAS as spans of layers; what is none of them is told."""

    def __init__(
        self,
        content: CasContent,
        told: str,
        clean: CleanText,
        source: str,
        problems: list[ImportProblem],
    ) -> None:
        self._content = content
        self._counting = Counting(told, OffsetUnit.CODE_POINT, is_plain=told == clean.text)
        self._source = source
        self._problems = problems

    def __iter__(self) -> Iterator[LayerSpan]:
        annotations = list(self._content.annotations)
        is_sound = _can_be_stored(annotations)  # asked of all at once, since it nearly always is
        for one in annotations:
            place = self._place(one)
            if place is None:
                start, end = one.told
                self._refuse("formats.span_outside", one, start=start, end=end)
            elif not is_sound and not _can_be_stored((one,)):
                self._refuse("formats.value_refused", one)
            else:
                yield LayerSpan(one.id, one.layer, place, one.values, one.links)
        for kind, count in sorted(self._content.unheld.items()):
            values = {"kind": kind, "count": count}
            problem = ImportProblem(self._source, "formats.kind_not_held", values, is_refusal=False)
            self._problems.append(problem)

    def _refuse(self, key: str, one: CasAnnotation, **values: object) -> None:
        shown = f"{one.layer.rpartition('.')[2]} {one.id}"
        self._problems.append(ImportProblem(self._source, key, {"annotation": shown, **values}))

    def _place(self, one: CasAnnotation) -> tuple[Span, ...] | None:
        """Where it stands, which is nowhere if it is empty; None outside of the text."""
        begin, end = one.begin, one.end
        if not type(begin) is type(end) is int:
            return None
        start, stop = self._counting.point(begin), self._counting.point(end)
        if start is None or stop is None or start > stop:
            return None
        return (Span(start, stop),) if start < stop else ()


def _can_be_stored(annotations: Iterable[CasAnnotation]) -> bool:
    texts: list[str] = []
    for one in annotations:
        texts.extend(one.values.values())
        texts.extend(link.role for each in one.links.values() for link in each)
        for name in (MORE, KB):
            if name in one.values:
                texts.extend(text for pair in pairs_of(one.values[name]) for text in pair)
    try:
        refuse_characters("".join(texts))
    except UserError:
        return False
    return True
