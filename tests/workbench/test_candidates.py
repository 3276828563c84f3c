"""Files before their import."""

import json

import pytest

from annotator.formats.base import FieldMapping
from annotator.workbench import candidates
from annotator.workbench.candidates import examine, field_paths, news_head
from tests.workbench.projects import FIRST, SECOND, write

LONG = FIRST * 10


def test_a_text_is_a_text(tmp_path):
    path = write(tmp_path, "a.txt", FIRST)
    one = examine(path)
    assert (one.is_text, one.is_news, one.problem) == (True, False, None)
    assert one.size == len(FIRST.encode())


def test_the_fields_of_news_are_proposed(tmp_path):
    records = [{"title": "ت", "body": {"text": LONG}, "n": None}, {"title": "ب", "tags": ["x"]}]
    one = examine(write(tmp_path, "n.json", json.dumps(records)))
    assert one.is_news
    assert one.mapping == FieldMapping(text=("body", "text"), title=("title",))
    assert one.paths == (("title",), ("body", "text"), ("tags",))


@pytest.mark.parametrize(
    ("name", "content", "key", "wants_encoding"),
    [
        ("a.txt", b"\xff\xff\xff", "formats.bytes_invalid", True),
        ("a.txt", "ئا".encode("utf-16-le") * 9, "formats.encoding_utf_16_without_bom", True),
        ("a.txt", b"a\x00b", "formats.text_nul", False),
        ("a.json", b"[1, 2", "formats.json_syntax", False),
        ("a.json", b'[{"n": 1}]', "formats.news_no_text_field", False),
        ("a.docx", b"PK", "formats.suffix_unknown", False),
        ("gone.txt", None, "import.no_such_file", False),
    ],
)
def test_problems_are_told_and_not_raised(tmp_path, name, content, key, wants_encoding):
    path = tmp_path / name if content is None else write(tmp_path, name, content)
    one = examine(path)
    assert (one.problem.key, one.wants_encoding) == (key, wants_encoding)


def test_an_encoding_that_fits_solves_the_problem(tmp_path):
    path = write(tmp_path, "a.txt", "باران".encode("cp1256"))
    assert examine(path).problem is not None
    assert examine(path, encoding="windows-1256").problem is None


@pytest.mark.parametrize("limit", range(200, 260))
def test_a_cut_through_a_letter_or_a_record_is_no_problem(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(candidates, "HEAD_LIMIT", limit)
    text = write(tmp_path, "a.txt", FIRST * 20)
    assert examine(text).problem is None
    lines = "".join(json.dumps({"text": n}, ensure_ascii=False) + "\n" for n in (FIRST, SECOND) * 9)
    news = examine(write(tmp_path, "n.jsonl", lines))
    assert (news.problem, news.mapping) == (None, FieldMapping(text=("text",)))
    array = json.dumps({"items": [{"text": n} for n in (FIRST, SECOND) * 9]}, ensure_ascii=False)
    assert examine(write(tmp_path, "n.json", array)).mapping == FieldMapping(text=("text",))


def test_a_whole_file_stays_as_it_is():
    data = b'\xef\xbb\xbf[{"a": "]"}]'
    assert news_head(data, None, is_whole=True) == data
    assert json.loads(news_head(b'[{"a": "]}"}, {"b', None, is_whole=False)) == [{"a": "]}"}]


def test_fields_that_are_always_empty_are_not_offered():
    assert field_paths([{"a": None, "b": 1}, {"a": None}]) == (("b",),)
