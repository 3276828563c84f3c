"""The main job by key events alone: open a text, make every annotation of a record, export it."""

import orjson
import pytest

from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.formats.gold_read import read_gold
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import system_clock
from annotator.workbench.exporting import ExportChoices, Exporter
from annotator.workbench.gold_checking import check_gold_file
from annotator.workbench.schemes import read_scheme_text, scheme_from_text
from tests.journeys.canonical import canonical
from tests.journeys.gold import SAMPLE, given_annotations, gold_record, project_with_text
from tests.journeys.stage import GOLD_FILES, stage

__all__ = ["stage"]

KEYBOARDS = [
    pytest.param("us", "xcb", id="us"),
    pytest.param("iq(ku_ara)", "xcb", id="kurdish"),
    pytest.param("ara", "xcb", id="arabic"),
    pytest.param("KBDKURD", "windows", id="windows-kurdish"),
]


def ckb_news() -> Scheme:
    return scheme_from_text(read_scheme_text("ckb-news"))


def errors_in(target):
    return [f for f in check_gold_file(target, ckb_news()) if f.severity == "E"]


def exported(path, folder):
    target = folder / "out.jsonl"
    with ProjectFile.open(path) as project:
        Exporter(project, system_clock).export_gold(target, ExportChoices())
    return target


@pytest.mark.parametrize(("layout", "platform"), KEYBOARDS)
@pytest.mark.parametrize("gold", GOLD_FILES)
def test_a_record_is_made_by_keys_alone(stage, tmp_path, gold, layout, platform):
    record = gold_record(gold)
    path = project_with_text(tmp_path, record["doc_id"], record["text"])
    desk = stage(path, layout=layout, platform=platform)
    desk.pilot(given_annotations(gold)).fly()
    desk.typist.press("Ctrl+Enter")
    desk.close()

    target = exported(path, tmp_path)
    made = orjson.loads(target.read_bytes())
    assert canonical(made) == canonical(record)
    assert errors_in(target) == []


@pytest.mark.parametrize("gold", GOLD_FILES)
def test_undo_goes_back_to_the_start_after_a_restart(stage, tmp_path, gold):
    record = gold_record(gold)
    path = project_with_text(tmp_path, record["doc_id"], record["text"])
    first = stage(path)
    first.pilot(given_annotations(gold)).fly()
    steps = 0
    made = first.editor.annotations
    first.close()

    second = stage(path)
    assert second.editor.annotations == made
    while second.editor.document.next_undo is not None:
        second.typist.press("Ctrl+Z")
        steps += 1
    assert dict(second.editor.annotations.records) == {}
    assert steps > len(made)
    for _ in range(steps):
        second.typist.press("Ctrl+Y")
    assert second.editor.annotations == made


def test_a_flipped_offset_is_named_by_document_annotation_and_rule(stage, tmp_path):
    record = gold_record(SAMPLE)
    path = project_with_text(tmp_path, record["doc_id"], record["text"])
    desk = stage(path)
    mention = next(given_annotations(SAMPLE).mentions())
    desk.hand.select(mention.fragments.envelope)
    desk.typist.press("9 Ctrl+Enter")
    desk.close()
    target = exported(path, tmp_path)
    assert errors_in(target) == []

    broken = orjson.loads(target.read_bytes())
    broken["mentions"][0]["end"] -= 1
    target.write_bytes(orjson.dumps(broken) + b"\n")
    found = {(f.document, f.annotation, f.rule) for f in check_gold_file(target, ckb_news())}
    assert (record["doc_id"], "T1", "V03") in found


def test_an_emoji_before_the_spans_moves_no_offset(stage, tmp_path):
    text = "🙂 هەولێر و سلێمانی، دوو شاری 🙂 کوردستانن."
    path = project_with_text(tmp_path, "emoji", text)
    desk = stage(path)
    for name in ("هەولێر", "سلێمانی", "کوردستان"):
        desk.hand.select(span_of(text, name))
        desk.typist.press("3")
    page = desk.window.view.page
    rects = page.canvas.geometry.span_rects(span_of(text, "هەولێر"))
    assert rects
    desk.typist.press("Ctrl+Enter")
    desk.close()
    made = orjson.loads(exported(path, tmp_path).read_bytes())
    assert [(m["text"], m["start"]) for m in made["mentions"]] == [
        (name, text.index(name)) for name in ("هەولێر", "سلێمانی", "کوردستان")
    ]
    *_, bundle = read_gold([exported(path, tmp_path).read_bytes()])
    assert bundle.document.text == text


def span_of(text, part):
    start = text.index(part)
    return Span(start, start + len(part))
