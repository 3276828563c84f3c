"""Transactions, and what happens when the disk does not do what it is told."""

import contextlib
import itertools
import os
import subprocess
from pathlib import Path

import apsw
import pytest

from annotator.foundation.errors import Defect, UserError
from annotator.store.connection import Connection
from annotator.store.project_file import ProjectFile
from tests.store.projects import (
    HEADER,
    LATER,
    NOW,
    adding,
    make_project,
    mention,
    perform,
)

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to mount a small disk"
)


class TestTransactions:
    def test_an_error_inside_leaves_nothing(self, project, path):
        before, entry = perform(project, adding(mention(1)))

        def fail():
            with project.transaction() as tx:
                edit = adding(mention(2, 5, 9))
                project.annotations.write(tx, HEADER, edit, numbers={}, at=LATER)
                project.people.add(tx, "نوێ", at=NOW)
                project.meta.set(tx, "k", "v")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert not project.is_broken
        project.close()
        with ProjectFile.open(path) as again:
            assert again.annotations.read(HEADER) == before
            assert again.journal.entries(HEADER) == (entry,)
            assert len(again.people.all()) == 1
            assert again.meta.get("k") is None

    def test_a_transaction_in_a_transaction_is_a_defect_and_undoes_both(self, project):
        def nest():
            with project.transaction() as tx:
                project.meta.set(tx, "k", "v")
                project.transaction().__enter__()

        with pytest.raises(Defect, match="nested_transaction"):
            nest()
        assert project.meta.get("k") is None
        perform(project, adding(mention(1)))

    def test_a_transaction_that_is_over_writes_nothing(self, project):
        with project.transaction() as tx:
            pass
        with pytest.raises(Defect, match="transaction_over"):
            project.meta.set(tx, "k", "v")
        with project.transaction(), pytest.raises(Defect, match="transaction_over"):
            project.meta.set(tx, "k", "v")
        assert project.meta.get("k") is None

    def test_what_is_written_is_seen_inside_before_it_ends(self, project):
        with project.transaction() as tx:
            project.meta.set(tx, "k", "v")
            assert project.meta.get("k") == "v"

    def test_a_text_written_over_in_pieces_goes_with_what_fails_after_it(self, project):
        perform(project, adding(mention(1)))
        read = "SELECT key, body FROM schemes"
        [(key, body)] = project._connection.rows(read)
        pieces = [b"x" * (len(body.encode()) - 1), b"y"]

        def fail():
            with project.transaction() as tx:
                tx.write_over(("schemes", "body", key), pieces)
                assert project._connection.rows(read) == [(key, b"".join(pieces).decode())]
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert project._connection.rows(read) == [(key, body)]

    def test_a_place_that_is_not_there_is_a_defect(self, project):
        with project.transaction() as tx, pytest.raises(Defect, match=r"store\.sql"):
            tx.write_over(("schemes", "body", 99), [b"x"])
        with pytest.raises(Defect, match="transaction_over"):
            tx.write_over(("schemes", "body", 1), [b"x"])

    def test_a_closed_project_writes_nothing(self, project):
        project.close()
        with pytest.raises((Defect, UserError)), project.transaction():
            pass


