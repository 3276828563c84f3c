"""CAS as JSON: byte for byte what the library writes of the same structures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from json.encoder import encode_basestring as quoted

from annotator.formats.cas_numbers import MIME, TEXT_NUMBER, VIEW, CasSet, LinkArray, span_place
from annotator.formats.cas_trim import ARRAY, TEXT
from annotator.formats.cas_types import link_type
from annotator.formats.offset_units import utf_16_ends


def cas_json_of(one: CasSet, types: str, features: Mapping[str, Sequence[str]]) -> bytes:
    """A set as a file.

    `types` are those of the export as JSON, and `features` those with texts, for every layer in
    their order. No text may have half of a surrogate pair.
    """
    arrays, counted = one.link_arrays(), utf_16_ends(one.text)
    parts = [_text(one), *_segments(one, counted)]
    parts += _spans(one, counted, _linked(one, arrays), features)
    # Every array is a structure of its own here, and all of them come before the links.
    parts += _arrays(one, arrays)
    parts += _links(one, arrays)
    members = ", ".join(map(str, one.members))
    made = (
        f'{{"%TYPES": {types}, "%FEATURE_STRUCTURES": [{", ".join(parts)}], "%VIEWS": {{"{VIEW}":'
        f' {{"%SOFA": {TEXT_NUMBER}, "%MEMBERS": [{members}]}}}}}}'
    )
    return made.encode()


def _text(one: CasSet) -> str:
    return (
        f'{{"%ID": {TEXT_NUMBER}, "%TYPE": "{TEXT}", "sofaNum": 1, "sofaID": "{VIEW}",'
        f' "mimeType": "{MIME}", "sofaString": {quoted(one.text)}}}'
    )


def _segments(one: CasSet, counted: Sequence[int]) -> Iterator[str]:
    number = TEXT_NUMBER + 1
    for layer, places in one.segments:
        after = f', "%TYPE": "{layer}", "@sofa": {TEXT_NUMBER}, "begin": '
        for at, place in enumerate(places, number):
            yield f'{{"%ID": {at}{after}{counted[place.start]}, "end": {counted[place.end]}}}'
        number += len(places)


def _linked(one: CasSet, arrays: Sequence[LinkArray]) -> dict[int, str]:
    """The features with the links of spans, by their places."""
    linked: dict[int, str] = {}
    for number, array in enumerate(arrays, one.members.stop):
        linked[array.place] = f'{linked.get(array.place, "")}, "@{array.feature}": {number}'
    return linked


def _spans(
    one: CasSet,
    counted: Sequence[int],
    linked: Mapping[int, str],
    features: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    number = one.first_span
    for at, span in enumerate(one.spans):
        begin, end = span_place(span)
        told = span.values
        values = "".join(
            [f', "{name}": {quoted(told[name])}' for name in features[span.layer] if name in told]
        )
        yield (
            f'{{"%ID": {number + at}, "%TYPE": "{span.layer}", "@sofa": {TEXT_NUMBER},'
            f' "begin": {counted[begin]}, "end": {counted[end]}{values}{linked.get(at, "")}}}'
        )


def _arrays(one: CasSet, arrays: Sequence[LinkArray]) -> Iterator[str]:
    for number, array in enumerate(arrays, one.members.stop):
        elements = ", ".join(str(each + len(arrays)) for each in array.numbers)
        told = f', "%ELEMENTS": [{elements}]' if elements else ""
        yield f'{{"%ID": {number}, "%TYPE": "{ARRAY}"{told}}}'


def _links(one: CasSet, arrays: Sequence[LinkArray]) -> Iterator[str]:
    numbers = one.numbers()
    for array in arrays:
        kind = link_type(one.spans[array.place].layer, array.feature)
        for number, link in zip(array.numbers, array.links, strict=True):
            role = f' "role": {quoted(link.role)},' if link.role else ""
            yield (
                f'{{"%ID": {number + len(arrays)}, "%TYPE": "{kind}",{role}'
                f' "@target": {numbers[link.target]}}}'
            )
