"""Damage to a gold record is found, and named by document, annotation and rule."""

import copy
import json

import pytest

from annotator.formats.gold_check import check_gold
from annotator.formats.gold_findings import RawRecord, Severity
from annotator.formats.gold_read import read_gold
from annotator.formats.gold_record import build_record, canonical_bytes
from annotator.formats.gold_schema import load_gold_schema
from annotator.foundation.catalogue import load_catalogue
from tests.formats.gold_samples import CONTEXT, TEXT, full_bundle, split

SCHEMA = load_gold_schema()
RECORD = build_record(full_bundle().document, full_bundle().sets[0], split(TEXT), CONTEXT)
LINE = canonical_bytes(RECORD)


def findings(record):
    line = record if isinstance(record, bytes) else canonical_bytes(record)
    return list(check_gold([line], SCHEMA))


def changed(path, value):
    """The record with the value at a path replaced, or removed by `KeyError`."""
    record = copy.deepcopy(RECORD)
    holder = record
    for step in path[:-1]:
        holder = holder[step]
    if value is KeyError:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return record


def index(layer, identifier):
    return next(i for i, item in enumerate(RECORD[layer]) if item["id"] == identifier)


T4, T10, EV1, EV2, Q1, Q2, Q3 = (
    index(layer, identifier)
    for layer, identifier in (
        ("mentions", "T4"),
        ("mentions", "T10"),
        ("events", "EV1"),
        ("events", "EV2"),
        ("quotes", "Q1"),
        ("quotes", "Q2"),
        ("quotes", "Q3"),
    )
)


def test_a_sound_record_has_no_findings():
    assert findings(RECORD) == []


