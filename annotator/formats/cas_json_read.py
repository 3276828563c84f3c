"""CAS in JSON that is laid out as this program lays it out, read from its value alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.formats.base import JsonObject, JsonValue
from annotator.formats.cas_content import CasContent, Place
from annotator.formats.cas_kinds import CasKind, Range, Reading, reading_of
from annotator.formats.cas_numbers import VIEW
from annotator.formats.cas_structures import Structure, Structures, UnusualError
from annotator.formats.cas_trim import (
    ARRAY,
    ELEMENTS,
    FLAGS,
    ID,
    LINK,
    MEMBERS,
    SEGMENTS,
    STRUCTURES,
    TEXT,
    TYPE,
    VIEWS,
)
from annotator.formats.offset_units import OffsetUnit

_ARRAY_KNOWN = {ID, TYPE, FLAGS, ELEMENTS}
_TEXT_KNOWN = {ID, TYPE, FLAGS, "sofaNum", "sofaID", "mimeType", "sofaString"}
_LARGEST = 2**53


def json_content(
    told: JsonValue, kinds: Mapping[str, CasKind], unit: OffsetUnit = OffsetUnit.UTF_16
) -> CasContent | None:
    """What a CAS in JSON says, of these types; None where the library has to tell."""
    try:
        return _Reader(told, kinds, unit).content()
    except UnusualError:
        return None


def json_places(told: JsonObject) -> Iterator[Place]:
    """Where annotations stand, as a CAS in JSON that the library has read tells it."""
    structures = told[STRUCTURES]
    numbered = (
        structures.items() if isinstance(structures, dict) else ((None, s) for s in structures)
    )
    for number, one in numbered:
        begin, end = one.get("begin"), one.get("end")
        if type(begin) is type(end) is int:
            yield str(one.get(ID, number)), begin, end


def json_elsewhere(told: JsonObject) -> Iterator[str]:
    """The types of the annotations on other texts than the first."""
    views, structures = told[VIEWS], told[STRUCTURES]
    if views.keys() <= {VIEW} or not isinstance(structures, list):
        return
    others = {one for name, view in views.items() if name != VIEW for one in view[MEMBERS]}
    for one in structures:
        layer = one.get(TYPE)
        is_told = reading_of(layer, one, is_placed="begin" in one) is not Reading.SKIPPED
        if one.get(ID) in others and is_told:
            yield layer


class _Reader:
    """Reads one file; tokens and sentences are `_gone`."""

    def __init__(self, told: JsonValue, kinds: Mapping[str, CasKind], unit: OffsetUnit) -> None:
        self._kinds = kinds
        self._gone: set[int] = set()
        self._structures = Structures(unit)
        self._texts: dict[int, str] = {}
        self._named: set[int] = set()
        self._told = told

    def content(self) -> CasContent:
        """What the file says. Raises `UnusualError`."""
        structures = _of(list, _of(dict, self._told).get(STRUCTURES))
        gone = []
        for one in structures:
            layer = _of(dict, one).get(TYPE)
            if layer in SEGMENTS:
                gone.append(one.get(ID))
            else:
                self._add(one, _of(str, layer))
        self._gone.update(_numbers(gone))
        known = self._structures
        count = sum(map(len, (self._gone, self._texts, known.known, known.arrays)))
        numbers = {*self._gone, *self._texts, *known.known, *known.arrays}
        if len(self._texts) != 1 or not self._named <= self._texts.keys():
            raise UnusualError
        if count != len(structures) or len(numbers) != count:
            raise UnusualError
        [text] = self._texts.values()
        return known.content(text, self._members())

    def _members(self) -> list[int]:
        views = _of(dict, self._told.get(VIEWS))
        if views.keys() != {VIEW}:
            raise UnusualError
        members = _numbers(_of(list, _of(dict, views[VIEW]).get(MEMBERS)))
        return [one for one in members if one not in self._gone]

    def _add(self, one: JsonObject, layer: str) -> None:
        number = _number(one.get(ID))
        if layer == TEXT:
            if one.get("sofaID") != VIEW or not one.keys() <= _TEXT_KNOWN:
                raise UnusualError
            self._texts[number] = _of(str, one.get("sofaString"))
        elif layer == ARRAY or (layer.endswith("[]") and layer[:-2] in self._kinds):
            elements = _of(list, one.get(ELEMENTS, []))
            if not one.keys() <= _ARRAY_KNOWN:
                raise UnusualError
            self._structures.arrays[number] = _numbers(elements)
        elif layer in self._kinds:
            self._structures.known[number] = self._structure(one, self._kinds[layer])
        else:
            raise UnusualError

    def _structure(self, one: JsonObject, kind: CasKind) -> Structure:
        read = len((ID, TYPE)) + (FLAGS in one)
        place = (0, 0)
        if kind.is_of_text:
            self._named.add(_number(one.get(f"{LINK}sofa")))
            read += 1
        if kind.is_placed:
            place = _number(one.get("begin")), _number(one.get("end"))
            read += len(place)
        made = Structure(kind, place, {}, {})
        for feature, range_ in kind.ranges.items() if len(one) > read else ():
            if range_ in (Range.LINK, Range.LINKS):
                if (link := one.get(LINK + feature)) is not None:
                    made.links[feature] = (_number(link),)
                    read += 1
            elif (value := one.get(feature)) is not None:
                made.values[feature] = _written(value, range_)
                read += 1
        if read != len(one):
            raise UnusualError
        return made


def _of(kind: type[JsonValue], told: JsonValue) -> JsonValue:
    if type(told) is not kind:
        raise UnusualError
    return told


def _number(told: JsonValue) -> int:
    """A number of a structure or of a place."""
    if type(told) is not int or not 0 <= told < _LARGEST:
        raise UnusualError
    return told


def _numbers(told: list[JsonValue]) -> list[int]:
    """All of these as numbers of structures."""
    are_whole = not told or set(map(type, told)) == {int}
    if not are_whole or (told and not 0 <= min(told) <= max(told) < _LARGEST):
        raise UnusualError
    return told


def _written(told: JsonValue, range_: Range) -> str:
    """A text, a number or a flag as the library would tell it."""
    kind = type(told)
    if kind is str and range_ is Range.TEXT:
        return str(told)
    if kind is bool and range_ is Range.FLAG:
        return "true" if told else "false"
    if kind is float and range_ is Range.FRACTION:
        return str(told)
    if kind is int and range_ is Range.WHOLE and abs(told) < _LARGEST:
        return str(told)
    raise UnusualError
