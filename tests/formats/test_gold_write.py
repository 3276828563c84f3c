"""Writing gold: order, refusals, both layouts, and the manifest that proves what was written."""

import hashlib
import io
import json

import pytest
from msgspec.structs import replace

from annotator.core.annotations import Mention, SuggestionDecision
from annotator.core.ids import Layer, RecordId
from annotator.core.proposals import Proposal, Verdict
from annotator.core.span import Fragments
from annotator.formats.base import Bundle, ExportReport, Note, ReadOptions, SetContent
from annotator.formats.gold_manifest import (
    GoldTally,
    ManifestFile,
    build_manifest,
    manifest_bytes,
)
from annotator.formats.gold_read import read_gold_file
from annotator.formats.gold_record import canonical_bytes, content_sha256
from annotator.formats.gold_schema import load_gold_schema
from annotator.formats.gold_write import (
    Written,
    gold_records,
    write_gold,
    write_gold_readable,
    write_readable,
    write_records,
)
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import Defect, UserError
from tests.builders import annotation_set
from tests.formats.gold_samples import (
    CONTEXT,
    document,
    full_bundle,
    full_records,
    header,
    segmented,
)

SCHEMA = load_gold_schema()


def two_sets(identifier):
    contents = tuple(
        SetContent(header(name, identifier), annotation_set(*full_records())) for name in ("b", "a")
    )
    return segmented(Bundle(document(identifier, split="train"), contents))


ITEMS = [segmented(full_bundle("d1")), two_sets("d10"), segmented(full_bundle("d2"))]
RECORDS = list(gold_records(ITEMS, CONTEXT, SCHEMA))


def test_decisions_about_suggestions_are_no_gold():
    proposal = Proposal("dates", Layer.MENTION, "DATE", Fragments.at(0, 1))
    refused = SuggestionDecision(RecordId("D1"), Verdict.REJECTED, proposal)
    decided = annotation_set(*full_records(), refused)
    item = full_bundle("d1")
    content = replace(item.sets[0], annotations=decided)
    with_decision = segmented(replace(item, sets=(content,)))
    assert list(gold_records([with_decision], CONTEXT, SCHEMA)) == RECORDS[:1]


def test_records_come_by_document_and_then_by_set():
    assert [(record["doc_id"], record["set"]["id"]) for record in RECORDS] == [
        ("d1", "gold"),
        ("d10", "a"),
        ("d10", "b"),
        ("d2", "gold"),
    ]


def test_the_same_values_give_the_same_bytes_and_a_truthful_report():
    first, second = io.BytesIO(), io.BytesIO()
    report = write_gold(iter(ITEMS), first, CONTEXT)
    write_gold(ITEMS, second, CONTEXT)
    data = first.getvalue()
    assert data == second.getvalue() == b"".join(map(canonical_bytes, RECORDS))
    assert report == ExportReport(3, 4, len(data), hashlib.sha256(data).hexdigest())
    read = read_gold_file(io.BytesIO(data), ReadOptions("x.jsonl"))
    assert [bundle.document.id for bundle in read] == ["d1", "d10", "d10", "d2"]


@pytest.mark.parametrize("items", [[ITEMS[2], ITEMS[0]], [ITEMS[0], ITEMS[0]]])
def test_documents_out_of_order_are_a_defect(items):
    with pytest.raises(Defect, match="export_order"):
        list(gold_records(items, CONTEXT, SCHEMA))


def test_what_the_schema_forbids_is_not_written_and_named():
    spelled = Mention(RecordId("T1"), "کەس", Fragments.at(2, 7))
    bundle = Bundle(document(), (SetContent(header(), annotation_set(spelled)),))
    target = io.BytesIO()
    with pytest.raises(UserError) as refused:
        write_gold([segmented(bundle)], target, CONTEXT)
    assert refused.value.key == "formats.gold_not_writable"
    assert refused.value.values["place"] == "mentions[0].label"
    assert target.getvalue() == b""
    for language in ("ckb", "en"):
        assert load_catalogue(language).error(refused.value)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_readable_json_is_one_object_or_an_array(count):
    target = io.BytesIO()
    written = write_readable(iter(RECORDS[:count]), target)
    data = target.getvalue()
    told = json.loads(data)
    assert told == (RECORDS[0] if count == 1 else RECORDS[:count])
    assert written == Written(count, len(data), hashlib.sha256(data).hexdigest())
    assert data.endswith(b"\n")
    if count == 1:
        assert data.startswith(b'{\n  "format": "ckb-gold",\n  "version"')
    if count > 1:
        assert data.startswith(b'[\n  {\n    "format": "ckb-gold",\n    "version"')


