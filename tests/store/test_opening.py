"""What is opened, what is refused, and that a refused file stays as it was."""

import json
import os
import shutil
import sqlite3
import stat
import tempfile
from pathlib import Path

import pytest

from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError
from annotator.store.header import APPLICATION_ID, was_left_unclean
from annotator.store.migrations import load_migrations
from annotator.store.project_file import ProjectFile
from tests.store.projects import (
    DOCUMENT,
    HEADER,
    adding,
    make_project,
    mention,
    perform,
)

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to become another user"
)

NEWEST = load_migrations().newest


def refusal(path, **values):
    """The key with which a path is refused; the folder must be as it was before."""
    folder = path.parent
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    with pytest.raises(UserError) as caught:
        ProjectFile.open(path, **values)
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before
    for language in ("en", "ckb"):
        assert load_catalogue(language).error(caught.value)
    return caught.value.key


def with_number(data, at, number):
    return data[:at] + number.to_bytes(4, "big") + data[at + 4 :]


@pytest.fixture
def closed(path):
    """The path of a project with a little work in it."""
    with make_project(path) as project:
        perform(project, adding(mention(1)))
    return path


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "key"),
        [
            (b"", "store.foreign"),
            ("دەقێکی ئاسایی\n".encode() * 50, "store.foreign"),
            (b"SQLite format 3\x00", "store.damaged"),
            (b"\x00" * 8192, "store.foreign"),
        ],
    )
    def test_a_file_that_is_no_project(self, path, content, key):
        path.write_bytes(content)
        assert refusal(path) == key

    def test_another_programs_database(self, path):
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE t (a)")
        other.close()
        assert refusal(path) == "store.foreign"

    @pytest.mark.parametrize(
        ("at", "number", "key"),
        [
            (60, NEWEST + 1, "store.newer"),
            (60, 2**31 - 1, "store.newer"),
            (60, 0, "store.damaged"),
            (44, 77, "store.damaged"),  # the format of the schema
            (68, 0, "store.foreign"),
            (68, APPLICATION_ID + 1, "store.foreign"),
        ],
    )
    def test_a_header_that_is_not_ours(self, closed, at, number, key):
        closed.write_bytes(with_number(closed.read_bytes(), at, number))
        assert refusal(closed) == key

    def test_a_newer_file_says_what_is_needed(self, closed):
        closed.write_bytes(with_number(closed.read_bytes(), 60, 7))
        with pytest.raises(UserError) as caught:
            ProjectFile.open(closed)
        assert caught.value.values == {"name": closed.name, "version": 7, "supported": NEWEST}

    @pytest.mark.parametrize("size", [60, 99, 100, 1000, 4096, 8192, 40_000])
    def test_a_truncated_file(self, closed, size):
        data = closed.read_bytes()
        assert size < len(data)
        closed.write_bytes(data[:size])
        assert refusal(closed) == "store.damaged"

    def test_a_missing_file_and_a_missing_folder(self, tmp_path):
        assert refusal(tmp_path / "none.nishan") == "store.missing"
        with pytest.raises(UserError, match=r"store\.missing"):
            ProjectFile.open(tmp_path / "none" / "p.nishan")

    def test_a_folder(self, tmp_path):
        (tmp_path / "p.nishan").mkdir()
        assert refusal(tmp_path / "p.nishan") == "store.directory"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_pipe_does_not_hang_the_program(self, path):
        os.mkfifo(path)
        assert refusal(path) == "store.foreign"

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM annotations; END",
            "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c)"
            " SELECT * FROM c",
            "CREATE TABLE extra (a)",
            "CREATE INDEX extra ON documents (title)",
            "DROP INDEX journal_by_set",
            "ALTER TABLE meta RENAME COLUMN value TO content",
            "CREATE VIRTUAL TABLE f USING fts5(a)",
        ],
    )
    def test_a_schema_with_more_or_less_than_ours(self, closed, statement):
        database = sqlite3.connect(closed)
        database.execute(statement)
        database.commit()
        database.close()
        assert refusal(closed) == "store.other_schema"

    def test_a_view_in_place_of_a_table(self, closed):
        database = sqlite3.connect(closed)
        database.executescript(
            "PRAGMA foreign_keys=OFF; DROP TABLE places; CREATE VIEW places AS SELECT 1 AS anchor"
        )
        database.close()
        assert refusal(closed) == "store.other_schema"


