"""JSON that other readers let through: NaN, equal keys, endless digits, deep nests; and no JSON."""

from __future__ import annotations

import json

import orjson

from tests.reliability.bad_inputs.case import (
    SAMPLE,
    Case,
    Ending,
    Importer,
    as_gold,
    as_news,
    changed_gold,
    gold_of,
    news_of,
    one_file,
    refused,
    unchanged,
)

STRICT = "JSON NaN/Infinity/1e999, duplicate keys, long integers, nesting"
NUMBERS = "numbers as text, Arabic digits, 1_0, true, 1.5"
TWICE = "formats.check_twice"
_MARKED = ("doc", "format")
SHAPE = "not the shape that is expected"


def cases() -> list[Case]:
    """All cases of this module."""
    return [*_strict(), *_numbers(), *_shapes(), *_syntax()]


_SLIPS = {
    "NaN": ("NaN", "not_a_number"),
    "Infinity": ("-Infinity", "not_a_number"),
    "1e999": ("1e999", "not_a_number"),
    "21 digits": ("1" * 21, "digits"),
    "5,000 digits": ("1" * 5_000, "digits"),
    "deep arrays": ("[" * 300 + "]" * 300, "depth"),
    "very deep arrays": ("[" * 100_000 + "]" * 100_000, "depth"),
    "deep objects": ('{"a":' * 5_000 + "1" + "}" * 5_000, "depth"),
    "key twice inside": ('{"a": 1, "a": 2}', "duplicate_key"),
}


def _strict() -> list[Case]:
    found = []
    for name, (value, key) in _SLIPS.items():
        expected = refused(f"formats.json_{key}", "line 1", "column")
        news = f'[{{"id": "n", "text": "a", "n": {value}}}]'.encode()
        gold = gold_of("a").replace(b'"relations": []', b'"relations": ' + value.encode())
        found.append(as_news(STRICT, name, news, expected))
        found.append(as_gold(STRICT, name, gold, expected))
    twice = b'[{"id": "n", "text": "a", "text": "b"}]'
    found.append(as_news(STRICT, "two texts", twice, refused("formats.json_duplicate_key")))
    gold = gold_of("a").replace(b'"text": "a",', b'"text": "a", "text": "b",')
    found.append(as_gold(STRICT, "two texts", gold, refused("formats.json_duplicate_key")))
    open_end = b"[" * 100_000
    found.append(as_news(STRICT, "deep and cut", open_end, refused("formats.json_depth")))
    return found


_WRONG = {
    "digits as text": "0",
    "Arabic digits": "٠",
    "superscript": "²",
    "underscore": "1_0",
    "true": True,
    "null": None,
    "list": [0],
}


def _numbers() -> list[Case]:
    key = "formats.check_schema"
    found = [
        as_gold(
            NUMBERS,
            name,
            changed_gold("mentions.0.start", value),
            refused(key, "mentions[0].start"),
        )
        for name, value in _WRONG.items()
    ]
    half = changed_gold("mentions.0.start", 1.5)
    found.append(as_gold(NUMBERS, "half", half, refused("formats.json_fraction", "line 1")))
    exponent = SAMPLE.replace(b'"start":0,', b'"start":1e-1,', 1)
    found.append(as_gold(NUMBERS, "1e-1", exponent, refused("formats.json_fraction")))
    whole = SAMPLE.replace(b'"start":0,', b'"start":0.0,', 1)
    text = orjson.loads(SAMPLE)["text"]
    found.append(
        as_gold(
            NUMBERS,
            "12.0",
            whole,
            {"ending": Ending.WARNED, "key": "formats.gold_mended", "texts": (text,)},
        )
    )
    found.append(
        as_news(
            NUMBERS,
            "a number as text of a record",
            b'[{"text": "a"}, {"id": "m", "text": 12}]',
            {**refused("formats.news_text_no_string", "m", "text"), "texts": ("a",)},
        )
    )
    return found


def _shapes() -> list[Case]:
    key = "formats.news_no_text_field"
    two = b'[{"id": "n", "text": "a"}, %s]'
    found = [
        as_news(SHAPE, name, data, refused(key, "input.json"))
        for name, data in {"a number": b"12", "a string": b'"a"', "null": b"null"}.items()
    ]
    for name, data, told in (
        ("null among records", b"null", "formats.news_not_object"),
        ("no text", b'{"id": "m"}', "formats.news_no_text"),
        ("text is a list", b'{"text": ["a"]}', "formats.news_text_no_string"),
        ("text is true", b'{"text": true}', "formats.news_text_no_string"),
        ("blank text", b'{"text": " "}', "formats.news_text_empty"),
    ):
        found.append(as_news(SHAPE, name, two % data, {**refused(told), "texts": ("a",)}))
    odd = {"title": {"a": [1]}, "author": [None, {"name": []}, 3], "date": {"name": {}}, "url": 5}
    found.append(as_news(SHAPE, "odd metadata", news_of("a", **odd), unchanged("a")))
    # Gold under another name must not lose its annotations by being taken for news.
    text = orjson.loads(SAMPLE)["text"]
    late = json.loads(SAMPLE)
    late["entities"] *= 1_000
    canonical = json.dumps(late, ensure_ascii=False, sort_keys=True).encode()
    says = ("entities", "given 1000 times")
    found.append(as_gold(SHAPE, "its format after a megabyte", canonical, refused(TWICE, *says)))
    odd_order = dict(sorted(json.loads(SAMPLE).items(), key=lambda item: item[0] in _MARKED))
    odd_order = {"doc_id": "g", "relations": [], "text": text + " " * 1_100_000, **odd_order}
    found.append(
        one_file(
            SHAPE,
            "gold whose marks all come after a megabyte",
            Importer.NEWS,
            "input.json",
            json.dumps({**odd_order, "text": text + " " * 1_100_000}, ensure_ascii=False).encode(),
            **refused("formats.news_is_gold", "gold"),
        )
    )
    return found


def _syntax() -> list[Case]:
    kind, key = "no JSON", "formats.json_syntax"
    found = []
    for name, data in {
        "HTML": b"<html>",
        "cut short": b'[{"text": "a',
        "single quotes": b"[{'text': 'a'}]",
        "trailing comma": b'[{"text": "a"},]',
        "two values": b'{"text": "a"} {"text": "b"}',
        "comment": b'/* x */ [{"text": "a"}]',
        "unquoted key": b'[{text: "a"}]',
        "hexadecimal": b'[{"text": "a", "n": 0x10}]',
        "bad escape": rb'[{"text": "a\x"}]',
        "cut escape": rb'[{"text": "\u12"}]',
        "leading zero": b'[{"text": "a", "n": 012}]',
    }.items():
        found.append(as_news(kind, name, data, refused(key, "line 1", "column")))
    cut = SAMPLE[: len(SAMPLE) // 2]
    found.append(as_gold(kind, "gold cut in the middle", cut, refused(key, "line 1")))
    return found
