"""Copies of projects that somebody else has open, and of what cannot be put right where it is."""

import os
import shutil
import sqlite3
from datetime import UTC, datetime

import pytest

from annotator.foundation.errors import UserError
from annotator.store.header import APPLICATION_ID, read_version, was_left_unclean
from annotator.store.migrations import Migrations, load_migrations
from annotator.store.project_file import ProjectFile
from annotator.store.snapshot import ATTEMPTS, copy_bytes, digest_of, take_snapshot
from tests.store.projects import HEADER, adding, make_project, mention, perform

MIGRATIONS = load_migrations()
MOMENT = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "copies"
    made.mkdir()
    return made


def read(copy):
    with ProjectFile.open(copy) as project:
        return project.annotations.read(HEADER)


def refusal(path, folder, **values):
    with pytest.raises(UserError) as caught:
        take_snapshot(path, folder, MIGRATIONS, **values)
    return caught.value.key


def leave_hot_journal(path):
    """Change one row as a program does that is killed before its commit has ended."""
    copy = path.with_name("victim")
    shutil.copy(path, copy)
    database = sqlite3.connect(copy, isolation_level=None)
    database.execute("PRAGMA journal_mode=DELETE")
    database.execute("PRAGMA cache_size=1")
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE documents SET title = 'half done'")
    database.execute("CREATE TABLE filler (x)")
    database.executemany("INSERT INTO filler VALUES (?)", [("x" * 3000,) for _ in range(40)])
    shutil.copy(copy, path)
    shutil.copy(f"{copy}-journal", f"{path}-journal")
    database.execute("ROLLBACK")
    database.close()
    copy.unlink()


def test_a_project_that_is_open_is_copied_as_it_is_now(project, path, folder):
    after, _ = perform(project, adding(mention(1)))
    names = sorted(os.listdir(path.parent))
    copy = take_snapshot(path, folder, MIGRATIONS)
    assert copy == folder / path.name
    assert os.listdir(folder) == [path.name]
    assert read(copy) == after
    later, _ = perform(project, adding(mention(2, 5, 9)))
    assert sorted(os.listdir(path.parent)) == names
    assert project.annotations.read(HEADER) == later


def test_what_changes_while_it_is_read_is_read_again(project, path, folder, monkeypatch):
    perform(project, adding(mention(1)))
    left = [3]

    def changing(source, target):
        digest = copy_bytes(source, target)
        if left[0]:
            left[0] -= 1
            perform(project, adding(mention(10 + left[0], 5, 9)))
        return digest

    monkeypatch.setattr("annotator.store.snapshot.copy_bytes", changing)
    waits = []
    copy = take_snapshot(path, folder, MIGRATIONS, wait=waits.append)
    assert len(waits) == 3
    assert waits == sorted(waits)
    assert read(copy) == project.annotations.read(HEADER)


def test_what_never_stands_still_is_told(project, path, folder, monkeypatch):
    numbers = iter(range(1, 100))

    def changing(source):
        perform(project, adding(mention(next(numbers))))
        return digest_of(source)

    monkeypatch.setattr("annotator.store.snapshot.digest_of", changing)
    waits = []
    assert refusal(path, folder, wait=waits.append) == "store.too_busy"
    assert len(waits) == ATTEMPTS


def test_a_half_written_project_is_put_right_in_the_copy_alone(path, folder):
    with make_project(path) as project:
        after, _ = perform(project, adding(mention(1)))
    leave_hot_journal(path)
    assert was_left_unclean(path)
    before = {
        name: (path.parent / name).read_bytes() for name in (path.name, f"{path.name}-journal")
    }
    copy = take_snapshot(path, folder, MIGRATIONS)
    assert read(copy) == after
    with ProjectFile.open(copy) as project:
        assert project.documents.entries()[0].title == "هەولێر"
    assert os.listdir(folder) == [path.name]
    assert {name: (path.parent / name).read_bytes() for name in before} == before


@pytest.mark.parametrize(
    ("content", "key"),
    [(None, "store.missing"), (b"text", "store.foreign"), (b"", "store.foreign")],
)
def test_what_is_no_project_is_not_copied(path, folder, content, key):
    if content is not None:
        path.write_bytes(content)
    assert refusal(path, folder) == key
    assert os.listdir(folder) == []


def test_a_damaged_project_is_told_and_not_shown(path, folder):
    with make_project(path) as project:
        perform(project, adding(mention(1)))
    data = bytearray(path.read_bytes())
    at = data.index("هەولێر".encode())
    data[at : at + 2] = "ب".encode()
    path.write_bytes(data)
    assert refusal(path, folder) in ("store.document_damaged", "store.damaged")


class TestOpenInPlaceOfAnother:
    def test_a_copy_for_reading_goes_by_the_name_of_the_project(self, project, path, folder):
        after, _ = perform(project, adding(mention(1)))
        copy = take_snapshot(path, folder, MIGRATIONS)
        with ProjectFile.open_copy(path, copy, taken=MOMENT) as shown:
            assert (shown.path, shown.is_read_only, shown.taken) == (path, True, MOMENT)
            assert shown.annotations.read(HEADER) == after
            with pytest.raises(UserError, match=r"store\.read_only"):
                perform(shown, adding(mention(2)))
        assert os.listdir(folder) == [path.name]

    def test_a_copy_to_work_on_is_locked_itself(self, project, path, folder):
        copy = take_snapshot(path, folder, MIGRATIONS)
        with ProjectFile.open_copy(path, copy) as shown:
            assert (shown.path, shown.is_read_only, shown.taken) == (path, False, None)
            after, _ = perform(shown, adding(mention(1)))
            with pytest.raises(UserError, match=r"store\.locked"):
                ProjectFile.open_copy(path, copy)
        assert read(copy) == after
        assert project.annotations.read(HEADER) != after

    def test_a_copy_that_cannot_be_opened_leaves_no_lock(self, path, folder):
        copy = folder / "p.nishan"
        copy.write_bytes(b"nothing")
        with pytest.raises(UserError, match=r"store\.foreign"):
            ProjectFile.open_copy(path, copy)
        assert os.listdir(folder) == ["p.nishan"]


def test_an_older_project_is_brought_up_to_date_in_the_copy(path, folder):
    older = Migrations(MIGRATIONS.scripts[:-1])
    connection = sqlite3.connect(path)
    for script in older.scripts:
        connection.executescript(script)
    connection.executescript(
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {older.newest};"
        "INSERT INTO meta VALUES ('uuid', 'u'), ('generation', '0');"
    )
    connection.close()
    before = path.read_bytes()
    # There is no scheme in so bare a project, which the check at the end tells.
    assert refusal(path, folder) == "store.scheme_damaged"
    copy = folder / path.name
    assert read_version(copy, newest=MIGRATIONS.newest) == MIGRATIONS.newest
    assert path.read_bytes() == before
