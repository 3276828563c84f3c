"""The gold record of a set: every key, every order, and the example of the specification."""

import json
import os
from pathlib import Path

import orjson
import pytest
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Entity, Mention
from annotator.core.document import text_sha256
from annotator.core.ids import RecordId
from annotator.formats.base import Bundle, ExportContext, SetContent, Tokenizer
from annotator.formats.gold_findings import RawRecord
from annotator.formats.gold_read import read_gold
from annotator.formats.gold_record import build_record, canonical_bytes, content_sha256
from tests.builders import annotation_set
from tests.formats.gold_samples import (
    CONTEXT,
    SCHEME,
    TEXT,
    at,
    document,
    full_bundle,
    full_records,
    header,
    place,
    split,
)


def shared_folder():
    here = Path(__file__).resolve()
    told = os.environ.get("NISHAN_SHARED")
    places = [Path(told)] if told else [parent / "shared" for parent in here.parents]
    return next((p for p in places if (p / "design" / "gold.example.jsonl").is_file()), None)


SHARED = shared_folder()


def record_of(bundle, context=CONTEXT):
    [content] = bundle.sets
    return build_record(bundle.document, content, split(bundle.document.text), context)


FULL = record_of(full_bundle())


def test_the_head_of_a_record_tells_document_scheme_set_and_tools():
    told = {key: value for key, value in FULL.items() if not isinstance(value, list)}
    assert told == {
        "format": "ckb-gold",
        "version": "1.0.0",
        "doc_id": "d1",
        "doc": {
            "lang": "ckb",
            "script": "Arab",
            "direction": "rtl",
            "title": None,
            "outlet": None,
            "url": None,
            "published": None,
            "license": None,
            "split": None,
            "source_file": "x.txt",
            "source_sha256": "ab" * 32,
            "source_encoding": "utf-16le",
            "source_newline": "crlf",
            "source_bom": True,
        },
        "text": TEXT,
        "text_info": {
            "length": len(TEXT),
            "offset_unit": "codepoint",
            "sha256": text_sha256(TEXT),
            "newline": "lf",
            "unicode": "as-is",
        },
        "normalization": {"id": "ckb-norm", "version": "1.0.0", "edits": []},
        "scheme": {"id": "ckb-news", "version": "1.0.0", "sha256": SCHEME.sha256},
        "guideline": {"id": "ckb-news-guide", "version": "0.3", "boundary_policy": "stem"},
        "set": {
            "id": "gold",
            "kind": "adjudicated",
            "annotators": ["a1", "a2"],
            "adjudicator": "c1",
            "derived_from": ["a1", "a2"],
            "status": "approved",
            "layers": {"mentions": "complete", "events": "partial", "quotes": "complete"},
        },
        "provenance": {
            "tool": "annotator",
            "tool_version": "1.0.0",
            "created": "2026-11-20T09:00:00Z",
            "modified": "2026-11-20T10:00:00Z",
        },
        "tokenizer": {"id": "ckb-regex", "version": "1.0.0"},
    }


def test_everything_known_about_a_document_is_told_and_the_author_only_then():
    known = {"title": "س", "outlet": "د", "url": "u", "published": "2026", "license": "l"}
    doc = record_of(full_bundle(**known, split="train", author="نووسەر"))["doc"]
    assert {**doc, **known, "split": "train", "author": "نووسەر"} == doc


def test_tokens_sentences_and_paragraphs_tell_the_segmentation():
    assert FULL["tokens"][:3] == [
        {"start": 0, "end": 1, "text": "😀"},
        {"start": 2, "end": 7, "text": "ئازاد"},
        {"start": 8, "end": 10, "text": "لە"},
    ]
    assert [(s["id"], TEXT[s["start"] : s["end"]][:6]) for s in FULL["sentences"]] == [
        ("S1", "😀 ئازا"),
        ("S2", "جەختی "),
        ("S3", "نەورۆز"),
    ]
    assert [(s["token_start"], s["token_end"]) for s in FULL["sentences"]] == [
        (0, 8),
        (8, 13),
        (13, 25),
    ]
    assert [(p["id"], p["start"], p["end"]) for p in FULL["paragraphs"]] == [
        ("P1", 0, TEXT.index("\n")),
        ("P2", TEXT.index("\n") + 1, len(TEXT)),
    ]


