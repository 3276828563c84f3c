"""XMI that is laid out as this program and INCEpTION lay it out, read from its tree alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from annotator.formats.cas_content import CasContent, Place
from annotator.formats.cas_kinds import CasKind, Range
from annotator.formats.cas_numbers import VIEW
from annotator.formats.cas_structures import Structure, Structures, UnusualError
from annotator.formats.cas_trim import SEGMENT_TAGS, VIEW_TAG, XMI_ID, Element, are_numbers
from annotator.formats.offset_units import OffsetUnit

_ROOT, _TEXT = "{http://www.omg.org/XMI}XMI", "{http:///uima/cas.ecore}Sofa"
_TEXT_NEEDED = {XMI_ID, "sofaNum", "sofaID", "sofaString"}
_TEXT_KNOWN = {*_TEXT_NEEDED, "mimeType"}
_VIEW_KNOWN = {"sofa", "members"}
_WHOLE = re.compile("-?[0-9]{1,18}", re.ASCII)


def xmi_content(
    root: Element, kinds: Mapping[str, CasKind], unit: OffsetUnit = OffsetUnit.UTF_16
) -> CasContent | None:
    """What an XMI says, of types with these XML names; None where the library has to tell."""
    try:
        return _Reader(root, kinds, unit).content()
    except UnusualError:
        return None


def xmi_places(elements: Iterable[Mapping[str, str]]) -> Iterator[Place]:
    """Where annotations stand, as the elements of an XMI tell it."""
    for one in elements:
        with suppress(KeyError, ValueError):
            yield str(int(one[XMI_ID])), int(one["begin"]), int(one["end"])


class _Reader:
    """Reads one file; tokens and sentences are `_gone`, and nothing may seem to link to them."""

    def __init__(self, root: Element, kinds: Mapping[str, CasKind], unit: OffsetUnit) -> None:
        self._root = root
        self._kinds = kinds
        self._gone: set[str] = set()
        self._structures = Structures(unit)

    def content(self) -> CasContent:
        """What the file says. Raises `UnusualError`."""
        if self._root.tag != _ROOT:
            raise UnusualError
        texts: list[Element] = []
        views: list[Element] = []
        others: list[Element] = []
        gone: list[str] = []
        for one in self._root:
            tag = one.tag
            if tag in SEGMENT_TAGS:
                gone.append(one.get(XMI_ID, ""))
            elif tag == _TEXT:
                texts.append(one)
            else:
                (views if tag == VIEW_TAG else others).append(one)
        if len(texts) != 1 or len(views) > 1 or not are_numbers(gone):
            raise UnusualError
        self._gone.update(gone)
        number, text = self._text(texts[0])
        for one in others:
            self._add(one, number)
        members = self._members(views[0], number) if views else []
        return self._structures.content(text, members)

    def _text(self, one: Element) -> tuple[str, str]:
        """The number of the text, and the text."""
        told = _attributes(one)
        if not _TEXT_NEEDED <= told.keys() <= _TEXT_KNOWN or told["sofaID"] != VIEW:
            raise UnusualError
        self._refuse_gone([told.get("mimeType", "")])
        _number(told["sofaNum"])
        return str(_number(told[XMI_ID])), told["sofaString"]

    def _members(self, view: Element, text: str) -> list[int]:
        told = _attributes(view)
        if told.get("sofa") != text or not told.keys() <= _VIEW_KNOWN:
            raise UnusualError
        members = told.get("members", "").split()
        return [_number(one) for one in members if one not in self._gone]

    def _refuse_gone(self, values: Iterable[str]) -> None:
        if not self._gone.isdisjoint(" ".join(values).split()):
            raise UnusualError

    def _add(self, one: Element, text: str) -> None:
        kind = self._kinds.get(one.tag)
        told = _attributes(one)
        number = _number(told.pop(XMI_ID, ""))
        if kind is None or number in self._structures.known or str(number) in self._gone:
            raise UnusualError
        if kind.is_of_text and told.pop("sofa", "") != text:
            raise UnusualError
        place = (0, 0)
        if kind.is_placed:
            place = _number(told.pop("begin", "")), _number(told.pop("end", ""))
        self._refuse_gone(told.values())
        self._structures.known[number] = _structure(kind, place, told)


def _structure(kind: CasKind, place: tuple[int, int], told: Mapping[str, str]) -> Structure:
    """A structure with these features."""
    values: dict[str, str] = {}
    links: dict[str, Sequence[int]] = {}
    for feature, value in told.items():
        range_ = kind.ranges.get(feature, Range.OTHER)
        if range_ is Range.TEXT:
            values[feature] = value
        elif range_ is Range.LINK:
            links[feature] = (_number(value),)
        elif range_ is Range.LINKS:
            links[feature] = [_number(each) for each in value.split()]
        else:
            values[feature] = _written(value, range_)
    if len(links) > 1:
        links = {feature: links[feature] for feature in kind.ranges if feature in links}
    return Structure(kind, place, values, links)


def _attributes(one: Element) -> dict[str, str]:
    """Those of an element that has nothing inside."""
    inside = one.text
    if len(one) or (inside and not inside.isspace()):
        raise UnusualError
    return dict(one.items())


def _number(value: str) -> int:
    """A number as it is written by everybody."""
    if not are_numbers((value,)):
        raise UnusualError
    return int(value)


def _written(value: str, range_: Range) -> str:
    """A number or a flag as the library would tell it."""
    if range_ is Range.WHOLE and _WHOLE.fullmatch(value):
        return str(int(value))
    if range_ is Range.FLAG and value in ("true", "false"):
        return value
    if range_ is Range.FRACTION:
        try:
            return str(float(value))
        except ValueError:
            raise UnusualError from None
    raise UnusualError
