"""Input that is sound and much: within time and memory, or refused because of its size."""

from __future__ import annotations

import json

import orjson

from tests.reliability.bad_inputs.case import (
    SAMPLE,
    Case,
    Ending,
    as_gold,
    as_news,
    as_text,
    gold_of,
    refused,
    unchanged,
    warned,
)

KIND = "10 MB line, 200k lines, many documents, 1,000 labels on a span"
MIB = 1024 * 1024


def cases() -> list[Case]:
    """All cases of this module."""
    line = "کورد " * 1_100_000
    lines = "دێڕێک\n" * 200_000
    many = b"\n".join(b'{"id": "n%d", "text": "text %d"}' % (n, n) for n in range(3_000))
    texts = tuple(f"text {n}" for n in range(3_000))
    big = {"megabytes": 900, "seconds": 30}
    over = b"x" * (64 * MIB + 1)
    return [
        as_text(
            KIND, "10 MB in a line", line.encode(), warned("formats.warning_long_line", line), **big
        ),
        as_text(KIND, "200,000 lines", lines.encode(), unchanged(lines), **big),
        as_text(KIND, "over the limit", over, refused("formats.too_large", 64 * MIB), **big),
        as_news(KIND, "over the limit", over, refused("formats.too_large", 64 * MIB), **big),
        as_news(KIND, "3,000 documents", many, unchanged(*texts), **big),
        as_news(
            KIND,
            "an array of 50,000 empty records",
            b'[{"text": "a"}' + b",{}" * 50_000 + b"]",
            {**refused("formats.news_no_text"), "texts": ("a",)},
            **big,
        ),
        as_news(
            KIND,
            "an object of 100,000 fields",
            json.dumps({"text": "a", **{f"f{n}": n for n in range(100_000)}}).encode(),
            unchanged("a"),
            **big,
        ),
        as_news(
            KIND,
            "more than the memory holds",
            b'[{"text": "a"}' + b',{"a":[]}' * 1_000_000 + b"]",
            refused("cli.no_memory", "memory"),
            megabytes=100,
            seconds=30,
        ),
        as_gold(KIND, "1,000 labels on a span", _labels(1_000), _labelled(), **big),
    ]


def _labels(count: int) -> bytes:
    record = json.loads(gold_of("هەولێر گەورەیە."))
    sample = dict(orjson.loads(SAMPLE)["mentions"][0])
    sample |= {
        "start": 0,
        "end": 6,
        "text": "هەولێر",
        "entity": None,
        "token_start": 0,
        "token_end": 1,
        "token_aligned": True,
    }
    record["mentions"] = [{**sample, "id": f"T{n}"} for n in range(1, count + 1)]
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _labelled() -> dict[str, object]:
    return {"ending": Ending.UNCHANGED, "texts": ("هەولێر گەورەیە.",)}
