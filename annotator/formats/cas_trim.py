"""CAS files without their tokens and sentences, which are most of a file and of which none is read.

The library makes an object of each; so they go before it sees them. Where another annotation may
link to one of them all of them stay, and so does everything of a file that is not laid out as
expected: the library tells what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeAlias

from msgspec import Struct, ValidationError, convert

from annotator.formats.base import JsonObject, JsonValue
from annotator.formats.cas_numbers import VIEW
from annotator.formats.layer_spans import SENTENCE, TOKEN

Element: TypeAlias = Any
"""One of lxml."""

TYPES, STRUCTURES, VIEWS = "%TYPES", "%FEATURE_STRUCTURES", "%VIEWS"
"""The parts of a CAS in JSON."""

ID, TYPE, ELEMENTS, MEMBERS = "%ID", "%TYPE", "%ELEMENTS", "%MEMBERS"
FLAGS, LINK = "%FLAGS", "@"
"""What structures have there besides their features, and what is before one that links."""
ARRAY, TEXT = "uima.cas.FSArray", "uima.cas.Sofa"
"""The types of lists of links, and of a text."""
VIEW_TAG, XMI_ID = "{http:///uima/cas.ecore}View", "{http://www.omg.org/XMI}id"
"""The XML names of a view and of the number of a structure."""

_NUMBER = "(?:0|[1-9][0-9]{0,8})"
_NUMBERS = re.compile(f"{_NUMBER}(?: {_NUMBER})*+", re.ASCII)
_NO_LINKS = frozenset({XMI_ID, "sofa", "begin", "end", "sofaNum", "sofaString"})


def xml_name(layer: str) -> str:
    """The XML name of a type: of ``a.b.C`` it is ``C`` in the namespace ``http:///a/b.ecore``."""
    package, _, name = layer.rpartition(".")
    return f"{{http:///{package.replace('.', '/')}.ecore}}{name}"


SEGMENTS = (TOKEN, SENTENCE)
SEGMENT_TAGS = tuple(map(xml_name, SEGMENTS))


def are_numbers(told: Collection[str]) -> bool:
    """Whether all of these are numbers of structures as everybody writes them."""
    joined = " ".join(told)
    is_each_one = joined.count(" ") + 1 == len(told)
    return not told or (is_each_one and _NUMBERS.fullmatch(joined) is not None)


def trim_xmi(root: Element) -> bool:
    """Take the tokens and sentences out of an XMI; whether nothing else may link to them.

    Where something may, the tree is of no use any more.
    """
    found = [one for tag in SEGMENT_TAGS for one in root.iterchildren(tag)]
    gone = {one.get(XMI_ID, "") for one in found}
    if not are_numbers(gone):
        return False
    for one in found:
        root.remove(one)
    if any(one.get(XMI_ID) in gone or not gone.isdisjoint(_may_link_to(one)) for one in root):
        return False
    for view in root.iterchildren(VIEW_TAG):
        members = view.get("members", "").split()
        view.set("members", " ".join(one for one in members if one not in gone))
    return True


def _may_link_to(element: Element) -> Iterator[str]:
    """All that may be an id in what is told of a structure; only its type could say what is one."""
    if element.tag == VIEW_TAG:
        return
    for name, value in element.items():
        if name not in _NO_LINKS:
            yield from value.split()
    for text in element.itertext():
        yield from text.split()


class _View(Struct, frozen=True, rename={"members": MEMBERS}):
    members: list[int]


class _Structure(Struct, frozen=True, rename={"id": ID, "type": TYPE}):
    id: int
    type: str


class _Cas(Struct, frozen=True, rename={"structures": STRUCTURES, "views": VIEWS}):
    structures: list[_Structure]
    views: dict[str, _View]


def trimmed_json(told: JsonValue) -> JsonObject | None:
    """The parsed JSON of a CAS without its tokens and sentences; None where they have to stay."""
    try:
        cas = convert(told, _Cas)
    except ValidationError:
        return None
    gone = {one.id for one in cas.structures if one.type in SEGMENTS}
    kept = [one for one in told[STRUCTURES] if one[TYPE] not in SEGMENTS]
    if not gone.isdisjoint(_linked(kept)) or not gone.isdisjoint(one[ID] for one in kept):
        return None
    views = {
        name: {**told[VIEWS][name], MEMBERS: [one for one in view.members if one not in gone]}
        for name, view in cas.views.items()
    }
    return {**told, STRUCTURES: kept, VIEWS: views}


def _linked(structures: Iterable[JsonObject]) -> Iterator[float]:
    """The ids of what structures link to."""
    for one in structures:
        for name, value in one.items():
            if name.startswith(LINK) or name == ELEMENTS:
                each = value if isinstance(value, list) else [value]
                yield from (link for link in each if isinstance(link, int | float))


def as_library_reads(told: JsonObject) -> JsonObject:
    """The parsed JSON of a CAS without what the library stumbles over.

    Arrays of others have elements, which may be left out where there are none, and only the first
    view has members: of several views that are texts the library reads none.

    Raises `TypeError`, `KeyError` or `AttributeError` where it is not laid out as expected.
    """
    structures, views = told[STRUCTURES], told[VIEWS]
    if not isinstance(structures, list):
        return told
    whole = [{ELEMENTS: [], **one} if is_array(one.get(TYPE)) else one for one in structures]
    first = {name: view for name, view in views.items() if name == VIEW}
    return {**told, STRUCTURES: whole, VIEWS: first}


def is_array(layer: JsonValue) -> bool:
    """Whether a type is that of a list of structures."""
    return layer == ARRAY or (isinstance(layer, str) and layer.endswith("[]"))
