"""What is read of a CAS: its text and its annotations, whoever has read them.

The library makes an object of each structure. What it tells is the measure for those who read
files without it (`cas_structures`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any

from msgspec import Struct

from annotator.formats.cas_kinds import RENAMED, Reading, reading_of
from annotator.formats.cas_library import Cas
from annotator.formats.cas_numbers import VIEW
from annotator.formats.layer_spans import Link
from annotator.formats.offset_units import Offsets, OffsetUnit

Place = tuple[str, int, int]
"""The id of an annotation, and its begin and end in UTF-16 units, as files count."""

Links = dict[str, tuple[Link, ...]]

_OWN = frozenset({"sofa", "begin", "end"})


class CasAnnotation(Struct, frozen=True):
    """An annotation with the places that the library tells, which are code points where it can."""

    id: str
    layer: str
    begin: Any
    end: Any
    values: dict[str, str]
    links: Links


class CasContent(Struct, frozen=True):
    """The text of a CAS, its annotations in their order, and how many of some types are not held.

    The text is one where there is any; the annotations with the ids that are `unplaced` begin or
    end inside of a character.
    """

    text: object
    annotations: Iterable[CasAnnotation]
    unheld: Counter[str]
    unplaced: Container[str] = frozenset()


def library_content(cas: Cas, places: Callable[[], Iterable[Place]]) -> CasContent:
    """What the library has read; `places` are those in the file, for a text in which they matter.

    Annotations of other texts than the first are counted.
    """
    view = cas.get_view(VIEW)
    unheld: Counter[str] = Counter()
    annotations = list(_annotations(view, unheld))
    for sofa in cas.sofas:
        if sofa.sofaID != VIEW:
            elsewhere = _annotations(cas.get_view(sofa.sofaID), unheld)
            unheld.update(one.layer.rpartition(".")[2] for one in elsewhere)
    text = view.sofa_string
    is_far = isinstance(text, str) and not text.isascii() and max(text, default="") > "\uffff"
    unplaced = frozenset(_unplaced(text, places())) if is_far else frozenset()
    return CasContent(text, annotations, unheld, unplaced)


def _unplaced(text: str, places: Iterable[Place]) -> Iterator[str]:
    """The ids of what begins or ends inside of a character of the text.

    The library leaves such an offset as it is, and nothing tells it from one that it has changed.
    """
    point = Offsets(text, OffsetUnit.UTF_16).code_point
    return (identifier for identifier, *ends in places if None in map(point, ends))


def _annotations(view: Cas, unheld: Counter[str]) -> Iterator[CasAnnotation]:
    known: dict[str, tuple[Reading, list[str]]] = {}
    for one in view.select_all_annotations():
        layer = one.type.name
        if layer not in known:
            names = [feature.name for feature in one.type.all_features]
            known[layer] = reading_of(layer, names), names
        reading, names = known[layer]
        if reading is Reading.COUNTED:
            unheld[layer.rpartition(".")[2]] += 1
        if reading is Reading.READ:
            values, links = _told(one, names)
            yield CasAnnotation(str(one.xmiID), layer, one.begin, one.end, values, links)


def _told(structure: Any, features: Iterable[str]) -> tuple[dict[str, str], Links]:  # noqa: ANN401
    """What a structure tells: texts, numbers and flags as text, and links to others."""
    values: dict[str, str] = {}
    links: Links = {}
    for feature in features:
        told = getattr(structure, feature, None)
        if told is None or feature in _OWN:
            continue
        name = RENAMED.get(feature, feature)
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
