"""In a folder an export replaces what an export has put there, and nothing of anybody else."""

import pytest
from msgspec.structs import replace

from annotator.core.splits import Shares
from annotator.formats.gold_write import GOLD
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
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


def test_an_export_that_broke_off_between_its_files_is_one_of_ours(project, folder):
    export(project, folder)
    whole = files(folder)
    (folder / "gold.jsonl").write_bytes(b"the next data, with the old manifest")
    export(project, folder)
    assert files(folder) == whole


def test_files_of_other_names_are_in_nobodys_way(project, folder):
    (folder / "mine.jsonl").write_bytes(b"mine")
    export(project, folder)
    assert files(folder)["mine.jsonl"] == b"mine"
