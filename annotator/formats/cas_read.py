"""Reading UIMA CAS, as XMI, as JSON and in the archives that INCEpTION gives.

The text of a CAS is inside of it, and nothing else tells what an annotation stands on: so an offset
that lies outside of the text or inside of a character refuses its annotation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from annotator.core.ids import DocumentId
from annotator.core.span import Span
from annotator.formats.base import Bundle, ImportProblem, Note, ReadOptions
from annotator.formats.cas_library import (
    TYPE_SYSTEM,
    Cas,
    load_json,
    load_type_system,
    load_xmi,
)
from annotator.formats.decode import decode_characters
from annotator.formats.layer_build import layer_bundle
from annotator.formats.layer_spans import SENTENCE, TOKEN, LayerSpan, Link, is_read
from annotator.formats.offset_units import OffsetUnit
from annotator.formats.safe_names import file_name, file_stem, safe_id
from annotator.formats.strict_json import parse_json
from annotator.formats.text_checks import CleanText, clean_text, refuse_characters
from annotator.formats.told_text import Counting
from annotator.formats.zip_rules import ZipFiles, is_zip
from annotator.foundation.errors import UserError

_VIEW = "_InitialView"
_NOT_READ = ("uima.", "de.tudarmstadt.ukp.dkpro.core.api.metadata.", SENTENCE, TOKEN)
_RENAMED = {"type_": "type", "self_": "self"}  # as the library has to name them
# As an attribute is read, XML makes a space of a line end that is not written as a number.
_RAW_LINE_END = re.compile(rb"""sofaString=(?:"[^"\r\n]*[\r\n]|'[^'\r\n]*[\r\n])""")
_OWN = frozenset({"sofa", "begin", "end"})
_RELATED = {"Governor", "Dependent"}
"""The features of a relation, which is no span."""


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
    cas, unmapped = load_xmi(data, load_type_system(types, TYPE_SYSTEM), name)
    yield from _read(cas, unmapped, data, options, safe_id(file_stem(options.source)))


def read_cas_json(stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """The document of a CAS in JSON, which has its types inside. Raises `UserError`."""
    data = _bytes(stream, options)
    # Its limits are ours, and the library keeps to none.
    told = parse_json(decode_characters(data, max_bytes=options.max_bytes).text)
    cas, unmapped = load_json(data, told, file_name(options.source))
    yield from _read(cas, unmapped, data, options, safe_id(file_stem(options.source)))


def _bytes(stream: BinaryIO, options: ReadOptions) -> bytes:
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise UserError("formats.too_large", size=len(data), limit=options.max_bytes)
    return data


def _read_archive(data: bytes, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
    """Every ``.xmi`` of an archive; a single one, named by its annotator, is the archive's."""
    source = file_name(options.source)
    files = ZipFiles(data, source, options.max_bytes)
    names = [name for name in files.names if name.lower().endswith(".xmi")]
    if not names:
        raise UserError("formats.zip_without_xmi", name=source)
    for name in names:
        stem = file_stem(options.source if len(names) == 1 else name)
        types = f"{name.rpartition('/')[0]}/{TYPE_SYSTEM}".lstrip("/")
        try:
            if types not in files.names:
                raise UserError("formats.no_file_beside", name=types, source=name)
            inner = files.read(name)
            cas, unmapped = load_xmi(inner, load_type_system(files.read(types), types), name)
            yield from _read(cas, unmapped, inner, options, safe_id(stem))
        except UserError as error:
            yield ImportProblem.from_error(error, source=f"{options.source}: {name}")


def _read(
    cas: Cas,
    unmapped: frozenset[int],
    data: bytes,
    options: ReadOptions,
    identifier: DocumentId,
) -> Iterator[Bundle | ImportProblem]:
    told = cas.get_view(_VIEW).sofa_string
    if not isinstance(told, str):
        raise UserError("formats.cas_no_text", name=file_name(options.source))
    clean = clean_text(told)
    if _has_raw_line_end(data):
        note = Note("formats.cas_line_end", {"name": file_name(options.source)})
        yield ImportProblem.from_note(note, source=options.source)
    for note in clean.warnings:
        yield ImportProblem.from_note(note, source=options.source)
    problems: list[ImportProblem] = []
    spans = list(_Structures(cas, told, clean, unmapped, options.source, problems).spans())
    yield from layer_bundle(spans, clean, identifier, problems, source=options.source, data=data)


