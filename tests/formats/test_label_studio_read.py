"""Exports of Label Studio, new and old, good and bad."""

import json

import pytest

from annotator.core.annotations import Argument, MentionTarget
from annotator.formats.label_studio_write import LABEL_STUDIO
from annotator.foundation.errors import UserError
from tests.formats.foreign_files import read_bytes, said, told

TEXT = "😀 ئازاد گەیشتە هەولێر"


def region(name, start, end, label, text=None, **fields):
    value = {"start": start, "end": end, "labels": [label]}
    if text is not None:
        value["text"] = text
    made = {"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value}
    return {**made, **fields}


def relation(source, target, *labels, direction="right"):
    return {
        "type": "relation",
        "from_id": source,
        "to_id": target,
        "direction": direction,
        "labels": list(labels),
    }


def task(*results, text=TEXT, **fields):
    annotations = [{"result": list(result)} for result in results]
    return {"id": 1, "data": {"text": text}, "annotations": annotations, **fields}


def read(*tasks, **options):
    data = json.dumps(tasks, ensure_ascii=False).encode()
    return read_bytes(LABEL_STUDIO, data, "export.json", **options)


def test_regions_of_any_control_are_mentions():
    (bundle,), problems = read(
        task(
            [
                region("a", 2, 7, "PER", "ئازاد", from_name="ner"),
                region("b", 15, 21, "شوێن", "هەولێر", origin="manual", score=0.5),
            ]
        )
    )
    assert said(bundle) == [("T1", "PER", "ئازاد"), ("T2", "شوێن", "هەولێر")]
    assert (bundle.document.id, problems) == ("export-000001", [])


def test_older_exports_count_utf_16_units_which_their_texts_prove():
    (bundle,), problems = read(task([region("a", 3, 8, "PER", "ئازاد")]))
    assert said(bundle) == [("T1", "PER", "ئازاد")]
    assert told(problems) == ["(foreign_recounted)"]
    assert problems[0].values == {"unit": "UTF-16", "document": "export-000001"}


def test_a_region_that_has_another_text_is_refused():
    (bundle,), problems = read(
        task([region("a", 2, 7, "PER", "ئازاد"), region("b", 3, 8, "PER", "هەولێ")])
    )
    assert said(bundle) == [("T1", "PER", "ئازاد")]
    assert told(problems) == ["foreign_text"]
    assert problems[0].values["annotation"] == "b"


def test_line_ends_count_as_they_stand_in_the_task():
    text = "یەک\r\nدوو سێ"
    (bundle,), problems = read(task([region("a", 5, 8, "X", "دوو")], text=text))
    assert (said(bundle), bundle.document.text) == ([("T1", "X", "دوو")], "یەک\nدوو سێ")
    assert told(problems) == ["(foreign_line_ends)"]


def test_relations_lead_from_events_in_the_direction_that_they_tell():
    (bundle,), problems = read(
        task(
            [
                region("t", 2, 7, "PER", "ئازاد"),
                region("e", 8, 14, "Visit", "گەیشتە", from_name="event"),
                region("p", 15, 21, "PLACE", "هەولێر"),
                relation("e", "t", "Visitor"),
                relation("p", "e", "Place", "Goal", direction="left"),
                relation("t", "p", "lives in"),
                relation("e", "t"),
                relation("e", "t", 3),
            ]
        )
    )
    assert bundle.sets[0].annotations.event("EV1").arguments == (
        Argument("Visitor", MentionTarget("T1")),
        Argument("Place", MentionTarget("T2")),
        Argument("Goal", MentionTarget("T2")),
    )
    assert told(problems) == ["foreign_unreadable", "(foreign_arrows)"]
    assert problems[0].values["annotation"] == "relation 8"
    assert problems[1].values | {"count": 2, "labels": "lives in, –"} == problems[1].values


def test_every_annotation_is_a_set_of_its_own_but_for_cancelled_ones():
    result = [region("a", 2, 7, "PER", "ئازاد")]
    one = task()
    one["annotations"] = [
        {"result": result, "completed_by": 3},
        {"result": [], "completed_by": {"id": 4, "email": "x@y.org", "first_name": "X"}},
        {"result": result, "completed_by": {"id": 5, "email": ""}},
        {"result": result, "completed_by": 3, "was_cancelled": True},
        {"result": result, "completed_by": 3},
        {"result": result, "ground_truth": True, "completed_by": "boss"},
        {"result": None},
    ]
    one["predictions"] = [
        {"model_version": "m-1", "result": result},
        {"model_version": None, "result": result},
        "nonsense",
    ]
    (bundle,), problems = read(one)
    headers = [content.header for content in bundle.sets]
    assert [(header.kind.value, header.id) for header in headers] == [
        ("annotator", "label-studio-3"),
        ("annotator", headers[1].id),
        ("annotator", "label-studio-5"),
        ("annotator", "label-studio-3-2"),
        ("adjudicated", "boss"),
        ("annotator", "imported"),
        ("prediction", "m-1"),
        ("prediction", "prediction"),
    ]
    assert headers[1].id.startswith("x-y.org-")
    assert [content.person for content in bundle.sets[:4]] == [None, "X", None, None]
    assert headers[3].annotators == ("label-studio-3",)
    assert headers[4].annotators == headers[5].annotators == headers[6].annotators == ()
    assert [len(said(bundle, number)) for number in range(8)] == [1, 0, 1, 1, 1, 0, 1, 1]
    assert told(problems) == ["(label_studio_skipped)"]
    assert problems[0].values["count"] == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"type": "choices", "id": "x", "value": {"choices": []}},
        region("x", 2, 7, "PER", type="rectangle", value={}),
        region("x", 2, 7, ""),
        region("x", None, 7, "PER"),
        region("x", 2, "7", "PER"),
        region("x", 2, 7, "PER", value=3),
        region("x", 2, 7, "PER", value={"start": 2, "end": 7, "labels": []}),
        region("x", 2, 7, "PER", value={"start": 2, "end": 7, "labels": [3]}),
    ],
)
def test_regions_that_are_no_labelled_text_do_not_cost_the_others(bad):
    (bundle,), problems = read(task([bad, region("a", 2, 7, "PER", "ئازاد")]))
    assert said(bundle) == [("T1", "PER", "ئازاد")]
    assert (told(problems), problems[0].values["annotation"]) == (["foreign_unreadable"], "x")


