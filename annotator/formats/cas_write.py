"""Writing UIMA CAS for INCEpTION and DKPro: as XMI with its type system beside it, or as JSON.

The library counts in UTF-16 units where the files do, and in code points here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from annotator.core.document import Document, Segmentation
from annotator.formats import layer_spans as layers
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Folder,
    Format,
    Holds,
    SegmentedBundle,
)
from annotator.formats.cas_library import TYPE_SYSTEM, Cas, TypeSystem, library
from annotator.formats.cas_read import read_cas_json, read_cas_xmi
from annotator.formats.cas_types import link_type, type_system
from annotator.formats.layer_spans import LayerSpan, scheme_features
from annotator.formats.layer_write import LayerWriter
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.text_checks import code_name, line_and_column

XMI, JSON = ".xmi", ".json"

_NEVER_STORED = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def write_cas_xmi(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write an ``.xmi`` for every annotation set, and one type system for all.

    A set whose text or values have a character that XML cannot hold is left out, and told.
    """
    sets = SetDocuments(items, context.lose)
    types, features = _types(context)
    for one, spans in _with_spans(sets, features, _NOT_IN_XML):
        data = _cas(one, spans, types).to_xmi().encode()
        sets.write_file(folder, f"{sets.file_stem(one, XMI)}{XMI}", data)
    sets.write_file(folder, TYPE_SYSTEM, types.to_xml().encode())
    return sets.report()


def write_cas_json(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write a ``.json`` for every annotation set, each with all types, so that they are the same.

    A set with a control character in a value is left out, and told.
    """
    sets = SetDocuments(items, context.lose)
    types, features = _types(context)
    for one, spans in _with_spans(sets, features, _NEVER_STORED):
        data = _cas(one, spans, types).to_json().encode()
        sets.write_file(folder, f"{sets.file_stem(one, JSON)}{JSON}", data)
    return sets.report()


def _with_spans(
    sets: Iterable[SetDocument],
    features: Mapping[str, Mapping[str, str]],
    refused: re.Pattern[str],
) -> Iterator[tuple[SetDocument, list[LayerSpan]]]:
    """The sets that can be written, with the spans of each."""
    for one in sets:
        spans = LayerWriter(one.content.annotations, features).spans()
        found = _character(refused, one.document, spans)
        if found is None:
            yield one, spans
        else:
            one.leave_out(found)


def _types(context: ExportContext) -> tuple[TypeSystem, Mapping[str, Mapping[str, str]]]:
    features = scheme_features(context.scheme)
    return type_system(features), features


def _cas(one: SetDocument, spans: list[LayerSpan], types: TypeSystem) -> Cas:
    cas = library().Cas(typesystem=types)
    cas.sofa_string = one.document.text
    cas.sofa_mime = "text/plain"
    _add_segmentation(cas, one.segmentation, types)
    made = {}
    for span in spans:
        begin, end = (span.spans[0].start, span.spans[0].end) if span.spans else (0, 0)
        made[span.id] = types.get_type(span.layer)(begin=begin, end=end, **span.values)
        cas.add(made[span.id])
    array = types.get_type("uima.cas.FSArray")
    for span in spans:
        for feature, links in span.links.items():
            kind = types.get_type(link_type(span.layer, feature))
            told = [kind(role=link.role or None, target=made[link.target]) for link in links]
            setattr(made[span.id], feature, array(elements=told))
    return cas


def _add_segmentation(cas: Cas, segmentation: Segmentation, types: TypeSystem) -> None:
    for name, places in (
        (layers.SENTENCE, segmentation.sentences),
        (layers.TOKEN, segmentation.tokens),
    ):
        make: Callable[..., Cas] = types.get_type(name)
        cas.add_all(make(begin=place.start, end=place.end) for place in places)


def _character(
    refused: re.Pattern[str], document: Document, spans: Iterable[LayerSpan]
) -> str | None:
    """A character that cannot be written, with its line and column in the text or in a value."""
    values = chain.from_iterable(span.values.values() for span in spans)
    roles = (link.role for span in spans for links in span.links.values() for link in links)
    for text in (document.text, *values, *roles):
        found = refused.search(text)
        if found is not None:
            line, column = line_and_column(text, found.start())
            return f"{code_name(found[0])} {line}:{column}"
    return None


_HOLDS = frozenset(Holds) - {Holds.SETS}

CAS_JSON = Format(
    id="cas-json",
    title="formats.title_cas_json",
    suffixes=(JSON,),
    read=read_cas_json,
    write_files=write_cas_json,
    is_file_each=True,
    holds=_HOLDS,
    marks=(b'"%FEATURE_STRUCTURES"', b'"%TYPES"'),
)
CAS_XMI = Format(
    id="cas-xmi",
    title="formats.title_cas_xmi",
    suffixes=(XMI, ".zip"),
    read=read_cas_xmi,
    write_files=write_cas_xmi,
    is_file_each=True,
    holds=_HOLDS,
)
