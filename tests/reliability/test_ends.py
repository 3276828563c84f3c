"""Promise 21: however the program ends, the project is sound and what was typed is there.

A child process with a real window types into a field without a pause and is ended in every way:
by signals, by a crash in C, by errors nobody caught, by Qt.
"""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from annotator.store.lock_file import lock_path
from annotator.workbench.workspace import open_workspace
from tests.reliability.ended import LETTERS_BEFORE, REPAINTS
from tests.ui.window_room import make_project

CHECKOUT = Path(__file__).parents[2]
ORDERLY = ["SIGTERM", "SIGINT", "SIGHUP"]
SUDDEN = ["SIGKILL", "SIGSEGV"]
PATIENCE = 60


class Child:
    """The process, what it told, and when it was ended."""

    def __init__(self, project, folder, happening="wait"):
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "NISHAN_STATE_DIR": str(folder)}
        environment["XDG_CONFIG_HOME"] = str(folder / "config")
        self.lines = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.ended", str(project), happening],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=CHECKOUT,
        )

    def wait_for(self, beginning, *, letters=0):
        """Read until a line begins so and, where letters are asked for, tells that many."""
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line.startswith(beginning) and len(line.split()[-2:][0]) >= letters:
                return
        raise AssertionError((self.lines, self.process.stderr.read()))

    def send(self, name):
        self.process.send_signal(getattr(signal, name))

    def end(self):
        """Wait for the end; the exit code. One that does not end by itself is killed."""
        watch = threading.Timer(PATIENCE, self.process.kill)
        watch.start()
        try:
            out, self.complaints = self.process.communicate()
        finally:
            watch.cancel()
        self.lines += out.splitlines()
        return self.process.returncode

    @property
    def typed(self):
        """(text, time) after each letter."""
        pairs = [line.split()[1:] for line in self.lines if line.startswith("TYPED")]
        return [(text, float(at)) for text, at in pairs]

    @property
    def boxes(self):
        return [line for line in self.lines if line.startswith("BOX")]


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


def name_in(project):
    """The entity's name in the file, which opens without a question and whose history is whole."""
    workspace = open_workspace(project)
    try:
        workspace.project.check()
        workspace.open_last()
        opened = workspace.open_document
        (entity,) = opened.annotations.entities()
        while opened.next_undo is not None:
            opened.undo()
        assert len(opened.annotations) == 0
        return entity.name
    finally:
        workspace.close()


def files_beside(project):
    return sorted(path.name for path in project.parent.iterdir() if project.stem in path.name)


def is_put_away(project):
    return not lock_path(project).exists() and files_beside(project) == [
        f"{project.stem}.jsonl",
        project.name,
    ]


def sessions(folder):
    return sorted(path.suffix for path in (folder / "logs" / "sessions").iterdir())


def log(folder):
    return (folder / "logs" / "nishan.log").read_text(encoding="utf-8")


def end_in_order(project, folder, name, *, letters):
    child = Child(project, folder)
    child.wait_for("TYPED", letters=letters)
    child.send(name)
    assert child.end() == 128 + getattr(signal, name), child.complaints
    assert child.complaints == ""
    assert is_put_away(project)
    assert sessions(folder) == []
    stored = name_in(project)
    assert stored == child.typed[-1][0]
    assert f"signal={name}" in log(folder)


def end_suddenly(project, folder, name, *, letters):
    child = Child(project, folder)
    child.wait_for("TYPED", letters=letters)
    child.send(name)
    assert child.end() == -getattr(signal, name)
    # Before the last letter, not before the kill: on a busy machine a process may stand still.
    old = [text for text, at in child.typed if at <= child.typed[-1][1] - 1]
    stored = name_in(project)
    assert (child.typed[-1][0] + "z").startswith(stored)
    assert len(stored) >= len(old[-1]), (stored, child.typed)
    assert sessions(folder) == [".running"]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("name", ORDERLY)
def test_a_signal_puts_everything_away(name, project, tmp_path):
    end_in_order(project, tmp_path / "state", name, letters=7)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("name", SUDDEN)
