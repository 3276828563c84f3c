"""Crawled news in many shapes becomes documents; what cannot is told by record and line."""

import hashlib
import io
import json

import pytest

from annotator.core.document import Document, Metadata, Source
from annotator.formats.base import Bundle, FieldMapping, ImportProblem, ReadOptions
from annotator.formats.news_fields import line_of, propose_mapping, value_at
from annotator.formats.news_json import NewsPreview, preview, read_news, sample_news
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError

TEXT = "ئەمڕۆ لە هەولێر کۆبوونەوەیەک بەڕێوەچوو."


def read(data, source="rudaw.json", **options):
    raw = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
    return list(read_news(io.BytesIO(raw), ReadOptions(source, **options)))


def lines(*values):
    return b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)


def texts(items):
    return [item.document.text if isinstance(item, Bundle) else item.key for item in items]


def test_a_record_becomes_a_document_with_what_is_known_about_it():
    record = {
        "id": 7,
        "title": " سەردێڕ\nدوو ",
        "site_name": "ڕووداو",
        "link": "https://example.org/1",
        "date": "٢٠٢٦/١١/٢١",
        "authors": ["ئازاد", " ", "نەورۆز"],
        "body": f"{TEXT}\r\n<b>x</b>",
        "tags": ["a"],
    }
    data = lines(record, record)
    line = data.splitlines()[0]
    assert read(data, "rudaw.jsonl")[0] == Bundle(
        Document(
            "7",
            f"{TEXT}\n<b>x</b>",
            Source("rudaw.jsonl", hashlib.sha256(line).hexdigest(), "utf-8", "crlf", False),
            Metadata(
                title="سەردێڕ دوو",
                outlet="ڕووداو",
                url="https://example.org/1",
                published="٢٠٢٦/١١/٢١",
                author="ئازاد، نەورۆز",
            ),
        )
    )


SHAPES = {
    "array": [{"text": "یەک"}, {"text": "دوو"}],
    "lines": lines({"text": "یەک"}, {"text": "دوو"}),
    "lines with BOM and blanks": b"\xef\xbb\xbf" + lines({"text": "یەک"}) + b"\r\n \n"
    + lines({"text": "دوو"}),
    "wrapped": {"status": "ok", "articles": [{"text": "یەک"}, {"text": "دوو"}]},
    "indented": json.dumps([{"text": "یەک"}, {"text": "دوو"}], indent=2).encode(),
    "wrapped by line": b'{"items": [\n{"text": "\xdb\x8c\xdb\x95\xda\xa9"},\n'
    b'{"text": "\xd8\xaf\xd9\x88\xd9\x88"}\n]}',
    "escapes": json.dumps([{"text": "یەک"}, {"text": "دوو"}]).encode(),
}  # fmt: skip


@pytest.mark.parametrize("data", SHAPES.values(), ids=SHAPES)
def test_records_are_found_in_every_shape(data):
    items = read(data)
    assert texts(items) == ["یەک", "دوو"]
    assert [item.document.id for item in items] == ["rudaw-000001", "rudaw-000002"]


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", ["\n", "\n\n", ",\n"])
def test_utf_16_is_read_in_every_shape_and_told_once(order, separator):
    records = ['{"text": "یەک \u060a"}', '{"text": "دوو"}', '{"text": "سێ"}']
    text = "\ufeff" + separator.join(records)
    if "," in separator:
        text = text.replace("\ufeff", "\ufeff[") + "]"
    warning, *items = read(text.encode(order))
    assert (warning.key, warning.is_refusal) == ("formats.warning_utf_16", False)
    assert texts(items) == ["یەک \u060a", "دوو", "سێ"]
    assert {item.document.source.encoding for item in items} == {order.replace("16-", "16")}
    mapping = FieldMapping(text=("text",))
    shown = preview(text.encode(order), mapping)
    assert [each.result.text for each in shown] == texts(items)


def test_utf_16_that_is_cut_is_refused_as_a_whole():
    data = "\ufeff{}\n{}".encode("utf-16-le")[:-1]
    assert [item.key for item in read(data)] == ["formats.bytes_invalid"]


def test_gold_is_not_taken_for_news():
    [item] = read([{"format": "ckb-gold", "id": "g", "text": TEXT}])
    assert (item.key, item.values) == ("formats.news_is_gold", {"record": "g"})


def test_one_record_may_stand_on_a_line_of_its_own_in_a_wrapper():
    assert texts(read(b'{"items": [\n{"text": "x"}\n]}')) == ["x"]
    assert texts(read(b'[\n{"text": "x"}\n]')) == ["x"]


def test_one_record_may_be_the_whole_file():
    assert texts(read({"text": "یەک", "media": [{"src": "x"}]})) == ["یەک"]
    assert texts(read(json.dumps({"text": "یەک"}, indent=1).encode())) == ["یەک"]


def test_two_lists_in_an_object_are_no_wrapper():
    with pytest.raises(UserError, match="no_text_field"):
        read({"a": [{"text": "x"}], "b": [{"text": "y"}]})


