"""Rules about every span of a gold record: it lies in the text and tells the truth about it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.formats.base import JsonObject
from annotator.formats.gold_findings import Anchored, GoldFinding, RawRecord
from annotator.formats.gold_schema import Path
from annotator.formats.gold_units import unit_that_fits


def check_spans(raw: RawRecord, segmentation: Segmentation | None) -> Iterator[GoldFinding]:
    """V02, V03, V08 and V13 for every span and quotation mark of the record."""
    text = raw.text
    for anchored in raw.anchored():
        if segmentation is not None and _is_plainly_right(text, anchored.value, segmentation):
            continue
        broken = list(_check_places(raw, anchored))
        yield from broken
        if not broken:
            yield from _check_words(raw, anchored)
            if segmentation is not None:
                yield from _check_tokens(raw, anchored, segmentation)
    yield from _check_marks(raw)


def _is_plainly_right(text: str, value: JsonObject, segmentation: Segmentation) -> bool:
    """Whether a place of one piece is right in all that the rules below look at, asked at once."""
    start, end = value["start"], value["end"]
    if "fragments" in value or value.get("head") is not None or not 0 <= start < end:
        return False
    # A piece that goes beyond the text has not the text that is told: that has another length.
    if len(value["text"]) != end - start or text[start:end] != value["text"]:
        return False
    place = Span(start, end)
    first, last = segmentation.token_range(place)
    told = (value["token_start"], value["token_end"], value["token_aligned"])
    return told == (first, last, segmentation.is_aligned(place))


def _check_places(raw: RawRecord, anchored: Anchored) -> Iterator[GoldFinding]:
    """V02 and V08: span, fragments and head are where they can be."""
    pieces, here = anchored.pieces, anchored.path
    for piece in (anchored.value, *pieces):
        if not _is_in_text(raw, piece):
            yield _unit_finding(raw, anchored) or _range_finding(
                raw, anchored.annotation, here, piece
            )
            return
    places = [(piece["start"], piece["end"]) for piece in pieces]
    disorder = any(right[0] <= left[1] for left, right in pairwise(places))
    if disorder or anchored.span != (places[0][0], places[-1][1]):
        yield raw.finding("V08", "check_fragments", annotation=anchored.annotation, path=here)
    head = anchored.value.get("head")
    if head is None:
        return
    if not _is_in_text(raw, head):
        yield _range_finding(raw, anchored.annotation, (*here, "head"), head)
    elif not any(start <= head["start"] and head["end"] <= end for start, end in places):
        yield raw.finding("V08", "check_head", annotation=anchored.annotation, path=here)


def _check_words(raw: RawRecord, anchored: Anchored) -> Iterator[GoldFinding]:
    """V03: the text told is the text there; fragments are joined by one space."""
    found = " ".join(raw.text[piece["start"] : piece["end"]] for piece in anchored.pieces)
    told = anchored.value["text"]
    if told != found:
        unit = _unit_finding(raw, anchored)
        if unit is not None:
            yield unit
            return
        values = {"told": told, "found": found}
        key, annotation = "check_span_text", anchored.annotation
        yield raw.finding("V03", key, annotation=annotation, path=anchored.path, values=values)


def _check_tokens(
    raw: RawRecord, anchored: Anchored, segmentation: Segmentation
) -> Iterator[GoldFinding]:
    """V13: the tokens told are those that the span covers, and aligned means aligned."""
    value = anchored.value
    first, last = segmentation.token_range(Span(*anchored.span))
    is_aligned = all(segmentation.is_aligned(_span(piece)) for piece in anchored.pieces)
    told = (value["token_start"], value["token_end"], value["token_aligned"])
    if told != (first, last, is_aligned):
        values = {"first": first, "last": last}
        key, annotation = "check_span_tokens", anchored.annotation
        yield raw.finding("V13", key, annotation=annotation, path=anchored.path, values=values)


def _check_marks(raw: RawRecord) -> Iterator[GoldFinding]:
    """V02 and V08: quotation marks lie in the text, in order and apart."""
    for index, quote in enumerate(raw.record["quotes"]):
        last = 0
        for number, mark in enumerate(quote["marks"]):
            path: Path = ("quotes", index, "marks", number)
            if not _is_in_text(raw, mark):
                yield _range_finding(raw, quote["id"], path, mark)
            elif mark["start"] < last:
                yield raw.finding("V08", "check_marks", annotation=quote["id"], path=path)
            last = max(last, mark["end"])


def _unit_finding(raw: RawRecord, anchored: Anchored) -> GoldFinding | None:
    """What to say where the numbers are right in a unit that is not ours."""
    value = anchored.value
    unit = None if "fragments" in value else unit_that_fits(raw.text, value)
    if unit is None:
        return None
    values = {"start": value["start"], "end": value["end"], "told": value["text"]}
    key, annotation = unit.removeprefix("formats."), anchored.annotation
    return raw.finding("V03", key, annotation=annotation, path=anchored.path, values=values)


def _range_finding(raw: RawRecord, annotation: str, path: Path, place: JsonObject) -> GoldFinding:
    values = {"start": place["start"], "end": place["end"], "length": len(raw.text)}
    return raw.finding("V02", "check_range", annotation=annotation, path=path, values=values)


def _is_in_text(raw: RawRecord, place: JsonObject) -> bool:
    is_inside: bool = 0 <= place["start"] < place["end"] <= len(raw.text)
    return is_inside


def _span(place: JsonObject) -> Span:
    return Span(place["start"], place["end"])
