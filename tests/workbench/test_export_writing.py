"""Exports in any format: a file or a folder, with what was lost, split, or only counted."""

import hashlib
import importlib
import os

import orjson
import pytest
from msgspec.structs import replace

from annotator.core.commands.events import add_event
from annotator.core.edits import Focus
from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import SetKind
from annotator.core.span import Fragments
from annotator.core.splits import Shares
from annotator.formats.cas_write import CAS_XMI
from annotator.formats.gold_write import GOLD, GOLD_READABLE
from annotator.formats.plain_text import PLAIN_TEXT
from annotator.foundation.errors import Refused, UserError
from annotator.store.annotations import Annotations
from annotator.store.project_file import ProjectFile
from annotator.workbench.exporting import (
    ExportBlocked,
    ExportChoices,
    Exporter,
    Scope,
    SplitChoices,
)
from annotator.workbench.reading import find_files
from tests.builders import document
from tests.workbench.projects import (
    ARAM,
    SHILAN,
    break_mention,
    clock,
    complete,
    mark,
    opened,
    project_with,
    span_of,
)
from tests.workbench.small_formats import EACH, LINES

ALL = ExportChoices(Scope.ALL, is_reproducible=True)
EVENT = (
    '{"detail":"","doc_id":"c","end":18,"kind":"event","label":"Contact.Meet","layer":"event",'
    '"record":"EV1","set":"a1","start":14,"text":"باری"}\n'
).encode()
THIRDS = SplitChoices(Shares(train=1, dev=1, test=1))


@pytest.fixture
def path(tmp_path):
    """Three documents with names; in the last one there is an event as well."""
    path = project_with(tmp_path)
    workspace = opened(path, document="a")
    mark(workspace, "ئازاد", "PER")
    mark(workspace, "هەولێر", "GPE")
    complete(workspace)
    workspace.open(DocumentId("b"))
    mark(workspace, "نەورۆز", "PER")
    complete(workspace)
    workspace.open(DocumentId("c"))
    mark(workspace, "دهۆک", "GPE")
    document = workspace.open_document
    place = span_of(document.document.text, "باری.")
    edit = add_event(
        document.annotations,
        workspace.scheme,
        Fragments.at(place.start, place.end - 1),
        workspace.scheme.event_types[0].id,
    )
    document.perform(edit, focus=Focus(0, 0))
    workspace.close()
    return path


@pytest.fixture
def project(path):
    with ProjectFile.open(path) as made:
        yield made


def export(project, target, choices=ALL, progress=None, **values):
    extra = () if progress is None else (progress,)
    return Exporter(project, clock).export(target, replace(choices, **values), *extra)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def manifest_of(folder):
    return orjson.loads((folder / "manifest.json").read_bytes())


