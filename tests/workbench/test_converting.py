"""Files of one format into another without a project: all of it, in order, whole or not at all."""

import json
import os
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from annotator.foundation.errors import Refused, UserError
from annotator.foundation.paths import resource
from annotator.store.project_file import ProjectFile
from annotator.workbench import converting, import_files
from annotator.workbench.converting import ConvertChoices, convert, target_format
from annotator.workbench.exporting import ExportChoices, Exporter, Scope
from annotator.workbench.format_offers import format_by_suffix
from tests.workbench.projects import (
    ARAM,
    FIRST,
    SECOND,
    clock,
    complete,
    mark,
    opened,
    project_with,
    write,
)
from tests.workbench.small_formats import EACH, LINES

SAMPLE = resource("samples", "01-water.gold.jsonl")


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """The formats of the tests beside those of the program."""
    formats = (*converting.FORMATS, LINES, EACH)
    monkeypatch.setattr(converting, "FORMATS", formats)
    kept = converting.format_by_id
    monkeypatch.setattr(converting, "format_by_id", lambda name, _: kept(name, formats))
    kept_target = converting.target_format
    monkeypatch.setattr(
        converting, "target_format", lambda target, name: kept_target(target, name, formats)
    )


@pytest.fixture
def gold(tmp_path):
    """Gold of a project with two annotators, three documents, and names in the first."""
    path = project_with(tmp_path)
    for annotator in (None, ARAM):
        workspace = opened(path, annotator=annotator, document="a")
        mark(workspace, "ئازاد", "PER")
        mark(workspace, "هەولێر", "GPE")
        complete(workspace)
        workspace.close()
    with ProjectFile.open(path) as project:
        Exporter(project, clock).export(tmp_path / "gold", ExportChoices(Scope.ALL))
    return tmp_path / "gold" / "gold.jsonl"


def run(source, target, progress=None, **choices):
    extra = () if progress is None else (progress,)
    return convert(source, target, ConvertChoices(**choices), clock, *extra)


def test_gold_comes_through_as_it_was(gold, tmp_path):
    result = run(gold, tmp_path / "again.jsonl")
    assert [_said(line) for line in (tmp_path / "again.jsonl").read_bytes().splitlines()] == [
        _said(line) for line in gold.read_bytes().splitlines()
    ]
    assert (result.documents, result.sets, result.mentions) == (3, 4, 4)
    assert (result.format, result.losses, result.refused) == ("gold", {}, 0)


def _said(line):
    return {name: part for name, part in orjson.loads(line).items() if name != "provenance"}


def test_into_another_format_with_its_losses(tmp_path):
    result = run(SAMPLE, tmp_path / "x.lines")
    assert result.format == "lines"
    lines = (tmp_path / "x.lines").read_text(encoding="utf-8").splitlines()
    assert len(lines) == result.mentions > 10
    assert result.losses == {"event": result.events, "quote": result.quotes}
    losses = (tmp_path / "x.lines.losses.jsonl").read_bytes().splitlines()
    assert len(losses) == result.events + result.quotes


def test_into_a_folder_with_card_and_manifest(gold, tmp_path):
    run(gold, tmp_path / "out", target_format="each", options={"style": "loud"})
    assert sorted(os.listdir(tmp_path / "out")) == [
        "README.md", "a.lines", "b.lines", "c.lines", "manifest.json",
    ]  # fmt: skip
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["options"] == {"source": "gold.jsonl"}
    assert "PER!" in (tmp_path / "out" / "a.lines").read_text(encoding="utf-8")


def test_texts_become_gold_that_nobody_has_begun(tmp_path):
    for name, text in (("b.txt", SECOND), ("a.txt", FIRST)):
        write(tmp_path / "in", name, text)
    result = run(tmp_path / "in", tmp_path / "x.jsonl")
    records = [orjson.loads(line) for line in (tmp_path / "x.jsonl").read_bytes().splitlines()]
    assert [(record["doc_id"], record["set"]["id"]) for record in records] == [
        ("a", "none"), ("b", "none"),
    ]  # fmt: skip
    assert (result.documents, result.sets, result.mentions) == (2, 2, 0)


