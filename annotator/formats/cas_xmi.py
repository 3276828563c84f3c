"""CAS as XMI: byte for byte what the library writes of the same structures.

The library makes an object and then an element of each token, which takes several times as long as
all the rest of an export.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from annotator.formats.cas_numbers import MIME, TEXT_NUMBER, VIEW, CasSet, LinkArray, span_place
from annotator.formats.cas_types import link_type
from annotator.formats.offset_units import utf_16_ends

_HEAD = "<?xml version='1.0' encoding='UTF-8'?>\n"
_XMI, _CAS = "http://www.omg.org/XMI", "http:///uima/cas.ecore"
_NULL = '<cas:NULL xmi:id="0"/>'
_MARKED = re.compile('[&<>"\t\n\r]')
# The & goes first, since it is in what the others become. White space that is written as it is
# would be read as spaces.
_ESCAPES = (
    ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"),
    ("\t", "&#9;"), ("\n", "&#10;"), ("\r", "&#13;"),
)  # fmt: skip


def xmi_of(one: CasSet, features: Mapping[str, Sequence[str]]) -> bytes:
    """A set as a file; `features` are those with texts, for every layer in their order.

    No text may have a character that XML cannot hold.
    """
    names, arrays, counted = _Names(), one.link_arrays(), utf_16_ends(one.text)
    parts = list(_segments(one, counted, names))
    parts += _spans(one, counted, _linked(arrays), features, names)
    parts += _links(one, arrays, names)
    members = " ".join(map(str, one.members))
    made = (
        f'{_HEAD}<xmi:XMI xmlns:xmi="{_XMI}" xmlns:cas="{_CAS}"{names.declared}'
        f' xmi:version="2.0">{_NULL}{"".join(parts)}<cas:Sofa xmi:id="{TEXT_NUMBER}" sofaNum="1"'
        f' sofaID="{VIEW}" mimeType="{MIME}" sofaString="{_escaped(one.text)}"/>'
        f'<cas:View sofa="{TEXT_NUMBER}" members="{members}"/></xmi:XMI>'
    )
    return made.encode()


def _segments(one: CasSet, counted: Sequence[int], names: _Names) -> Iterator[str]:
    number = TEXT_NUMBER + 1
    for layer, places in one.segments:
        before = f"<{names[layer]} xmi:id=" if places else ""
        for at, place in enumerate(places, number):
            yield (
                f'{before}"{at}" sofa="{TEXT_NUMBER}"'
                f' begin="{counted[place.start]}" end="{counted[place.end]}"/>'
            )
        number += len(places)


def _linked(arrays: Sequence[LinkArray]) -> dict[int, str]:
    """The attributes with the links of spans, by their places."""
    linked: dict[int, str] = {}
    for array in arrays:
        ids = " ".join(map(str, array.numbers))
        linked[array.place] = f'{linked.get(array.place, "")} {array.feature}="{ids}"'
    return linked


def _spans(
    one: CasSet,
    counted: Sequence[int],
    linked: Mapping[int, str],
    features: Mapping[str, Sequence[str]],
    names: _Names,
) -> Iterator[str]:
    number = one.first_span
    for at, span in enumerate(one.spans):
        begin, end = span_place(span)
        told = span.values
        values = "".join(
            [f' {name}="{_escaped(told[name])}"' for name in features[span.layer] if name in told]
        )
        yield (
            f'<{names[span.layer]} xmi:id="{number + at}" sofa="{TEXT_NUMBER}"'
            f' begin="{counted[begin]}" end="{counted[end]}"{values}{linked.get(at, "")}/>'
        )


def _links(one: CasSet, arrays: Sequence[LinkArray], names: _Names) -> Iterator[str]:
    numbers = one.numbers()
    for array in arrays:
        if not array.links:  # its type is nowhere in the file, and declared for nothing
            continue
        name = names[link_type(one.spans[array.place].layer, array.feature)]
        for number, link in zip(array.numbers, array.links, strict=True):
            role = f' role="{_escaped(link.role)}"' if link.role else ""
            yield f'<{name} xmi:id="{number}"{role} target="{numbers[link.target]}"/>'


def _escaped(value: str) -> str:
    """A text as an attribute has it."""
    if _MARKED.search(value):
        for character, written in _ESCAPES:
            value = value.replace(character, written)
    return value


class _Names(dict[str, str]):
    """The XML names of types, like ``custom:Event``; their packages get prefixes as they come.

    Of two packages whose last words are the same the later one has a number behind it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._prefixes: dict[str, str] = {}
        self._again: Counter[str] = Counter()

    def __missing__(self, kind: str) -> str:
        package, _, name = kind.rpartition(".")
        if package not in self._prefixes:
            self._prefixes[package] = self._free(package.rpartition(".")[2])
        self[kind] = f"{self._prefixes[package]}:{name}"
        return self[kind]

    def _free(self, word: str) -> str:
        if word not in self._prefixes.values():
            return word
        self._again[word] += 1
        return f"{word}{self._again[word] - 1}"

    @property
    def declared(self) -> str:
        """The packages as namespaces."""
        return "".join(
            f' xmlns:{prefix}="http:///{package.replace(".", "/")}.ecore"'
            for package, prefix in self._prefixes.items()
        )