@pytest.mark.parametrize("count", [0, 1, 2])
def test_readable_json_is_an_array_where_it_must_be_one(count):
    target = io.BytesIO()
    write_readable(iter(RECORDS[:count]), target, is_array=True)
    assert json.loads(target.getvalue()) == RECORDS[:count]


def test_the_readable_format_reads_back():
    target = io.BytesIO()
    report = write_gold_readable(ITEMS, target, CONTEXT)
    assert (report.documents, report.records) == (3, 4)
    target.seek(0)
    read = read_gold_file(target, ReadOptions("x.json"))
    assert [bundle.sets[0].header.id for bundle in read] == ["gold", "a", "b", "gold"]


def test_records_stream_one_at_a_time():
    seen = []

    class Target(io.BytesIO):
        def write(self, data):
            seen.append(("written", bytes(data)))
            return len(data)

    def records():
        for data in (b"1\n", b"2\n"):
            seen.append(("made", data))
            yield data

    assert write_records(records(), Target()) == Written(
        2, 4, hashlib.sha256(b"1\n2\n").hexdigest()
    )
    assert [what for what, _ in seen] == ["made", "written"] * 2


def manifest(context=CONTEXT):
    tally = GoldTally()
    for record in RECORDS:
        tally.add(record)
    return build_manifest(
        tally,
        context,
        scheme={"id": "ckb-news"},
        files=[ManifestFile("test.jsonl", 1, 9, "b" * 64), ManifestFile("dev.jsonl", 1, 8, "a")],
        options={"sets": "approved"},
        dropped=[Note("formats.gold_not_held", {"place": "notes"})],
        created="2026-11-21T00:00:00Z",
    )


def test_the_manifest_counts_and_proves_what_was_written():
    told = manifest()
    guide = {
        "id": "ckb-news-guide",
        "version": "0.3",
        "boundary_policy": "stem",
        "note": {"ckb": "ڕێنمایی", "en": "guide"},
    }
    assert told == {
        "format": "ckb-gold-manifest",
        "version": "1.0.0",
        "tool": "annotator",
        "tool_version": "1.0.0",
        "created": "2026-11-21T00:00:00Z",
        "tokenizer": {"id": "ckb-regex", "version": "1.0.0"},
        "scheme": {
            "id": "ckb-news",
            "version": "1.0.0",
            "sha256": CONTEXT.scheme.sha256,
            "copy": {"id": "ckb-news"},
        },
        "guideline": {**guide, "sha256": hashlib.sha256(canonical_bytes(guide)).hexdigest()},
        "documents": 3,
        "records": 4,
        "layers": {
            "mentions": {"total": 20, "labels": {"GPE": 4, "NORP": 4, "PER": 12}},
            "entities": {"total": 12, "labels": {"GPE": 4, "PER": 8}},
            "events": {"total": 8, "labels": {"Contact.Meet": 4, "Diplomacy.Support": 4}},
            "quotes": {"total": 12, "labels": {"direct": 4, "indirect": 4, "mixed": 4}},
            "arguments": {"total": 28, "labels": {"Participant": 12, "Place": 4, "Topic": 12}},
        },
        "splits": {"train": ["d10"], "dev": [], "test": [], "none": ["d1", "d2"]},
        "options": {"sets": "approved"},
        "dropped": [{"key": "formats.gold_not_held", "values": {"place": "notes"}}],
        "files": [
            {"name": "dev.jsonl", "records": 1, "size": 8, "sha256": "a"},
            {"name": "test.jsonl", "records": 1, "size": 9, "sha256": "b" * 64},
        ],
        "contents": [
            {"doc_id": r["doc_id"], "set": r["set"]["id"], "content_sha256": content_sha256(r)}
            for r in RECORDS
        ],
    }
    assert json.loads(manifest_bytes(told)) == told


def test_a_reproducible_manifest_tells_no_time():
    assert manifest(replace(CONTEXT, is_reproducible=True))["created"] is None
