import orjson
import pytest
from hypothesis import given

from annotator.core.history import Act, JournalEntry
from annotator.store.edit_json import edit_from_json, edit_to_json
from annotator.store.record_json import canonical, record_from_json, record_to_json
from annotator.store.rows import entry_to_row
from tests import strategies
from tests.store.projects import mention


@given(strategies.records)
def test_every_record_reads_back_and_writes_the_same_bytes_again(record):
    body = canonical(record_to_json(record))
    found = record_from_json(orjson.loads(body))
    assert found == record
    assert canonical(record_to_json(found)) == body


@given(strategies.edits)
def test_every_edit_reads_back(edit):
    assert edit_from_json(orjson.loads(canonical(edit_to_json(edit)))) == edit


@given(strategies.edits)
def test_the_body_in_the_journal_is_the_json_of_the_edit(edit):
    row = entry_to_row(JournalEntry(0, Act.DO, edit, "2026-11-25T09:00:00Z"))
    assert row.body == canonical(edit_to_json(edit))


@given(strategies.records, strategies.records)
def test_different_records_have_different_bodies(one, other):
    bodies = canonical(record_to_json(one)), canonical(record_to_json(other))
    assert (bodies[0] == bodies[1]) == (one == other)


def test_a_body_is_complete_and_sorted():
    assert canonical(record_to_json(mention(3, 5, 9))) == (
        '{"attrs":[],"entity":null,"fragments":{"head":null,"spans":[[5,9]]},"id":"T3",'
        '"label":"GPE","layer":"mention","level":"NAM",'
        '"provenance":{"detail":"","origin":"hand"}}'
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "X1"),
        ("id", "E1"),
        ("id", 1),
        ("layer", "event"),
        ("layer", "scene"),
        ("label", None),
        ("level", "nam"),
        ("entity", "T2"),
        ("attrs", [["a"]]),
        ("attrs", [["a", 1]]),
        ("attrs", 5),
        ("fragments", {"spans": [], "head": None}),
        ("fragments", {"spans": [[4, 4]], "head": None}),
        ("fragments", {"spans": [[0, True]], "head": None}),
        ("fragments", {"spans": [[0, 1.0]], "head": None}),
        ("fragments", {"spans": [["0", "1"]], "head": None}),
        ("fragments", {"spans": [[0, 4]], "head": [3, 9]}),
        ("fragments", [[0, 4]]),
        ("provenance", {"origin": "magic", "detail": ""}),
        ("provenance", "hand"),
    ],
)
def test_a_body_that_is_not_a_record_is_not_read(field, value):
    body = record_to_json(mention(1))
    with pytest.raises(Exception):  # noqa: B017, PT011 - `rows` tells them all in one sentence
        record_from_json({**body, field: value})


def test_a_missing_field_is_not_filled_in():
    body = record_to_json(mention(1))
    for field in body:
        with pytest.raises(KeyError):
            record_from_json({name: value for name, value in body.items() if name != field})
