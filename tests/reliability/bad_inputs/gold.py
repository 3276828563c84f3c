"""Gold records that are not true: offsets in other units, references to nothing, other versions."""

from __future__ import annotations

import json

import orjson

from tests.reliability.bad_inputs.case import (
    SAMPLE,
    Case,
    as_gold,
    changed_gold,
    gold_of,
    refused,
    unchanged,
)

OFFSETS = "offsets negative, reversed, empty, past the end, other units"
TRUTH = "gold that contradicts itself"
_RECORD = orjson.loads(SAMPLE)
_PREFIX = "😀😀 بەڵێ "


def cases() -> list[Case]:
    """All cases of this module."""
    return [*_offsets(), *_units(), *_truth()]


def _offsets() -> list[Case]:
    outside, schema = "formats.check_range", "formats.check_schema"
    start, length = _RECORD["mentions"][0]["start"], len(_RECORD["text"])
    found = []
    for name, changes, key in (
        ("negative", {"start": -1}, schema),
        ("reversed", {"start": 9, "end": 3}, outside),
        ("empty", {"start": 3, "end": 3}, outside),
        ("past the end", {"end": length + 1}, outside),
        ("far past the end", {"end": 10**15}, outside),
    ):
        record = json.loads(SAMPLE)
        record["mentions"][0] |= changes
        says = ("mentions[0]",)
        found.append(as_gold(OFFSETS, name, _line(record), refused(key, *says)))
    assert start == 0
    event = _RECORD["events"][0]["trigger"]["start"]
    found.append(
        as_gold(
            OFFSETS,
            "reversed trigger",
            changed_gold("events.0.trigger.end", event - 1),
            refused(outside, "events[0].trigger"),
        )
    )
    found.append(
        as_gold(
            OFFSETS,
            "reversed content",
            changed_gold("quotes.0.content.end", 1),
            refused(outside, "quotes[0].content"),
        )
    )
    return found


def _units() -> list[Case]:
    """The same mention counted as other programs count; the sentence says which unit would fit."""
    key = "formats.check_span_"
    found = []
    for name, count, unit in (
        ("UTF-16 units", lambda text: len(text.encode("utf-16-le")) // 2, "UTF-16"),
        ("UTF-8 bytes", lambda text: len(text.encode()), "UTF-8"),
        ("from one", lambda text: len(text) + 1, "from 1"),
    ):
        record = _later_mention()
        mention = record["mentions"][-1]
        text = record["text"]
        end = mention["end"]
        mention["start"], mention["end"] = count(text[: mention["start"]]), count(text[:end])
        found.append(as_gold(OFFSETS, name, _line(record), refused(key, unit)))
    record = _later_mention()
    record["mentions"][-1]["end"] -= 1
    found.append(as_gold(OFFSETS, "last letter included", _line(record), refused(key, "includes")))
    return found


def _later_mention() -> dict:
    """The sample with an emoji before everything, so that units differ."""
    text = _PREFIX + "هەولێر شارێکی گەورەیە و هەموو کەس دەیناسێت."
    record = json.loads(gold_of(text))
    token = next(t for t in record["tokens"] if t["text"] == "هەولێر")
    index = record["tokens"].index(token)
    sample = dict(_RECORD["mentions"][0])
    sample |= {
        "id": "T1",
        "start": token["start"],
        "end": token["end"],
        "text": "هەولێر",
        "entity": None,
        "token_start": index,
        "token_end": index + 1,
        "token_aligned": True,
    }
    record["mentions"] = [sample]
    return record


def gold_with_mention() -> bytes:
    """A short sound record with one mention."""
    return _line(_later_mention())


def _truth() -> list[Case]:
    found = []
    for name, path, value, key, *says in (
        ("another text", "text", "تر", "formats.check_length"),
        ("another hash", "text_info.sha256", "0" * 64, "formats.check_sha256", "SHA-256"),
        ("another length", "text_info.length", 3, "formats.check_length", "3"),
        ("a unit nobody has", "text_info.offset_unit", "byte", "formats.check_schema", "unit"),
        ("other words", "mentions.0.text", "x", "formats.check_span_text", "mentions[0]"),
        ("other tokens", "mentions.0.token_start", 5, "formats.check_span_tokens", "mentions[0]"),
        ("dangling entity", "mentions.0.entity", "E999", "formats.check_reference", "E999"),
        ("an id twice", "mentions.0.id", "T2", "formats.check_twice", "T2"),
        ("no layer", "events", None, "formats.check_schema", "events"),
        ("a newer version", "version", "2.0.0", "formats.gold_newer", "2.0.0"),
        ("no version", "version", "x", "formats.gold_version", "x"),
        ("another format", "format", "conll", "formats.gold_not_gold"),
        ("a path as id", "doc_id", "../x", "formats.check_schema", "doc_id"),
        ("an endless id", "doc_id", "x" * 200, "formats.check_schema", "doc_id"),
    ):
        if name == "another format":
            # With another format it is not gold, and as news it must not be taken for its text.
            data = changed_gold(path, value).replace(b'"conll"', b'"conll", "was": "ckb-gold"')
        else:
            data = changed_gold(path, value)
        found.append(as_gold(TRUTH, name, data, refused(key, *says)))
    # Quotes that nest wrongly are for people to mend: the rules of the core show them.
    circle = changed_gold("quotes.0.parent", "Q1")
    found.append(as_gold(TRUTH, "its own parent", circle, unchanged(_RECORD["text"])))
    twice = SAMPLE.rstrip(b"\n") + b"\n" + SAMPLE
    found.append(
        as_gold(
            TRUTH,
            "a broken record after a good one",
            twice.rstrip(b"\n")[:-50] + b"\n",
            {**refused("formats.json_syntax", "line 2"), "texts": (_RECORD["text"],)},
        )
    )
    return found


def _line(record: dict) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"
