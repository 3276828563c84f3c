"""The types of CAS files as those who read them without the library have to know them.

Only types whose structures the library can only read in one way are told. Lists, arrays besides
those of links, texts of a few values only and names that the library stumbles over are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from annotator.formats.cas_library import Feature, Type, TypeSystem
from annotator.formats.cas_trim import ARRAY, TEXT, xml_name
from annotator.formats.layer_spans import SENTENCE, STUMBLES, TOKEN, is_read

_NOT_READ = ("uima.", "de.tudarmstadt.ukp.dkpro.core.api.metadata.", SENTENCE, TOKEN)
_RELATED = {"Governor", "Dependent"}
"""The features of a relation, which is no span."""
_CONNECTING = {"target", "first"}
"""The features of a link, and of a chain of coreference."""
RENAMED: Mapping[str, str] = {"type_": "type", "self_": "self"}
"""Features as the library has to name them, and as files name them."""

_PLAIN = re.compile("[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_OWN = frozenset({"begin", "end", "sofa", *STUMBLES})
_ANNOTATION, _OF_TEXT = "uima.tcas.Annotation", "uima.cas.AnnotationBase"
_COLLECTIONS = frozenset({"uima.cas.ArrayBase", "uima.cas.ListBase"})


class Range(Enum):
    """How a feature is told."""

    TEXT = "text"
    WHOLE = "whole number"
    FRACTION = "fraction"
    FLAG = "flag"
    LINK = "link"
    LINKS = "links"
    OTHER = "other"


_RANGES = {
    "uima.cas.String": Range.TEXT,
    "uima.cas.Boolean": Range.FLAG,
    **dict.fromkeys((f"uima.cas.{name}" for name in ("Float", "Double")), Range.FRACTION),
    **dict.fromkeys(
        (f"uima.cas.{name}" for name in ("Byte", "Short", "Integer", "Long")), Range.WHOLE
    ),
}


class Reading(Enum):
    """What becomes of the structures of a type: spans, a number that is told, or nothing."""

    READ = "read"
    COUNTED = "counted"
    SKIPPED = "skipped"


class CasKind(Struct, frozen=True, eq=False):
    """A type; `ranges` are those of its features in order, besides what tells where it stands.

    One that `is_placed` is an annotation, with a begin and an end; one that `is_of_text` names the
    text that it belongs to.
    """

    layer: str
    reading: Reading
    is_placed: bool
    is_of_text: bool
    ranges: Mapping[str, Range]


def reading_of(layer: str, features: Iterable[str], *, is_placed: bool) -> Reading:
    """What becomes of the structures of a type with these features.

    One that is not placed says something of all of a text, unless others know it by its links.
    """
    names = set(features)
    if layer.startswith(_NOT_READ) or not (is_placed or names.isdisjoint(_CONNECTING)):
        return Reading.SKIPPED
    is_span = is_placed and is_read(layer) and not names >= _RELATED
    return Reading.READ if is_span else Reading.COUNTED


@lru_cache(maxsize=8)
def kinds_of(types: TypeSystem) -> Mapping[str, CasKind]:
    """The types by their names."""
    found = (_kind(one) for one in types.get_types(built_in=True))
    return {one.layer: one for one in found if one is not None}


@lru_cache(maxsize=8)
def xml_kinds_of(types: TypeSystem) -> Mapping[str, CasKind]:
    """The types by their XML names."""
    return {xml_name(name): kind for name, kind in kinds_of(types).items() if "." in name}


def _kind(told: Type) -> CasKind | None:
    above = _above(told)
    is_placed, is_of_text = _ANNOTATION in above, _OF_TEXT in above
    known = ("begin", "end", "sofa") if is_placed else ("sofa",) if is_of_text else ()
    ranges = {
        RENAMED.get(one.name, one.name): _range(one)
        for one in told.all_features
        if one.name not in known
    }
    is_plain = all(_PLAIN.fullmatch(name) and name not in _OWN for name in ranges)
    if above & _COLLECTIONS or told.name == TEXT or not is_plain:
        return None
    reading = reading_of(told.name, ranges, is_placed=is_placed)
    return CasKind(told.name, reading, is_placed, is_of_text, ranges)


def _above(told: Type | None) -> set[str]:
    """The names of a type and of all that it is one of."""
    names: set[str] = set()
    while told is not None:
        names.add(told.name)
        told = told.supertype
    return names


def _range(feature: Feature) -> Range:
    name = feature.rangeType.name
    if name in _RANGES:
        return _RANGES[name]
    if name == ARRAY:
        return Range.OTHER if feature.multipleReferencesAllowed else Range.LINKS
    is_other = _above(feature.rangeType) & {*_RANGES, *_COLLECTIONS, TEXT}
    return Range.OTHER if is_other else Range.LINK
