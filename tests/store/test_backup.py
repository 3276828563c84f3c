"""Backups are listed by their names, read without being changed, and restored as new files."""

import json
import os
from datetime import UTC, datetime

import pytest

from annotator.foundation.errors import UserError
from annotator.store.backup import (
    backup_name,
    backups_in,
    folder_for,
    folder_of,
    other_folders,
    read_backup,
    remember_origin,
    restore,
)
from annotator.store.backup_thinning import BackupReason
from annotator.store.migrations import load_migrations
from annotator.store.project_file import ProjectFile
from tests.store.projects import (
    HEADER,
    adding,
    make_older,
    make_project,
    mention,
    perform,
)

MADE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


@pytest.fixture
def root(tmp_path):
    return tmp_path / "state"


@pytest.fixture
def folder(root, project):
    return folder_of(root, project.inventory().uuid)


@pytest.fixture
def backup(project, folder):
    perform(project, adding(mention(1), mention(2, 5, 9)))
    return project.begin_backup(folder, reason=BackupReason.MANUAL, made=MADE).finish()


class TestNames:
    @pytest.mark.parametrize("reason", BackupReason)
    def test_a_name_says_what_the_listing_reads(self, tmp_path, reason):
        name = backup_name(made=MADE, reason=reason, generation=7, number=12)
        assert name == f"20261125T093000Z-{reason.value}-g7-12.nishan"
        assert not set(name) & set('<>:"/\\|?* ')
        (tmp_path / name).write_text("x")
        (found,) = backups_in(tmp_path)
        assert (found.made, found.reason, found.generation) == (MADE, reason, 7)
        assert (found.number, found.size) == (12, 1)

    @pytest.mark.parametrize(
        "name",
        [
            "20261125T093000Z-lunch-g7-12.nishan",
            "20261399T093000Z-open-g7-12.nishan",
            "20261125T093000Z-open-g٧-12.nishan",
            "20261125T093000Z-open-g7-12.nishan-journal",
            ".~backup.nishan.0123456789ab.tmp",
            "project.json",
        ],
    )
    def test_other_files_are_passed_over(self, tmp_path, name):
        (tmp_path / name).write_text("x")
        assert backups_in(tmp_path) == ()

    def test_folders_and_links_are_passed_over(self, tmp_path, backup):
        (tmp_path / "x").mkdir()
        names = (f"20261125T093000Z-open-g7-{n}.nishan" for n in (1, 2))
        (tmp_path / "x" / next(names)).mkdir()
        try:
            (tmp_path / "x" / next(names)).symlink_to(backup.path)
        except OSError:
            pytest.skip("links need a right of their own here")
        assert backups_in(tmp_path / "x") == ()

    def test_no_folder_is_no_backups(self, tmp_path):
        assert backups_in(tmp_path / "nowhere") == ()


class TestReading:
    def test_reading_changes_nothing(self, project, backup):
        before = backup.path.read_bytes()
        assert read_backup(backup.path) == project.inventory()
        assert read_backup(backup.path, is_checked=False) == project.inventory()
        assert backup.path.read_bytes() == before
        assert sorted(os.listdir(backup.path.parent)) == [backup.path.name, "project.json"]

    def test_damage_is_told_with_the_name_of_the_backup(self, backup):
        data = backup.path.read_bytes()
        backup.path.write_bytes(data.replace(b'"GPE"', b'"XPE"'))
        with pytest.raises(UserError, match=r"store\.damaged") as caught:
            read_backup(backup.path)
        assert caught.value.values["name"] == backup.path.name

    def test_what_is_no_project_is_refused(self, tmp_path):
        (tmp_path / "x.nishan").write_text("x")
        with pytest.raises(UserError, match=r"store\.foreign"):
            read_backup(tmp_path / "x.nishan")


