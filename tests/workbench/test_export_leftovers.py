"""In a folder an export replaces what an export has put there, and nothing of anybody else."""

import hashlib
import json

import pytest
from msgspec.structs import replace

from annotator.core.splits import Shares
from annotator.formats.gold_write import GOLD
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench import export_leftovers
from annotator.workbench.exporting import ExportChoices, Exporter, Scope, SplitChoices
from tests.workbench.projects import clock, project_with
from tests.workbench.small_formats import EACH, LINES

ALL = ExportChoices(Scope.ALL, is_reproducible=True)
HALVES = SplitChoices(Shares(train=2, dev=1, test=0))
MANIFEST = b'{"format": "other", "files": [{"name": "gold.jsonl", "sha256": "ab"}]}'


@pytest.fixture
def project(tmp_path):
    with ProjectFile.open(project_with(tmp_path)) as made:
        yield made


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "out"
    made.mkdir()
    return made


def export(project, folder, progress=lambda done, total: True, **values):
    return Exporter(project, clock).export(folder, replace(ALL, **values), progress)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def stopped(*arguments, **values):
    """The path and the count that a stopped export tells."""
    with pytest.raises(UserError) as error:
        export(*arguments, **values)
    assert error.value.key == "export.foreign_files"
    return error.value.values["path"], error.value.values["count"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("gold.jsonl", {"format": GOLD}),
        ("manifest.json", {"format": GOLD}),
        ("manifest.json", {"format": EACH}),
        ("dev.jsonl", {"format": GOLD, "split": HALVES}),
    ],
)
def test_what_is_not_of_an_export_stops_it_before_it_begins(project, folder, name, values):
    (folder / name).write_bytes(MANIFEST)
    asked = []

    def progress(done, total):
        asked.append(done)
        return "split" in values  # which are planned before

    assert stopped(project, folder, progress, **values) == (str(folder / name), 1)
    assert files(folder) == {name: MANIFEST}
    assert asked == [] or "split" in values


def test_so_do_files_of_single_documents(project, folder):
    (folder / "a.lines").write_bytes(b"mine")
    (folder / "b.lines").symlink_to(folder / "nowhere")
    assert stopped(project, folder, format=EACH) == (str(folder / "a.lines"), 2)
    assert (folder / "a.lines").read_bytes() == b"mine"
    assert sorted(path.name for path in folder.iterdir()) == ["a.lines", "b.lines"]


def test_all_is_replaced_by_whoever_says_so(project, folder):
    for name in ("manifest.json", "gold.jsonl"):
        (folder / name).write_bytes(MANIFEST)
    export(project, folder, overwrites=True)
    assert MANIFEST not in files(folder).values()


@pytest.mark.parametrize("known", [GOLD, LINES, EACH], ids=lambda known: known.id)
def test_an_earlier_export_is_replaced(project, folder, known):
    for first in (known, LINES, known, known):
        export(project, folder, format=first)
    assert f"{known.id}{known.suffixes[0]}" in files(folder) or known is EACH


def changed(*arguments, **values):
    """The names and the count that a stopped export tells."""
    with pytest.raises(UserError) as error:
        export(*arguments, **values)
    assert error.value.key == "export.changed_files"
    return error.value.values["names"], error.value.values["count"]


@pytest.mark.parametrize("known", [GOLD, LINES, EACH], ids=lambda known: known.id)
def test_what_was_changed_since_an_export_stops_the_next_before_it_begins(project, folder, known):
    export(project, folder, format=known)
    name = "b.lines" if known is EACH else f"{known.id}{known.suffixes[0]}"
    (folder / name).write_bytes(b"an hour of work")
    before = files(folder)
    asked = []
    told = changed(project, folder, lambda *step: asked.append(step) or True, format=known)
    assert (told, asked, files(folder)) == (((name,), 1), [], before)
    export(project, folder, format=known, overwrites=True)
    assert files(folder)[name] != b"an hour of work"
    export(project, folder, format=known)


def test_the_first_of_many_changed_files_are_named(project, folder):
    export(project, folder, format=EACH)
    for name in ("a.lines", "b.lines"):
        (folder / name).write_bytes(b"changed")
    assert changed(project, folder, format=GOLD) == (("a.lines", "b.lines"), 2)
    for number in range(5):
        told = {"name": f"{number}", "sha256": "ab"}
        manifest = json.loads((folder / "manifest.json").read_bytes())
        manifest["files"].append(told)
        (folder / "manifest.json").write_text(json.dumps(manifest))
        (folder / f"{number}").write_bytes(b"")
    assert changed(project, folder, format=GOLD) == (("0", "1", "2"), 7)


def test_what_is_gone_since_stops_nothing(project, folder):
    export(project, folder, format=EACH)
    whole = files(folder)
    (folder / "a.lines").unlink()
    export(project, folder, format=EACH)
    assert files(folder) == whole


def test_a_link_in_the_place_of_a_file_is_a_change(project, folder):
    export(project, folder, format=EACH)
    (folder / "a.lines").unlink()
    (folder / "a.lines").symlink_to(folder / "b.lines")
    assert changed(project, folder, format=EACH) == (("a.lines",), 1)


def test_what_is_changed_while_an_export_runs_stops_it_as_well(project, folder):
    export(project, folder, format=EACH)

    def progress(done, total):
        if done == total:
            (folder / "b.lines").write_bytes(b"changed at the last moment")
        return True

    assert changed(project, folder, progress, format=EACH) == (("b.lines",), 1)
    assert files(folder)["b.lines"] == b"changed at the last moment"
    assert not list(folder.glob(".~*"))


def test_a_file_is_read_once_to_know_whether_it_was_changed(project, folder, monkeypatch):
    export(project, folder, format=EACH)
    read, kept = [], export_leftovers.file_sha256
    monkeypatch.setattr(
        export_leftovers, "file_sha256", lambda path: read.append(path.name) or kept(path)
    )
    export(project, folder, format=GOLD)
    assert sorted(read) == sorted(set(read))
    assert "b.lines" in read


def test_an_export_that_broke_off_between_its_files_is_one_of_ours(project, folder):
    """What a crash leaves: files of both exports, the old manifest, and the next one aside."""
    export(project, folder, format=EACH)
    whole = files(folder)
    data = b"the next data, with the old manifest"
    told = {"name": "a.lines", "sha256": hashlib.sha256(data).hexdigest()}
    aside = folder / ".~.tmp"
    aside.mkdir()
    (aside / ".claim").write_bytes(b"")
    manifest = {"format": "ckb-gold-manifest", "files": [told, told | {"name": "b.lines"}]}
    (aside / "manifest.json").write_text(json.dumps(manifest))
    (folder / "a.lines").write_bytes(data)
    (folder / "b.lines").write_bytes(b"changed after the crash")
    assert changed(project, folder, format=EACH) == (("b.lines",), 1)
    (folder / "b.lines").write_bytes(whole["b.lines"])
    export(project, folder, format=EACH)
    assert files(folder) == whole


def test_files_of_other_names_are_in_nobodys_way(project, folder):
    (folder / "mine.jsonl").write_bytes(b"mine")
    export(project, folder)
    assert files(folder)["mine.jsonl"] == b"mine"
