"""JSON of other programs comes record by record, and one bad record never costs the others."""

import io
import json

import pytest

from annotator.core.document import Metadata
from annotator.formats.base import ImportProblem, ReadOptions
from annotator.formats.foreign_json import (
    ForeignRecord,
    foreign_records,
    metadata_fields,
    told_metadata,
    unknown_split,
    whole_number,
)
from annotator.foundation.errors import UserError
from tests.builders import document
from tests.formats.foreign_files import told


def read(data, **options):
    items = list(foreign_records(io.BytesIO(data), ReadOptions("in/a.json", **options)))
    records = [item for item in items if isinstance(item, ForeignRecord)]
    return records, [item for item in items if isinstance(item, ImportProblem)]


@pytest.mark.parametrize("data", [b'{"a":1}\n\n{"a":2}\n', b'[{"a":1},\n {"a":2}]'])
def test_lines_and_arrays_hold_records(data):
    records, problems = read(data)
    assert ([record.value for record in records], problems) == ([{"a": 1}, {"a": 2}], [])
    assert [record.number for record in records] == [1, 2]
    assert [record.line for record in records] == ([1, 2] if data.startswith(b"[") else [1, 3])


def test_one_object_is_one_record():
    records, _ = read(b'{\n"a": 1}')
    assert [record.value for record in records] == [{"a": 1}]


@pytest.mark.parametrize(
    ("bad", "key"),
    [
        (b'{"a":}', "json_syntax"),
        (b'{"a":NaN}', "json_not_a_number"),
        (b'{"a":1,"a":2}', "json_duplicate_key"),
        (b'{"a":' + b"[" * 300 + b"]" * 300 + b"}", "json_depth"),
        (b'{"a":"\xff"}', "bytes_invalid"),
        (b"[1]", "foreign_no_object"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_the_others_are_read(bad, key):
    records, problems = read(b'{"a":1}\n' + bad + b'\n{"a":3}\n')
    assert [record.value["a"] for record in records] == [1, 3]
    assert (told(problems), problems[0].line) == ([key], 2)
    assert [record.number for record in records] == [1, 3]


def test_what_is_no_object_in_an_array_is_told():
    records, problems = read(b'[1, {"a": 2}, null]')
    assert [record.number for record in records] == [2]
    assert [problem.values for problem in problems] == [{"record": 1}, {"record": 3}]


def test_utf_16_is_read_and_told_once():
    data = '\ufeff{"a": "ک"}\n{"a": "گ"}\n'.encode("utf-16-le")
    records, problems = read(data)
    assert [record.value["a"] for record in records] == ["ک", "گ"]
    assert told(problems) == ["(warning_utf_16)"]
    assert records[0].source.encoding == "utf-16le"


def test_a_line_that_is_too_long_ends_the_reading():
    with pytest.raises(UserError) as error:
        read(b'{"a":1}\n' + b" " * 99, max_bytes=20)
    assert error.value.key == "formats.too_large"


def test_ids_are_told_or_made_of_file_and_number():
    record = read(b'{"a":1}')[0][0]
    assert record.identifier("d-1") == "d-1"
    assert record.identifier("دەق").startswith("deq-")
    assert {record.identifier(one) for one in (None, 7, " ")} == {"a-000001"}


def test_metadata_goes_and_comes():
    about = {"title": "ناو", "outlet": "K24", "url": "u", "published": "2020", "author": "ن"}
    made = document("x", "d1", **about, license="CC0", split="dev")
    fields = metadata_fields(made)
    assert json.loads(json.dumps(fields)) == {**about, "license": "CC0", "split": "dev"}
    assert told_metadata(fields) == made.metadata
    assert told_metadata(None) == told_metadata({"title": {}}) == Metadata()
    assert metadata_fields(document("x")) == {}


@pytest.mark.parametrize(
    ("said", "split"),
    [
        ("train", "train"), ("Training", "train"), ("validation", "dev"), ("VAL", "dev"),
        (" valid ", "dev"), ("development", "dev"), ("testing", "test"), ("eval", "test"),
    ],
)  # fmt: skip
def test_splits_are_ours_whatever_other_programs_call_them(said, split):
    assert (told_metadata({"split": said}).split, unknown_split({"split": said})) == (split, [])


@pytest.mark.parametrize("said", ["fold 3", 7, ["train", "test"]])
def test_a_split_that_nobody_knows_is_none_and_is_told(said):
    fields = {"split": said, "title": "ناو"}
    assert told_metadata(fields) == Metadata("ناو")
    [(field, shown)] = unknown_split(fields)
    assert field == "split"
    assert shown
    assert unknown_split({}) == unknown_split(None) == unknown_split({"split": None}) == []


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 3), (3.0, 3), (3.5, None), (True, None), ("3", None), (None, None), (-1, -1)],
)
def test_whole_numbers(value, number):
    assert whole_number(value) == number