def test_mentions_are_ordered_by_start_longer_first_and_tell_code_points_after_an_emoji():
    mentions = {mention["id"]: mention for mention in FULL["mentions"]}
    assert list(mentions) == ["T4", "T10", "T2", "T3", "T5"]
    assert mentions["T10"] == {
        "id": "T10",
        "label": "PER",
        "start": 2,
        "end": 7,
        "text": "ئازاد",
        "token_start": 1,
        "token_end": 2,
        "token_aligned": True,
        "head": None,
        "mention": "NAM",
        "entity": "E1",
        "attrs": {},
    }
    assert mentions["T2"]["attrs"] == {"facet": "place"}


def test_a_discontinuous_mention_has_its_envelope_fragments_and_joined_text():
    mention = next(m for m in FULL["mentions"] if m["id"] == "T4")
    first, second = at("ئازاد"), at("نەورۆز")
    assert mention["text"] == "ئازاد نەورۆز"
    assert (mention["start"], mention["end"]) == (first.start, second.end)
    assert mention["fragments"] == [
        {"start": first.start, "end": first.end},
        {"start": second.start, "end": second.end},
    ]
    assert mention["head"] == {"start": second.start, "end": second.end}
    assert (mention["token_start"], mention["token_end"], mention["token_aligned"]) == (1, 6, True)


def test_a_span_is_aligned_only_when_each_of_its_fragments_is():
    inside = replace(place("هەولێر"), spans=(at("هەول"), at("نەورۆز")))
    record = record_of(
        Bundle(
            document(),
            (SetContent(header(), annotation_set(Mention(RecordId("T1"), "PER", inside))),),
        )
    )
    [mention] = record["mentions"]
    assert (mention["token_start"], mention["token_end"]) == (3, 6)
    assert mention["token_aligned"] is False
    # the joiner that stands before the word is part of the same token
    assert next(m for m in FULL["mentions"] if m["id"] == "T5")["token_aligned"] is False


def test_arguments_follow_the_roles_of_the_scheme_then_place_with_implicit_ones_last():
    event = next(event for event in FULL["events"] if event["id"] == "EV1")
    nothing = {"mention": None, "span": None, "event": None, "quote": None, "entity": None}
    shown = [
        {**argument, "span": argument["span"] and argument["span"]["text"]}
        for argument in event["arguments"]
    ]
    assert shown == [
        {**nothing, "role": "Participant", "mention": "T10", "entity": "E1", "implicit": False},
        {**nothing, "role": "Participant", "mention": "T3", "entity": "E10", "implicit": False},
        {**nothing, "role": "Participant", "entity": "E2", "implicit": True},
        {**nothing, "role": "Topic", "event": "EV2", "implicit": False},
        {**nothing, "role": "Topic", "span": "ئاشتی", "implicit": False},
        {**nothing, "role": "Topic", "quote": "Q1", "implicit": False},
        {**nothing, "role": "Place", "span": "لە هەولێر", "entity": "E2", "implicit": False},
    ]


def test_roles_and_types_unknown_to_the_scheme_come_last_by_name():
    bare = replace(CONTEXT, scheme=replace(SCHEME, event_types=()))
    event = next(e for e in record_of(full_bundle(), bare)["events"] if e["id"] == "EV1")
    assert [argument["role"] for argument in event["arguments"]] == [
        *["Participant"] * 3,
        "Place",
        *["Topic"] * 3,
    ]


def test_events_and_quotes_are_ordered_by_place():
    assert [event["id"] for event in FULL["events"]] == ["EV1", "EV2"]
    assert [quote["id"] for quote in FULL["quotes"]] == ["Q3", "Q1", "Q2"]
    assert [entity["id"] for entity in FULL["entities"]] == ["E1", "E2", "E10"]
    assert FULL["entities"][0]["kb"] == {"wikidata": "Q1"}


