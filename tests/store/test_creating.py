"""Projects are made, copied and brought to a newer schema whole or not at all."""

import os
from pathlib import Path

import pytest

from annotator.foundation.errors import UserError
from annotator.store import atomic, opening
from annotator.store.migrations import Migrations, load_migrations
from annotator.store.project_file import ProjectFile
from tests.store.projects import (
    HEADER,
    NOW,
    SCHEME,
    adding,
    decision,
    make_older,
    make_project,
    mention,
    perform,
)

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to become another user"
)

NEWEST = load_migrations().newest


def create(path):
    return ProjectFile.create(path, scheme_json=SCHEME, name="x", now=NOW)


@pytest.fixture
def closed(path):
    """The path of a project with a little work in it."""
    with make_project(path) as project:
        perform(project, adding(mention(1)))
    return path


class TestCreating:
    def test_a_new_project_holds_what_it_was_given(self, path):
        with create(path) as project:
            assert project.path == path
            assert (project.schemes.current(), project.meta.get("name")) == (SCHEME, "x")
            assert project.documents.count() == 0
        data = path.read_bytes()
        assert (data[68:72], data[60:64]) == (b"NISH", NEWEST.to_bytes(4, "big"))

    def test_two_projects_have_two_identities(self, tmp_path):
        with create(tmp_path / "a") as one, create(tmp_path / "b") as other:
            assert one.meta.get("uuid") != other.meta.get("uuid")

    def test_nothing_is_overwritten(self, path):
        path.write_text("گرنگ")
        with pytest.raises(UserError, match=r"store\.exists"):
            create(path)
        assert path.read_text() == "گرنگ"
        assert os.listdir(path.parent) == [path.name]

    def test_a_missing_folder_is_told(self, tmp_path):
        with pytest.raises(UserError, match=r"store\.missing"):
            create(tmp_path / "none" / "p.nishan")

    @pytest.mark.parametrize("step", ["fsync", "rename", "migrate"])
    def test_an_interrupted_creation_leaves_nothing(self, path, monkeypatch, step):
        def fail(*_arguments, **_values):
            raise OSError(28, "No space left on device")

        match step:
            case "fsync":
                monkeypatch.setattr(atomic.os, "fsync", _after_the_lock(fail))
            case "rename":
                monkeypatch.setattr(Path, "rename", fail)
            case "migrate":
                monkeypatch.setattr(opening.Migrations, "migrate", fail)
        with pytest.raises((UserError, OSError)):
            create(path)
        assert os.listdir(path.parent) == []
        monkeypatch.undo()
        create(path).close()

    def test_leftovers_of_a_killed_creation_are_removed(self, path):
        leftovers = [f".~{path.name}.0123.tmp", f".~{path.name}.0123.tmp-journal"]
        for name in [*leftovers, ".~other.nishan.0123.tmp"]:
            (path.parent / name).write_bytes(b"x")
        create(path).close()
        assert sorted(os.listdir(path.parent)) == [".~other.nishan.0123.tmp", path.name]

    def test_opening_removes_them_too(self, path):
        create(path).close()
        (path.parent / f".~{path.name}.0123.tmp").write_bytes(b"x")
        ProjectFile.open(path).close()
        assert os.listdir(path.parent) == [path.name]

    def test_the_first_annotator_is_there_with_the_project_or_not_at_all(self, path):
        with ProjectFile.create(
            path, scheme_json=SCHEME, name="x", now=NOW, annotator="ئارام"
        ) as made:
            assert [(person.id, person.name) for person in made.people.all()] == [("a1", "ئارام")]
        path.unlink()
        with pytest.raises(UserError, match="name_blank"):
            ProjectFile.create(path, scheme_json=SCHEME, name="x", now=NOW, annotator=" ")
        assert os.listdir(path.parent) == []


def _after_the_lock(fail):
    real, calls = os.fsync, []

    def fsync(handle):
        calls.append(handle)
        return real(handle) if len(calls) == 1 else fail()

    return fsync


class TestCopies:
    def test_a_copy_is_whole_and_nothing_is_overwritten(self, project, path, tmp_path):
        after, _ = perform(project, adding(mention(1)))
        target = tmp_path / "copy.nishan"
        project.save_copy(target)
        with ProjectFile.open(target) as copy:
            assert copy.annotations.read(HEADER) == after
            assert copy.meta.get("uuid") == project.meta.get("uuid")
            copy.check()
        with pytest.raises(UserError, match=r"store\.exists"):
            project.save_copy(target)
        with pytest.raises(UserError, match=r"store\.exists"):
            project.save_copy(path)


class TestMigrations:
    def newer(self, script):
        return Migrations((*load_migrations().scripts, script))

    def test_an_older_file_is_copied_and_brought_up(self, closed):
        migrations = self.newer("CREATE TABLE notes (body TEXT NOT NULL) STRICT")
        before = closed.read_bytes()
        for _ in range(2):
            with ProjectFile.open_with(closed, migrations) as project:
                assert len(project.annotations.read(HEADER)) == 1
        assert closed.read_bytes()[60:64] == (NEWEST + 1).to_bytes(4, "big")
        copy = closed.with_name(f"{closed.stem}.version-{NEWEST}.nishan")
        with ProjectFile.open(copy) as old:
            assert len(old.annotations.read(HEADER)) == 1
        assert len(copy.read_bytes()) == len(before)
        with pytest.raises(UserError, match=r"store\.newer"):
            ProjectFile.open(closed)

    def test_a_copy_that_holds_something_else_is_kept_beside_a_new_one(self, closed):
        first = closed.with_name(f"{closed.stem}.version-{NEWEST}.nishan")
        second = closed.with_name(f"{closed.stem}.version-{NEWEST}-2.nishan")
        for number in (2, 3):
            stale = closed.read_bytes()
            first.write_bytes(stale if number == 2 else b"x")
            with ProjectFile.open(closed) as project:
                perform(project, adding(mention(number, 5, 9)))
                held = project.inventory()
            work = closed.read_bytes()
            with ProjectFile.open_with(closed, self.newer("CREATE TABLE notes (x TEXT) STRICT")):
                pass
            with ProjectFile.open(second) as copy:
                assert copy.inventory() == held
            assert first.read_bytes() in (stale, b"x")
            second.unlink()
            closed.write_bytes(work)

    def test_a_migration_that_fails_changes_nothing(self, closed):
        migrations = self.newer(
            "CREATE TABLE notes (body TEXT) STRICT; INSERT INTO none VALUES (1)"
        )
        before = closed.read_bytes()
        with pytest.raises(Exception, match=r"store\.sql"):
            ProjectFile.open_with(closed, migrations)
        assert closed.read_bytes() == before
        with ProjectFile.open(closed) as project:
            assert len(project.annotations.read(HEADER)) == 1

    @pytest.mark.parametrize("version", range(1, NEWEST))
    def test_a_file_of_every_older_version_opens_with_all_it_holds(self, path, version):
        with make_project(path) as project:
            before, _ = perform(project, adding(mention(1), mention(2, 6, 11)))
        make_older(path, version)
        assert path.read_bytes()[60:64] == version.to_bytes(4, "big")
        with ProjectFile.open(path) as project:
            assert project.annotations.read(HEADER) == before
            after, _ = perform(project, adding(mention(3, 12, 14), decision(1)))
            project.check()
        with ProjectFile.open(path) as project:
            assert project.annotations.read(HEADER) == after