def test_a_file_of_the_format_and_its_losses_beside(project, tmp_path):
    target = tmp_path / "out" / "names.lines"
    target.parent.mkdir()
    result = export(project, target, format=LINES)
    assert files(target.parent) == {
        "names.lines": "a\tPER\tئازاد\na\tGPE\tهەولێر\nb\tPER\tنەورۆز\nc\tGPE\tدهۆک\n".encode(),
        "names.lines.losses.jsonl": EVENT,
    }
    data = target.read_bytes()
    assert (result.size, result.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (result.documents, result.sets, result.mentions, result.events) == (3, 3, 4, 1)
    assert (result.losses, result.format, result.path) == ({"event": 1}, "lines", target)
    assert (result.splits, result.families, result.torn) == ({}, (), ())


def test_losses_of_an_earlier_export_go_when_there_are_none(project, tmp_path):
    target = tmp_path / "names.lines"
    export(project, target, format=LINES)
    export(project, target, format=LINES, scope=Scope.COMPLETE)
    assert not (tmp_path / "names.lines.losses.jsonl").exists()


def test_a_folder_has_data_losses_card_and_manifest(project, tmp_path):
    folder = tmp_path / "out"
    result = export(project, folder, format=LINES)
    written = files(folder)
    assert list(written) == ["README.md", "lines.lines", "losses.jsonl", "manifest.json"]
    assert written["losses.jsonl"] == EVENT
    manifest = manifest_of(folder)
    data = written["lines.lines"]
    assert manifest["files"] == [
        {"name": "lines.lines", "records": 4, "size": len(data),
         "sha256": hashlib.sha256(data).hexdigest()}
    ]  # fmt: skip
    assert manifest["losses"] == {
        "total": 1,
        "in_the_data": {"mentions": 4, "entities": 4, "events": 0, "quotes": 0},
        "kinds": {"event": 1},
        "file": {"name": "losses.jsonl", "records": 1, "size": len(EVENT),
                 "sha256": hashlib.sha256(EVENT).hexdigest()},
    }  # fmt: skip
    assert (manifest["format_id"], manifest["format_options"]) == ("lines", {"style": "plain"})
    assert (manifest["documents"], manifest["records"]) == (3, 3)
    assert manifest["layers"]["mentions"] == {"total": 4, "labels": {"GPE": 2, "PER": 2}}
    assert manifest["contents"][0] == {"doc_id": "a", "set": "a1"}
    assert (result.size, result.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_a_format_of_several_files_always_makes_a_folder(project, tmp_path):
    folder = tmp_path / "out.lines"
    result = export(project, folder, format=EACH)
    assert list(files(folder)) == [
        "README.md", "a.lines", "b.lines", "c.lines", "losses.jsonl", "manifest.json",
    ]  # fmt: skip
    listed = manifest_of(folder)["files"]
    assert [(one["name"], one["records"]) for one in listed] == [
        ("a.lines", None), ("b.lines", None), ("c.lines", None),
    ]  # fmt: skip
    lines = "".join(f"{one['sha256']}  {one['name']}\n" for one in listed)
    assert result.sha256 == hashlib.sha256(lines.encode()).hexdigest()


def test_gold_by_the_other_door_is_the_same(project, tmp_path):
    """Whatever else is written for other formats, gold and its manifest stay what they were."""
    exporter = Exporter(project, clock)
    export(project, tmp_path / "one")
    exporter.export_gold(tmp_path / "two", ALL)
    export(project, tmp_path / "three.jsonl", format=GOLD)
    export(project, tmp_path / "four.json", format=GOLD)
    export(project, tmp_path / "five.json", format=GOLD_READABLE)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert (tmp_path / "three.jsonl").read_bytes() == files(tmp_path / "one")["gold.jsonl"]
    assert (tmp_path / "four.json").read_bytes() == (tmp_path / "five.json").read_bytes()
    assert {"losses", "format_id"} & manifest_of(tmp_path / "one").keys() == set()
    assert list(manifest_of(tmp_path / "one")["contents"][0]) == ["doc_id", "set", "content_sha256"]


def test_the_same_project_gives_the_same_folder(project, tmp_path):
    for known in (LINES, EACH, GOLD):
        for name in ("one", "two"):
            export(project, tmp_path / known.id / name, format=known, split=THIRDS)
        assert files(tmp_path / known.id / "one") == files(tmp_path / known.id / "two")


def test_splits_are_files_of_their_own_and_documents_say_theirs(project, tmp_path):
    folder = tmp_path / "out"
    result = export(project, folder, split=THIRDS)
    assert list(files(folder)) == [
        "README.md", "dev.jsonl", "manifest.json", "test.jsonl", "train.jsonl",
    ]  # fmt: skip
    told = {}
    for split in ("train", "dev", "test"):
        (record,) = map(orjson.loads, (folder / f"{split}.jsonl").read_bytes().splitlines())
        assert record["doc"]["split"] == split
        told[split] = [record["doc_id"]]
    manifest = manifest_of(folder)
    assert manifest["splits"] == {**told, "none": []}
    assert manifest["options"] | {"split": "1/1/1", "seed": 0} == manifest["options"]
    assert len(manifest["files"]) == 3
    assert result.splits == {"train": 1, "dev": 1, "test": 1}
    assert result.documents == 3


def test_a_set_that_is_left_out_is_not_in_the_manifest_and_counted_as_missing(project, tmp_path):
    with project.transaction() as transaction:
        odd = document("شەو\ufffeێک", "z")
        project.documents.add(transaction, odd, at="2026-11-21T10:00:00Z")
    result = export(project, tmp_path / "out", format=CAS_XMI)
    assert (result.sets, result.held["sets"]) == (4, 3)
    manifest = manifest_of(tmp_path / "out")
    assert [said["doc_id"] for said in manifest["contents"]] == ["a", "b", "c"]
    assert (manifest["documents"], manifest["records"]) == (3, 3)
    assert manifest["splits"]["none"] == ["a", "b", "c"]
    assert manifest["losses"]["in_the_data"]["sets"] == 3
    assert "in the data: annotation sets 3 of 4" in (tmp_path / "out" / "README.md").read_text()


def test_labels_are_counted_of_what_was_written(project, path, tmp_path):
    before = export(project, tmp_path / "all", format=CAS_XMI)
    whole = manifest_of(tmp_path / "all")["layers"]["mentions"]
    assert (before.mentions, whole) == (4, {"total": 4, "labels": {"GPE": 2, "PER": 2}})
    project.close()
    workspace = opened(path)
    with workspace.project.transaction() as transaction:
        odd = document("شەو\ufffeێک لە دهۆک", "bb")
        workspace.project.documents.add(transaction, odd, at="2026-11-21T10:00:00Z")
    workspace.open(DocumentId("bb"))
    mark(workspace, "دهۆک", "FAC")
    workspace.close()
    with ProjectFile.open(path) as again:
        result = export(again, tmp_path / "out", format=CAS_XMI)
        assert (result.mentions, result.held["mentions"]) == (5, 4)
    manifest = manifest_of(tmp_path / "out")
    assert manifest["layers"]["mentions"] == whole
    assert [said["doc_id"] for said in manifest["contents"]] == ["a", "b", "c"]
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "| documents | 3 |" in card
    assert "| mentions | 4 |" in card
    assert "`FAC`" not in card
    assert "- annotation sets: 3\n" in card
    told = "in the data: annotation sets 3 of 4**; all counts here are of what was annotated in"
    assert told in card


@pytest.mark.parametrize(("said", "meant"), [("validation", "dev"), ("fold 3", None)])
def test_a_split_that_is_stored_under_another_word_is_written_as_ours(
    project, tmp_path, said, meant
):
    stored = document("شەوێکی درێژ بوو.", "z", split=said)
    with project.transaction() as transaction:
        project.documents.add(transaction, stored, at="2026-11-21T10:00:00Z")
    export(project, tmp_path / "gold.jsonl")
    lines = (tmp_path / "gold.jsonl").read_bytes().splitlines()
    splits = {record["doc_id"]: record["doc"]["split"] for record in map(orjson.loads, lines)}
    assert splits == {"a": None, "b": None, "c": None, "z": meant}
    export(project, tmp_path / "out", split=THIRDS)
    told = manifest_of(tmp_path / "out")["splits"]
    assert "z" in told[meant] if meant else told["none"] == []


def test_readable_gold_in_a_folder_is_always_an_array(project, tmp_path):
    shares = SplitChoices(Shares(train=2, dev=1, test=0))
    export(project, tmp_path / "out", format=GOLD_READABLE, split=shares)
    counts = {}
    for split in ("train", "dev"):
        records = orjson.loads((tmp_path / "out" / f"{split}.json").read_bytes())
        counts[split] = [record["doc"]["split"] for record in records]
    assert counts == {"train": ["train", "train"], "dev": ["dev"]}


def test_several_files_of_each_split_lie_in_a_folder_of_its_own(project, tmp_path):
    folder = tmp_path / "out"
    export(project, folder, format=EACH, split=SplitChoices(Shares(train=2, dev=0, test=1)))
    data = [name for name in files(folder) if name.endswith(".lines")]
    assert sorted(name.split("/")[0] for name in data) == ["test", "train", "train"]
    assert sorted(name.split("/")[1] for name in data) == ["a.lines", "b.lines", "c.lines"]


def test_a_split_without_documents_has_no_file(project, tmp_path):
    result = export(project, tmp_path / "out", split=SplitChoices(Shares(train=1, dev=0, test=0)))
    assert list(files(tmp_path / "out")) == ["README.md", "manifest.json", "train.jsonl"]
    assert result.splits == {"train": 3, "dev": 0, "test": 0}


def test_splits_do_not_go_into_one_file(project, tmp_path):
    with pytest.raises(UserError) as error:
        export(project, tmp_path / "x.jsonl", split=THIRDS)
    assert error.value.key == "export.split_needs_folder"
    assert not (tmp_path / "x.jsonl").exists()


def test_options_of_the_format_are_taken(project, tmp_path):
    export(project, tmp_path / "x.lines", format=LINES, options={"style": "loud"})
    assert b"PER!" in (tmp_path / "x.lines").read_bytes()


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"format": LINES, "options": {"size": "9"}}, "export.no_option"),
        ({"format": GOLD, "options": {"style": "loud"}}, "export.no_options"),
        ({"format": LINES, "options": {"style": "quiet"}}, "export.no_choice"),
        ({"format": PLAIN_TEXT}, "export.not_written"),
        ({"annotator": "gold"}, "export.nothing_adjudicated"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_written(project, tmp_path, values, key):
    for act in (lambda: export(project, tmp_path / "out", **values),
                lambda: Exporter(project, clock).preview(replace(ALL, **values))):  # fmt: skip
        with pytest.raises(UserError) as error:
            act()
        assert error.value.key == key
    assert not (tmp_path / "out").exists()


def test_a_preview_counts_and_names_what_would_be_lost(project, tmp_path):
    before = os.listdir(tmp_path)
    for known in (LINES, EACH):
        losses = []
        told = Exporter(project, clock).preview(replace(ALL, format=known), lose=losses.append)
        assert [(loss.document, loss.record) for loss in losses] == [("c", "EV1")]
        assert (told.documents, told.mentions, told.losses) == (3, 4, {"event": 1})
        assert told.size > 0
    split = Exporter(project, clock).preview(replace(ALL, split=THIRDS))
    assert split.splits == {"train": 1, "dev": 1, "test": 1}
    assert os.listdir(tmp_path) == before


def test_a_preview_is_what_is_written_then(project, tmp_path):
    for known in (LINES, GOLD):
        choices = replace(ALL, format=known)
        told = Exporter(project, clock).preview(choices)
        result = export(project, tmp_path / known.id, choices)
        names = told.__struct_fields__
        assert {n: getattr(told, n) for n in names} == {n: getattr(result, n) for n in names}


def broken(path):
    workspace = opened(path, document="a")
    break_mention(workspace)
    workspace.close()


def test_errors_block_every_format(path, tmp_path):
    broken(path)
    with ProjectFile.open(path) as project:
        for target, known in (("x.lines", LINES), ("out", LINES), ("each", EACH), ("gold", GOLD)):
            for split in (None, THIRDS)[: 1 if target == "x.lines" else 2]:
                with pytest.raises(ExportBlocked) as blocked:
                    export(project, tmp_path / target, format=known, split=split)
                assert [one.document.id for one in blocked.value.blocked] == ["a"]
                assert not (tmp_path / target).exists()
        assert export(project, tmp_path / "out", format=LINES, is_draft=True).errors > 0
        told = Exporter(project, clock).preview(replace(ALL, format=LINES))
        assert (told.errors > 0, told.documents) == (True, 3)


def until(stop):
    return lambda done, total: done < stop


@pytest.mark.parametrize("known", [LINES, EACH, GOLD], ids=lambda known: known.id)
@pytest.mark.parametrize("split", [None, THIRDS], ids=["whole", "split"])
def test_stopping_at_any_step_leaves_nothing(project, tmp_path, known, split):
    steps = 3 if split is None else 6
    for stop in range(steps):
        with pytest.raises(Refused) as refused:
            export(
                project, tmp_path / "deep" / "out", progress=until(stop), format=known, split=split
            )
        assert refused.value.key == "export.cancelled"
        assert not (tmp_path / "deep").exists()
    seen = []
    export(project, tmp_path / "deep" / "out", progress=lambda *step: seen.append(step) or True,
           format=known, split=split)  # fmt: skip
    assert seen == [(done, steps) for done in range(steps + 1)]


def test_every_set_is_read_once_also_when_it_is_split(project, tmp_path, monkeypatch):
    read, kept = [], Annotations.rows_of

    def note(self, header):
        read.append(header.document)
        return kept(self, header)

    monkeypatch.setattr(Annotations, "rows_of", note)
    export(project, tmp_path / "out", format=EACH, split=THIRDS)
    assert sorted(read) == ["a", "b", "c"]


def full_after(monkeypatch, number):
    """A disk that is full when the file of this number, from 0, shall take its name."""
    kept, seen = os.replace, []

    def replace_file(source, target):
        if f"{os.sep}.kept{os.sep}" not in os.fspath(source):
            seen.append(target)
            if len(seen) == number + 1:
                raise OSError(28, "No space left on device", str(target))
        kept(source, target)

    monkeypatch.setattr(os, "replace", replace_file)


@pytest.mark.parametrize("number", range(6))
def test_a_full_disk_between_the_files_leaves_the_earlier_export(
    project, tmp_path, monkeypatch, number
):
    folder = tmp_path / "out"
    export(project, folder, format=EACH)
    (folder / "mine.txt").write_bytes(b"mine")
    old = files(folder)
    with monkeypatch.context() as full:
        full_after(full, number)
        with pytest.raises(UserError) as error:
            export(project, folder, format=EACH, options={"style": "loud"})
    assert error.value.key == "file.disk_full"
    assert files(folder) == old
    export(project, folder, format=EACH, options={"style": "loud"})
    assert files(folder).keys() == old.keys()
    assert files(folder)["a.lines"] != old["a.lines"]


def test_a_file_where_a_folder_is_needed_is_told_and_stays(project, tmp_path):
    (tmp_path / "taken").write_bytes(b"mine")
    (tmp_path / "taken.lines").write_bytes(b"mine")
    for name, known in (("taken", LINES), ("taken.lines", EACH)):
        with pytest.raises(UserError) as error:
            export(project, tmp_path / name, format=known)
        assert error.value.key == "export.file_in_the_way"
        assert (tmp_path / name).read_bytes() == b"mine"


def test_a_folder_where_a_file_is_needed_is_told_and_stays(project, tmp_path):
    (tmp_path / "x.lines").mkdir()
    with pytest.raises(UserError) as error:
        export(project, tmp_path / "x.lines", format=LINES)
    assert error.value.key == "file.is_folder"


def test_a_readme_of_somebody_else_stays(project, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "README.md").write_bytes(b"# Mine\n")
    export(project, folder, format=LINES)
    assert files(folder)["README.md"] == b"# Mine\n"
    assert b"# news\n" in files(folder)["DATASET.md"]
    (folder / "DATASET.md").unlink()
    (folder / "DATASET.md").mkdir()
    export(project, folder, format=LINES)
    assert files(folder)["README.md"] == b"# Mine\n"


def test_data_of_an_earlier_export_goes_unless_somebody_changed_it(project, tmp_path):
    folder = tmp_path / "out"
    export(project, folder, format=EACH)
    (folder / "b.lines").write_bytes(b"changed by hand")
    (folder / "mine.lines").write_bytes(b"mine")
    export(project, folder, format=GOLD, split=THIRDS, overwrites=True)
    assert list(files(folder)) == [
        "README.md", "b.lines", "dev.jsonl", "manifest.json", "mine.lines", "test.jsonl",
        "train.jsonl",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"[" * 100_000,
        b'{"format": "other", "files": [{"name": "mine.txt", "sha256": "%s"}]}',
        b'{"format": "ckb-gold-manifest", "files": 7, "losses": 7}',
        b'{"format": "ckb-gold-manifest", "files": [7, {"name": 1, "sha256": "%s"}]}',
        b'{"format": "ckb-gold-manifest", "files": [{"name": "mine.txt", "sha256": 1}]}',
        b'{"format": "ckb-gold-manifest", "files": [{"name": "../mine.txt", "sha256": "%s"}]}',
        b'{"format": "ckb-gold-manifest", "files": [{"name": "in\\u0000", "sha256": "%s"}]}',
        b'{"format": "ckb-gold-manifest", "files": [{"name": "link.txt", "sha256": "%s"}]}',
    ],
)
def test_a_manifest_of_somebody_else_takes_nothing_away(project, tmp_path, manifest):
    folder = tmp_path / "out"
    folder.mkdir()
    digest = hashlib.sha256(b"mine").hexdigest().encode()
    for path in (folder / "mine.txt", tmp_path / "mine.txt"):
        path.write_bytes(b"mine")
    (folder / "link.txt").symlink_to(tmp_path / "mine.txt")
    (folder / "manifest.json").write_bytes(manifest.replace(b"%s", digest))
    export(project, folder, overwrites=True)
    assert (folder / "mine.txt").read_bytes() == (tmp_path / "mine.txt").read_bytes() == b"mine"
    assert (folder / "link.txt").is_symlink()


