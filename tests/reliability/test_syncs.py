"""Every acknowledgement waits for the disk: fsync really happens (P23)."""

import re
from collections import Counter

import pytest

from annotator.workbench.workspace import open_workspace
from tests.reliability.faults_acts import clock, new_project, perform, text_of
from tests.reliability.faults_child import Child, NoTracing, Strace
from tests.reliability.faults_kinds import NAME
from tests.reliability.faults_mutants import break_store
from tests.reliability.faults_run import needs_fork, needs_strace

pytestmark = [needs_fork, needs_strace]

COMMITS = 100
LEAST = 4 * COMMITS
"""The journal, its header, the file, and the emptied journal: once each for every commit."""


def commit(talk, path, mutant):
    break_store(mutant)
    workspace = open_workspace(path, clock=clock)
    workspace.open_last()
    perform(workspace, ["add", "d1", "GPE", 0, 3], folder=path.parent)
    talk.wait()
    for number in range(COMMITS):
        perform(workspace, ["add", "d1", "PER", number, number + 4], folder=path.parent)
        talk.say("ok")
    talk.wait()
    workspace.close()


def syncs_of(path, trace, mutant=None):
    """How often each system call synchronises in a hundred commits."""
    child = Child(commit, path, mutant)
    assert child.hear_until("waiting"), child.said
    try:
        strace = Strace(child.pid, calls="fdatasync,fsync,sendto", output=trace)
    except NoTracing as reason:
        child.kill()
        child.end()
        pytest.skip(f"strace may not attach to a process here: {reason}")
    child.go()
    assert child.hear_until("waiting"), child.said
    strace.detach()
    child.go()
    assert child.end() == 0, child.said
    return re.findall(r"^\d+ +(\w+)\(", trace.read_text(), re.MULTILINE)


@pytest.fixture
def path(tmp_path):
    return new_project(tmp_path / NAME, {"d1": text_of(1)})


def test_every_commit_waits_for_the_disk(path, tmp_path, tell_result):
    calls = syncs_of(path, tmp_path / "trace")
    counts = Counter(calls)
    assert counts["sendto"] == COMMITS + 1
    assert counts["fdatasync"] + counts["fsync"] >= LEAST
    since = 0
    for call in calls[:-1]:
        if call == "sendto":
            assert since >= 4, "an act was acknowledged that has not been forced to the disk"
        since = 0 if call == "sendto" else since + 1
    tell_result(
        promise="P23",
        technique="fdatasync and fsync counted by strace",
        ci=f"{COMMITS} commits",
        full=f"{COMMITS} commits",
        result=f"{counts['fdatasync']} fdatasync, {counts['fsync']} fsync; 4 or more before each",
    )


@pytest.mark.parametrize("mutant", ["synchronise_never", "synchronise_normally"])
def test_a_store_that_synchronises_less_is_found(mutant, path, tmp_path):
    counts = Counter(syncs_of(path, tmp_path / "trace", mutant))
    assert counts["fdatasync"] + counts["fsync"] < LEAST
