"""Who may open a project, and what is known of those who have it open."""

import contextlib
import errno
import json
import os
import threading
import time
from datetime import datetime

import pytest
from msgspec.structs import replace

from annotator.foundation.errors import UserError
from annotator.store.location import Location, LocationKind
from annotator.store.lock_file import (
    HEARTBEAT_SECONDS,
    SILENT_AFTER_SECONDS,
    LockFile,
    acquire,
    heartbeat,
    lock_path,
)
from annotator.store.lock_owner import Owner
from annotator.store.project_file import ProjectFile
from tests.store.projects import HEADER, adding, make_project, mention, perform

ELSEWHERE = Owner("Shilan", "other-computer", 7, "2026-11-21T09:00:00Z", "0f")


def leave(path, content, *, silent_for=0.0):
    """A lock file as another computer has left it."""
    lock = lock_path(path)
    lock.write_bytes(content)
    then = time.time() - silent_for
    os.utime(lock, (then, then))
    return lock


def refusal(path, **values):
    with pytest.raises(UserError) as caught:
        acquire(path, **values)
    return caught.value


def test_the_lock_names_its_owner_and_goes_with_it(path):
    lock = acquire(path)
    fields = json.loads(lock_path(path).read_bytes())
    assert fields["pid"] == os.getpid()
    assert set(fields) == {"user", "host", "pid", "since", "token", "machine"}
    error = refusal(path)
    assert (error.key, error.values["since"]) == (
        "store.locked",
        datetime.fromisoformat(fields["since"]),
    )
    lock.release()
    lock.release()
    assert not lock_path(path).exists()
    acquire(path).release()


def test_a_lock_of_this_computer_whose_process_is_gone_is_taken_at_once(path):
    gone = Owner("x", Owner.here().host, os.getpid(), "2026-11-21T09:00:00Z", "0f")
    leave(path, gone.encode())
    acquire(path).release()
    assert not lock_path(path).exists()


@pytest.mark.parametrize(
    ("silent_for", "takes_over", "key"),
    [
        (0.0, False, "store.locked"),
        (0.0, True, "store.locked"),
        (SILENT_AFTER_SECONDS - 5, True, "store.locked"),
        (SILENT_AFTER_SECONDS + 5, False, "store.lock_left"),
        (5 - SILENT_AFTER_SECONDS, True, "store.locked"),
        (-3600.0, False, "store.lock_left"),
    ],
)
def test_another_computers_lock_is_never_stolen_silently(path, silent_for, takes_over, key):
    lock = leave(path, ELSEWHERE.encode(), silent_for=silent_for)
    error = refusal(path, takes_over=takes_over)
    assert (error.key, error.values["user"], error.values["host"]) == (
        key,
        "Shilan",
        "other-computer",
    )
    assert lock.read_bytes() == ELSEWHERE.encode()


def test_a_silent_lock_is_taken_over_when_the_user_says_so(path):
    make_project(path).close()
    leave(path, ELSEWHERE.encode(), silent_for=SILENT_AFTER_SECONDS + 5)
    with ProjectFile.open(path, takes_over=True) as project:
        perform(project, adding(mention(1)))
    assert not lock_path(path).exists()


def test_a_lock_that_went_before_it_was_looked_at_is_tried_again(path, monkeypatch):
    opened = os.open
    asked = []

    def open_after_the_other_has_gone(name, flags, *rest, **more):
        if name == lock_path(path) and flags & os.O_EXCL and not asked:
            asked.append(name)
            raise FileExistsError(17, "exists", name)
        return opened(name, flags, *rest, **more)

    monkeypatch.setattr("os.open", open_after_the_other_has_gone)
    acquire(path).release()
    assert asked == [lock_path(path)]


def test_a_lock_whose_owner_was_killed_before_signing_is_taken_at_once(path):
    leave(path, b"")
    acquire(path).release()
    assert not lock_path(path).exists()


@pytest.mark.parametrize(
    ("content", "kind"), [(b"", LocationKind.NETWORK), (b"not a lock", LocationKind.LOCAL)]
)
def test_an_unsigned_lock_is_respected(path, monkeypatch, content, kind):
    monkeypatch.setattr("annotator.store.lock_file.locate", lambda _: Location(kind))
    leave(path, content)
    assert refusal(path).key == "store.locked_unsigned"
    leave(path, content, silent_for=SILENT_AFTER_SECONDS + 5)
    assert refusal(path).key == "store.lock_left_unsigned"
    acquire(path, takes_over=True).release()


