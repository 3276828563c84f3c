"""Tasks of Prodigy: accepted ones are read, whatever recipe has made them."""

import pytest

from annotator.core.annotations import Argument, MentionTarget
from annotator.formats.prodigy_write import PRODIGY
from annotator.foundation.errors import UserError
from tests.formats.foreign_files import lines, read_bytes, said, told

TEXT = "😀 ئازاد گەیشتە هەولێر"
TOKENS = [
    {"text": "😀", "start": 0, "end": 1, "id": 0, "ws": True},
    {"text": "ئازاد", "start": 2, "end": 7, "id": 1, "ws": True},
    {"text": "گەیشتە", "start": 8, "end": 14, "id": 2, "ws": True},
    {"text": "هەولێر", "start": 15, "end": 21, "id": 3, "ws": False},
]
PERSON = {"start": 2, "end": 7, "token_start": 1, "token_end": 1, "label": "PER"}
VISIT = {"start": 8, "end": 14, "token_start": 2, "token_end": 2, "label": "event:Visit"}


def read(*records, **options):
    return read_bytes(PRODIGY, lines(*records), "out.jsonl", **options)


def task(*spans, **fields):
    return {"text": TEXT, "tokens": TOKENS, "spans": list(spans), "answer": "accept", **fields}


def link(head, child, label):
    return {
        "head": head["token_end"],
        "child": child["token_end"],
        "head_span": head,
        "child_span": child,
        "label": label,
    }


def test_spans_become_mentions():
    (bundle,), problems = read(
        task(PERSON, _input_hash=1, _task_hash=2, _view_id="ner_manual", _session_id="s-ali")
    )
    assert said(bundle) == [("T1", "PER", "ئازاد")]
    assert bundle.sets[0].header.annotators == ("s-ali",)
    assert (bundle.document.id, problems) == ("out-000001", [])


def test_relations_become_arguments():
    (bundle,), problems = read(
        task(PERSON, VISIT, relations=[link(VISIT, PERSON, "Visitor"), link(PERSON, VISIT, "x")])
    )
    assert bundle.sets[0].annotations.event("EV1").arguments == (
        Argument("Visitor", MentionTarget("T1")),
    )
    assert told(problems) == ["(foreign_arrows)"]


def test_spans_that_tell_tokens_alone_have_their_places():
    bare = {"token_start": 1, "token_end": 2, "label": "X"}
    (bundle,), problems = read(task(bare))
    assert said(bundle) == [("T1", "X", "ئازاد گەیشتە")]
    assert problems == []


@pytest.mark.parametrize(
    "bad",
    [
        7,
        {"start": 2, "end": 7},
        {"start": 2, "end": 7, "label": ""},
        {"start": 2, "label": "X"},
        {"token_start": 1, "token_end": 9, "label": "X"},
        {"token_start": -1, "token_end": 1, "label": "X"},
    ],
)
def test_a_bad_span_does_not_cost_the_others(bad):
    (bundle,), problems = read(task(bad, PERSON))
    assert said(bundle) == [("T1", "PER", "ئازاد")]
    assert (told(problems), problems[0].values["annotation"]) == (["foreign_unreadable"], "span 1")


@pytest.mark.parametrize(
    "bad",
    [
        7,
        {**link(VISIT, PERSON, "x"), "label": None},
        {**link(VISIT, PERSON, "x"), "label": ""},
        {**link(VISIT, PERSON, "x"), "head_span": None},
        {**link(VISIT, PERSON, "x"), "child_span": {"start": 2}},
        {**link(VISIT, PERSON, "x"), "child_span": {**PERSON, "label": None}},
    ],
)
def test_a_bad_relation_does_not_cost_the_others(bad):
    (bundle,), problems = read(task(PERSON, VISIT, relations=[bad, link(VISIT, PERSON, "who")]))
    assert len(bundle.sets[0].annotations.event("EV1").arguments) == 1
    assert told(problems) == ["foreign_unreadable"]
    assert problems[0].values["annotation"] == "relation 1"


def test_tokens_prove_how_a_file_counts():
    shifted = [{**one, "start": one["start"] + 1, "end": one["end"] + 1} for one in TOKENS[1:]]
    span = {"start": 3, "end": 8, "label": "PER"}
    (bundle,), problems = read({**task(span), "tokens": [7, {"text": "x"}, *shifted]})
    assert said(bundle) == [("T1", "PER", "ئازاد")]
    assert told(problems) == ["(foreign_recounted)"]
    other = {"start": 3, "end": 8, "label": "PER", "text": "ئازاد"}
    (bundle,), problems = read({"text": TEXT, "spans": [other]})
    assert (said(bundle), told(problems)) == ([("T1", "PER", "ئازاد")], ["(foreign_recounted)"])


@pytest.mark.parametrize("answer", ["reject", "ignore", None])
def test_what_was_not_accepted_is_read_as_text(answer):
    (bundle,), problems = read({**task(PERSON), "answer": answer})
    assert (bundle.sets, told(problems)) == ((), ["(prodigy_answer)"])
    assert problems[0].values["answer"] == str(answer)


def test_texts_alone_are_documents_and_none_is_refused():
    bundles, problems = read({"text": TEXT, "meta": {"title": "ناو", "doc_id": "d"}}, {"html": "x"})
    assert [(one.document.id, one.document.name, one.sets) for one in bundles] == [("d", "ناو", ())]
    assert told(problems) == ["foreign_no_text"]


def test_a_file_that_is_too_large_is_refused_and_a_broken_line_told():
    with pytest.raises(UserError):
        read(task(), max_bytes=8)
    bundles, problems = read_bytes(PRODIGY, b'{"text"}\n' + lines(task(PERSON)))
    assert (len(bundles), told(problems)) == (1, ["json_syntax"])


def test_labels_of_the_whole_text_are_told():
    bundles, problems = read(
        {"text": TEXT, "label": "NEWS", "answer": "accept"},
        task(PERSON, accept=["news", "sport"]),
        {"text": TEXT, "label": "NEWS", "answer": "reject"},
    )
    assert [len(bundle.sets) for bundle in bundles] == [0, 1, 0]
    assert told(problems) == ["(foreign_fields)", "(foreign_fields)", "(prodigy_answer)"]
    fields = [each.values["fields"] for each in problems[:2]]
    assert fields == ["label: NEWS", "accept: news، sport"]
