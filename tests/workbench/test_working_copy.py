"""Working on a copy of a project that lies where others can write."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder
from annotator.store.lock_file import lock_path
from annotator.store.project_file import ProjectFile
from annotator.workbench.kept_work import kept_work_for
from annotator.workbench.taking_home import open_working_copy
from tests.store.projects import HEADER, adding, make_project, mention, perform


class Now:
    """A clock that goes on a minute at every look."""

    def __init__(self):
        self.moment = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)

    def __call__(self):
        self.moment += timedelta(minutes=1)
        return self.moment


@pytest.fixture
def clock():
    return Now()


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "share" / "هەواڵ.nishan"
    path.parent.mkdir()
    make_project(path).close()
    return path


@pytest.fixture
def copy(target, clock):
    made = open_working_copy(target, clock)
    yield made
    made.project.close()
    made.close()


def mentions(path):
    with ProjectFile.open(path) as project:
        return len(project.annotations.read(HEADER))


def mark(copy, number):
    perform(copy.project, adding(mention(number, number, number + 3)))


def put_back(copy, **values):
    assert copy.send(**values)
    return copy.arrived(within=30)


def leave(copy):
    """End as after kill -9: the system takes the locks away, and nothing is put back."""
    copy.project.close()
    if copy._lock is not None:
        copy._lock._close()


def names(target):
    return sorted(name for name in os.listdir(target.parent) if not name.startswith(".~lock"))


def copies():
    return list((state_folder() / "working").glob("*"))


def change_there(target, number=90):
    """What somebody does who does not see our lock: they have a copy and put it over ours."""
    other = target.with_name("other")
    other.write_bytes(target.read_bytes())
    with ProjectFile.open(other) as project:
        perform(project, adding(mention(number, 5, 9)))
    os.replace(other, target)
    return target.read_bytes()


def test_work_is_done_here_and_put_back_when_asked(copy, target):
    before = target.read_bytes()
    assert copy.project.path == target
    assert copy.sign.key == "place.not_published"
    mark(copy, 1)
    assert target.read_bytes() == before
    assert names(target) == [target.name]
    assert put_back(copy) is None
    assert (copy.sign.key, copy.sign.values["moment"].hour) == ("place.published", 14)
    assert target.read_bytes() != before
    assert not copy.send()
    mark(copy, 2)
    put_back(copy)
    copy.project.close()
    copy.close()
    assert mentions(target) == 2
    assert os.listdir(target.parent) == [target.name]
    assert copies() == []


def test_closing_puts_back_what_is_left(target, clock):
    copy = open_working_copy(target, clock)
    mark(copy, 1)
    copy.project.close()
    assert copy.close() is None
    assert mentions(target) == 1
    assert copies() == []


def test_looking_changes_nothing(target, clock):
    before = target.read_bytes(), target.stat().st_mtime_ns
    copy = open_working_copy(target, clock)
    copy.project.close()
    copy.close()
    assert (target.read_bytes(), target.stat().st_mtime_ns) == before
    assert os.listdir(target.parent) == [target.name]


def test_others_are_told_who_works_on_it(copy, target, clock):
    assert lock_path(target).exists()
    with pytest.raises(UserError, match=r"store\.locked"):
        open_working_copy(target, clock)
    with pytest.raises(UserError, match=r"store\.locked"):
        ProjectFile.open(target)
    assert len(copies()) == 1


def test_work_goes_on_after_a_crash(target, clock):
    copy = open_working_copy(target, clock)
    mark(copy, 1)
    put_back(copy)
    mark(copy, 2)
    leave(copy)
    assert kept_work_for(target).is_ahead
    again = open_working_copy(target, clock)
    assert again.news.key == "place.goes_on"
    assert len(again.project.annotations.read(HEADER)) == 2
    again.project.close()
    again.close()
    assert mentions(target) == 2
    assert copies() == []


def test_a_crash_with_nothing_to_put_back_begins_anew(target, clock):
    copy = open_working_copy(target, clock)
    mark(copy, 1)
    put_back(copy)
    leave(copy)
    theirs = change_there(target)
    again = open_working_copy(target, clock)
    assert again.news is None
    assert len(again.project.annotations.read(HEADER)) == 2
    again.project.close()
    again.close()
    assert target.read_bytes() == theirs


def test_a_crash_before_the_arrival_was_noted_is_no_conflict(target, clock):
    copy = open_working_copy(target, clock)
    mark(copy, 1)
    copy.send()
    copy._courier.arrived(within=30)  # it is there, and nothing has been noted
    leave(copy)
    again = open_working_copy(target, clock)
    assert again.news.key == "place.goes_on"
    again.project.close()
    assert again.close() is None
    assert names(target) == [target.name]
    assert mentions(target) == 1


def test_a_change_there_is_never_overwritten(copy, target):
    mark(copy, 1)
    put_back(copy)
    theirs = change_there(target)
    mark(copy, 2)
    told = put_back(copy)
    assert told.key == "place.conflict"
    assert target.read_bytes() == theirs
    beside = target.with_name(told.values["other"])
    assert copy.project.path == copy.target == beside
    assert copy.sign.key == "place.beside"
    mark(copy, 3)
    assert put_back(copy) is None
    copy.project.close()
    copy.close()
    assert names(target) == sorted([target.name, beside.name])
    assert mentions(beside) == 3
    assert target.read_bytes() == theirs


def test_a_change_there_after_a_crash_puts_ours_beside(target, clock):
    copy = open_working_copy(target, clock)
    mark(copy, 1)
    leave(copy)
    theirs = change_there(target)
    again = open_working_copy(target, clock)
    assert again.news.key == "place.conflict"
    beside = target.with_name(again.news.values["other"])
    assert len(again.project.annotations.read(HEADER)) == 1
    again.project.close()
    again.close()
    assert target.read_bytes() == theirs
    assert mentions(beside) == 1
    assert copies() == []


def test_while_the_place_is_gone_work_goes_on_here(copy, target):
    away = target.parent.with_name("away")
    mark(copy, 1)
    target.parent.rename(away)
    told = put_back(copy)
    assert (told.key, copy.sign.key) == ("place.away", "place.unreachable")
    mark(copy, 2)
    assert put_back(copy) is None
    away.rename(target.parent)
    assert put_back(copy).key == "place.back"
    assert copy.sign.key == "place.published"
    assert lock_path(target).exists()
    copy.project.close()
    copy.close()
    assert mentions(target) == 2


def test_closing_while_the_place_is_gone_keeps_the_work_for_the_next_time(target, clock):
    away = target.parent.with_name("away")
    copy = open_working_copy(target, clock)
    mark(copy, 1)
    target.parent.rename(away)
    copy.project.close()
    assert copy.close().key == "place.away"
    again = open_working_copy(target, clock)
    assert (again.news.key, again.sign.key) == ("place.away", "place.unreachable")
    mark(again, 2)
    leave(again)
    away.rename(target.parent)
    last = open_working_copy(target, clock)
    assert last.news.key == "place.goes_on"
    last.project.close()
    assert last.close() is None
    assert mentions(target) == 2
    assert copies() == []


def test_a_file_that_was_deleted_there_is_put_back_only_when_asked(copy, target):
    mark(copy, 1)
    target.unlink()
    assert put_back(copy).key == "place.away"
    assert not target.exists()
    assert put_back(copy, is_asked=True).key == "place.back"
    assert target.exists()


def test_what_another_computer_has_taken_over_is_left_to_it(target, clock, monkeypatch):
    copy = open_working_copy(target, clock)
    mark(copy, 1)
    lock_path(target).write_bytes(b"theirs")
    copy._lock._next_beat = time.monotonic()
    assert copy.beat().key == "place.lost"
    assert copy.beat() is None
    before = target.read_bytes()
    assert put_back(copy).key == "place.conflict"
    assert target.read_bytes() == before
    copy.project.close()
    copy.close()
    assert lock_path(target).read_bytes() == b"theirs"


def test_a_disk_there_that_fails_is_told_once(copy, target, monkeypatch):
    def fail(*_, **__):
        raise OSError(28, "full")

    mark(copy, 1)
    before = target.read_bytes()
    monkeypatch.setattr("annotator.workbench.publishing._write", fail)
    assert put_back(copy).key == "place.failed"
    assert put_back(copy) is None
    monkeypatch.undo()
    assert target.read_bytes() == before
    assert put_back(copy).key == "place.back"


def test_a_project_that_cannot_be_opened_leaves_nothing(target, clock):
    target.write_bytes(b"no project")
    with pytest.raises(UserError, match=r"store\.foreign"):
        open_working_copy(target, clock)
    assert os.listdir(target.parent) == [target.name]
    assert copies() == []


def test_nothing_is_put_back_while_an_act_is_half_written(copy, target):
    mark(copy, 10)
    before = target.read_bytes()
    with copy.project.transaction():
        assert not copy.send(is_asked=True)
    assert target.read_bytes() == before
    assert put_back(copy) is None
    copy.project.close()
    copy.close()
    assert mentions(target) == 1
