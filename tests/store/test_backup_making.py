"""A backup is made in steps beside work, holds the last moment, and appears whole or not at all."""

import os
import time
from collections import namedtuple
from datetime import UTC, datetime

import pytest

from annotator.foundation.errors import Defect, UserError
from annotator.store import backup_making
from annotator.store.backup import backups_in, read_backup
from annotator.store.backup_making import FORGOTTEN_SECONDS, RESERVE
from annotator.store.backup_thinning import BackupReason
from tests.store.projects import DOCUMENT, HEADER, adding, mention, perform

MADE = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
SLICE = 0.0
"""Seconds: one step at a time."""
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups" / "one"


def begin(project, folder, reason=BackupReason.WORK, made=MADE):
    return project.begin_backup(folder, reason=reason, made=made)


def many(project, count=400):
    """Enough content for several steps."""
    perform(project, adding(*(mention(n, n, n + 60) for n in range(1, count + 1))))


def names(folder):
    return sorted(os.listdir(folder))


def test_a_backup_holds_what_the_project_holds(project, folder):
    many(project)
    made = begin(project, folder).finish()
    assert made.path.name == "20261125T093000Z-work-g1-1.nishan"
    assert backups_in(folder) == (made,)
    assert made.size == made.path.stat().st_size
    assert read_backup(made.path) == project.inventory()
    assert names(folder) == [made.path.name, "project.json"]
    if os.name == "posix":
        assert folder.stat().st_mode & 0o077 == 0


def test_it_is_made_in_steps(project, folder):
    many(project)
    making = begin(project, folder)
    steps = 1
    while making.advance(SLICE):
        assert backups_in(folder) == ()
        steps += 1
    assert steps > 12
    assert not making.advance(SLICE)
    assert making.inventory == project.inventory()
    assert making.finish() == making.backup == backups_in(folder)[0]


def test_work_between_the_steps_is_in_it(project, folder, monkeypatch):
    monkeypatch.setattr(backup_making, "_PAGES", 1)
    many(project)
    making = begin(project, folder)
    number = 400
    while making.advance(SLICE) and making.inventory is None:
        number += 1
        perform(project, adding(mention(number, 0, 9)))
    assert number > 420
    held = project.inventory()
    assert making.inventory == held
    perform(project, adding(mention(999)))
    while making.advance(SLICE):
        pass
    assert read_backup(making.backup.path) == held != project.inventory()


def test_nothing_is_copied_during_a_transaction(project, folder):
    many(project)
    making = begin(project, folder)
    making.advance(SLICE)
    with project.transaction() as tx:
        project.people.add(tx, "ئارام", at="2026-11-25T09:00:00Z")
        for _ in range(50):
            assert making.advance(SLICE)
        assert making.inventory is None
    assert read_backup(making.finish().path) == project.inventory()
    with project.transaction(), pytest.raises(Defect, match=r"store\.nested_transaction"):
        begin(project, folder).finish()


@pytest.mark.parametrize("steps", [1, 2, 5, 9])
def test_one_that_is_given_up_leaves_nothing(project, folder, steps):
    many(project)
    making = begin(project, folder)
    for _ in range(steps):
        assert making.advance(SLICE)
    making.abandon()
    assert names(folder) == ["project.json"]
    assert not making.advance(SLICE)
    with pytest.raises(Defect, match=r"backup\.abandoned"):
        making.finish()
    perform(project, adding(mention(999)))
    project.check()


def test_damage_in_the_project_is_found_and_makes_no_backup(project, folder):
    perform(project, adding(mention(1)))
    with project.transaction() as tx:
        tx.execute("UPDATE annotations SET digest = zeroblob(16)")
    with pytest.raises(UserError, match=r"store\.damaged") as caught:
        begin(project, folder).finish()
    assert caught.value.values["name"] == project.path.name
    assert names(folder) == ["project.json"]


def test_a_copy_that_differs_makes_no_backup(project, folder, monkeypatch):
    taken = backup_making.inventory_of
    monkeypatch.setattr(
        backup_making,
        "inventory_of",
        lambda connection: None if connection.is_read_only else taken(connection),
    )
    with pytest.raises(UserError, match=r"backup\.differs"):
        begin(project, folder).finish()
    assert backups_in(folder) == ()


def test_the_last_room_on_a_disk_is_left_to_work(project, folder, monkeypatch):
    size = project.path.stat().st_size
    for free, is_refused in ((RESERVE + size - 1, True), (RESERVE + size, False)):
        monkeypatch.setattr(
            backup_making.shutil, "disk_usage", lambda _, free=free: Usage(0, 0, free)
        )
        if is_refused:
            with pytest.raises(UserError, match=r"backup\.no_room"):
                begin(project, folder).finish()
            assert names(folder) == []
        else:
            begin(project, folder).finish()


def test_a_folder_that_cannot_be_made_is_told(project, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match=r"store\."):
        begin(project, tmp_path / "file" / "one").finish()


def test_leftovers_go_unless_somebody_may_be_at_work_on_them(project, folder):
    folder.mkdir(parents=True)
    old = folder / ".~backup.nishan.0123456789ab.tmp"
    young = folder / ".~backup.nishan.ba9876543210.tmp"
    future = folder / ".~backup.nishan.ffffffffffff.tmp-journal"
    other = folder / "mine.txt"
    for path in (old, young, future, other):
        path.write_text("x")
    now = time.time()
    os.utime(old, (now, now - FORGOTTEN_SECONDS - 9))
    os.utime(future, (now, now + 400 * 86_400))
    os.utime(other, (now, 0))
    begin(project, folder).finish()
    assert not old.exists()
    assert not future.exists()
    assert young.exists()
    assert other.exists()


def test_numbers_go_on_whatever_the_clock_says(project, folder):
    clocks = (MADE, datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC), MADE)
    made = [begin(project, folder, made=clock).finish() for clock in clocks]
    assert [backup.number for backup in made] == [1, 2, 3, 4]
    assert [backup.number for backup in backups_in(folder)] == [4, 3, 2, 1]
    assert [backup.made for backup in made] == list(clocks)


def test_a_broken_project_can_be_backed_up(project, folder):
    perform(project, adding(mention(1)))
    project._connection.is_broken = True
    assert read_backup(begin(project, folder).finish().path).mentions == 1
    assert project.annotations.header(DOCUMENT.id, HEADER.id) is not None