def test_a_region_of_two_labels_is_two_mentions():
    value = {"start": 2, "end": 7, "text": "ئازاد", "labels": ["PER", "NORP"]}
    (bundle,), problems = read(task([region("a", 2, 7, "PER", value=value)]))
    assert said(bundle) == [("T1", "PER", "ئازاد"), ("T2", "NORP", "ئازاد")]
    assert problems == []


def test_the_text_of_a_task_is_its_field_or_the_longest():
    other = {"data": {"id": "x1", "article": "دەقێکی درێژ"}, "annotations": []}
    bundles, problems = read(other, {"data": {"n": 3}}, {"data": "x"}, {"n": "x", "data": 3})
    assert [bundle.document.text for bundle in bundles] == ["دەقێکی درێژ"]
    assert told(problems) == ["foreign_no_text"] * 3


def test_annotations_were_completions_once():
    old = {"data": {"text": TEXT}, "completions": [{"result": [region("a", 2, 7, "PER")]}]}
    (bundle,), problems = read(old)
    assert (said(bundle), problems) == ([("T1", "PER", "ئازاد")], [])


def test_a_file_that_is_too_large_is_refused_and_a_broken_one_told():
    assert told(read(task(), max_bytes=8)[1]) == ["too_large"]
    with pytest.raises(UserError):
        read_bytes(LABEL_STUDIO, b'{"data":\n {}}', max_bytes=8)
    assert told(read_bytes(LABEL_STUDIO, b'[{"data":')[1]) == ["json_syntax"]


def answer(kind, name, told, **fields):
    return {"type": kind, "from_name": name, "value": {kind: told}, **fields}


def test_answers_about_a_region_are_its_attributes_and_those_about_the_task_are_told():
    value = {"start": 2, "end": 7, "text": "ئازاد", "labels": ["PER", "NORP"]}
    about = {"id": "a", "to_name": "text"}
    (bundle,), problems = read(
        task(
            [
                answer("choices", "gender", ["he", "she"], **about),
                region("a", 2, 7, "PER", value=value),
                answer("rating", "sure", 4, **about),
                answer("choices", "topic", ["news"], id="c"),
                {"type": "textarea", "value": {"text": ["تێبینی"]}},
                *(answer("number", f"n{number}", number, id="c") for number in range(1, 5)),
            ]
        )
    )
    attrs = {mention.attrs for mention in bundle.sets[0].annotations.mentions()}
    assert attrs == {(("gender", "he, she"), ("sure", "4"))}
    assert len(said(bundle)) == 2
    assert told(problems) == ["(foreign_fields)"]
    fields = "topic: news; textarea: تێبینی; n1: 1; n2: 2; n3: 3; …"
    assert problems[0].values["fields"] == fields


def test_the_short_export_is_read_like_the_long_one():
    spans = [
        {"start": 2, "end": 7, "text": "ئازاد", "labels": ["PER"]},
        {"start": 15, "end": 21, "text": "هەولێر", "hypertextlabels": ["GPE", "LOC"]},
    ]
    short = {"id": 1, "text": TEXT, "label": spans, "topic": ["news"], "annotator": 3,
             "annotation_id": 4, "lead_time": 3.2}  # fmt: skip
    (bundle, bare), problems = read(short, {"text": TEXT})
    assert said(bundle) == [
        ("T1", "PER", "ئازاد"),
        ("T2", "GPE", "هەولێر"),
        ("T3", "LOC", "هەولێر"),
    ]
    assert bundle.sets[0].header.annotators == ("label-studio-3",)
    assert (bare.sets, problems) == ((), [])


def test_a_task_that_is_marked_with_nothing_has_an_empty_set():
    (bundle,), _ = read({"text": TEXT, "annotation_id": 4, "annotator": "x"})
    assert said(bundle) == []


def test_predictions_of_which_only_numbers_are_told_are_missed():
    """As the server exports (1.23.2) unless somebody asks for more."""
    (bundle,), problems = read(task([region("a", 2, 7, "PER", "ئازاد")], predictions=[4, 9]))
    assert said(bundle) == [("T1", "PER", "ئازاد")]
    assert told(problems) == ["(label_studio_numbers)"]
    assert problems[0].values == {"count": 2, "document": "export-000001"}
