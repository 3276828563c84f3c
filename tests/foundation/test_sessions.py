"""Sessions that end well leave nothing; those that do not are found once and kept for reports."""

import os
import subprocess
import sys
from pathlib import Path

from annotator.foundation import sessions
from annotator.foundation.sessions import (
    KEPT_CRASHES,
    SESSIONS,
    Session,
    kept_crashes,
    newly_crashed,
)

CHECKOUT = Path(__file__).parents[2]
CHILD = """
import faulthandler, os, sys
from pathlib import Path
from annotator.foundation.sessions import Session
Session(Path(sys.argv[1]), version="1.2").begin()
print("begun", flush=True)
def the_place():
    secret = "Xqzsecret"
    {"crash": faulthandler._sigsegv, "kill": lambda: os.kill(os.getpid(), 9),
     "wait": sys.stdin.read}[sys.argv[2]]()
the_place()
"""


def child(folder, how):
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), how],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def crash(folder, how="kill"):
    with child(folder, how) as process:
        process.stdout.read()
    assert process.returncode != 0


def files(folder):
    return sorted(path.suffix for path in (folder / SESSIONS).iterdir())


def test_a_session_that_ends_leaves_nothing(tmp_path):
    session = Session(tmp_path, version="1")
    session.begin()
    assert files(tmp_path) == [".running"]
    session.end()
    session.end()
    assert files(tmp_path) == []
    assert newly_crashed(tmp_path) == []


def test_one_that_was_killed_is_found_once_and_kept(tmp_path):
    crash(tmp_path)
    (found,) = newly_crashed(tmp_path)
    assert found.stack == ""
    assert " 1.2 " in found.heading
    assert newly_crashed(tmp_path) == []
    assert kept_crashes(tmp_path) == [found]


def test_the_stack_of_a_crash_in_c_names_the_place_and_no_folder(tmp_path):
    crash(tmp_path, "crash")
    (found,) = newly_crashed(tmp_path)
    assert "Segmentation fault" in found.stack
    assert 'File "<string>", line 9 in the_place' in found.stack
    assert "Xqzsecret" not in found.path.read_text()
    found.path.write_text('one\n  File "/x/site-packages/apsw/a.py", line 3 in f\n')
    assert kept_crashes(tmp_path)[0].stack == '  File "apsw/a.py", line 3 in f'


def test_one_that_still_runs_is_left_alone(tmp_path):
    with child(tmp_path, "wait") as process:
        assert process.stdout.readline().strip() == b"begun"
        assert newly_crashed(tmp_path) == []
        assert files(tmp_path) == [".running"]
        process.kill()
    assert len(newly_crashed(tmp_path)) == 1


def test_the_newest_crashes_are_kept(tmp_path):
    folder = tmp_path / SESSIONS
    folder.mkdir()
    for number in range(KEPT_CRASHES + 3):
        (folder / f"{number}.running").write_text(f"{number}\n")
    assert len(newly_crashed(tmp_path)) == KEPT_CRASHES + 3
    kept = [crash.heading for crash in kept_crashes(tmp_path)]
    assert kept == [str(number) for number in range(3, KEPT_CRASHES + 3)]


def test_without_a_folder_or_without_locks_nothing_happens(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    session = Session(tmp_path / "file", version="1")
    session.begin()
    session.end()
    assert newly_crashed(tmp_path / "file") == []
    assert kept_crashes(tmp_path / "file") == []
    monkeypatch.setattr(sessions, "is_locked_by_another", lambda stream: True)
    session = Session(tmp_path, version="1")
    session.begin()
    assert newly_crashed(tmp_path) == []
    session.end()
    assert files(tmp_path) == []


def test_a_file_that_goes_meanwhile_is_passed_over(tmp_path, monkeypatch):
    folder = tmp_path / SESSIONS
    folder.mkdir()
    (folder / "a.running").write_text("a\n")
    (folder / "b.running").mkdir()
    assert [crash.heading for crash in newly_crashed(tmp_path)] == ["a"]
    (folder / "c.crash").mkdir()
    assert [crash.heading for crash in kept_crashes(tmp_path)] == ["a"]
    os.rmdir(folder / "c.crash")
