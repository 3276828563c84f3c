"""What is read of a CAS: its text and its annotations, whoever has read them.

The library makes an object of each structure. What it tells is the measure for those who read
files without it (`cas_structures`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from annotator.formats.cas_kinds import RENAMED, Reading, reading_of
from annotator.formats.cas_library import Cas
from annotator.formats.cas_numbers import VIEW
from annotator.formats.layer_spans import Link
from annotator.formats.offset_units import Offsets, OffsetUnit, has_far

Place = tuple[str, int, int]
"""The id of an annotation, and where it begins and ends as the file counts."""

Links = dict[str, tuple[Link, ...]]

SEVERAL = "; "
"""What stands between the values of a feature that has several, since an attribute has one."""

_OWN = frozenset({"sofa", "begin", "end"})
_PRIMITIVES = ("Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double", "String")
_ARRAYS = frozenset(f"uima.cas.{name}Array" for name in _PRIMITIVES)
_EMPTY = "uima.cas.Empty"
_LISTS = frozenset(
    f"uima.cas.{kind}{name}List" for kind in ("NonEmpty", "Empty") for name in _PRIMITIVES[3:]
)
_MOST = 10_000
"""Values of a list; one that leads back into itself has no end."""


class CasAnnotation(Struct, frozen=True):
    """An annotation, with its place in code points; None where no character begins.

    `told` is where it begins and ends as the file counts.
    """

    id: str
    layer: str
    begin: Any
    end: Any
    values: dict[str, str]
    links: Links
    told: tuple[object, object]


class CasContent(Struct, frozen=True):
    """The text of a CAS, its annotations in their order, and how many of some types are not held.

    The text is one where there is any.
    """

    text: object
    annotations: Iterable[CasAnnotation]
    unheld: Counter[str]


def library_content(
    cas: Cas,
    places: Callable[[], Iterable[Place]],
    unit: OffsetUnit,
    elsewhere: Iterable[str] = (),
) -> CasContent:
    """What the library has read.

    Annotations of other texts than the first are counted, and so are structures that say something
    of all of a text; `elsewhere` are the types of those that the library was not given.

    The library changes UTF-16 offsets into code points where it can, and leaves the others as they
    are: nothing tells an offset that it has left from one that it has changed. So in a text in
    which that matters the `places` in the file count, in their unit.
    """
    view = cas.get_view(VIEW)
    unheld: Counter[str] = Counter(one.rpartition(".")[2] for one in elsewhere)
    annotations = list(_annotations(view, unheld))
    for sofa in cas.sofas:
        if sofa.sofaID != VIEW:
            others = _annotations(cas.get_view(sofa.sofaID), unheld)
            unheld.update(one.layer.rpartition(".")[2] for one in others)
    text = view.sofa_string
    if isinstance(text, str) and (unit is OffsetUnit.BYTE or has_far(text)):
        annotations = list(_placed(annotations, Offsets(text, unit), places()))
    return CasContent(text, annotations, unheld)


def _placed(
    annotations: Iterable[CasAnnotation], offsets: Offsets, places: Iterable[Place]
) -> Iterator[CasAnnotation]:
    """The annotations where the file says that they are; one without two numbers stays."""
    known = {identifier: ends for identifier, *ends in places}
    for one in annotations:
        if one.id in known:
            begin, end = known[one.id]
            here = map(offsets.code_point, (begin, end))
            one = replace(one, begin=next(here), end=next(here), told=(begin, end))
        yield one


def _annotations(view: Cas, unheld: Counter[str]) -> Iterator[CasAnnotation]:
    known: dict[str, tuple[Reading, list[str]]] = {}
    for one in view.select_all_fs():
        layer, is_placed = one.type.name, hasattr(one, "begin")
        if layer not in known:
            names = [feature.name for feature in one.type.all_features]
            known[layer] = reading_of(layer, names, is_placed=is_placed), names
        reading, names = known[layer]
        if reading is Reading.COUNTED:
            unheld[layer.rpartition(".")[2]] += 1
        if reading is Reading.READ:
            values, links = _told(one, names)
            ends = one.begin, one.end
            yield CasAnnotation(str(one.xmiID), layer, *ends, values, links, ends)


def _told(structure: Any, features: Iterable[str]) -> tuple[dict[str, str], Links]:  # noqa: ANN401
    """What a structure tells: texts, numbers and flags as text, and links to others."""
    values: dict[str, str] = {}
    links: Links = {}
    for feature in features:
        told = getattr(structure, feature, None)
        if told is None or feature in _OWN:
            continue
        name = RENAMED.get(feature, feature)
        several = _several(told)
        if several is None and not isinstance(told, str | int | float):
            links[name] = tuple(_links(told))
        elif several is None:
            values[name] = _text(told)
        elif several:
            values[name] = SEVERAL.join(map(_text, several))
    return values, links


def _text(told: object) -> str:
    if isinstance(told, bool):
        return "true" if told else "false"
    return str(told)


def _several(told: Any) -> Sequence[object] | None:  # noqa: ANN401
    """The values in an array or a list of them; None where it is none."""
    name = getattr(getattr(told, "type", None), "name", "")
    if name in _ARRAYS:
        elements = getattr(told, "elements", None) or ()
        return [one for one in elements if one is not None]
    found: list[object] = []
    while name in _LISTS and len(found) < _MOST:
        if (head := getattr(told, "head", None)) is not None:
            found.append(head)
        told = getattr(told, "tail", None)
        name = getattr(getattr(told, "type", None), "name", "")
        if told is None or name.startswith(_EMPTY):
            return found
    return None


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
