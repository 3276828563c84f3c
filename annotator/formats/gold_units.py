"""In which unit the offsets of a span were counted, where code points do not fit."""

from __future__ import annotations

from annotator.formats.base import JsonObject

_CODECS = (("formats.check_span_utf_16", "utf-16-le", 2), ("formats.check_span_utf_8", "utf-8", 1))
_SHIFTS = (
    ("formats.check_span_from_one", -1, -1),
    ("formats.check_span_inclusive", 0, 1),
    ("formats.check_span_from_one_inclusive", -1, 0),
)


def unit_that_fits(text: str, span: JsonObject) -> str | None:
    """The sentence about the unit in which start and end lead to the text that the span tells.

    Other programs count UTF-16 units or bytes, begin at 1, or count the last letter as inside;
    None where no such habit explains the span.
    """
    start, end, told = span["start"], span["end"], span["text"]
    if not 0 <= start <= end:
        return None
    for key, codec, width in _CODECS:
        piece = text.encode(codec)[start * width : end * width]
        if piece.decode(codec, errors="replace") == told:
            return key
    for key, before, after in _SHIFTS:
        if start + before >= 0 and text[start + before : end + after] == told:
            return key
    return None