def test_other_line_ends_stay_in_the_string():
    data = lines({"text": "a\u2028b\u0085c\u2029d"}, {"text": "e"})
    assert texts(read(data)) == ["a\u2028b\u0085c\u2029d", "e"]


BAD_RECORDS = {
    "no text": ({"title": "x"}, "formats.news_no_text"),
    "null": ({"text": None}, "formats.news_no_text"),
    "empty": ({"text": ""}, "formats.news_text_empty"),
    "blank": ({"text": " \n\t"}, "formats.news_text_empty"),
    "number": ({"text": 12}, "formats.news_text_no_string"),
    "list": ({"text": ["a", "b"]}, "formats.news_text_no_string"),
    "true": ({"text": True}, "formats.news_text_no_string"),
    "NUL": ({"text": "a\0b"}, "formats.news_text_nul"),
    "control": ({"text": "a\x07b"}, "formats.news_text_control"),
    "string": ("text", "formats.news_not_object"),
    "array": (["text"], "formats.news_not_object"),
}


@pytest.mark.parametrize(("value", "key"), BAD_RECORDS.values(), ids=BAD_RECORDS)
def test_a_bad_record_is_told_by_line_and_the_others_are_imported(value, key):
    first, problem, last = read(lines({"text": "یەک"}, value, {"text": "سێ"}))
    assert texts([first, last]) == ["یەک", "سێ"]
    assert last.document.id == "rudaw-000003"
    assert (problem.key, problem.line, problem.source) == (key, 2, "rudaw.json")
    assert problem.is_refusal
    assert problem.values["record"] == 2
    for language in ("ckb", "en"):
        assert load_catalogue(language).text(problem.key, **problem.values)


BAD_LINES = {
    "no JSON": (b'{"text": "x"', "formats.json_syntax"),
    "half a line": (b'"text": "x"}', "formats.json_syntax"),
    "NaN": (b'{"text": NaN}', "formats.json_not_a_number"),
    "duplicate": (b'{"text": "a", "text": "b"}', "formats.json_duplicate_key"),
    "surrogate": (b'{"text": "a\\ud800"}', "formats.json_surrogate"),
    "digits": (b'{"id": 123456789012345678901}', "formats.json_digits"),
    "depth": (b"[" * 300 + b"]" * 300, "formats.json_depth"),
    "not UTF-8": (b'{"text": "\xff"}', "formats.bytes_invalid"),
    "raw surrogate": (b'{"text": "\xed\xa0\x80"}', "formats.bytes_surrogate"),
}


@pytest.mark.parametrize(("line", "key"), BAD_LINES.values(), ids=BAD_LINES)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_line_that_is_no_json_is_told_wherever_it_stands(line, key, place):
    good = [lines({"text": "یەک"}), lines({"text": "دوو"})]
    items = read(b"".join([*good[:place], line + b"\n", *good[place:]]))
    assert texts(items) == [*["یەک", "دوو"][:place], key, *["یەک", "دوو"][place:]]
    problem = items[place]
    assert problem.line == place + 1
    if "json" in key:
        assert problem.values["line"] == place + 1


def test_a_broken_file_that_is_no_lines_is_told_by_place():
    data = b'[{"text": "x"},\n {"text": "y"]'
    problem = ImportProblem("a.json", "formats.json_syntax", {"line": 2, "column": 14}, None)
    assert read(data, "a.json") == [problem]
    assert preview(data, FieldMapping(("text",)), source="a.json") == (NewsPreview(1, problem),)


@pytest.mark.parametrize("data", [b"5", b"[]", b'["x"]', b'{"items": []}'])
def test_a_file_without_records_is_told(data):
    with pytest.raises(UserError, match="no_text_field"):
        read(data)


def test_problems_are_listed_before_the_file_is_given_up():
    items = read_news(io.BytesIO(b'{"a": 1}\n{"b":\n'), ReadOptions("x.jsonl"))
    assert next(items).key == "formats.json_syntax"
    with pytest.raises(UserError) as refused:
        next(items)
    assert refused.value.key == "formats.news_no_text_field"
    assert load_catalogue("ckb").error(refused.value)


def test_warnings_come_before_their_document():
    warning, bundle = read([{"text": "a\u202eb"}])
    assert (warning.key, warning.is_refusal) == ("formats.warning_bidi", False)
    assert bundle.document.text == "a\u202eb"


def test_a_mapping_that_is_given_is_used():
    mapping = FieldMapping(text=("summary",), title=("text",))
    [bundle] = read([{"text": "a", "summary": "b"}], mapping=mapping)
    assert (bundle.document.text, bundle.document.metadata.title) == ("b", "a")


def test_ids_of_records_are_made_safe_and_name_them_in_problems():
    bundle, problem = read([{"slug": "هەواڵ ١", "text": "x"}, {"slug": "s2"}])
    assert bundle.document.id.startswith("hewall-1-")
    assert problem.values["record"] == "s2"


def test_a_file_past_the_limit_is_refused():
    with pytest.raises(UserError, match="too_large"):
        read([{"text": "x" * 100}], max_bytes=50)
    with pytest.raises(UserError, match="too_large"):
        read(b"[\n1,\n" + b"2,\n" * 20 + b"3]", max_bytes=50)


