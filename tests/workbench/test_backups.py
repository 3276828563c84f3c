"""When a backup is made, that a failure never stops work, and how a project comes back."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from annotator.core.edits import Focus
from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder
from annotator.store import backup_making
from annotator.store.doctor.repairing import repair
from annotator.store.project_file import ProjectFile
from annotator.workbench import backups as module
from annotator.workbench.backups import (
    MOST_DELETED,
    WORK_SECONDS,
    BackupReason,
    Backups,
    OtherBackup,
    backups_of,
    fuller_backup,
    has_other_backups,
    newest_good,
    other_backups,
    read_backup,
    restore_beside,
    told_by,
)
from annotator.workbench.opening import is_damage
from annotator.workbench.trash import Trash
from tests.store.doctor.patients import finished
from tests.workbench.projects import mark, new_project, opened, project_with

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Ticks:
    """A clock for both times: seconds that pass, and the moment they lead to."""

    def __init__(self):
        self.seconds = 0.0
        self.start = NOW

    def __call__(self):
        return self.seconds

    def now(self):
        return self.start + timedelta(seconds=self.seconds)


@pytest.fixture
def ticks():
    return Ticks()


@pytest.fixture
def workspace(tmp_path):
    workspace = opened(project_with(tmp_path))
    yield workspace
    workspace.close()


@pytest.fixture
def backups(workspace, ticks):
    made = Backups(workspace.project, root=state_folder(), clock=ticks.now, ticks=ticks)
    yield made
    made.stop()


@pytest.fixture
def heard(backups):
    """What was told of failures."""
    errors = []
    backups.failed.add(errors.append)
    return errors


def finish(backups):
    while backups.advance(10.0):
        pass


def reasons(backups):
    return [backup.reason.value for backup in backups.all()]


def no_room(monkeypatch):
    monkeypatch.setattr(backup_making, "RESERVE", 10**18)


def test_backups_of_a_repaired_copy_are_not_among_those_of_the_project(workspace, backups, ticks):
    made = backups.make_now()
    path = workspace.path
    repaired = path.with_name("repaired.nishan")
    workspace.close()
    finished(repair(path, repaired, now="2026-11-25T09:00:00Z"))
    with ProjectFile.open(repaired) as project:
        own = Backups(project, root=state_folder(), clock=ticks.now, ticks=ticks)
        own.make_now()
        assert len(own.all()) == 1
    assert backups_of(path, state_folder()) == (made,)


class TestWhen:
    def test_the_first_opening_makes_one_and_the_next_does_not(self, workspace, backups, ticks):
        assert backups.begin(BackupReason.OPEN)
        assert backups.is_at_work
        finish(backups)
        assert not backups.is_at_work
        assert reasons(backups) == ["open"]
        again = Backups(workspace.project, root=state_folder(), clock=ticks.now, ticks=ticks)
        assert not again.begin(BackupReason.OPEN)
        assert not again.advance(1.0)
        mark(workspace, "هەولێر", "GPE")
        assert again.begin(BackupReason.OPEN)
        again.stop()
        assert not again.is_at_work
        assert reasons(again) == ["open"]

    def test_looking_at_documents_makes_none(self, workspace, backups, ticks):
        backups.before(BackupReason.IMPORT)
        for name in ("b", "c", "a"):
            workspace.remember_place(Focus(3, 3))
            workspace.open(name)
        assert not backups.begin(BackupReason.OPEN)

    def test_work_is_backed_up_every_quarter_of_an_hour(self, workspace, backups, ticks):
        backups.before(BackupReason.OPEN)
        for word in ("ئازاد", "هەولێر"):
            mark(workspace, word, "PER")
            ticks.seconds += WORK_SECONDS - 1
            assert not backups.begin_if_due()
            ticks.seconds += 1
            assert backups.begin_if_due()
            assert not backups.begin_if_due()
            finish(backups)
        ticks.seconds += WORK_SECONDS
        assert not backups.begin_if_due()
        assert reasons(backups) == ["work", "work", "open"]

    def test_a_backup_before_something_is_made_at_once(self, workspace, backups):
        told = []
        backups.made.add(told.append)
        first = backups.before(BackupReason.IMPORT)
        assert read_backup(first.path) == workspace.project.inventory()
        assert backups.before(BackupReason.MERGE) == first
        mark(workspace, "هەولێر", "GPE")
        second = backups.before(BackupReason.MERGE)
        assert told == [first, second]
        assert reasons(backups) == ["merge", "import"]

    @pytest.mark.parametrize("reason", [BackupReason.MIGRATION, BackupReason.REPAIR])
    def test_what_is_kept_longer_is_made_even_of_the_same(self, backups, reason):
        backups.before(BackupReason.OPEN)
        assert backups.before(reason).reason is reason
        assert backups.make_now().reason is BackupReason.MANUAL
        assert len(backups.all()) == 3

    def test_one_on_its_way_gives_way(self, backups):
        backups.begin(BackupReason.OPEN)
        backups.advance(0.0)
        backups.make_now()
        assert not backups.is_at_work
        assert reasons(backups) == ["manual"]

    def test_a_project_that_can_only_be_looked_at_needs_none(self, backups, monkeypatch):
        monkeypatch.setattr(ProjectFile, "is_read_only", property(lambda _: True))
        assert not backups.begin(BackupReason.OPEN)
        assert backups.before(BackupReason.IMPORT) is None
        assert backups.make_now().reason is BackupReason.MANUAL

    def test_a_newest_that_cannot_be_read_is_replaced(self, workspace, backups, ticks):
        backups.make_now().path.write_bytes(b"x")
        again = Backups(workspace.project, root=state_folder(), clock=ticks.now, ticks=ticks)
        assert again.begin(BackupReason.OPEN)
        again.stop()

    def test_a_project_without_documents_needs_none(self, tmp_path, ticks):
        with new_project(tmp_path, name="empty.nishan") as project:
            backups = Backups(project, root=state_folder(), clock=ticks.now, ticks=ticks)
            assert not backups.begin(BackupReason.OPEN)
            assert backups.before(BackupReason.IMPORT) is None

    def test_one_that_somebody_deleted_is_made_again(self, backups):
        backups.make_now().path.unlink()
        assert backups.begin(BackupReason.OPEN)


class TestFailing:
    def test_a_failure_is_told_once_and_work_goes_on(
        self, workspace, backups, ticks, heard, monkeypatch
    ):
        with monkeypatch.context() as patch:
            no_room(patch)
            for _ in range(3):
                assert backups.begin(BackupReason.OPEN)
                assert not backups.advance(1.0)
                assert not backups.is_at_work
                assert backups.before(BackupReason.IMPORT) is None
                mark(workspace, "هەولێر", "GPE")
                workspace.open_document.undo()
            assert [error.key for error in heard] == ["backup.no_room"]
        backups.make_now()
        mark(workspace, "هەولێر", "GPE")
        no_room(monkeypatch)
        backups.before(BackupReason.IMPORT)
        assert len(heard) == 2

    @pytest.mark.parametrize("reason", [BackupReason.MIGRATION, BackupReason.REPAIR])
    def test_what_cannot_be_taken_back_is_stopped(self, backups, heard, monkeypatch, reason):
        no_room(monkeypatch)
        with pytest.raises(UserError, match=r"backup\.no_room"):
            backups.before(reason)
        with pytest.raises(UserError, match=r"backup\.no_room"):
            backups.make_now()
        assert heard == []

    def test_a_folder_without_permission_is_told(self, backups, heard):
        backups.folder.parent.mkdir(parents=True)
        backups.folder.write_text("not a folder")
        backups.begin(BackupReason.OPEN)
        finish(backups)
        assert [error.key for error in heard] == ["store.exists"]

    def test_a_project_without_an_identity_is_told(self, workspace, backups, heard):
        with workspace.project.transaction() as tx:
            workspace.project.meta.set(tx, "uuid", "../..")
        assert not backups.begin(BackupReason.OPEN)
        assert [error.key for error in heard] == ["store.damaged"]


class TestThinning:
    def test_a_year_of_work_stays_small(self, workspace, backups, ticks):
        for day in range(40):
            ticks.seconds = day * 86_400.0
            backups.make_now() if day % 20 == 0 else self.work(workspace, backups)
        held = backups.all()
        assert held[0].made == ticks.now()
        assert {backup.reason.value for backup in held} == {"manual", "import"}
        assert 32 <= len(held) <= 36

    def work(self, workspace, backups):
        mark(workspace, "هەولێر", "GPE")
        backups.before(BackupReason.IMPORT)
        workspace.open_document.undo()
        backups.before(BackupReason.IMPORT)

    def test_room_is_kept_and_few_go_at_a_time(self, workspace, backups, ticks, monkeypatch):
        for _ in range(12):
            backups.make_now()
        monkeypatch.setattr(module, "ROOM", 1)
        backups.make_now()
        assert [backup.number for backup in backups.all()] == list(range(13, MOST_DELETED, -1))

    def test_a_clock_that_jumps_does_no_harm(self, workspace, backups, ticks):
        for year, label in ((2026, "GPE"), (1970, "LOC"), (2099, "PER"), (2026, "ORG")):
            ticks.start = datetime(year, 1, 1, tzinfo=UTC)
            mark(workspace, "هەولێر", label)
            made = backups.before(BackupReason.IMPORT)
            assert backups.all()[0] == made
            assert read_backup(made.path) == workspace.project.inventory()
            assert not backups.begin(BackupReason.OPEN)
        assert len(backups.all()) == 4


class TestRestoring:
    def test_the_newest_whole_one_is_found_for_a_damaged_file(self, workspace, backups):
        first = backups.make_now()
        mark(workspace, "هەولێر", "GPE")
        second = backups.make_now()
        path, held = workspace.path, read_backup(first.path)
        workspace.close()
        assert told_by(path) == read_backup(second.path)
        path.write_bytes(bytes(9_000))
        with pytest.raises(UserError) as caught:
            ProjectFile.open(path)
        assert is_damage(caught.value)
        assert told_by(path) is None
        assert [backup.path for backup in backups_of(path, state_folder())] == [
            second.path,
            first.path,
        ]
        second.path.write_bytes(second.path.read_bytes().replace(b'"GPE"', b'"XPE"'))
        assert newest_good(path, state_folder()) == (first, held)
        first.path.unlink()
        assert newest_good(path, state_folder()) is None

    def test_an_empty_one_does_not_hide_what_was_there_before(self, workspace, backups):
        mark(workspace, "هەولێر", "GPE")
        full = backups.make_now()
        workspace.open_document.undo()
        empty = backups.make_now()
        path = workspace.path
        workspace.close()
        assert newest_good(path, state_folder())[0] == full
        full.path.unlink()
        assert newest_good(path, state_folder())[0] == empty

    def test_what_is_in_the_trash_counts(self, workspace, backups):
        mark(workspace, "هەولێر", "GPE")
        less = backups.make_now()
        mark(workspace, "ئازاد", "PER")
        here = workspace.open_document.document.id
        Trash(workspace.project, workspace.changes).remove_documents([here])
        newest, path = backups.make_now(), workspace.path
        workspace.close()
        assert read_backup(newest.path).annotations < read_backup(less.path).annotations
        assert newest_good(path, state_folder())[0] == newest
        assert fuller_backup(path, state_folder(), path) is None
        assert fuller_backup(path, state_folder(), less.path)[0] == newest

    def test_one_that_holds_more_than_a_repaired_copy_is_found(self, workspace, backups):
        mark(workspace, "هەولێر", "GPE")
        full, path = backups.make_now(), workspace.path
        held = read_backup(full.path)
        workspace.open_document.undo()
        less = backups.make_now()
        workspace.close()
        assert fuller_backup(path, state_folder(), less.path) == (full, held)
        assert fuller_backup(path, state_folder(), full.path) is None
        assert fuller_backup(path, state_folder(), path.with_name("nowhere.nishan")) is None
        full.path.write_bytes(full.path.read_bytes().replace(b'"GPE"', b'"XPE"'))
        assert fuller_backup(path, state_folder(), less.path) is None

    def test_a_file_that_tells_nothing_is_shown_those_of_others(self, workspace, backups, tmp_path):
        kept, path = backups.make_now(), workspace.path
        held = read_backup(kept.path)
        workspace.close()
        ruin = tmp_path / "elsewhere" / path.name
        stranger = ruin.with_name("stranger.nishan")
        found = [OtherBackup(path, kept, held)]
        for file in (ruin, stranger):
            assert newest_good(file, state_folder()) is None
            assert list(other_backups(file, state_folder())) == found
            assert has_other_backups(file, state_folder())
        assert has_other_backups(ruin, state_folder(), of_same_name=True)
        assert not has_other_backups(stranger, state_folder(), of_same_name=True)
        kept.path.write_bytes(b"")
        assert list(other_backups(ruin, state_folder())) == []
        assert not has_other_backups(ruin, tmp_path / "nowhere")

    def test_a_copy_appears_beside_the_damaged_file_under_free_names(self, workspace, backups):
        backup, path = backups.make_now(), workspace.path
        workspace.close()
        path.write_bytes(b"damaged")
        made = [restore_beside(backup.path, path) for _ in range(2)]
        assert [copy.name for copy in made] == [
            f"{path.stem}-restored.nishan",
            f"{path.stem}-restored-2.nishan",
        ]
        assert path.read_bytes() == b"damaged"
        for copy in made:
            with ProjectFile.open(copy) as project:
                assert project.inventory() == read_backup(backup.path)
        assert not [name for name in os.listdir(path.parent) if name.endswith(".tmp")]

    def test_a_file_without_backups_has_none(self, workspace):
        assert backups_of(workspace.path, state_folder()) == ()
        assert newest_good(workspace.path, state_folder()) is None