def test_a_quote_tells_marks_cue_speaker_and_addressees():
    quote = next(quote for quote in FULL["quotes"] if quote["id"] == "Q1")
    opening, closing = at('"'), at('"', 2)
    assert quote["content"]["text"] == "کار دەکەین، \u200cئازاد گوتی باشە"
    assert quote["content"]["fragments"] == []
    assert quote["marks"] == [
        {"start": opening.start, "end": opening.end},
        {"start": closing.start, "end": closing.end},
    ]
    assert quote["cue"]["text"] == "گوتی"
    assert quote["speaker"] == {
        "mention": "T3",
        "span": None,
        "entity": "E10",
        "form": "name",
        "evidence": "explicit",
    }
    mention, span, implicit = quote["addressees"]
    assert mention == {"mention": "T5", "span": None, "entity": None}
    assert (span["mention"], span["span"]["text"], span["entity"]) == (None, "گوتی", "E1")
    assert implicit == {"mention": None, "span": None, "entity": "E2"}


def test_an_empty_set_has_every_key():
    record = record_of(Bundle(document(), (SetContent(header(), AnnotationSet()),)))
    assert record.keys() == FULL.keys()
    assert [record[layer] for layer in ("mentions", "entities", "events", "quotes")] == [[]] * 4
    assert record["set"]["status"] == "new"
    assert record["set"]["layers"] == dict.fromkeys(("mentions", "events", "quotes"), "none")


def test_the_order_in_which_records_were_made_does_not_show():
    *records, status = full_records()
    entities = [record for record in records if isinstance(record, Entity)]
    others = [record for record in records if not isinstance(record, Entity)]
    shuffled = annotation_set(status, *reversed(others), *reversed(entities))
    again = record_of(Bundle(document(), (SetContent(header(), shuffled),)))
    assert canonical_bytes(again) == canonical_bytes(FULL)


def test_canonical_bytes_are_sorted_compact_utf_8_with_one_line_feed():
    data = canonical_bytes(FULL)
    expected = json.dumps(FULL, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert data == f"{expected}\n".encode()
    assert data.count(b"\n") == 1


def test_a_reproducible_record_tells_no_time():
    record = record_of(full_bundle(), replace(CONTEXT, is_reproducible=True))
    assert record["provenance"] == {
        "tool": "annotator",
        "tool_version": "1.0.0",
        "created": None,
        "modified": None,
    }


def test_the_content_hash_is_blind_to_provenance_and_to_nothing_else():
    later = record_of(full_bundle(), replace(CONTEXT, tool_version="9.9.9", is_reproducible=True))
    assert content_sha256(later) == content_sha256(FULL)
    assert content_sha256({**FULL, "notes": [1]}) != content_sha256(FULL)
    assert "provenance" in FULL


@pytest.mark.skipif(SHARED is None, reason="the shared design folder is not here")
def test_the_example_of_the_specification_is_read_and_written_again_byte_for_byte():
    line = (SHARED / "design" / "gold.example.jsonl").read_bytes()
    [bundle] = read_gold([line], source="gold.example.jsonl")
    told = json.loads(line)
    context = ExportContext(
        replace(SCHEME, sha256=told["scheme"]["sha256"]),
        Tokenizer(**told["tokenizer"]),
        told["provenance"]["tool_version"],
    )
    [content] = bundle.sets
    segmentation = RawRecord(told).segmentation()
    record = build_record(bundle.document, content, segmentation, context)
    # the line of the example has "set" before "scheme"; canonical bytes have sorted keys
    assert canonical_bytes(record) == orjson.dumps(
        told, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    )
    assert sorted(canonical_bytes(record)) == sorted(line)
    assert content.header == replace(header(), document=bundle.document.id)
    assert len(content.annotations) == 25
