"""What a file seems to be before it is imported."""

import json

import pytest

from annotator.formats.base import FieldMapping
from annotator.workbench import candidates
from annotator.workbench.candidates import examine, field_paths, news_head, read_head

TEXT = "ئەمڕۆ لە شاری هەولێر کۆبوونەوەیەک کرا و وەزیر قسەی کرد. "
RECORDS = [
    {"id": f"n{number}", "body": TEXT * 3, "meta": {"heading": f"هەواڵی {number}"}}
    for number in range(40)
]


def write(folder, name, data):
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


def dumped(value):
    """A value as JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def lines_of(records):
    """Records as JSON lines."""
    return b"".join(dumped(record) + b"\n" for record in records)


@pytest.mark.parametrize(
    ("name", "data", "kind", "problem"),
    [
        ("a.txt", TEXT, "plain-text", None),
        ("a.txt", TEXT.encode("utf-16"), "plain-text", None),
        ("a.txt", "دەقی كۆن".encode("cp1256", "ignore"), "plain-text", "formats.bytes_invalid"),
        ("a.txt", "", "plain-text", "formats.text_empty"),
        ("a.docx", "x", None, "formats.suffix_unknown"),
        ("a.json", '{"a": ', "news-json", "formats.json_syntax"),
        ("a.json", '[{"a": 1}]', "news-json", "formats.news_no_text_field"),
        ("a.jsonl", lines_of(RECORDS), "news-json", None),
        ("a.jsonl", '{"format": "ckb-gold"}\n', "gold", None),
    ],
)
def test_a_file_is_told_by_name_and_beginning(tmp_path, name, data, kind, problem):
    found = examine(write(tmp_path, name, data))
    assert (found.kind and found.kind.id, found.problem and found.problem.key) == (kind, problem)
    assert found.size == found.path.stat().st_size
    assert found.is_text == (kind == "plain-text")


def test_a_missing_file_tells_its_problem(tmp_path):
    assert examine(tmp_path / "gone.txt").problem.key == "import.no_such_file"


def test_the_refusal_names_the_byte_and_a_chosen_encoding_mends_it(tmp_path):
    path = write(tmp_path, "a.txt", b"abc " + "سلاو".encode("cp1256"))
    refused = examine(path)
    assert refused.wants_encoding
    assert refused.problem.values["offset"] == 4
    chosen = examine(path, encoding="windows-1256")
    assert (chosen.problem, chosen.wants_encoding) == (None, False)


def test_a_format_that_was_chosen_counts_more_than_the_name(tmp_path):
    path = write(tmp_path, "a.docx", TEXT)
    assert examine(path, format_id="plain-text").problem is None


def test_news_propose_a_mapping_and_tell_their_fields(tmp_path):
    found = examine(write(tmp_path, "a.json", dumped(RECORDS)))
    assert found.is_news
    assert found.paths == (("id",), ("body",), ("meta", "heading"))
    assert found.mapping == FieldMapping(text=("body",), id=("id",), title=("meta", "heading"))


def test_fields_that_are_always_empty_are_no_fields():
    assert field_paths([{"a": None, "b": {"c": None, "d": 1}}, {"e": 2}]) == (("b", "d"), ("e",))


@pytest.mark.parametrize(
    "value", [RECORDS, {"articles": RECORDS}, {"n": [1, 2], "articles": RECORDS}]
)
def test_a_cut_array_keeps_its_whole_records(tmp_path, monkeypatch, value):
    monkeypatch.setattr(candidates, "HEAD_LIMIT", 4000)
    path = write(tmp_path, "a.json", dumped(value))
    found = examine(path)
    assert (found.problem, found.mapping.text) == (None, ("body",))
    closed = json.loads(news_head(read_head(path), None, is_whole=False))
    kept = closed if isinstance(closed, list) else closed["articles"]
    assert 5 < len(kept) < len(RECORDS)
    assert kept == RECORDS[: len(kept)]


def test_cut_lines_lose_only_the_last(tmp_path, monkeypatch):
    monkeypatch.setattr(candidates, "HEAD_LIMIT", 4001)
    path = write(tmp_path, "a.jsonl", lines_of(RECORDS))
    head = news_head(read_head(path), None, is_whole=False)
    assert len(read_head(path)) == 4001
    kept = [json.loads(line) for line in head.decode("utf-8").splitlines()]
    assert kept == RECORDS[: len(kept)]
    assert len(kept) > 5
    assert examine(path).mapping.text == ("body",)


@pytest.mark.parametrize("limit", [40, 41])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_cut_through_a_character_is_no_problem(tmp_path, monkeypatch, limit, codec):
    monkeypatch.setattr(candidates, "HEAD_LIMIT", limit)
    assert examine(write(tmp_path, "a.txt", (TEXT * 2).encode(codec))).problem is None


def test_a_wrong_byte_before_the_cut_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setattr(candidates, "HEAD_LIMIT", 40)
    found = examine(write(tmp_path, "a.txt", b"abc\xff" + TEXT.encode("utf-8") * 2))
    assert found.problem.values["offset"] == 3


def test_news_in_another_encoding_become_utf_8():
    record = '{"text": "سلاو"}'
    assert news_head(record.encode("cp1256"), "windows-1256", is_whole=True) == record.encode()
    assert news_head(record.encode("utf-16"), None, is_whole=True) == record.encode("utf-16")