def offsets(value, path=()):
    """The path of every offset in a value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from offsets(inner, (*path, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from offsets(inner, (*path, position))
    elif type(value) is int:
        yield path, value


ANNOTATION_OFFSETS = [
    ((layer, *path), value)
    for layer in ("mentions", "events", "quotes")
    for path, value in offsets(RECORD[layer])
    if path[1] != "marks" and "head" not in path
]


@pytest.mark.parametrize("step", [-1, 1, 1000])
def test_every_flipped_offset_names_document_annotation_and_rule(step):
    assert len(ANNOTATION_OFFSETS) > 60
    for path, value in ANNOTATION_OFFSETS:
        annotation = RECORD[path[0]][path[1]]["id"]
        found = findings(changed(path, value + step))
        assert found, path
        assert {finding.document for finding in found} == {"d1"}, path
        assert annotation in {finding.annotation for finding in found}, path
        assert {finding.rule for finding in found} <= {"schema", "V02", "V03", "V08", "V13", "V48"}


def test_every_flipped_token_offset_is_found():
    for path, value in offsets(RECORD["tokens"]):
        for step in (-1, 1, 1000):
            found = findings(changed(("tokens", *path), value + step))
            assert {finding.document for finding in found} == {"d1"}, path
            assert {finding.rule for finding in found} <= {"schema", "V02", "V03", "V13"}, path


M, H = ("mentions", T10), ("events", EV2, "trigger", "head")
A, P = ("events", EV1, "arguments"), ("quotes", Q1)
DAMAGED = {
    "length": (("text_info", "length"), len(TEXT) + 1, "V01", None, "check_length"),
    "sha256": (("text_info", "sha256"), "0" * 64, "V01", None, "check_sha256"),
    "text": (("text",), TEXT.replace("باشە", "خراپ"), "V01", None, "check_sha256"),
    "end past the text": ((*M, "end"), 10**6, "V02", "T10", "check_range"),
    "empty": ((*M, "end"), 2, "V02", "T10", "check_range"),
    "reversed": ((*M, "start"), 8, "V02", "T10", "check_range"),
    "start from 1": ((*M, "start"), 3, "V03", "T10", "check_span_from_one_inclusive"),
    "surface": ((*M, "text"), "ئازاو", "V03", "T10", "check_span_text"),
    "token_start": ((*M, "token_start"), 0, "V13", "T10", "check_span_tokens"),
    "token_end": ((*M, "token_end"), 3, "V13", "T10", "check_span_tokens"),
    "token_aligned": ((*M, "token_aligned"), False, "V13", "T10", "check_span_tokens"),
    "fragments reversed": (("mentions", T4, "fragments"),
                           RECORD["mentions"][T4]["fragments"][::-1], "V08", "T4",
                           "check_fragments"),
    "fragments touch": (("mentions", T4, "fragments"),
                        [{"start": 2, "end": 7}, {"start": 7, "end": 9}], "V08", "T4",
                        "check_fragments"),
    "fragment lost": (("mentions", T4, "fragments"), [{"start": 2, "end": 7}], "V08", "T4",
                      "check_fragments"),
    "head outside": (H, {"start": 0, "end": 2}, "V08", "EV2", "check_head"),
    "head past the text": (H, {"start": 0, "end": 999}, "V02", "EV2", "check_range"),
    "head empty": (H, {"start": 9, "end": 9}, "V02", "EV2", "check_range"),
    "marks reversed": ((*P, "marks"), RECORD["quotes"][Q1]["marks"][::-1], "V08", "Q1",
                       "check_marks"),
    "mark past the text": ((*P, "marks"), [{"start": 0, "end": 999}], "V02", "Q1",
                           "check_range"),
    "cue": ((*P, "cue", "text"), "وتی", "V03", "Q1", "check_span_text"),
    "addressee": ((*P, "addressees", 1, "span", "text"), "وتی", "V03", "Q1", "check_span_text"),
    "speaker span": (("quotes", Q2, "speaker", "span", "text"), "وتی", "V03", "Q2",
                     "check_span_text"),
    "argument span": ((*A, 4, "span", "text"), "وتی", "V03", "EV1", "check_span_text"),
    "edits overlap": (("normalization", "edits"), [[0, 3, ""], [2, 4, ""]], "V10", None,
                      "check_edits"),
    "edit past the text": (("normalization", "edits"), [[0, 999, ""]], "V10", None,
                           "check_edits"),
    "edit reversed": (("normalization", "edits"), [[5, 3, ""]], "V10", None, "check_edits"),
    "mention of no entity": ((*M, "entity"), "E9", "V11", "T10", "check_reference"),
    "argument of no mention": ((*A, 0, "mention"), "T99", "V11", "EV1", "check_reference"),
    "argument of no event": ((*A, 3, "event"), "EV9", "V11", "EV1", "check_reference"),
    "argument of no quote": ((*A, 5, "quote"), "Q9", "V11", "EV1", "check_reference"),
    "argument of no entity": ((*A, 2, "entity"), "E9", "V11", "EV1", "check_reference"),
    "argument of another entity": ((*A, 0, "entity"), "E2", "V11", "EV1", "check_entity"),
    "speaker without the entity": ((*P, "speaker", "entity"), None, "V11", "Q1",
                                   "check_entity"),
    "addressee of no mention": ((*P, "addressees", 0, "mention"), "T99", "V11", "Q1",
                                "check_reference"),
    "no parent": (("quotes", Q2, "parent"), "Q9", "V11", "Q2", "check_reference"),
    "id twice": ((*M, "id"), "T2", "V11", "T2", "check_twice"),
    "own parent": (("quotes", Q2, "parent"), "Q2", "V48", "Q2", "check_parent_circle"),
    "circle of parents": ((*P, "parent"), "Q2", "V48", "Q1", "check_parent_circle"),
    "outside its parent": (("quotes", Q2, "parent"), "Q3", "V48", "Q2",
                           "check_parent_outside"),
    "token text": (("tokens", 3, "text"), "x", "V03", None, "check_token_text"),
    "token empty": (("tokens", 3, "end"), 8, "V02", None, "check_segment_range"),
    "token past the text": (("tokens", 24, "end"), 999, "V02", None, "check_segment_range"),
    "tokens overlap": (("tokens", 3, "start"), 3, "V13", None, "check_segment_order"),
    "sentences overlap": (("sentences", 1, "start"), 3, "V13", None, "check_segment_order"),
    "sentence tokens": (("sentences", 1, "token_end"), 14, "V13", None,
                        "check_sentence_tokens"),
    "sentence lost": (("sentences",), RECORD["sentences"][1:], "V13", None,
                      "check_no_sentence"),
    "last sentence lost": (("sentences",), RECORD["sentences"][:-1], "V13", None,
                           "check_no_sentence"),
    "paragraph past the text": (("paragraphs", 1, "end"), 999, "V02", None,
                                "check_segment_range"),
    "paragraph twice": (("paragraphs", 1, "id"), "P1", "V11", "P1", "check_twice"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "rule", "annotation", "key"), DAMAGED.values(), ids=DAMAGED
)
def test_each_kind_of_damage_is_named_by_its_rule_in_both_languages(
    path, value, rule, annotation, key
):
    found = findings(changed(path, value))
    told = [(f.document, f.annotation, f.rule, f.severity, f.key) for f in found]
    assert ("d1", annotation, rule, Severity.ERROR, f"formats.{key}") in told
    for finding in found:
        for language in ("ckb", "en"):
            assert load_catalogue(language).text(finding.key, **finding.values)


FOREIGN = {
    "BOM": "\ufeff",
    "NUL": "\0",
    "escape": "\x1b",
    "CR": "\r",
}


@pytest.mark.parametrize("character", FOREIGN.values(), ids=FOREIGN)
def test_characters_that_are_never_stored_are_found(character):
    [finding] = [f for f in findings(changed(("text",), f"{character}{TEXT}")) if f.rule == "V05"]
    assert finding.values["offset"] == 0
    assert load_catalogue("ckb").text(finding.key, **finding.values)


UNREADABLE = {
    "not JSON": (b"{", "json", "json_syntax", None, None),
    "not UTF-8": (b"\xff", "json", "bytes_invalid", None, None),
    "NaN": (LINE.replace(b'"edits":[]', b'"edits":NaN'), "json", "json_not_a_number", None, None),
    "fraction": (LINE.replace(b'"start":2,', b'"start":2.5,'), "json", "json_fraction", None,
                 None),
    "duplicate key": (LINE.replace(b'"flags":[]', b'"flags":[],"flags":[]'), "json",
                      "json_duplicate_key", None, None),
    "lone surrogate": (LINE.replace(b'"name":"', b'"name":"\\ud800'), "json", "json_surrogate",
                       None, None),
    "a list": (b"[1]", "version", "gold_not_gold", None, None),
    "another format": (changed(("format",), "x"), "version", "gold_not_gold", "d1", None),
    "no version": (changed(("version",), KeyError), "version", "gold_version", "d1", None),
    "odd version": (changed(("version",), "one"), "version", "gold_version", "d1", None),
    "higher major": (changed(("version",), "2.0.0"), "version", "gold_newer", "d1", None),
    "version 0": (changed(("version",), "0.9.0"), "schema", "check_schema", "d1", None),
    "key missing": (changed(("quotes",), KeyError), "schema", "check_schema", "d1", None),
    "key unknown": ({**RECORD, "more": 1}, "schema", "check_schema", "d1", None),
    "doc id": (changed(("doc_id",), "a/b"), "schema", "check_schema", "a/b", None),
    "doc id no string": (changed(("doc_id",), 7), "schema", "check_schema", None, None),
    "doc key unknown": (changed(("doc", "more"), 1), "schema", "check_schema", "d1", None),
    "title no string": (changed(("doc", "title"), 1), "schema", "check_schema", "d1", None),
    "offset as text": (changed((*M, "start"), "2"), "schema", "check_schema", "d1", "T10"),
    "offset in Arabic digits": (changed((*M, "start"), "٢"), "schema", "check_schema", "d1",
                                "T10"),
    "offset true": (changed((*M, "start"), True), "schema", "check_schema", "d1", "T10"),
    "offset null": (changed((*M, "start"), None), "schema", "check_schema", "d1", "T10"),
    "offset negative": (changed((*M, "start"), -1), "schema", "check_schema", "d1", "T10"),
    "label in Kurdish": (changed((*M, "label"), "کەس"), "schema", "check_schema", "d1", "T10"),
    "attribute no string": (changed((*M, "attrs", "x"), 1), "schema", "check_schema", "d1",
                            "T10"),
    "id of another layer": (changed((*M, "id"), "E1"), "schema", "check_schema", "d1", "E1"),
    "id too long": (changed((*M, "id"), "T" + "1" * 5000), "schema", "check_schema", "d1",
                    "T" + "1" * 5000),
    "id no string": (changed((*M, "id"), 1), "schema", "check_schema", "d1", None),
    "two fillers": (changed((*A, 0, "event"), "EV2"), "schema", "check_schema", "d1", "EV1"),
    "implicit nothing": (changed((*A, 2, "entity"), None), "schema", "check_schema", "d1",
                         "EV1"),
    "entity of an event": (changed((*A, 3, "entity"), "E1"), "schema", "check_schema", "d1",
                           "EV1"),
    "speaker twice": (changed((*P, "speaker", "span"), RECORD["quotes"][Q1]["cue"]), "schema",
                      "check_schema", "d1", "Q1"),
    "addressee nobody": (changed((*P, "addressees", 0),
                                 {"mention": None, "span": None, "entity": None}), "schema",
                         "check_schema", "d1", "Q1"),
    "addressee no object": (changed((*P, "addressees", 0), "T1"), "schema", "check_schema", "d1",
                            "Q1"),
    "paragraph no object": (changed(("paragraphs", 0), 1), "schema", "check_schema", "d1", None),
    "set id no string": (changed(("set", "id"), 1), "schema", "check_schema", "d1", None),
    "annotators no list": (changed(("set", "annotators"), "a1"), "schema", "check_schema", "d1",
                           None),
    "scheme no object": (changed(("scheme",), []), "schema", "check_schema", "d1", None),
}  # fmt: skip


@pytest.mark.parametrize(
    ("record", "rule", "key", "document", "annotation"), UNREADABLE.values(), ids=UNREADABLE
)
def test_what_is_no_record_is_told_and_refused_by_the_reader(
    record, rule, key, document, annotation
):
    found = findings(record)
    told = {(f.document, f.annotation, f.rule, f.key) for f in found}
    assert told == {(document, annotation, rule, f"formats.{key}")}
    line = record if isinstance(record, bytes) else canonical_bytes(record)
    [problem] = read_gold([line], source="x.jsonl", schema=SCHEMA)
    assert (problem.key, problem.is_refusal, problem.line) == (f"formats.{key}", True, 1)
    for language in ("ckb", "en"):
        assert load_catalogue(language).text(problem.key, **problem.values)


def test_the_line_of_a_finding_counts_blank_lines():
    found = list(check_gold([b"\n", LINE, b" \n", b"{\n"], SCHEMA))
    assert [(finding.rule, finding.line) for finding in found] == [("json", 4)]
    assert found[0].values == {"document": "", "line": 4, "column": 2}


def test_records_of_one_file_agree_on_the_text_and_are_there_once():
    other = changed(("text_info", "sha256"), "0" * 64)
    found = list(check_gold([LINE, LINE, canonical_bytes(other)]))
    assert [(f.rule, f.key, f.line) for f in found] == [
        ("V11", "formats.check_set_twice", 2),
        ("V01", "formats.check_sha256", 3),
        ("V51", "formats.check_texts_differ", 3),
        ("V11", "formats.check_set_twice", 3),
    ]
    for finding in found:
        assert load_catalogue("ckb").text(finding.key, **finding.values)


def test_a_long_message_of_the_schema_is_cut():
    [finding] = findings(changed(("format",), "ckb-gold") | {"version": "1." + "x" * 5})
    assert finding.rule == "version"
    [finding] = findings(changed((*M, "label"), "ک" * 5000))
    assert len(finding.values["message"]) < 300


def test_a_record_tells_its_own_segmentation():
    assert RawRecord(RECORD).segmentation() == split(TEXT)
    assert json.loads(LINE) == RECORD
