"""Label Studio takes what we write, and all of it comes back."""

import json

from label_studio_sdk.label_interface import LabelInterface

from annotator.core.set_header import SetKind
from annotator.formats.base import SegmentedBundle
from annotator.formats.label_studio_write import LABEL_STUDIO
from annotator.kurdish.segmentation import segment
from tests.formats.specimens import of_kind, specimens
from tests.formats.written import read, write


def written(items):
    report, files, losses = write(LABEL_STUDIO, items)
    assert sorted(files) == ["config.xml", "tasks.json"]
    assert report.size == sum(map(len, files.values()))
    return files, json.loads(files["tasks.json"]), losses


def test_the_sdk_validates_every_annotation_and_prediction():
    items = [*specimens()[:3], of_kind(specimens()[3], SetKind.PREDICTION, SetKind.ADJUDICATED)]
    files, tasks, _ = written(items)
    interface = LabelInterface(files["config.xml"].decode())
    interface.validate()
    results = 0
    for task in tasks:
        for annotation in task["annotations"]:
            assert interface.validate_annotation(annotation)
            results += len(annotation["result"])
        for prediction in task.get("predictions", []):
            assert interface.validate_prediction(prediction, return_errors=True) == []
        for one in (*task["annotations"], *task.get("predictions", [])):
            for region in one["result"]:
                if region["type"] == "labels":
                    value = region["value"]
                    text = task["data"]["text"]
                    assert text[value["start"] : value["end"]] == value["text"]
    assert results > 20
    assert not interface.validate_annotation({"result": [{**region, "from_name": "x"}]})


def test_a_task_is_a_document_with_all_of_its_sets():
    twice = of_kind(specimens()[3], SetKind.PREDICTION, SetKind.ADJUDICATED)
    _, (plain, both), _ = written([specimens()[1], twice])
    assert plain["data"]["doc_id"] == "plain"
    assert plain["data"]["title"] == "شارەکان"
    assert [one["ground_truth"] for one in plain["annotations"]] == [False]
    assert "predictions" not in plain
    assert [one["ground_truth"] for one in both["annotations"]] == [True]
    assert [one["model_version"] for one in both["predictions"]] == ["a1"]


def test_tasks_stand_one_a_line():
    files, tasks, _ = written(specimens())
    lines = files["tasks.json"].splitlines()
    assert (lines[0], lines[-1], len(lines)) == (b"[", b"]", len(tasks) + 2)
    assert written([])[0]["tasks.json"] == b"[]\n"


def test_what_was_read_and_written_again_is_the_same():
    _, files, _ = write(LABEL_STUDIO, specimens())
    bundles, problems = read(LABEL_STUDIO, files)
    assert problems == []
    again = [SegmentedBundle(one, segment(one.document.text)) for one in bundles]
    _, files_again, losses = write(LABEL_STUDIO, again)
    assert losses == []

    def without_ids(tasks):
        return [
            [
                sorted(
                    (region["from_name"], str(region["value"]))
                    for region in annotation["result"]
                    if region["type"] == "labels"
                )
                for annotation in task["annotations"]
            ]
            for task in json.loads(tasks)
        ]

    assert without_ids(files_again["tasks.json"]) == without_ids(files["tasks.json"])


def test_whose_annotations_they_are_comes_back():
    kinds = (SetKind.ADJUDICATED, SetKind.PREDICTION)
    files, _, _ = written([specimens()[1], of_kind(specimens()[3], *kinds)])
    (plain, both), _ = read(LABEL_STUDIO, files)
    (header,) = (content.header for content in plain.sets)
    assert (header.id, header.kind, header.annotators) == ("a1", SetKind.ANNOTATOR, ("a1",))
    told = [(content.header.id, content.header.kind) for content in both.sets]
    assert told == [("a1", SetKind.ADJUDICATED), ("a2", SetKind.PREDICTION)]
    assert {content.header.annotators for content in both.sets} == {()}


def test_people_come_back_although_label_studio_gives_all_to_one():
    """As its server exports (1.23.2): ids and people of its own, and the number that it was told.

    What somebody adds there has no such number, even where it is our number by chance.
    """
    _, (task,), _ = written([specimens()[3]])
    for number, annotation in enumerate(task["annotations"], 2):
        del annotation["annotator_set"]
        annotation.update(import_id=annotation["id"], id=number, completed_by=5)
    added = {**task["annotations"][0], "id": 1, "import_id": None}
    strange = {**task["annotations"][0], "id": 9, "import_id": 77}
    task["annotations"] += [added, strange]
    files = {"tasks.json": json.dumps([task], ensure_ascii=False).encode()}
    (bundle,), problems = read(LABEL_STUDIO, files)
    assert problems == []
    told = [(content.header.id, content.header.annotators) for content in bundle.sets]
    theirs = ("label-studio-5",)
    assert told == [
        ("a1", ("a1",)), ("a2", ("a2",)), ("label-studio-5", theirs), ("label-studio-5-2", theirs),
    ]  # fmt: skip


def test_every_annotation_has_a_number_of_its_own():
    _, tasks, _ = written(specimens())
    numbers = [one["id"] for task in tasks for one in task["annotations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert tasks[-1]["data"]["annotator_set"] == {"4": "a1", "5": "a2"}
    assert (
        "annotator_set" not in written([of_kind(specimens()[1], SetKind.PREDICTION)])[1][0]["data"]
    )
