import orjson
import pytest
from hypothesis import given

from annotator.core.annotations import Argument, Event, MentionTarget, Quote, QuoteType
from annotator.core.history import Act, JournalEntry
from annotator.core.span import Fragments
from annotator.store.edit_json import edit_from_json, edit_to_json
from annotator.store.record_json import (
    canonical,
    parsed,
    record_body,
    record_from_json,
    record_of,
    record_to_json,
)
from annotator.store.rows import entry_to_row
from tests import strategies
from tests.store.projects import mention


@given(strategies.records)
def test_every_record_reads_back_and_writes_the_same_bytes_again(record):
    body = canonical(record_to_json(record))
    found = record_from_json(orjson.loads(body))
    assert found == record
    assert canonical(record_to_json(found)) == body


@given(strategies.records)
def test_a_body_made_in_one_go_is_the_same_to_the_byte(record):
    body = record_body(record)
    assert body == canonical(record_to_json(record))
    assert record_of(body) == record


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


def test_what_other_versions_have_written_is_written_still():
    """Digests in the files of users are of these very bytes."""
    hand = '"provenance":{"detail":"","origin":"hand"}'
    one, piece = '{"head":null,"spans":[[1,4]]}', '{"head":[7,9],"spans":[[5,9],[11,13]]}'
    for body in (
        f'{{"id":"E1","kb":[["wikidata","Q1"]],"label":"GPE","layer":"entity",'
        f'"name":"a\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u2028\U0001f600/ژ",{hand}}}',
        f'{{"arguments":[{{"role":"A","target":{{"mention":"T1"}}}},'
        f'{{"role":"B","target":{{"event":"EV2"}}}},{{"role":"C","target":{{"quote":"Q1"}}}},'
        f'{{"role":"D","target":{{"implicit":"E1"}}}},'
        f'{{"role":"E","target":{{"entity":"E1","span":{piece}}}}}],"attrs":[["a","b"]],'
        f'"cluster":"K1","id":"EV1","layer":"event","polarity":"negative",{hand},'
        f'"realis":"actual","trigger":{one},"type":"Contact.Meet"}}',
        f'{{"addressees":[{{"entity":null,"span":{one}}}],"attrs":[],"cluster":null,'
        f'"content":{piece},"cue":{one},"id":"Q1","layer":"quote","marks":[[1,2]],"parent":"Q2",'
        f'{hand},"speaker":{{"evidence":"unknown","form":"none","who":null}},"type":"direct"}}',
        '{"events":"complete","id":"SET","layer":"status","mentions":"none","quotes":"none",'
        '"status":"in_progress"}',
        f'{{"id":"D1","layer":"decision","proposal":{{"fragments":{one},"label":"GPE",'
        '"layer":"mention","suggester":"gazetteer"},"verdict":"rejected"}',
    ):
        assert record_body(record_of(body)) == body


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
    with pytest.raises(Exception):  # noqa: B017, PT011
        record_of(canonical({**body, field: value}))


QUOTE = record_to_json(Quote("Q1", QuoteType.DIRECT, Fragments.at(2, 4), parent="Q2"))
EVENT = record_to_json(
    Event("EV1", "Meet", Fragments.at(0, 4), (Argument("Who", MentionTarget("T1")),))
)


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        (QUOTE, "parent", "T1"),
        (QUOTE, "parent", 1),
        (QUOTE, "speaker", {"who": {"mention": "E1"}, "form": "none", "evidence": "unknown"}),
        (QUOTE, "speaker", {"who": {"event": "EV1"}, "form": "none", "evidence": "unknown"}),
        (QUOTE, "addressees", [{"span": {"spans": [[0, 1]], "head": None}, "entity": "T1"}]),
        (QUOTE, "marks", [[0, True]]),
        (QUOTE, "id", "EV1"),
        (EVENT, "arguments", [{"role": "Who", "target": {"mention": "Q1"}}]),
        (EVENT, "arguments", [{"role": "Who", "target": {"quote": "EV1"}}]),
        (EVENT, "arguments", [{"role": 1, "target": {"mention": "T1"}}]),
        (EVENT, "arguments", [{"role": "Who", "target": {}}]),
        (EVENT, "id", "Q1"),
    ],
)
def test_what_refers_to_something_of_another_kind_is_not_read(body, field, value):
    assert record_body(record_of(canonical(body))) == canonical(body)
    with pytest.raises(Exception):  # noqa: B017, PT011 - `rows` tells them all in one sentence
        record_of(canonical({**body, field: value}))


def test_a_missing_field_is_not_filled_in():
    body = record_to_json(mention(1))
    for field in body:
        with pytest.raises(KeyError):
            record_from_json({name: value for name, value in body.items() if name != field})


def test_a_body_that_is_not_as_it_is_written_is_noticed_by_writing():
    body = record_to_json(mention(1))
    shorter = [{name: body[name] for name in body if name != left} for left in ("attrs", "level")]
    for told in (*shorter, {**body, "more": 1}):
        assert record_body(record_of(canonical(told))) != canonical(told)


@pytest.mark.parametrize("text", ["[" * 100_000, "{", "", '"\\ud800"'])
def test_what_is_no_json_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        parsed(text)
