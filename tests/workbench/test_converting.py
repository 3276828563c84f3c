"""Files of one format into another without a project: all of it, in order, whole or not at all."""

import json
import os
import time
from pathlib import Path

import orjson
import pytest
from msgspec.structs import replace

from annotator.core.ids import DocumentId
from annotator.foundation.errors import Refused, UserError
from annotator.foundation.paths import resource
from annotator.store.project_file import ProjectFile
from annotator.workbench import convert_reading, converting, import_files
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


def test_the_first_reading_is_counted_and_can_be_stopped(gold, tmp_path):
    target, heard = tmp_path / "again.jsonl", []
    convert(gold, target, ConvertChoices(), clock, on_item=lambda done: not heard.append(done))
    assert heard == [1, 2, 3, 4]
    target.unlink()
    with pytest.raises(Refused) as refused:
        convert(gold, target, ConvertChoices(), clock, on_item=lambda done: False)
    assert refused.value.key == "export.cancelled"
    assert not target.exists()


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
        (tmp_path / "empty", "import.nothing_found"),
        (write(tmp_path, "none.conll", "\n"), "convert.nothing"),
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


def test_what_is_read_is_neither_replaced_nor_removed(gold, tmp_path):
    """A folder that an export is in, a brat file in its own folder, and the list of losses."""
    line = '{"text": "ئازاد هات", "label": [], "doc_id": "a"}'
    listed = write(tmp_path / "x", "x.lines.losses.jsonl", f"{line}\n")
    write(tmp_path / "brat", "a.txt", "ئازاد هات")
    write(tmp_path / "brat", "a.ann", "T1\tPER 0 5\tئازاد\n#1\tNote T1\tتێبینی\n")
    write(tmp_path / "brat", "annotation.conf", "[entities]\nPER\n")
    write(tmp_path / "brat", "b.txt", "وشە")
    for source, target, known in (
        (gold, gold.parent, "conll"),
        (gold, gold.parent, "gold"),
        (tmp_path / "brat" / "a.ann", tmp_path / "brat", "brat"),
        (listed, tmp_path / "x" / "x.lines", "lines"),
        (listed.parent, tmp_path / "x" / "x.lines", "lines"),
    ):
        before = files_of(tmp_path)
        with pytest.raises(UserError) as error:
            run(source, target, source_format="doccano" if known == "lines" else None,
                target_format=known)  # fmt: skip
        assert error.value.key == "convert.would_be_gone"
        assert files_of(tmp_path) == before
    # What is not read may be replaced.
    for _ in range(2):
        run(tmp_path / "brat" / "b.txt", tmp_path / "brat", target_format="conll")


def test_the_names_that_brat_knows_are_kept_with_its_annotations(tmp_path):
    write(tmp_path, "a.txt", "ئازاد هات")
    write(tmp_path, "annotation.conf", "[entities]\nPER\n")
    source = write(tmp_path, "a.ann", "")
    with pytest.raises(UserError) as error:
        run(source, tmp_path, target_format="brat")
    assert error.value.key == "convert.would_be_gone"
    (tmp_path / "elsewhere").mkdir()
    os.link(tmp_path / "annotation.conf", tmp_path / "elsewhere" / "annotation.conf")
    with pytest.raises(UserError) as error:
        run(source, tmp_path / "elsewhere", target_format="brat")
    assert error.value.values["path"].endswith("annotation.conf")


def files_of(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def doccano(path, *records):
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    return write(path.parent, path.name, "".join(f"{line}\n" for line in lines))


def test_files_whose_texts_change_places_while_they_are_read_are_told(tmp_path, monkeypatch):
    ours, theirs = ({"text": FIRST, "label": [], "doc_id": "a"},
                    {"text": SECOND, "label": [], "doc_id": "b"})  # fmt: skip
    path = doccano(tmp_path / "x.jsonl", ours, theirs)
    readings = []
    kept = convert_reading.items_of

    def items_of(source, choices):
        if readings:
            doccano(path, theirs, ours)
        readings.append(source)
        return kept(source, choices)

    monkeypatch.setattr(convert_reading, "items_of", items_of)
    with pytest.raises(UserError) as error:
        run(path, tmp_path / "y.jsonl", source_format="doccano")
    assert error.value.key == "convert.changed"
    assert not (tmp_path / "y.jsonl").exists()


def test_sets_that_became_documents_become_sets_of_one_text_again(tmp_path):
    record = orjson.loads(SAMPLE.read_bytes().splitlines()[0])
    second = {**record, "set": {**record["set"], "id": "a2", "annotators": ["a2"]}}
    two = write(
        tmp_path, "two.jsonl", b"".join(orjson.dumps(one) + b"\n" for one in (record, second))
    )
    there = run(two, tmp_path / "x.jsonl", target_format="doccano")
    assert (there.documents, there.sets) == (1, 2)
    back = run(tmp_path / "x.jsonl", tmp_path / "back.jsonl", target_format="gold")
    assert (back.documents, back.sets) == (1, 2)
    (problem,) = back.problems
    name = record["doc_id"]
    assert (problem.key, problem.is_refusal) == ("convert.same_text", False)
    assert problem.values == {"document": f"{name}.a1", "other": f"{name}.a2"}


def test_what_a_further_document_says_of_itself_is_told(tmp_path):
    plain = {"text": FIRST, "label": [], "doc_id": "a"}
    told = {"title": "سەردێڕ", "license": "CC0", "split": "test"}
    path = doccano(tmp_path / "x.jsonl", plain, {**plain, "label": [[0, 5, "PER"]], **told})
    result = run(path, tmp_path / "y.jsonl", source_format="doccano")
    (problem,) = result.problems
    assert (problem.key, problem.is_refusal) == ("convert.about_lost", False)
    assert problem.values == {"document": "a", "fields": "title, license, split"}
    # What the first one says as well is not lost.
    path = doccano(
        tmp_path / "x.jsonl", {**plain, **told}, {**plain, "label": [[0, 5, "PER"]], **told}
    )
    assert run(path, tmp_path / "y.jsonl", source_format="doccano").problems == ()


def test_sets_that_hold_the_same_are_one_whatever_file_they_are_in(tmp_path):
    record = {"text": FIRST, "label": [[0, 5, "PER"]], "doc_id": "a"}
    for name in ("1.jsonl", "2.jsonl"):
        doccano(tmp_path / "in" / name, record)
    result = run(tmp_path / "in", tmp_path / "y.jsonl", source_format="doccano")
    assert (result.sets, [problem.key for problem in result.problems]) == (1, ["convert.set_twice"])


def test_many_texts_may_want_one_id():
    """As the files of INCEpTION do, which are all called ``admin``."""
    free = convert_reading.FreeIds()
    before = time.process_time()
    found = [free.take(DocumentId("admin")) for _ in range(20_000)]
    assert time.process_time() - before < 5
    assert found[:3] == ["admin", "admin-2", "admin-3"]
    assert len(set(found)) == 20_000
    assert [free.take(DocumentId("admin-5")), free.take(DocumentId("x" * 128))] == [
        "admin-5-2", "x" * 128,
    ]  # fmt: skip
    assert free.take(DocumentId("x" * 128)) == f"{'x' * 120}-2"


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