def test_what_lies_beside_the_data_is_no_document(project, tmp_path):
    export(project, tmp_path / "out", split=THIRDS)
    export(project, tmp_path / "out" / "more.lines", format=LINES)
    (tmp_path / "out" / "more.lines.losses.jsonl").rename(
        tmp_path / "out" / "train.jsonl.losses.jsonl"
    )
    found = find_files([tmp_path / "out"])
    assert sorted(path.name for path in found.files) == ["dev.jsonl", "test.jsonl", "train.jsonl"]


def test_the_card_tells_how_far_two_people_agree(path, tmp_path):
    workspace = opened(path, annotator=ARAM, document="a")
    mark(workspace, "ئازاد", "PER")
    mark(workspace, "هەولێر", "LOC")
    complete(workspace)
    workspace.close()
    with ProjectFile.open(path) as project:
        export(project, tmp_path / "both", format=LINES)
        export(project, tmp_path / "one", format=LINES, annotator=SHILAN)
    card = files(tmp_path / "both")["README.md"].decode()
    assert "| mentions, strict | 0.50 | 0.50 | 0.50 | 1 | 2 |" in card
    assert "## Agreement" not in files(tmp_path / "one")["README.md"].decode()


def test_people_are_named_in_the_card_by_their_ids(project, tmp_path):
    export(project, tmp_path / "out", format=LINES)
    card = files(tmp_path / "out")["README.md"].decode()
    assert SHILAN not in card
    assert "- annotators, by their ids: `a1`" in card
    assert "| event | 1 |" in card