def test_what_was_typed_a_second_ago_survives_a_sudden_end(name, project, tmp_path):
    end_suddenly(project, tmp_path / "state", name, letters=30)


@pytest.mark.heavy
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", range(20))
@pytest.mark.parametrize("name", [*ORDERLY, *SUDDEN])
def test_every_signal_at_twenty_moments(name, number, project, tmp_path):
    end = end_in_order if name in ORDERLY else end_suddenly
    least = 4 if name in ORDERLY else 24
    end(project, tmp_path / "state", name, letters=least + 3 * number)


@pytest.mark.parametrize("happening", ["quit", "close_window"])
def test_quitting_and_closing_put_everything_away(happening, project, tmp_path):
    child = Child(project, tmp_path / "state", happening)
    assert child.end() == 0, child.complaints
    assert name_in(project) == child.typed[-1][0]
    assert is_put_away(project)
    assert sessions(tmp_path / "state") == []


def test_a_log_that_cannot_be_written_disturbs_nobody(project, tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "logs").write_text("a file where the folder should be")
    child = Child(project, tmp_path / "state", "fault")
    assert child.end() == 0, child.complaints
    assert child.lines[-1] == "AFTER 0 1"
    assert is_put_away(project)


def test_a_session_that_may_end_finds_nothing_in_fields(project, tmp_path):
    child = Child(project, tmp_path / "state", "session_asks")
    assert child.end() == -signal.SIGKILL
    assert child.lines[-1] == "ASKED"
    assert name_in(project) == child.typed[-1][0]


def test_a_signal_ends_the_program_while_a_box_waits(project, tmp_path):
    child = Child(project, tmp_path / "state", "ask")
    child.wait_for("WAITING")
    child.send("SIGTERM")
    assert child.end() == 143, child.complaints
    assert is_put_away(project)
    assert name_in(project) == child.typed[-1][0]


@pytest.mark.parametrize(
    ("happening", "place"),
    [("segfault", "segfault"), ("abort", "abort"), ("qt_gives_up", "qt_gives_up")],
)
def test_the_next_start_finds_the_stack_and_says_so_once(happening, place, project, tmp_path):
    state = tmp_path / "state"
    child = Child(project, state, happening)
    assert child.end() < 0
    assert len(name_in(project)) >= 1
    again = Child(project, state, "quit")
    assert again.end() == 0, again.complaints
    assert len(again.boxes) == 1
    assert "ended unexpectedly" in again.boxes[0]
    assert "Save report" in again.boxes[0]
    (kept,) = (state / "logs" / "sessions").glob("*.crash")
    assert re.search(rf"tests/reliability/ended\.py\", line \d+ in {place}", kept.read_text())
    third = Child(project, state, "quit")
    assert third.end() == 0
    assert third.boxes == []


def test_a_fault_is_told_once_and_the_window_goes_on(project, tmp_path):
    child = Child(project, tmp_path / "state", "fault")
    assert child.end() == 0, child.complaints
    assert len(child.boxes) == 1
    assert "Something inside Nîşan went wrong" in child.boxes[0]
    assert "Save report" in child.boxes[0]
    assert child.lines[-1] == "AFTER 0 1"
    assert child.complaints == ""
    assert "ZeroDivisionError" in log(tmp_path / "state")


def test_a_fault_at_every_repaint_is_told_once(project, tmp_path):
    child = Child(project, tmp_path / "state", "fault_in_paint")
    assert child.end() == 0, child.complaints
    painted = int(child.lines[-1].split()[1])
    assert painted >= REPAINTS
    assert len(child.boxes) == 1
    told = [line for line in log(tmp_path / "state").splitlines() if " unhandled" in line]
    assert len(told) == len(str(painted))
    assert name_in(project) == child.typed[-1][0]


def test_a_fault_in_a_thread_is_told_in_the_window(project, tmp_path):
    child = Child(project, tmp_path / "state", "fault_in_thread")
    assert child.end() == 0, child.complaints
    assert len(child.boxes) == 1
    assert "KeyError" in log(tmp_path / "state")


def test_the_letters_come_before_what_happens():
    assert LETTERS_BEFORE > 1