class TestSettings:
    @pytest.mark.parametrize(
        ("pragma", "value"),
        [
            ("journal_mode", "truncate"),
            ("locking_mode", "exclusive"),
            ("synchronous", 3),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("cell_size_check", 1),
            ("mmap_size", 0),
            ("busy_timeout", 0),
        ],
    )
    def test_a_project_is_open_with_the_settings_that_were_measured(self, settled, pragma, value):
        assert settled.row(f"PRAGMA {pragma}") == (value,)

    @pytest.mark.parametrize(
        "statement",
        [
            "ATTACH ':memory:' AS other",
            "CREATE VIRTUAL TABLE t USING fts5(a); SELECT load_extension('x')",
            'SELECT "no such column" FROM meta',
            "SELECT * FROM pragma_table_list, none",
        ],
    )
    def test_what_the_program_never_does_is_a_defect(self, settled, statement):
        with pytest.raises(Defect, match=r"store\.sql"):
            settled.rows(statement)

    def test_the_schema_cannot_be_written_behind_sqlites_back(self, settled):
        settled.rows("PRAGMA writable_schema=ON")
        with pytest.raises(Defect, match=r"store\.sql"):
            settled.rows("UPDATE sqlite_schema SET sql = 'x'")

    def test_an_endless_statement_is_stopped(self):
        hours = itertools.count(0, 3600)
        database = apsw.Connection(":memory:")
        connection = Connection(database, Path("bomb"), clock=lambda: float(next(hours)))
        with pytest.raises(UserError, match="too_slow"):
            connection.rows(
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT count(*) FROM c"
            )
        connection.close()


class TestDisks:
    def test_a_failing_disk_ends_writing_and_a_copy_can_be_saved(self, path, tmp_path):
        with make_project(path) as project:
            before, _ = perform(project, adding(mention(1)))
            with _no_file_longer_than(path.stat().st_size):
                with pytest.raises(UserError, match=r"store\.io"):
                    perform(project, adding(*_many(2, 400)))
                assert project.is_broken
            with pytest.raises(UserError, match=r"store\.broken"):
                perform(project, adding(mention(2, 5, 9)))
            assert project.annotations.read(HEADER) == before
            project.save_copy(tmp_path / "saved.nishan")
        for survivor in (path, tmp_path / "saved.nishan"):
            with ProjectFile.open(survivor) as again:
                assert again.annotations.read(HEADER) == before
                again.check()

    @needs_root
    def test_a_full_disk_is_told_and_work_goes_on_when_there_is_space(self, small_disk):
        path = small_disk / "p.nishan"
        with make_project(path) as project:
            (small_disk / "ballast").write_bytes(b"x" * 300_000)
            saved = [project.annotations.read(HEADER)]

            def work():
                for number in itertools.count(1, 20):
                    after, _ = perform(project, adding(*_many(number, number + 20)))
                    saved.append(after)

            with pytest.raises(UserError, match=r"store\.full"):
                work()
            assert len(saved) > 1
            assert not project.is_broken
            assert project.annotations.read(HEADER) == saved[-1]
            (small_disk / "ballast").unlink()
            work_went_on, _ = perform(project, adding(*_many(90_000, 90_020)))
        with ProjectFile.open(path) as again:
            assert again.annotations.read(HEADER) == work_went_on
            again.check()

    @needs_root
    def test_a_project_opens_and_is_read_where_no_byte_is_free(self, small_disk, tmp_path):
        path = small_disk / "p.nishan"
        with make_project(path) as project:
            after, _ = perform(project, adding(mention(1)))
        _fill(small_disk / "ballast")
        with ProjectFile.open(path) as project:
            assert project.annotations.read(HEADER) == after
            with pytest.raises(UserError, match=r"store\.full"):
                perform(project, adding(mention(2, 5, 9)))
            project.save_copy(tmp_path / "rescued.nishan")
        assert sorted(os.listdir(small_disk)) == ["ballast", path.name]
        for survivor in (path, tmp_path / "rescued.nishan"):
            with ProjectFile.open(survivor) as again:
                assert again.annotations.read(HEADER) == after


@pytest.fixture
def settled(project):
    """The connection of an open project."""
    return project._connection


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], capture_output=True
    )
    if made.returncode != 0:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.contextmanager
def _no_file_longer_than(size):
    """Writing behind `size` bytes fails with EFBIG, which is not "no space"."""
    resource = pytest.importorskip("resource", reason="the size of files has no limits here")
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


def _fill(path):
    with path.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(b"x" * 4096)


def _many(first, end):
    return [mention(number, number % 300, number % 300 + 4) for number in range(first, end)]