def _has_raw_line_end(data: bytes) -> bool:
    """Whether XML has altered the text; a pattern that began with the space would be slow."""
    found = (one.start() for one in _RAW_LINE_END.finditer(data))
    return any(data[start - 1 : start].isspace() for start in found)


class _Structures:
    """The annotations of a CAS as spans; what is none of them is told."""

    def __init__(
        self,
        cas: Cas,
        told: str,
        clean: CleanText,
        unmapped: frozenset[int],
        source: str,
        problems: list[ImportProblem],
    ) -> None:
        self._cas = cas
        is_plain = told == clean.text
        self._counting = Counting(told, OffsetUnit.CODE_POINT, is_plain=is_plain)
        self._unmapped = unmapped
        self._source = source
        self._problems = problems
        self._unheld: Counter[str] = Counter()
        self._features: dict[str, list[str]] = {}

    def spans(self) -> Iterator[LayerSpan]:
        """Every span of a layer that is no segmentation."""
        for structure in self._cas.get_view(_VIEW).select_all_annotations():
            layer = structure.type.name
            if layer.startswith(_NOT_READ):
                continue
            if set(self._named(structure)) >= _RELATED or not is_read(layer):
                self._unheld[layer.rpartition(".")[2]] += 1
                continue
            span = self._span(structure, layer)
            if span is not None:
                yield span
        for kind, count in sorted(self._unheld.items()):
            values = {"kind": kind, "count": count}
            problem = ImportProblem(self._source, "formats.kind_not_held", values, is_refusal=False)
            self._problems.append(problem)

    def _named(self, structure: Any) -> list[str]:  # noqa: ANN401 - of the library
        """The features of a structure, which are the same for all of its layer."""
        layer = structure.type.name
        if layer not in self._features:
            self._features[layer] = [one.name for one in structure.type.all_features]
        return self._features[layer]

    def _span(self, structure: Any, layer: str) -> LayerSpan | None:  # noqa: ANN401 - of the library
        begin, end = structure.begin, structure.end
        place = None
        if type(begin) is type(end) is int and not {begin, end} & self._unmapped:
            start, stop = self._counting.point(begin), self._counting.point(end)
            if start is not None and stop is not None and start <= stop:
                place = (Span(start, stop),) if start < stop else ()
        if place is None:
            shown = f"{layer.rpartition('.')[2]} {structure.xmiID}"
            values = {"annotation": shown, "start": begin, "end": end}
            self._problems.append(ImportProblem(self._source, "formats.span_outside", values))
            return None
        values, links = _told(structure, self._named(structure))
        if not _can_be_stored(values, links):
            shown = f"{layer.rpartition('.')[2]} {structure.xmiID}"
            problem = ImportProblem(self._source, "formats.value_refused", {"annotation": shown})
            self._problems.append(problem)
            return None
        return LayerSpan(str(structure.xmiID), layer, place, values, links)


def _can_be_stored(values: dict[str, str], links: dict[str, tuple[Link, ...]]) -> bool:
    try:
        for value in values.values():
            refuse_characters(value)
        for each in links.values():
            for link in each:
                refuse_characters(link.role)
    except UserError:
        return False
    return True


def _told(
    structure: Any,  # noqa: ANN401
    features: Iterable[str],
) -> tuple[dict[str, str], dict[str, tuple[Link, ...]]]:
    """What a structure tells: texts, numbers and flags as text, and links to others."""
    values: dict[str, str] = {}
    links: dict[str, tuple[Link, ...]] = {}
    for feature in features:
        told = getattr(structure, feature, None)
        if told is None or feature in _OWN:
            continue
        name = _RENAMED.get(feature, feature)
        if isinstance(told, bool):
            values[name] = "true" if told else "false"
        elif isinstance(told, str | int | float):
            values[name] = str(told)
        else:
            links[name] = tuple(_links(told))
    return values, links


def _links(told: Any) -> Iterator[Link]:  # noqa: ANN401
    """Links of an array, which have roles, and those to spans themselves, which have none."""
    elements = getattr(told, "elements", None)
    for one in elements if isinstance(elements, list) else [told]:
        target = getattr(one, "target", None)
        found = one if target is None else target
        identifier = getattr(found, "xmiID", None)
        if identifier is not None:
            role = getattr(one, "role", None) if target is not None else None
            yield Link(role if isinstance(role, str) else "", str(identifier))