def test_a_preview_shows_documents_and_problems():
    data = lines({"text": "یەک", "title": "س"}, {"title": "x"}, {"text": "سێ"})
    first, second = preview(data, FieldMapping(("text",), title=("title",)), 2, source="a.jsonl")
    assert (first.number, first.result.text, first.result.metadata.title) == (1, "یەک", "س")
    assert second == NewsPreview(
        2,
        ImportProblem("a.jsonl", "formats.news_no_text", {"record": 2, "field": "text"}, line=2),
    )


def test_a_sample_holds_the_first_objects():
    data = lines({"a": 1}, "x", {"b": 2}, {"c": 3})
    assert sample_news(data, limit=3) == ({"a": 1}, {"b": 2})


MAPPINGS = {
    "English": ({"headline": "t", "content": TEXT, "url": "u", "publish_date": "d"},
                FieldMapping(("content",), title=("headline",), url=("url",),
                             published=("publish_date",))),
    "news-please": ({"maintext": TEXT, "text": "short", "source_domain": "o", "authors": ["a"],
                     "date_publish": "d"},
                    FieldMapping(("text",), outlet=("source_domain",), author=("authors",),
                                 published=("date_publish",))),
    "Kurdish": ({"سەردێڕ": "t", "دەق": TEXT, "نووسەر": "a", "سەرچاوە": "o", "بەروار": "d",
                 "بەستەر": "u", "ناسنامە": 3},
                FieldMapping(("دەق",), ("ناسنامە",), ("سەردێڕ",), ("سەرچاوە",), ("بەستەر",),
                             ("بەروار",), ("نووسەر",))),
    "Kurdish with Arabic letters": ({"سەردیر": "t", "ناوەڕۆك": TEXT},
                                    FieldMapping(("ناوەڕۆك",))),
    "nested": ({"id": 1, "article": {"text": TEXT, "title": "t"}},
               FieldMapping(("article", "text"), id=("id",), title=("article", "title"))),
    "top before nested": ({"meta": {"title": "m"}, "text": TEXT, "title": "t"},
                          FieldMapping(("text",), title=("title",))),
    "people and outlets": ({"text": TEXT, "author": {"name": "a", "url": "x"},
                            "publisher": {"name": "o", "id": 5}},
                           FieldMapping(("text",), outlet=("publisher", "name"),
                                        author=("author", "name"))),
    "case and separators": ({"Article-Text": TEXT, "PUBLISHED_AT": "d"},
                            FieldMapping(("Article-Text",), published=("PUBLISHED_AT",))),
    "unknown name": ({"x": "a", "z": TEXT * 5},
                     FieldMapping(("z",))),
    "empty title": ({"text": TEXT, "title": " ", "head": "h"},
                    FieldMapping(("text",), title=("head",))),
}  # fmt: skip


@pytest.mark.parametrize(("record", "mapping"), MAPPINGS.values(), ids=MAPPINGS)
def test_fields_are_found_by_their_names(record, mapping):
    assert propose_mapping([record]) == mapping


@pytest.mark.parametrize("sample", [[], [{}], [{"x": "short"}], [{"text": 5}], [{"text": " "}]])
def test_nothing_is_proposed_where_nothing_looks_like_text(sample):
    assert propose_mapping(sample) is None


LINES = [
    ("a", "a"), (" a\n\tb ", "a b"), ("", None), (None, None), (5, "5"), (1.5, "1.5"),
    (True, None), (["a", None, "b"], "a، b"), ([], None), ({"name": "n"}, "n"), ({"x": 1}, None),
    ([{"name": "n"}], "n"), ("a\u202eb\x07", "a b"), ("می\u200cشود", "می\u200cشود"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "line"), LINES)
def test_metadata_is_one_line_of_text(value, line):
    assert line_of(value) == line


def test_a_path_leads_into_a_record_or_nowhere():
    record = {"a": {"b": 1}, "c": 2}
    assert value_at(record, ("a", "b")) == 1
    assert value_at(record, ("c", "b")) is None
    assert value_at(record, None) is None


@pytest.mark.parametrize(
    ("value", "is_told"),
    [
        ([{"start": 0, "end": 5, "tag": "PER"}], True),
        ([{"start_offset": 0, "end_offset": 5}], True),
        ([[0, 5, "PER"]], True),
        ([{"label": ["PER"], "points": [{"start": 0, "end": 4}]}], True),
        ({"ner": {"PER": [[0, 5, "PER"]]}}, True),
        ({"start": 0, "end": 5}, False),
        ([[[[[{"start": 0, "end": 5}]]]]], False),
        ([], False),
        ([{"name": "x"}], False),
        ([[0, 5]], False),
        ("0", False),
    ],
)
def test_what_looks_like_annotations_is_not_dropped_in_silence(value, is_told):
    record = {"text": TEXT, "marks": value}
    items = read([record, record])
    assert texts(items) == ["formats.news_spans"] * is_told + [TEXT, TEXT]
    notes = [item for item in items if isinstance(item, ImportProblem)]
    assert [(note.values["field"], note.is_refusal) for note in notes] == [
        ("marks", False)
    ] * is_told