def test_files_out_of_order_are_put_in_order(gold, tmp_path):
    lines = gold.read_bytes().splitlines(keepends=True)
    turned = write(tmp_path, "turned.jsonl", b"".join(reversed(lines)))
    run(turned, tmp_path / "x.jsonl")
    run(gold, tmp_path / "y.jsonl")
    assert (tmp_path / "x.jsonl").read_bytes() == (tmp_path / "y.jsonl").read_bytes()


def test_two_texts_never_share_an_id(tmp_path):
    for folder, text in (("one", FIRST), ("two", SECOND), ("three", FIRST), ("four", "دهۆک")):
        write(tmp_path / "in" / folder, "a.txt", text)
    run(tmp_path / "in", tmp_path / "x.jsonl")
    records = [orjson.loads(line) for line in (tmp_path / "x.jsonl").read_bytes().splitlines()]
    assert [(record["doc_id"], record["text"]) for record in records] == [
        ("a", "دهۆک"), ("a-2", FIRST), ("a-3", SECOND),
    ]  # fmt: skip


def test_a_renamed_document_keeps_its_sets_and_none_comes_twice(gold, tmp_path):
    record = gold.read_bytes().splitlines(keepends=True)[0]
    write(tmp_path / "in", "0/a.txt", "وشە")
    for name in ("1.jsonl", "2.jsonl"):
        write(tmp_path / "in" / "1", name, record)
    result = run(tmp_path / "in", tmp_path / "x.jsonl")
    records = [orjson.loads(line) for line in (tmp_path / "x.jsonl").read_bytes().splitlines()]
    assert [(record["doc_id"], len(record["mentions"])) for record in records] == [
        ("a", 0), ("a-2", 2),
    ]  # fmt: skip
    (problem,) = result.problems
    assert (problem.key, result.refused) == ("convert.set_twice", 1)


def test_of_one_text_every_set_of_nobody_is_kept(tmp_path):
    for folder, line in (("1", "T1\tPER 0 5\tئازاد"), ("2", "T1\tORG 0 5\tئازاد"), ("3", ""),
                         ("4", "T1\tORG 0 5\tئازاد")):  # fmt: skip
        write(tmp_path / "in" / folder, "a.txt", "ئازاد هات")
        write(tmp_path / "in" / folder, "a.ann", f"{line}\n" if line else "")
    result = run(tmp_path / "in", tmp_path / "x.jsonl")
    records = [orjson.loads(line) for line in (tmp_path / "x.jsonl").read_bytes().splitlines()]
    assert [
        (record["set"]["id"], [one["label"] for one in record["mentions"]]) for record in records
    ] == [("imported", ["PER"]), ("imported-2", ["ORG"]), ("imported-3", [])]
    (problem,) = result.problems
    assert (problem.key, result.refused) == ("convert.set_twice", 1)


def test_what_cannot_be_read_is_told_and_costs_nothing_else(gold, tmp_path):
    bad = write(tmp_path, "x.jsonl", b"{}\n" + gold.read_bytes() + b"not json\n")
    result = run(bad, tmp_path / "y.jsonl", source_format="gold")
    assert result.refused == 2
    assert result.documents == 3


def test_nothing_that_can_be_read_is_an_error(tmp_path):
    bad = write(tmp_path, "bad.txt", b"\xff\xff")
    (tmp_path / "empty").mkdir()
    for source, key in (
        (bad, "formats.bytes_invalid"),
        (tmp_path / "empty", "convert.nothing"),
        (tmp_path / "nowhere", "import.no_such_file"),
        (write(tmp_path, "x.docx", b"x"), "formats.suffix_unknown"),
    ):
        with pytest.raises(UserError) as error:
            run(source, tmp_path / "x.jsonl")
        assert error.value.key == key
        assert not (tmp_path / "x.jsonl").exists()


def test_a_format_that_cannot_be_told_is_asked_for(gold, tmp_path):
    with pytest.raises(UserError) as error:
        run(gold, tmp_path / "out")
    assert error.value.key == "convert.format_unclear"
    assert "gold" in error.value.values["known"]


