"""doccano takes what we write: its own models, written anew here, and all comes back."""

import json
from collections import Counter

import pytest
from pydantic import BaseModel, NonNegativeInt, constr, model_validator

from annotator.core.set_header import SetKind
from annotator.formats.base import SegmentedBundle
from annotator.formats.doccano_write import DOCCANO
from annotator.formats.losses import LossKind
from annotator.kurdish.segmentation import segment
from tests.formats.specimens import PLAIN, bundle, of_kind, specimens
from tests.formats.written import read, write

Filled = constr(min_length=1)


class Span(BaseModel):
    """A span as the importer of doccano checks it."""

    id: int = -1
    label: Filled
    start_offset: NonNegativeInt
    end_offset: NonNegativeInt

    @model_validator(mode="after")
    def _is_not_empty(self):
        assert self.start_offset < self.end_offset
        return self


class Relation(BaseModel):
    """A relation as the importer of doccano checks it."""

    id: int = -1
    from_id: int
    to_id: int
    type: Filled


def written(items, **options):
    report, files, losses = write(DOCCANO, items, options=options)
    (data,) = files.values()
    assert report.sha256
    return [json.loads(line) for line in data.splitlines()], losses


def test_doccano_would_take_every_line():
    records, _ = written(specimens())
    seen = Counter()
    for record in records:
        spans = {span.id: span for span in map(Span.model_validate, record["entities"])}
        assert len(spans) == len(record["entities"])
        for relation in map(Relation.model_validate, record["relations"]):
            assert {relation.from_id, relation.to_id} <= spans.keys()
            seen[relation.id] += 1
        seen.update(("span", number) for number in spans)
        assert (
            max(span.end_offset for span in spans.values()) <= len(record["text"]) if spans else 1
        )
        assert record["Comments"] == []
    # doccano finds the ends of relations by number in the whole file
    assert max(seen.values()) == 1


def test_documents_and_sets_have_names_and_metadata_goes_along():
    records, _ = written(specimens())
    assert [record["doc_id"] for record in records] == [
        "empty", "plain", "rich", "twice.a1", "twice.a2",
    ]  # fmt: skip
    plain = records[1]
    assert (plain["title"], plain["outlet"], plain["split"]) == ("شارەکان", "نووسین", "dev")


@pytest.mark.parametrize("shape", ["relations", "spans"])
def test_every_line_has_the_same_fields(shape):
    """doccano refuses a whole file (1.8.4, SQLite) where a field is missing in one of its lines."""
    items = [*specimens(), of_kind(bundle("zz", PLAIN), SetKind.PREDICTION)]
    records, _ = written(items, shape=shape)
    assert len({tuple(record) for record in records}) == 1
    assert (records[0]["title"], records[-1]["annotator_set"]) == (None, None)


def test_spans_alone_are_triples_and_what_is_between_them_is_lost():
    items = [
        bundle(
            "d",
            "[ئازاد]PER [هات]Contact.Meet(Participant=T1,Participant=T1) لە [شار]EV1.Place "
            "[پێشوازی]Contact.Meet لێ [کرا]EV2.trigger [ئەو]T2.part [گوتی]Q1.cue [بەڵێ]indirect"
            " [نێر]NORP",
        )
    ]
    (record,), losses = written(items, shape="spans")
    text = record["text"]
    assert [(text[start:end], label) for start, end, label in record["label"]] == [
        ("ئازاد", "PER"),
        ("ئەو گوتی بەڵێ نێر", "NORP"),
        ("هات", "event:Contact.Meet"),
        ("پێشوازی لێ کرا", "event:Contact.Meet"),
        ("بەڵێ", "quote:indirect"),
    ]
    assert [(loss.record, loss.kind, loss.detail) for loss in losses] == [
        ("T2", LossKind.JOINED, ""),
        ("EV2", LossKind.JOINED, ""),
        ("EV1", LossKind.ARGUMENT, "Participant"),
        ("EV1", LossKind.ARGUMENT, "Place"),
        ("Q1", LossKind.QUOTE_PART, "cue"),
    ]
    assert "entities" not in record


@pytest.mark.parametrize("shape", ["relations", "spans"])
def test_what_was_read_and_written_again_is_the_same(shape):
    _, files, _ = write(DOCCANO, specimens(), options={"shape": shape})
    bundles, problems = read(DOCCANO, files)
    assert [problem for problem in problems if problem.is_refusal] == []
    again = [SegmentedBundle(one, segment(one.document.text)) for one in bundles]
    _, files_again, losses = write(DOCCANO, again, options={"shape": shape})
    assert list(files_again.values()) == list(files.values())
    assert losses == []


def test_sets_come_back_as_those_of_their_people():
    _, files, _ = write(DOCCANO, [*specimens(), of_kind(bundle("zz", PLAIN), SetKind.PREDICTION)])
    bundles, _ = read(DOCCANO, files)
    headers = [content.header for bundle in bundles for content in bundle.sets]
    assert [header.id for header in headers] == ["a1", "a1", "a1", "a1", "a2", "imported"]
    assert [header.annotators for header in headers[3:]] == [("a1",), ("a2",), ()]


def test_no_two_lines_have_one_id():
    items = [bundle("a", PLAIN, sets=("b", "c")), bundle("a.b", PLAIN)]
    lines, _ = written(items)
    assert [line["doc_id"] for line in lines] == ["a.b", "a.c", "a.b.a1"]
