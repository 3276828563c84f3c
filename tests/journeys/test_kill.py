"""Kill -9 in the middle of the journey: every acknowledged act is there, undo reaches the start."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.core.annotations import StatusRecord
from annotator.core.edits import Focus
from annotator.workbench.workspace import open_workspace
from tests.journeys.gold import SAMPLE, gold_record, project_with_text

CHECKOUT = Path(__file__).parents[2]
ACTS = 430
"""A little less than the acts of the whole journey."""


def journey_killed_after(acts, delay, project, folder):
    """Run the journey, kill it `delay` seconds after act number `acts`; the acts it told."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "NISHAN_STATE_DIR": str(folder)}
    environment["XDG_CONFIG_HOME"] = str(folder / "settings")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.victim", str(project), str(SAMPLE)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
        cwd=CHECKOUT,
    )
    told = 0
    with process:
        for line in process.stdout:
            told = int(line)
            if told >= acts:
                break
        time.sleep(delay)  # not a wait for something: the moment of the kill is the test's input
        process.send_signal(signal.SIGKILL)
        for line in process.stdout:
            told = int(line)
    return told


def check_after_kill(project, told):
    workspace = open_workspace(project)
    try:
        workspace.open_last()
        opened = workspace.open_document
        entries = workspace.project.journal.entries(opened.header)
        assert told <= len(entries) <= told + 1
        while opened.next_undo is not None:
            opened.undo()
        left = [r for r in opened.annotations.records.values() if not isinstance(r, StatusRecord)]
        assert left == []
        workspace.remember_place(Focus(0, 0))
    finally:
        workspace.close()


def kill_often(count, seed, folder):
    dice = random.Random(seed)
    record = gold_record(SAMPLE)
    for number in range(count):
        here = folder / str(number)
        here.mkdir()
        project = project_with_text(here, record["doc_id"], record["text"])
        told = journey_killed_after(dice.randint(1, ACTS), dice.random() * 0.02, project, here)
        assert told >= 1
        check_after_kill(project, told)


def test_nothing_acknowledged_is_lost(tmp_path):
    kill_often(4, seed=1, folder=tmp_path)


@pytest.mark.heavy
def test_nothing_acknowledged_is_lost_at_fifty_points(tmp_path):
    kill_often(50, seed=2, folder=tmp_path)
