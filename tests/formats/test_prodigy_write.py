"""What we write for Prodigy is what its interfaces show: tokens, spans, relations."""

import json

from msgspec.structs import replace

from annotator.core.annotations import Mention
from annotator.core.document import Document
from annotator.core.ids import RecordId
from annotator.core.set_header import SetKind
from annotator.core.span import Fragments
from annotator.formats.base import Bundle, SegmentedBundle
from annotator.formats.prodigy_write import PRODIGY
from annotator.kurdish.segmentation import segment
from tests.formats.specimens import PLAIN, bundle, of_kind, specimens
from tests.formats.written import read, write


def written(items):
    _, files, losses = write(PRODIGY, items)
    (data,) = files.values()
    return [json.loads(line) for line in data.splitlines()], losses


def test_tokens_make_up_the_text():
    for task in written(specimens())[0]:
        text, tokens = task["text"], task["tokens"]
        assert [token["id"] for token in tokens] == list(range(len(tokens)))
        for token in tokens:
            assert text[token["start"] : token["end"]] == token["text"]
            assert token["ws"] == (text[token["end"] : token["end"] + 1] in (" ", "\n"))
        spaced = "".join(token["text"] + " " * token["ws"] for token in tokens)
        assert "".join(spaced.split()) == "".join(text.split())


def test_spans_lie_in_their_tokens_and_the_last_one_counts_in():
    checked = 0
    for task in written(specimens())[0]:
        tokens = task["tokens"]
        for span in task["spans"]:
            first, last = tokens[span["token_start"]], tokens[span["token_end"]]
            assert first["start"] <= span["start"] < first["end"]
            assert last["start"] < span["end"] <= last["end"]
            checked += 1
    assert checked > 20


def test_relations_lead_between_spans_by_their_last_tokens():
    tasks, _ = written(specimens())
    relations = [(task, relation) for task in tasks for relation in task["relations"]]
    assert len(relations) > 5
    for task, relation in relations:
        for side in ("head", "child"):
            assert relation[f"{side}_span"] in task["spans"]
            assert relation[side] == relation[f"{side}_span"]["token_end"]


def test_a_span_of_spaces_has_no_tokens():
    space = Mention(RecordId("T9"), "PER", Fragments.at(2, 3))
    task = written([bundle("d", "یە  کە", space)])[0][0]
    (span,) = task["spans"]
    assert (span["token_start"], span["token_end"]) == (1, 0)


def test_hashes_are_32_bits_and_tell_the_same_from_the_other():
    tasks, _ = written([*specimens(), bundle("zz", PLAIN.replace("]GPE", "]LOC"))])
    hashes = {task["meta"]["doc_id"]: (task["_input_hash"], task["_task_hash"]) for task in tasks}
    assert all(-(2**31) <= number < 2**31 for pair in hashes.values() for number in pair)
    assert hashes["plain"] == hashes["twice.a1"] == hashes["twice.a2"]
    assert hashes["zz"][0] == hashes["plain"][0]
    assert hashes["zz"][1] != hashes["plain"][1]
    assert hashes["rich"][0] != hashes["plain"][0]


def test_tasks_are_accepted_and_tell_whose_they_are():
    tasks, _ = written(specimens())
    assert {task["answer"] for task in tasks} == {"accept"}
    assert tasks[-1]["_annotator_id"] == "a2"
    assert tasks[1]["meta"] == {
        "doc_id": "plain", "title": "شارەکان", "outlet": "نووسین", "split": "dev",
    }  # fmt: skip


def test_what_was_read_and_written_again_is_the_same():
    _, files, _ = write(PRODIGY, specimens())
    bundles, problems = read(PRODIGY, files)
    assert problems == []
    again = [SegmentedBundle(one, segment(one.document.text)) for one in bundles]
    tasks, losses = written(again)
    assert losses == []
    for before, after in zip(written(specimens())[0], tasks, strict=True):

        def spans(task):
            return sorted((span["start"], span["end"], span["label"]) for span in task["spans"])

        assert spans(after) == spans(before)
        assert len(after["relations"]) == len(before["relations"])


def test_a_document_without_sets_is_no_task():
    (item, *_) = specimens()
    bare = Bundle(Document("x", "وشە", replace(item.bundle.document.source)), ())
    assert written([SegmentedBundle(bare, segment("وشە"))]) == ([], [])


def test_sets_come_back_as_those_of_their_people():
    _, files, _ = write(PRODIGY, [*specimens(), of_kind(bundle("zz", PLAIN), SetKind.PREDICTION)])
    bundles, _ = read(PRODIGY, files)
    headers = [content.header for bundle in bundles for content in bundle.sets]
    assert [header.id for header in headers] == ["a1", "a1", "a1", "a1", "a2", "imported"]
    assert [header.annotators for header in headers[3:]] == [("a1",), ("a2",), ()]
