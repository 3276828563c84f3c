"""Writing UIMA CAS for INCEpTION and DKPro: as XMI with its type system beside it, or as JSON.

The types are the library's; the files are written here, as it would write them, since it makes an
object of each token. They count in UTF-16 units, and we count in code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from annotator.core.document import Document
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Folder,
    Format,
    Holds,
    SegmentedBundle,
)
from annotator.formats.cas_json import cas_json_of
from annotator.formats.cas_library import TYPE_SYSTEM, types_as_json
from annotator.formats.cas_numbers import CasSet
from annotator.formats.cas_read import read_cas_json, read_cas_xmi
from annotator.formats.cas_types import text_features, type_system
from annotator.formats.cas_xmi import xmi_of
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
    features = scheme_features(context.scheme)
    types, texts = type_system(features).to_xml().encode(), text_features(features)
    for one, made in _made(sets, features, _NOT_IN_XML):
        sets.write_file(folder, f"{sets.file_stem(one, XMI)}{XMI}", xmi_of(made, texts))
    sets.write_file(folder, TYPE_SYSTEM, types)
    return sets.report()


def write_cas_json(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write a ``.json`` for every annotation set, each with all types, so that they are the same.

    A set with a control character in a value is left out, and told.
    """
    sets = SetDocuments(items, context.lose)
    features = scheme_features(context.scheme)
    types, texts = types_as_json(type_system(features)), text_features(features)
    for one, made in _made(sets, features, _NEVER_STORED):
        data = cas_json_of(made, types, texts)
        sets.write_file(folder, f"{sets.file_stem(one, JSON)}{JSON}", data)
    return sets.report()


def _made(
    sets: Iterable[SetDocument],
    features: Mapping[str, Mapping[str, str]],
    refused: re.Pattern[str],
) -> Iterator[tuple[SetDocument, CasSet]]:
    """The sets that can be written, and what is written of each."""
    for one in sets:
        spans = LayerWriter(one.content.annotations, features).spans()
        found = _character(refused, one.document, spans)
        if found is None:
            yield one, CasSet(one.document.text, one.segmentation, spans)
        else:
            one.leave_out(found)


def _character(
    refused: re.Pattern[str], document: Document, spans: Iterable[LayerSpan]
) -> str | None:
    """A character that cannot be written, with its line and column in the text or in a value."""
    values = chain.from_iterable(span.values.values() for span in spans)
    roles = (link.role for span in spans for links in span.links.values() for link in links)
    texts = (document.text, *values, *roles)
    if refused.search("\n".join(texts)) is None:
        return None
    text, found = next((one, found) for one in texts if (found := refused.search(one)))
    line, column = line_and_column(text, found.start())
    return f"{code_name(found[0])} {line}:{column}"


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