def test_the_heartbeat_renews_the_time_when_it_is_due(path):
    now = [0.0]
    acquire(path).release()
    content = ELSEWHERE.encode()
    lock = leave(path, content, silent_for=500)
    handle = os.open(lock, os.O_RDWR)
    held = LockFile(lock, handle, content, clock=lambda: now[0])
    assert held.beat()
    assert time.time() - lock.stat().st_mtime > 400
    now[0] = HEARTBEAT_SECONDS
    assert held.beat()
    assert time.time() - lock.stat().st_mtime < 100
    held.release()
    assert not held.beat()


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_project_taken_over_elsewhere_is_not_written_any_more(path, is_gone):
    now = [0.0]
    with make_project(path) as project:
        before, _ = perform(project, adding(mention(1)))
        project._lock._clock = lambda: time.monotonic() + now[0]
        if is_gone:
            lock_path(path).unlink()
        else:
            leave(path, ELSEWHERE.encode())
        now[0] = HEARTBEAT_SECONDS
        with pytest.raises(UserError, match=r"store\.lock_lost"):
            perform(project, adding(mention(2, 5, 9)))
        assert project.is_broken
        assert project.annotations.read(HEADER) == before
    assert lock_path(path).exists() is not is_gone


def test_of_many_who_want_the_lock_at_once_exactly_one_gets_it(path):
    for _ in range(20):
        start, got = threading.Barrier(6), []

        def want(start=start, got=got):
            start.wait()
            with contextlib.suppress(UserError):
                got.append(acquire(path))

        threads = [threading.Thread(target=want) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(got) == 1
        got[0].release()


def after_making(monkeypatch, project, act):
    """Let `act` happen once, when the lock file has been made and nobody has locked it yet."""
    real, waiting = os.open, [act]

    def making(path, flags, *more, **named):
        handle = real(path, flags, *more, **named)
        if path == lock_path(project) and waiting:
            waiting.pop()()
        return handle

    monkeypatch.setattr("os.open", making)


def test_a_lock_that_another_took_and_let_go_before_it_was_locked_is_made_anew(path, monkeypatch):
    after_making(monkeypatch, path, lambda: acquire(path).release())
    lock = acquire(path)
    assert lock.path.read_bytes()
    assert refusal(path).key == "store.locked"
    lock.release()
    assert not lock.path.exists()


def test_a_lock_that_another_took_before_it_was_locked_is_theirs(path, monkeypatch):
    theirs = []
    after_making(monkeypatch, path, lambda: theirs.append(acquire(path)))
    assert refusal(path).key == "store.locked"
    theirs[0].release()
    acquire(path).release()


def test_a_lock_that_cannot_be_signed_goes_before_another_can_take_it(path, monkeypatch):
    """Else the other would have the file, and it would go from under them."""
    real, made, theirs = os.close, [], []

    def closing(handle):
        is_lock = handle in made
        real(handle)
        if is_lock:
            monkeypatch.undo()
            theirs.append(acquire(path))

    def failing(handle):
        made.append(handle)
        raise OSError(errno.EIO, "")

    monkeypatch.setattr("os.ftruncate", lambda handle, size: failing(handle))
    monkeypatch.setattr("os.close", closing)
    assert refusal(path).key != "store.locked"
    assert theirs[0].path.exists()
    theirs[0].release()


def test_a_folder_where_nothing_can_be_made_is_told(tmp_path):
    assert refusal(tmp_path / "none" / "p.nishan").key == "store.missing"


@pytest.mark.parametrize(
    ("machine", "is_shared", "key"),
    [("another", False, None), ("another", True, "store.lock_left"), ("", True, "store.lock_left")],
)
def test_two_computers_of_one_name_are_told_apart_where_both_can_write(
    path, monkeypatch, machine, is_shared, key
):
    kind = LocationKind.NETWORK if is_shared else LocationKind.LOCAL
    monkeypatch.setattr("annotator.store.lock_file.locate", lambda _: Location(kind))
    here = Owner.here()
    leave(path, replace(here, machine=machine).encode(), silent_for=SILENT_AFTER_SECONDS + 5)
    if key is None:
        acquire(path).release()
    else:
        assert refusal(path).key == key
    leave(path, here.encode())
    acquire(path).release()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="links and pipes of POSIX")
@pytest.mark.parametrize("kind", ["link", "broken link", "pipe", "folder"])
def test_a_lock_file_that_is_none_is_respected_and_nothing_is_written_through_it(
    path, tmp_path, kind
):
    other = tmp_path / "diary.txt"
    other.write_text("dear diary")
    os.utime(other, (0, 0))
    lock = lock_path(path)
    match kind:
        case "link":
            lock.symlink_to(other)
        case "broken link":
            lock.symlink_to(tmp_path / "nothing")
        case "pipe":
            os.mkfifo(lock)
        case "folder":
            lock.mkdir()
    assert refusal(path, takes_over=True).key == "store.locked_unsigned"
    assert other.read_text() == "dear diary"
    with pytest.raises(UserError):
        heartbeat(path)


def test_a_heartbeat_that_moves_is_seen(path):
    assert heartbeat(path) is None
    leave(path, ELSEWHERE.encode(), silent_for=500)
    before = heartbeat(path)
    assert heartbeat(path) == before
    os.utime(lock_path(path))
    assert heartbeat(path) != before
