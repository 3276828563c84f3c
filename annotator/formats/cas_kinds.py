"""The types of CAS files as those who read them without the library have to know them.

Only types whose structures the library can only read in one way are told. Lists, arrays besides
those of links, texts of a few values only and names that the library stumbles over are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache
from keyword import iskeyword

from msgspec import Struct

from annotator.formats.cas_library import TypeSystem
from annotator.formats.cas_trim import xml_name
from annotator.formats.cas_types import ARRAY, TEXT
from annotator.formats.layer_spans import SENTENCE, TOKEN, is_read

_NOT_READ = ("uima.", "de.tudarmstadt.ukp.dkpro.core.api.metadata.", SENTENCE, TOKEN)
_RELATED = {"Governor", "Dependent"}
"""The features of a relation, which is no span."""
RENAMED: Mapping[str, str] = {"type_": "type", "self_": "self"}
"""Features as the library has to name them, and as files name them."""

_PLAIN = re.compile("[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_STUMBLES = frozenset({"begin", "end", "sofa", "xmiID", "get", "set"})
_ANNOTATION, _OF_TEXT = "uima.tcas.Annotation", "uima.cas.AnnotationBase"
_COLLECTIONS = frozenset({"uima.cas.ArrayBase", "uima.cas.ListBase"})


class Way(Enum):
    """How a feature is told."""

    TEXT = "text"
    WHOLE = "whole number"
    FRACTION = "fraction"
    FLAG = "flag"
    LINK = "link"
    LINKS = "links"
    OTHER = "other"


_WAYS = {
    "uima.cas.String": Way.TEXT,
    "uima.cas.Boolean": Way.FLAG,
    **dict.fromkeys((f"uima.cas.{name}" for name in ("Float", "Double")), Way.FRACTION),
    **dict.fromkeys(
        (f"uima.cas.{name}" for name in ("Byte", "Short", "Integer", "Long")), Way.WHOLE
    ),
}


class Fate(Enum):
    """What becomes of the annotations of a type: spans, a number that is told, or nothing."""

    READ = "read"
    COUNTED = "counted"
    SKIPPED = "skipped"


class Kind(Struct, frozen=True, eq=False):
    """A type; `ways` are those of its features in their order, besides what tells where it stands.

    One that `is_placed` is an annotation, with a begin and an end; one that `is_of_text` names the
    text that it belongs to.
    """

    layer: str
    fate: Fate
    is_placed: bool
    is_of_text: bool
    ways: Mapping[str, Way]


def fate_of(layer: str, features: Iterable[str]) -> Fate:
    """What becomes of the annotations of a type with these features."""
    if layer.startswith(_NOT_READ):
        return Fate.SKIPPED
    is_span = is_read(layer) and not set(features) >= _RELATED
    return Fate.READ if is_span else Fate.COUNTED


@lru_cache(maxsize=8)
def kinds_of(types: TypeSystem) -> Mapping[str, Kind]:
    """The types by their names."""
    found = (_kind(one) for one in types.get_types(built_in=True))
    return {one.layer: one for one in found if one is not None}


@lru_cache(maxsize=8)
def xml_kinds_of(types: TypeSystem) -> Mapping[str, Kind]:
    """The types by their XML names."""
    return {xml_name(name): kind for name, kind in kinds_of(types).items() if "." in name}


def _kind(told: TypeSystem) -> Kind | None:
    above = _above(told)
    is_placed, is_of_text = _ANNOTATION in above, _OF_TEXT in above
    known = ("begin", "end", "sofa") if is_placed else ("sofa",) if is_of_text else ()
    ways = {
        RENAMED.get(one.name, one.name): _way(one)
        for one in told.all_features
        if one.name not in known
    }
    is_plain = all(_PLAIN.fullmatch(name) and not iskeyword(name) for name in ways)
    if above & _COLLECTIONS or told.name == TEXT or ways.keys() & _STUMBLES or not is_plain:
        return None
    return Kind(told.name, fate_of(told.name, ways), is_placed, is_of_text, ways)


def _above(told: TypeSystem) -> set[str]:
    """The names of a type and of all that it is one of."""
    names: set[str] = set()
    while told is not None:
        names.add(told.name)
        told = told.supertype
    return names


def _way(feature: TypeSystem) -> Way:
    name = feature.rangeType.name
    if name in _WAYS:
        return _WAYS[name]
    if name == ARRAY:
        return Way.OTHER if feature.multipleReferencesAllowed else Way.LINKS
    is_other = _above(feature.rangeType) & {*_WAYS, *_COLLECTIONS, TEXT}
    return Way.OTHER if is_other else Way.LINK