def test_formats_are_told_by_suffix():
    assert target_format(Path("x.jsonl"), None).id == "gold"
    assert target_format(Path("x.JSON"), None).id == "gold-readable"
    assert target_format(Path("x.spacy"), None).id == "spacy-docbin"
    for name in ("x.zip", "x.xmI", "x.csv"):
        known = format_by_suffix(Path(name))
        assert (known and known.id) == {".xmi": "cas-xmi", ".csv": "tables-csv"}.get(
            Path(name).suffix.lower()
        )
    assert target_format(Path("x"), "lines", (LINES,)) is LINES


def test_the_file_that_is_read_is_never_replaced(gold):
    before = gold.read_bytes()
    with pytest.raises(UserError) as error:
        run(gold, gold)
    assert (error.value.key, gold.read_bytes()) == ("convert.same_file", before)


def test_options_are_checked(gold, tmp_path):
    with pytest.raises(UserError) as error:
        run(gold, tmp_path / "x.lines", options={"style": "quiet"})
    assert error.value.key == "export.no_choice"


def test_stopping_leaves_nothing(gold, tmp_path):
    for stop in range(3):
        with pytest.raises(Refused):
            run(gold, tmp_path / "x.jsonl", lambda done, total, stop=stop: done < stop)
        assert not (tmp_path / "x.jsonl").exists()
    seen = []
    run(gold, tmp_path / "x.jsonl", lambda *step: seen.append(step) or True)
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def scheme_in(path):
    (record, *_) = map(orjson.loads, path.read_bytes().splitlines())
    return record["scheme"]["id"]


def test_the_scheme_is_that_of_the_manifest_beside(gold, tmp_path):
    manifest = gold.parent / "manifest.json"
    told = json.loads(manifest.read_bytes())
    told["scheme"]["copy"]["id"] = "mine"
    manifest.write_text(json.dumps(told), encoding="utf-8")
    run(gold, tmp_path / "x.jsonl")
    assert scheme_in(tmp_path / "x.jsonl") == "mine"
    run(gold.parent, tmp_path / "y.jsonl")
    assert scheme_in(tmp_path / "y.jsonl") == "mine"
    run(gold, tmp_path / "z.jsonl", scheme="ckb-news")
    assert scheme_in(tmp_path / "z.jsonl") == "ckb-news"


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"scheme": {"copy": {"id": 1}}}'])
def test_a_manifest_that_tells_no_scheme_leaves_that_of_the_program(gold, tmp_path, data):
    (gold.parent / "manifest.json").write_bytes(data)
    run(gold, tmp_path / "x.jsonl")
    assert scheme_in(tmp_path / "x.jsonl") == "ckb-news"


@pytest.mark.parametrize("times", [0, 2])
def test_files_that_change_while_they_are_read_are_told(gold, tmp_path, monkeypatch, times):
    """The second reading finds other documents than the first."""
    known = converting.format_by_id("gold", ())
    readings = []

    def read(stream, options):
        readings.append(1)
        for item in known.read(stream, options):
            yield from [item] * (1 if len(readings) == 1 else times)

    monkeypatch.setattr(import_files, "chosen_format", lambda *_: replace(known, read=read))
    with pytest.raises(UserError) as error:
        run(gold, tmp_path / "x.jsonl")
    assert error.value.key == "convert.changed"
    assert not (tmp_path / "x.jsonl").exists()


def test_a_format_may_read_what_lies_beside(tmp_path, monkeypatch):
    """Only plain files of the same folder; nothing of another folder, and no link."""
    asked = {}

    def read(stream, options):
        for name in ("b.txt", "../c.txt", "link.txt", "none.txt", "in"):
            asked[name] = options.beside(name)
        yield from converting.format_by_id("plain-text", ()).read(stream, options)

    write(tmp_path, "c.txt", "c")
    source = write(tmp_path / "in", "a.txt", FIRST)
    write(tmp_path / "in", "b.txt", "b")
    (tmp_path / "in" / "in").mkdir()
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "c.txt")
    known = replace(converting.format_by_id("plain-text", ()), read=read)
    monkeypatch.setattr(import_files, "chosen_format", lambda path, name: known)
    run(source, tmp_path / "x.jsonl")
    assert asked == {
        "b.txt": b"b", "../c.txt": None, "link.txt": None, "none.txt": None, "in": None,
    }  # fmt: skip
