"""The structures of a CAS that is read without the library, which would make an object of each.

This is for files in which everything is as expected. At whatever is not it gives up
(`UnusualError`), and the library reads the file and says what is wrong with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from annotator.formats.cas_content import CasAnnotation, CasContent, Links
from annotator.formats.cas_kinds import CasKind, Range, Reading
from annotator.formats.layer_spans import Link
from annotator.formats.offset_units import Offsets, OffsetUnit


class UnusualError(Exception):
    """A file is not laid out as expected."""


class Structure(Struct):
    """One structure. `place` is where it begins and ends in the file, if it is an annotation.

    `links` are the numbers of what it links to, by its features in their order.
    """

    kind: CasKind
    place: tuple[int, int]
    values: dict[str, str]
    links: dict[str, Sequence[int]]


class Structures(Struct):
    """All structures of a file by their numbers, and those that are arrays of others.

    `unit` is what the file counts, which is UTF-16 as UIMA has it if nobody says otherwise.
    """

    unit: OffsetUnit
    known: dict[int, Structure] = field(default_factory=dict)
    arrays: dict[int, Sequence[int]] = field(default_factory=dict)

    def content(self, text: str, members: Sequence[int]) -> CasContent:
        """What a file says that has these in its index. Raises `UnusualError`."""
        if len(set(members)) < len(members) or not self.known.keys() >= set(members):
            raise UnusualError
        links = {number: self._links(one) for number, one in self.known.items() if one.links}
        for elements in self.arrays.values():
            list(map(self._link, elements))
        places = dict(self._places(text))
        unheld: Counter[str] = Counter()
        found: dict[str, list[tuple[int, int, int]]] = {}
        for number in members:
            kind = self.known[number].kind
            if kind.reading is Reading.COUNTED:
                unheld[kind.layer.rpartition(".")[2]] += 1
            elif kind.reading is Reading.READ:
                found.setdefault(kind.layer, []).append((*places[number], number))
        annotations = [
            CasAnnotation(str(at), layer, begin, end, one.values, links.get(at, {}), one.place)
            for layer, several in found.items()
            for begin, end, at in sorted(several)
            for one in (self.known[at],)
        ]
        return CasContent(text, annotations, unheld)

    def _places(self, text: str) -> Iterator[tuple[int, tuple[int, int]]]:
        """Where annotations stand, in code points."""
        point = Offsets(text, self.unit).code_point
        for number, one in self.known.items():
            if one.kind.is_placed:
                begin, end = map(point, one.place)
                if begin is None or end is None:
                    raise UnusualError
                yield number, (begin, end)

    def _links(self, one: Structure) -> Links:
        return {
            feature: tuple(self._link(each) for number in numbers for each in self._all(number))
            for feature, numbers in one.links.items()
        }

    def _all(self, number: int) -> Sequence[int]:
        """The elements of an array, and any other structure by itself."""
        return self.arrays.get(number, (number,))

    def _link(self, number: int) -> Link:
        """The link to a structure: what has a target links to that one, in its role."""
        one = self.known.get(number)
        if one is None and number not in self.arrays:
            raise UnusualError
        if one is None or "target" not in one.kind.ranges:
            return Link("", str(number))
        ranges = one.kind.ranges
        if ranges["target"] is not Range.LINK or ranges.get("role", Range.TEXT) is not Range.TEXT:
            raise UnusualError
        if "target" not in one.links:
            return Link("", str(number))
        return Link(one.values.get("role", ""), str(one.links["target"][0]))
