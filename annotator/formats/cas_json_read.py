"""CAS in JSON that is laid out as this program lays it out, read from its value alone."""

from __future__ import annotations

from collections.abc import Mapping

from annotator.formats.base import JsonObject, JsonValue
from annotator.formats.cas_content import CasContent
from annotator.formats.cas_kinds import Kind, Way
from annotator.formats.cas_numbers import VIEW
from annotator.formats.cas_structures import Structure, Structures, UnusualError
from annotator.formats.cas_trim import (
    ELEMENTS,
    ID,
    LINK,
    MEMBERS,
    SEGMENTS,
    STRUCTURES,
    TYPE,
    VIEWS,
)
from annotator.formats.cas_types import ARRAY, TEXT

_TEXT_KNOWN = {ID, TYPE, "sofaNum", "sofaID", "mimeType", "sofaString"}
_LARGEST = 2**53


def json_content(told: JsonValue, kinds: Mapping[str, Kind]) -> CasContent | None:
    """What a CAS in JSON says, of these types; None where the library has to tell."""
    try:
        return _Reader(told, kinds).content()
    except UnusualError:
        return None


class _Reader:
    """Reads one file; tokens and sentences are `_gone`."""

    def __init__(self, told: JsonValue, kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds
        self._gone: set[int] = set()
        self._structures = Structures()
        self._texts: dict[int, str] = {}
        self._named: set[int] = set()
        self._told = told

    def content(self) -> CasContent:
        """What the file says. Raises `UnusualError`."""
        structures = _of(list, _of(dict, self._told).get(STRUCTURES))
        for one in structures:
            layer = _of(dict, one).get(TYPE)
            if layer in SEGMENTS:
                self._gone.add(_number(one.get(ID)))
            else:
                self._add(one, _of(str, layer))
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
        members = _of(list, _of(dict, views[VIEW]).get(MEMBERS))
        return [one for one in map(_number, members) if one not in self._gone]

    def _add(self, one: JsonObject, layer: str) -> None:
        number = _number(one.get(ID))
        if layer == TEXT:
            if one.get("sofaID") != VIEW or not one.keys() <= _TEXT_KNOWN:
                raise UnusualError
            self._texts[number] = _of(str, one.get("sofaString"))
        elif layer == ARRAY:
            elements = _of(list, one.get(ELEMENTS))
            if len(one) > len((ID, TYPE, ELEMENTS)):
                raise UnusualError
            self._structures.arrays[number] = list(map(_number, elements))
        elif layer in self._kinds:
            self._structures.known[number] = self._structure(one, self._kinds[layer])
        else:
            raise UnusualError

    def _structure(self, one: JsonObject, kind: Kind) -> Structure:
        read = len((ID, TYPE))
        place = (0, 0)
        if kind.is_of_text:
            self._named.add(_number(one.get(f"{LINK}sofa")))
            read += 1
        if kind.is_placed:
            place = _number(one.get("begin")), _number(one.get("end"))
            read += len(place)
        made = Structure(kind, place, {}, {})
        for feature, way in kind.ways.items() if len(one) > read else ():
            if way in (Way.LINK, Way.LINKS):
                if (link := one.get(LINK + feature)) is not None:
                    made.links[feature] = (_number(link),)
                    read += 1
            elif (value := one.get(feature)) is not None:
                made.values[feature] = _written(value, way)
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


def _written(told: JsonValue, way: Way) -> str:
    """A text, a number or a flag as the library would tell it."""
    kind = type(told)
    if kind is str and way is Way.TEXT:
        return str(told)
    if kind is bool and way is Way.FLAG:
        return "true" if told else "false"
    if kind is float and way is Way.FRACTION:
        return str(told)
    if kind is int and way is Way.WHOLE and abs(told) < _LARGEST:
        return str(told)
    raise UnusualError