class TestReading:
    def test_opening_reading_and_closing_leave_the_file_as_it_was(self, closed):
        before = closed.read_bytes()
        with ProjectFile.open(closed) as project:
            project.annotations.read(HEADER)
            project.journal.entries(HEADER)
            project.documents.get(DOCUMENT.id)
            project.check()
        assert closed.read_bytes() == before
        assert os.listdir(closed.parent) == [closed.name]

    def test_closing_leaves_no_side_files_and_may_happen_twice(self, project, path):
        perform(project, adding(mention(1)))
        assert sorted(os.listdir(path.parent)) == [
            f".~lock.{path.name}#",
            path.name,
            path.name + "-journal",
        ]
        project.close()
        project.close()
        assert os.listdir(path.parent) == [path.name]

    def test_an_idle_open_project_may_be_copied_in_the_file_manager(self, project, path, tmp_path):
        after, _ = perform(project, adding(mention(1)))
        copy = tmp_path / "copied" / "p.nishan"
        copy.parent.mkdir()
        shutil.copy(path, copy)
        with ProjectFile.open(copy) as copied:
            assert copied.annotations.read(HEADER) == after

    def test_a_project_is_opened_through_a_symbolic_link(self, closed, tmp_path):
        link = tmp_path / "elsewhere" / "link.nishan"
        link.parent.mkdir()
        link.symlink_to(closed)
        with ProjectFile.open(link) as project:
            assert project.path == link
            with pytest.raises(UserError, match=r"store\.locked"):
                ProjectFile.open(closed)
            perform(project, adding(mention(2, 5, 9)))
        assert os.listdir(link.parent) == [link.name]

    @needs_root
    @pytest.mark.parametrize("read_only", ["file", "folder"])
    def test_what_cannot_be_written_is_opened_for_reading(self, public_folder, read_only):
        path = public_folder / "p.nishan"
        with make_project(path) as project:
            perform(project, adding(mention(1)))
        path.chmod(0o444 if read_only == "file" else 0o666)
        public_folder.chmod(0o777 if read_only == "file" else 0o555)
        before = path.read_bytes()
        assert _as_nobody(path) == {
            "is_read_only": True,
            "mentions": 1,
            "error": "store.read_only",
        }
        assert path.read_bytes() == before
        assert os.listdir(public_folder) == [path.name]

    @needs_root
    def test_a_hot_journal_that_cannot_be_rolled_back_is_told(self, public_folder):
        path = public_folder / "p.nishan"
        make_project(path).close()
        path.chmod(0o444)
        public_folder.chmod(0o555)
        journal = path.with_name("p.nishan-journal")
        journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + b"\x00\x00\x00\x01" + b"\x00" * 500)
        journal.chmod(0o444)
        assert _as_nobody(path) == {"error": "store.recovery_needed"}

    @needs_root
    def test_what_one_may_not_read_is_told(self, public_folder):
        path = public_folder / "p.nishan"
        make_project(path).close()
        path.chmod(0o000)
        assert _as_nobody(path) == {"error": "store.no_permission"}


@pytest.fixture
def public_folder():
    """A folder that every user can reach; pytest's own belong to one user."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def _look(path):
    """What a person sees who may not change the project."""
    seen = {}
    try:
        with ProjectFile.open(path) as project:
            seen["is_read_only"] = project.is_read_only
            seen["mentions"] = len(project.annotations.read(HEADER))
            with project.transaction():
                seen["error"] = None
    except UserError as error:
        seen["error"] = error.key
    return seen


def _as_nobody(path):
    """`_look` in a child process that is nobody: root may write everything."""
    if not all(folder.stat().st_mode & stat.S_IXOTH for folder in Path(__file__).parents):
        pytest.skip("the checkout lies where nobody else may look")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            os.write(writer, json.dumps(_look(path)).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as stream:
        said = stream.read()
    os.waitpid(child, 0)
    return json.loads(said)


def test_a_live_journal_and_a_log_tell_of_an_unclean_end(path):
    journal = path.with_name(path.name + "-journal")
    assert not was_left_unclean(path)
    journal.write_bytes(b"")
    assert not was_left_unclean(path)
    journal.write_bytes(b"\x00" * 512)
    assert not was_left_unclean(path)
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + b"\x00" * 504)
    assert was_left_unclean(path)
    journal.unlink()
    path.with_name(path.name + "-wal").write_bytes(b"x")
    assert was_left_unclean(path)
