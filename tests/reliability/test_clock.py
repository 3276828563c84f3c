"""A clock that is wrong or jumps: order and undo never depend on it (P11)."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from annotator.store.project_file import ProjectFile
from annotator.workbench.workspace import open_workspace
from tests.reliability.faults_acts import clock, new_project, perform, text_of
from tests.reliability.faults_book import Book, content_of
from tests.reliability.faults_kinds import NAME
from tests.reliability.faults_run import ROOT

TEXTS = {"d1": text_of(1), "d2": text_of(2)}
ACTS = 24

pytestmark = pytest.mark.skipif(
    shutil.which("faketime") is None, reason="needs faketime to turn the clock"
)


def under_false_clock(arguments, folder):
    """Run a module of ours with the clock that the file `clock` in the folder tells."""
    library = subprocess.run(
        ["faketime", "2020-01-01", "printenv", "LD_PRELOAD"], capture_output=True, text=True
    ).stdout.strip()
    (folder / "clock").write_text("@2026-11-21 09:00:00\n")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "LD_PRELOAD": library,
        "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
        "FAKETIME_NO_CACHE": "1",
        "TZ": "UTC",
    }
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_order_and_undo_do_not_depend_on_the_clock(tmp_path, tell_result):
    path = new_project(tmp_path / NAME, TEXTS)
    book = Book().after(["import", TEXTS])
    years = set()
    for seed in range(3):
        arguments = ["tests.reliability.faults_clock", path, tmp_path / "clock", seed, ACTS]
        for act, year in under_false_clock(arguments, tmp_path):
            book.apply(act)
            years.add(year)
        with ProjectFile.open(path) as project:
            assert content_of(project) == book.content()
    assert {1969, 1970, 2000, 2026, 2038, 2099} == years
    undone = take_everything_back(path, book)
    tell_result(
        promise="P11",
        technique="clock set to six dates between 1969 and 2099 within a session",
        ci=f"3 sessions of {ACTS} acts",
        full="the same",
        result=f"{3 * ACTS} acts in order, {undone} steps undone to the beginning",
    )


def take_everything_back(path, book):
    """Undo every step of every document; how many there were."""
    workspace = open_workspace(path, clock=clock)
    stamps, count = [], 0
    for header in workspace.project.annotations.headers():
        stamps += [entry.at for entry in workspace.project.journal.entries(header)]
    assert stamps != sorted(stamps), "the clock should have jumped back"
    for document, page in book.pages.items():
        while page.done:
            perform(workspace, ["undo", document], folder=path.parent)
            book.apply(["undo", document])
            count += 1
        assert page.records == {}
    workspace.close()
    with ProjectFile.open(path) as project:
        assert content_of(project) == book.content()
    return count