class TestRestoring:
    def test_the_restored_project_is_the_project(self, project, backup, tmp_path):
        target = tmp_path / "گەڕاوە.nishan"
        assert restore(backup.path, target) == project.inventory()
        with ProjectFile.open(target) as restored:
            assert restored.inventory() == project.inventory()
            assert restored.annotations.read(HEADER) == project.annotations.read(HEADER)
            perform(restored, adding(mention(3)))
        assert backup.path.exists()

    def test_nothing_is_overwritten(self, backup, tmp_path):
        target = tmp_path / "there.nishan"
        target.write_text("گرنگ")
        with pytest.raises(UserError, match=r"store\.exists"):
            restore(backup.path, target)
        assert target.read_text() == "گرنگ"

    def test_a_folder_that_is_not_there_is_told(self, backup, tmp_path):
        with pytest.raises(UserError, match=r"store\.missing") as caught:
            restore(backup.path, tmp_path / "nowhere" / "new.nishan")
        assert caught.value.values["name"] == "nowhere"

    def test_a_damaged_backup_makes_no_project(self, backup, tmp_path):
        data = backup.path.read_bytes()
        backup.path.write_bytes(data.replace(b'"GPE"', b'"XPE"'))
        with pytest.raises(UserError, match=r"store\.damaged"):
            restore(backup.path, tmp_path / "new.nishan")
        assert [name for name in os.listdir(tmp_path) if "new" in name] == []

    def test_a_stale_journal_is_not_replayed_into_it(self, project, backup, tmp_path):
        target = tmp_path / "new.nishan"
        journal = tmp_path / "new.nishan-journal"
        journal.write_bytes(JOURNAL_MAGIC + bytes(5000))
        restore(backup.path, target)
        assert not journal.exists()
        (aside,) = tmp_path.glob("new.nishan-journal.*.aside")
        assert aside.read_bytes() == JOURNAL_MAGIC + bytes(5000)
        with ProjectFile.open(target) as restored:
            restored.check()
            assert restored.inventory() == project.inventory()

    @pytest.mark.parametrize("version", range(1, load_migrations().newest))
    def test_a_backup_of_an_older_program_is_restored_and_then_migrated(
        self, path, tmp_path, version
    ):
        with make_project(path) as project:
            before, _ = perform(project, adding(mention(1)))
        make_older(path, version)
        name = backup_name(made=MADE, reason=BackupReason.OPEN, generation=1, number=1)
        backup = path.rename(tmp_path / name)
        assert read_backup(backup).mentions == 1
        target = tmp_path / "new.nishan"
        restore(backup, target)
        assert target.read_bytes()[60:64] == version.to_bytes(4, "big")
        with ProjectFile.open(target) as restored:
            restored.check()
            assert restored.annotations.read(HEADER) == before


class TestFinding:
    def test_a_whole_file_tells_where_its_backups_are(self, project, root, backup, path, tmp_path):
        project.close()
        moved = path.rename(tmp_path / "elsewhere.nishan")
        assert folder_for(root, moved) == backup.path.parent

    def test_a_file_in_use_is_found_by_its_path(self, root, backup, path):
        assert folder_for(root, path) == backup.path.parent

    def test_a_damaged_file_is_found_by_its_path(self, project, root, backup, path):
        project.close()
        path.write_bytes(bytes(5000))
        assert folder_for(root, path) == backup.path.parent
        path.unlink()
        assert folder_for(root, path) == backup.path.parent

    def test_a_file_that_was_cut_off_tells_by_its_pages(
        self, project, root, backup, path, tmp_path
    ):
        project.close()
        moved = path.rename(tmp_path / "elsewhere.nishan")
        moved.write_bytes(moved.read_bytes()[: 4096 * 6])
        assert folder_for(root, moved) == backup.path.parent

    def test_one_that_has_lost_its_first_page_tells_too(
        self, project, root, backup, path, tmp_path
    ):
        project.close()
        moved = path.rename(tmp_path / "elsewhere.nishan")
        moved.write_bytes(bytes(4096) + moved.read_bytes()[4096:])
        assert folder_for(root, moved) == backup.path.parent

    def test_one_of_which_nothing_is_left_does_not(self, project, root, backup, path, tmp_path):
        project.close()
        moved = path.rename(tmp_path / "elsewhere.nishan")
        moved.write_bytes(moved.read_bytes()[:4096])
        assert folder_for(root, moved) is None

    def test_other_folders_come_by_name_and_then_by_time(self, root):
        days = {"a": 1, "b": 3, "c": 2, "d": 4}
        for name, day in days.items():
            folder = folder_of(root, name)
            folder.mkdir(parents=True)
            made = datetime(2026, 11, day, tzinfo=UTC)
            listed = backup_name(made=made, reason=BackupReason.WORK, generation=1, number=1)
            (folder / listed).touch()
            if name != "d":
                remember_origin(folder, root / name / f"{name}.nishan")
        folder_of(root, "empty").mkdir()
        found = [(at.name, of and of.name) for at, of in other_folders(root, "C.nishan")]
        assert found == [("c", "c.nishan"), ("d", None), ("b", "b.nishan"), ("a", "a.nishan")]
        assert other_folders(root / "nowhere", "c.nishan") == ()

    def test_strangers_have_no_backups(self, root, backup, tmp_path):
        with make_project(tmp_path / "other.nishan"):
            pass
        assert folder_for(root, tmp_path / "other.nishan") is None
        assert folder_for(tmp_path / "nowhere", tmp_path / "other.nishan") is None

    def test_the_last_paths_are_remembered(self, folder):
        folder.mkdir(parents=True)
        note = folder / "project.json"
        for name in ("a", "b", "b", "a"):
            remember_origin(folder, folder / name)
        assert json.loads(note.read_text())["paths"] == [str(folder / "a"), str(folder / "b")]
        for number in range(20):
            remember_origin(folder, folder / f"{number}")
        assert len(json.loads(note.read_text())["paths"]) == 8

    @pytest.mark.parametrize("content", ["", "[]", "{}", '{"paths": 3}', "\x00"])
    def test_a_damaged_note_is_written_anew(self, folder, content):
        folder.mkdir(parents=True)
        (folder / "project.json").write_text(content)
        remember_origin(folder, folder / "a")
        assert json.loads((folder / "project.json").read_text())["paths"] == [str(folder / "a")]
