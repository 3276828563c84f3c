"""Sound inputs made unsound: bytes changed anywhere, and JSON changed in its structure."""

from __future__ import annotations

import json
from copy import deepcopy

import hypothesis.strategies as st

_ODD_BYTES = st.sampled_from(
    [b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r\n", b"\r", b'"', b"\\u0000", b"\\ud800",
     b"{", b"]", b",", b"1e999", b"NaN", b"-0", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"9" * 25]
)  # fmt: skip
_odd_values = st.sampled_from(
    [None, True, -1, 0, 10**18, 1.5, 1e300, "", " ", "\0", "\ud800", "\u202e", "ە" * 5, "a\r\nb",
     "T1", "E9", [], {}, [[]], [None], {"start": 0}, "../x", "\ufeff"]
)  # fmt: skip


@st.composite
def changed_bytes(draw, seeds) -> bytes:
    """A seed with up to four pieces replaced, removed, doubled or put in."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        piece = bytes(data[start:end])
        data[start:end] = draw(
            _ODD_BYTES | st.binary(max_size=4) | st.just(piece * 2) | st.just(b"")
        )
    return bytes(data)


@st.composite
def changed_json(draw, seeds) -> bytes:
    """A seed with values at up to three places replaced, removed, doubled or renamed."""
    value = json.loads(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 3))):
        _change(draw, value)
    return json.dumps(value, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


def _change(draw, value: object) -> None:
    """Go down a random way and change what is there."""
    while True:
        places = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not places:
            return
        place = draw(st.sampled_from(places))
        inner = value[place]
        if isinstance(inner, dict | list) and inner and draw(st.integers(0, 4)):
            value = inner
            continue
        _change_at(draw, value, place)
        return


def _change_at(draw, value, place) -> None:
    match draw(st.sampled_from(["replace", "remove", "double", "nudge"])):
        case "remove":
            del value[place]
        case "double" if isinstance(value, list):
            value.insert(place, value[place])
        case "nudge" if type(value[place]) is int:
            value[place] += draw(st.integers(-2, 2))
        case "nudge" if isinstance(value[place], str):
            value[place] += draw(st.sampled_from(["x", "\0", " ", "\u200c", "😀"]))
        case _:
            value[place] = deepcopy(draw(_odd_values))
