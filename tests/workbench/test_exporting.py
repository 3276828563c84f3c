"""Annotation sets out of a project: chosen, checked, whole or not at all."""

import hashlib
import os

import orjson
import pytest

from annotator.core.annotations import SetStatus, SuggestionDecision
from annotator.core.commands.records import set_status
from annotator.core.edits import Change, Edit, Focus
from annotator.core.ids import DocumentId, Layer, record_id
from annotator.core.proposals import Proposal, Verdict
from annotator.core.span import Fragments
from annotator.foundation.errors import Refused, UserError
from annotator.store.annotations import Annotations
from annotator.store.project_file import ProjectFile
from annotator.workbench.exporting import (
    ExportBlocked,
    ExportChoices,
    Exporter,
    LeftOut,
    Scope,
    export_project,
)
from tests.workbench.projects import (
    ARAM,
    SECOND,
    SHILAN,
    break_mention,
    clock,
    complete,
    mark,
    new_project,
    opened,
    project_with,
)


@pytest.fixture
def path(tmp_path):
    """Three documents: the first complete, the second approved by hand, the third begun."""
    path = project_with(tmp_path)
    workspace = opened(path)
    mark(workspace, "ئازاد", "PER")
    mark(workspace, "هەولێر", "GPE")
    complete(workspace)
    workspace.open(DocumentId("b"))
    mark(workspace, "نەورۆز", "PER")
    complete(workspace)
    document = workspace.open_document
    document.perform(set_status(document.annotations, SetStatus.APPROVED), focus=Focus(0, 0))
    workspace.open(DocumentId("c"))
    mark(workspace, "دهۆک", "GPE")
    workspace.close()
    return path


@pytest.fixture
def project(path):
    with ProjectFile.open(path) as made:
        yield made


@pytest.fixture
def broken(path):
    """The project with an error in each of the finished sets and one in the unfinished."""
    workspace = opened(path)
    for name in ("a", "b", "c"):
        workspace.open(DocumentId(name))
        break_mention(workspace)
    workspace.close()
    with ProjectFile.open(path) as made:
        yield made


def export(project, target, progress=None, **choices):
    exporter = Exporter(project, clock)
    extra = () if progress is None else (progress,)
    return exporter.export_gold(target, ExportChoices(**choices), *extra)


def records(path):
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def documents(path):
    return [(record["doc_id"], record["set"]["id"]) for record in records(path)]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.APPROVED, [("b", "a1")]),
        (Scope.COMPLETE, [("a", "a1"), ("b", "a1")]),
        (Scope.ALL, [("a", "a1"), ("b", "a1"), ("c", "a1")]),
    ],
)
def test_the_scope_says_which_sets(project, tmp_path, scope, expected):
    target = tmp_path / "gold.jsonl"
    assert Exporter(project, clock).chosen(ExportChoices(scope)) == len(expected)
    result = export(project, target, scope=scope)
    assert documents(target) == expected
    assert (result.documents, result.sets) == (len(expected), len(expected))