def test_gold_in_place_of_a_name_takes_the_adjudicated_sets(path, tmp_path):
    with ProjectFile.open(path) as project:
        (header,) = project.annotations.headers(DocumentId("b"))
        adjudicated = replace(header, id=SetId("gold"), kind=SetKind.ADJUDICATED)
        with project.transaction() as transaction:
            project.annotations.add_set(transaction, adjudicated)
        result = export(project, tmp_path / "x.jsonl", annotator="gold")
        (record,) = map(orjson.loads, (tmp_path / "x.jsonl").read_bytes().splitlines())
        assert (record["doc_id"], record["set"]["id"]) == ("b", "gold")
        assert (result.documents, result.sets) == (1, 1)


def test_a_person_called_gold_comes_first(tmp_path):
    path = project_with(tmp_path, annotator="gold")
    with ProjectFile.open(path) as project:
        assert export(project, tmp_path / "x.jsonl", annotator="gold").documents == 3


def test_hugging_face_reads_a_folder_by_its_card(project, tmp_path, monkeypatch):
    """It takes the data alone, each file as the split that it is."""
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    datasets = importlib.import_module("datasets")
    halves = SplitChoices(Shares(train=1, dev=1, test=0))
    export(project, tmp_path / "out", scope=Scope.COMPLETE, split=halves)
    (tmp_path / "out" / "losses.jsonl").write_bytes(EVENT)
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert {name: len(rows["doc_id"]) for name, rows in loaded.items()} == {"train": 1, "dev": 1}
    assert {row["doc"]["split"] for row in loaded["dev"]} == {"dev"}


def test_losses_take_their_name_after_the_data_or_not_at_all(project, tmp_path, monkeypatch):
    """The system refuses one of the two names: a program has the file open on Windows."""
    target = tmp_path / "x.lines"
    beside = tmp_path / "x.lines.losses.jsonl"
    kept = os.replace

    def refuses(name):
        def replace_file(source, to):
            if str(to) == str(name):
                raise PermissionError(13, "Permission denied", str(to))
            kept(source, to)

        return replace_file

    target.write_bytes(b"old data")
    beside.write_bytes(b"old losses")
    monkeypatch.setattr(os, "replace", refuses(target))
    with pytest.raises(UserError):
        export(project, target, format=LINES, overwrites=True)
    assert (target.read_bytes(), beside.read_bytes()) == (b"old data", b"old losses")
    monkeypatch.setattr(os, "replace", refuses(beside))
    with pytest.raises(UserError) as error:
        export(project, target, format=LINES, overwrites=True)
    assert error.value.values["path"] == str(beside)
    assert (target.read_bytes() == b"old data", beside.read_bytes()) == (False, b"old losses")
    assert {path.name for path in tmp_path.glob("*x.lines*")} == {target.name, beside.name}
