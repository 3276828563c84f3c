"""What is read of a CAS: its text and its annotations, whoever has read them.

The library makes an object of each structure. What it tells is the measure for those who read
files without it (`cas_structures`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import Any

from msgspec import Struct

from annotator.formats.cas_kinds import RENAMED, Fate, fate_of
from annotator.formats.cas_library import Cas
from annotator.formats.cas_numbers import VIEW
from annotator.formats.layer_spans import Link

Links = dict[str, tuple[Link, ...]]

_OWN = frozenset({"sofa", "begin", "end"})


class Annotation(Struct, frozen=True):
    """An annotation with the places that the library tells, which are code points where it can."""

    id: str
    layer: str
    begin: Any
    end: Any
    values: dict[str, str]
    links: Links


class CasContent(Struct, frozen=True):
    """The text of a CAS, its annotations in their order, and how many of some types are not held.

    The text is one where there is any; offsets that are `unmapped` have no place in it.
    """

    text: object
    annotations: Iterable[Annotation]
    unheld: Counter[str]
    unmapped: Container[Any] = frozenset()


def library_content(cas: Cas, unmapped: frozenset[int]) -> CasContent:
    """What the library has read."""
    view = cas.get_view(VIEW)
    unheld: Counter[str] = Counter()
    return CasContent(view.sofa_string, list(_annotations(view, unheld)), unheld, unmapped)


def _annotations(view: Cas, unheld: Counter[str]) -> Iterator[Annotation]:
    known: dict[str, tuple[Fate, list[str]]] = {}
    for one in view.select_all_annotations():
        layer = one.type.name
        if layer not in known:
            names = [feature.name for feature in one.type.all_features]
            known[layer] = fate_of(layer, names), names
        fate, names = known[layer]
        if fate is Fate.COUNTED:
            unheld[layer.rpartition(".")[2]] += 1
        if fate is Fate.READ:
            values, links = _told(one, names)
            yield Annotation(str(one.xmiID), layer, one.begin, one.end, values, links)


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