def test_the_result_counts_what_is_in_the_file(project, tmp_path):
    target = tmp_path / "gold.jsonl"
    result = export(project, target)
    written = records(target)
    counted = {
        layer: sum(len(record[layer]) for record in written)
        for layer in ("mentions", "entities", "events", "quotes")
    }
    assert counted == {"mentions": 3, "entities": 3, "events": 0, "quotes": 0}
    assert counted == {layer: getattr(result, layer) for layer in counted}
    data = target.read_bytes()
    assert (result.size, result.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (result.path, result.errors) == (target, 0)
    assert result.left == LeftOut(documents=1, sets=1, mentions=1, events=0, quotes=0, decisions=0)


def test_refused_suggestions_of_the_sets_taken_are_told(path, tmp_path):
    workspace = opened(path, document="a")
    document = workspace.open_document
    proposal = Proposal("names", Layer.MENTION, "PER", Fragments.at(0, 5))
    refusal = SuggestionDecision(record_id(Layer.DECISION, 1), Verdict.REJECTED, proposal)
    document.perform(Edit("edit.reject_suggestion", (Change(None, refusal),)))
    workspace.close()
    with ProjectFile.open(path) as project:
        assert export(project, tmp_path / "x.jsonl").left.decisions == 1
        approved = export(project, tmp_path / "y.jsonl", scope=Scope.APPROVED)
    assert approved.left == LeftOut(
        documents=2, sets=2, mentions=3, events=0, quotes=0, decisions=0
    )


def test_documents_that_nobody_has_begun_are_exported_empty_with_all(tmp_path):
    path = project_with(tmp_path)
    with ProjectFile.open(path) as project:
        export(project, tmp_path / "gold.jsonl", scope=Scope.ALL)
    written = records(tmp_path / "gold.jsonl")
    assert [record["doc_id"] for record in written] == ["a", "b", "c"]
    assert {record["set"]["status"] for record in written} == {"new"}
    assert {record["set"]["annotators"][0] for record in written} == {"a1"}


def test_a_project_that_knows_nobody_can_be_exported(tmp_path):
    path = project_with(tmp_path, annotator=None)
    with ProjectFile.open(path) as project:
        export(project, tmp_path / "gold.jsonl", scope=Scope.ALL)
    assert {record["set"]["id"] for record in records(tmp_path / "gold.jsonl")} == {"none"}


def test_a_complete_set_without_annotations_is_complete(tmp_path):
    path = project_with(tmp_path)
    workspace = opened(path)
    complete(workspace)
    workspace.close()
    export_project(path, tmp_path / "gold.jsonl", clock)
    (record,) = records(tmp_path / "gold.jsonl")
    assert record["set"]["status"] == "complete"
    assert set(record["set"]["layers"].values()) == {"complete"}


def test_one_annotator_at_a_time(path, tmp_path):
    workspace = opened(path, annotator=ARAM, document="a")
    mark(workspace, "ئازاد", "PER")
    complete(workspace)
    workspace.close()
    target = tmp_path / "gold.jsonl"
    with ProjectFile.open(path) as project:
        export(project, target)
        assert documents(target) == [("a", "a1"), ("a", "a2"), ("b", "a1")]
        export(project, target, annotator=f" {ARAM} ")
        assert documents(target) == [("a", "a2")]
        export(project, target, annotator=ARAM, scope=Scope.ALL)
        assert documents(target) == [("a", "a2"), ("b", "a2"), ("c", "a2")]


def test_an_annotator_whom_nobody_knows_is_an_error(project, tmp_path):
    with pytest.raises(UserError) as error:
        export(project, tmp_path / "gold.jsonl", annotator="کەس")
    assert (error.value.key, error.value.values) == (
        "export.no_annotator",
        {"name": "کەس", "known": SHILAN},
    )


@pytest.mark.parametrize(
    ("scope", "key"),
    [
        (Scope.APPROVED, "export.nothing_approved"),
        (Scope.COMPLETE, "export.nothing_complete"),
        (Scope.ALL, "export.no_documents"),
    ],
)
def test_when_nothing_qualifies_it_says_what_to_do(tmp_path, scope, key):
    with new_project(tmp_path) as project, pytest.raises(UserError) as error:
        export(project, tmp_path / "gold", scope=scope)
    assert error.value.key == key
    assert not (tmp_path / "gold").exists()


def test_errors_in_finished_sets_keep_them_from_being_gold(broken, tmp_path):
    target = tmp_path / "gold.jsonl"
    target.write_bytes(b"old")
    with pytest.raises(ExportBlocked) as blocked:
        export(broken, target, scope=Scope.ALL, overwrites=True)
    assert [(one.document.id, one.header.id) for one in blocked.value.blocked] == [
        ("a", "a1"),
        ("b", "a1"),
    ]
    assert {f.rule for one in blocked.value.blocked for f in one.findings} >= {"V12"}
    told = sum(len(one.findings) for one in blocked.value.blocked)
    assert blocked.value.values == {"errors": told}
    assert (target.read_bytes(), list(tmp_path.glob(".~gold*"))) == (b"old", [])


def test_what_blocks_can_be_asked_before(broken):
    exporter = Exporter(broken, clock)
    assert [one.document.id for one in exporter.blocking(ExportChoices())] == ["a", "b"]
    assert [one.document.id for one in exporter.blocking(ExportChoices(Scope.APPROVED))] == ["b"]


def test_asking_can_be_stopped(project):
    with pytest.raises(Refused) as refused:
        list(Exporter(project, clock).blocking(ExportChoices(), lambda done, total: False))
    assert refused.value.key == "export.cancelled"


def test_a_draft_is_written_in_spite_of_errors_and_says_so(broken, tmp_path):
    result = export(broken, tmp_path / "draft", is_draft=True)
    manifest = orjson.loads((tmp_path / "draft" / "manifest.json").read_bytes())
    assert result.sets == 2
    assert result.errors > 0
    assert (manifest["options"]["draft"], manifest["options"]["errors"]) == (True, result.errors)


def test_every_set_is_read_once(project, tmp_path, monkeypatch):
    read, kept = [], Annotations.rows_of

    def note(self, header):
        read.append((header.document, header.id))
        return kept(self, header)

    monkeypatch.setattr(Annotations, "rows_of", note)
    export(project, tmp_path / "gold.jsonl", scope=Scope.ALL)
    assert read == [("a", "a1"), ("b", "a1"), ("c", "a1")]


def test_reproducible_exports_are_the_same_bytes(path, tmp_path):
    for name in ("one", "two"):
        with ProjectFile.open(path) as project:
            export(project, tmp_path / name, scope=Scope.ALL, is_reproducible=True)
    files = {name: [(tmp_path / name / f).read_bytes() for f in ("gold.jsonl", "manifest.json")]
             for name in ("one", "two")}  # fmt: skip
    assert files["one"] == files["two"]
    assert b"2026-" not in files["one"][0] + files["one"][1]


def test_other_exports_tell_when(project, tmp_path):
    export(project, tmp_path / "gold")
    assert records(tmp_path / "gold" / "gold.jsonl")[0]["provenance"]["modified"] == (
        "2026-11-21T09:00:00Z"
    )
    manifest = orjson.loads((tmp_path / "gold" / "manifest.json").read_bytes())
    assert manifest["created"] == "2026-11-21T09:00:00Z"


def test_the_manifest_beside_a_folder_export_is_true(project, tmp_path):
    folder = tmp_path / "deep" / "gold"
    result = export(project, folder, scope=Scope.ALL, annotator=SHILAN)
    assert sorted(os.listdir(folder)) == ["README.md", "gold.jsonl", "manifest.json"]
    data = (folder / "gold.jsonl").read_bytes()
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    assert manifest["files"] == [
        {
            "name": "gold.jsonl",
            "records": 3,
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    ]
    assert (manifest["documents"], manifest["records"]) == (3, 3)
    assert manifest["layers"]["mentions"] == {"total": 4, "labels": {"GPE": 2, "PER": 2}}
    assert manifest["options"] == {
        "only": "all",
        "annotator": SHILAN,
        "draft": False,
        "errors": 0,
        "reproducible": False,
    }
    assert result.path == folder


def test_readable_json_holds_the_same_records(project, tmp_path):
    export(project, tmp_path / "gold.jsonl")
    export(project, tmp_path / "gold.JSON")
    assert orjson.loads((tmp_path / "gold.JSON").read_bytes()) == records(tmp_path / "gold.jsonl")


def test_an_emoji_before_a_span_counts_as_one(project, tmp_path):
    export(project, tmp_path / "gold.jsonl", scope=Scope.APPROVED)
    (record,) = records(tmp_path / "gold.jsonl")
    (mention,) = record["mentions"]
    assert (mention["start"], mention["end"]) == (2, 8)
    assert SECOND[2:8] == mention["text"] == "نەورۆز"


def fail_at_replace(name):
    kept = os.replace

    def replace(source, target):
        if os.path.basename(target) == name:
            raise OSError(28, "No space left on device", str(target))
        kept(source, target)

    return replace


@pytest.mark.parametrize("name", ["gold.jsonl", "manifest.json"])
def test_when_writing_fails_the_old_file_is_intact(project, tmp_path, monkeypatch, name):
    folder = tmp_path / "gold"
    export(project, folder, is_reproducible=True)
    old = {file.name: file.read_bytes() for file in folder.iterdir()}
    with monkeypatch.context() as full:
        full.setattr(os, "replace", fail_at_replace(name))
        with pytest.raises(UserError) as error:
            export(project, folder, scope=Scope.ALL)
    assert error.value.key == "file.disk_full"
    now = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    assert now["gold.jsonl"] == old["gold.jsonl"]
    if name == "manifest.json":
        assert now == old


def test_a_file_is_intact_as_well(project, tmp_path, monkeypatch):
    target = tmp_path / "gold.jsonl"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", fail_at_replace("gold.jsonl"))
    with pytest.raises(UserError) as error:
        export(project, target, overwrites=True)
    assert error.value.key == "file.disk_full"
    assert (target.read_bytes(), list(tmp_path.glob(".~gold*"))) == (b"old", [])


def test_stopping_writes_nothing(project, tmp_path):
    with pytest.raises(Refused) as refused:
        export(project, tmp_path / "gold", lambda done, total: done < 1)
    assert refused.value.key == "export.cancelled"
    assert not (tmp_path / "gold").exists()


def test_progress_counts_the_documents(project, tmp_path):
    seen = []
    export(project, tmp_path / "gold.jsonl", lambda *step: seen.append(step) or True)
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_a_folder_that_cannot_be_made_is_an_error(project, tmp_path):
    (tmp_path / "file").write_text("x")
    for name, key in (("file", "file_in_the_way"), ("file/gold", "no_folder")):
        with pytest.raises(UserError) as error:
            export(project, tmp_path / name)
        assert error.value.key == f"export.{key}"


def test_the_project_is_no_place_for_its_export(path, project, tmp_path):
    before = path.read_bytes()
    (tmp_path / "link.jsonl").hardlink_to(path)
    for target in (path, tmp_path / "link.jsonl"):
        with pytest.raises(UserError) as error:
            export(project, target, overwrites=True)
        assert error.value.key == "export.onto_project"
    assert path.read_bytes() == before


def test_exporting_does_not_change_the_project(path, tmp_path):
    before = path.read_bytes()
    export_project(path, tmp_path / "gold", clock)
    assert path.read_bytes() == before
