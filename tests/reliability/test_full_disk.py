"""A disk that is really full: a small file system in memory that runs out of space (P3)."""

import os
import shutil
import subprocess

import pytest

from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.export_scope import ExportChoices, Scope
from annotator.workbench.exporting import Exporter
from annotator.workbench.workspace import open_workspace
from tests.reliability.faults_acts import clock, new_project, perform, text_of
from tests.reliability.faults_book import Book, content_of
from tests.reliability.faults_kinds import NAME

TEXTS = {"d1": text_of(1, 60)}
SIZE = 1024 * 1024

pytestmark = [
    pytest.mark.root,
    pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None,
        reason="needs root to mount a small file system",
    ),
]


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"cannot mount here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(folder):
    """Take the rest of the space, to the last byte."""
    with (folder / "filler").open("wb", buffering=0) as stream:
        try:
            while stream.write(b"x" * 4096):
                pass
        except OSError:
            return


def act(number):
    start = number % 1_000
    return ["add", "d1", ("PER", "ORG", "GPE")[number // 1_000], start, start + 3]


def perform_until_full(workspace, book, folder):
    """Add until there is no space; how often that went."""
    for number in range(3_000):
        if not fits(workspace, act(number), folder):
            return number
        book.apply(act(number))
    raise AssertionError("the disk is never full")


def fits(workspace, wanted, folder):
    """Do an act; False where there is no space for it."""
    try:
        perform(workspace, wanted, folder=folder)
    except UserError as error:
        if error.key != "store.full":
            raise
        return False
    return True


def test_a_full_disk_stops_nothing_but_the_act(small_disk, tmp_path, tell_result):
    path = new_project(small_disk / NAME, TEXTS)
    other = small_disk / "other"
    other.write_bytes(b"x" * 65_536)
    book = Book().after(["import", TEXTS])
    workspace = open_workspace(path, clock=clock)
    done = perform_until_full(workspace, book, small_disk)
    assert done > 20
    fill_up(small_disk)
    project = workspace.project
    assert not project.is_broken
    for _ in range(3):
        with pytest.raises(UserError, match=r"store\.full"):
            perform(workspace, act(done), folder=small_disk)
    assert content_of(project) == book.content()
    project.save_copy(tmp_path / "elsewhere.nishan")
    with ProjectFile.open(tmp_path / "elsewhere.nishan") as copy:
        assert content_of(copy) == book.content()
    workspace.close()

    # at 100 % full it opens, reads and can be exported to another place
    with ProjectFile.open(path) as project:
        assert content_of(project) == book.content()
        choices = ExportChoices(scope=Scope.ALL, is_draft=True)
        result = Exporter(project, clock).export_gold(tmp_path / "out.jsonl", choices)
        assert result.mentions == done

    # and goes on as soon as there is space
    workspace = open_workspace(path, clock=clock)
    (small_disk / "filler").unlink()
    other.unlink()
    perform(workspace, ["undo", "d1"], folder=small_disk)
    book.apply(["undo", "d1"])
    workspace.close()
    with ProjectFile.open(path) as project:
        assert content_of(project) == book.content()
    assert sorted(os.listdir(small_disk)) == sorted(["import", NAME])
    tell_result(
        promise="P3",
        technique="file system of 1 MB, filled to the last byte",
        ci="1 session",
        full="1 session",
        result=f"{done:,} acts fitted; reopened, copied, exported and went on",
    )


def test_a_killed_session_opens_on_a_full_disk(small_disk):
    """The journal is put right where no byte is free for trying that out on a copy."""
    path = new_project(small_disk / NAME, TEXTS)
    before = None
    folder = small_disk / "crash"
    folder.mkdir()
    with ProjectFile.open(path) as project:
        before = content_of(project)
        with project.transaction() as tx:
            project._connection.rows("PRAGMA cache_size=1")
            tx.execute("UPDATE documents SET added = added || text")
            for file in small_disk.glob(f"{NAME}*"):
                shutil.copy(file, folder)
    path.unlink()
    fill_up(small_disk)
    with ProjectFile.open(folder / NAME) as project:
        assert content_of(project) == before
