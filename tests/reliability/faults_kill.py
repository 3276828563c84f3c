"""Kill a working process at random instants, over and over, on the same file.

``python -m tests.reliability.faults_kill FOLDER --kills 300`` prints a report in JSON. The child
acts through the workbench and says each act before and after; after its death a copy of what it
left is opened, checked in full, and compared with the model after the last acknowledged act, or
after the one that was under way.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from annotator.foundation.errors import AnnotatorError
from annotator.store.project_file import ProjectFile
from annotator.workbench.workspace import open_workspace
from tests.reliability.faults_acts import choose, clock, new_project, perform, text_of
from tests.reliability.faults_book import Book, content_of
from tests.reliability.faults_child import Child
from tests.reliability.faults_kinds import NAME, forget_empty_lock
from tests.reliability.faults_mutants import break_store

ACTS_PER_FILE = 400
"""After so many acts a new project is begun, so that looking at it stays quick."""


@dataclass
class Report:
    """What was killed and what was found; `begun` counts unacknowledged acts that were there."""

    kills: int = 0
    acts: int = 0
    projects: int = 0
    begun: int = 0
    unclean: int = 0
    bad: list = field(default_factory=list)


def work(talk, path, seed, mutant):
    """Act until killed."""
    break_store(mutant)
    chance = random.Random(seed)
    workspace = open_workspace(path, clock=clock)
    workspace.open_last()
    talk.say("open")
    while True:
        act = choose(workspace, chance)
        talk.say("do", act)
        perform(workspace, act, folder=path.parent)
        talk.say("ok")


def kill_once(path, chance, mutant):
    """Let a child work, kill it at a random instant, and give what it said."""
    child = Child(work, path, chance.random(), mutant)
    if not child.hear_until("open", "crash"):
        child.end()
        raise AssertionError(f"the child could not open the project: {child.said}")
    for _ in range(chance.randint(0, 12)):
        if not child.hear_until("ok"):
            break
    _pass(chance.uniform(0, 0.004))
    child.kill()
    child.end()
    return child.said


def _pass(seconds):
    """Let time pass without sleeping: a sleep would end on the scheduler's ticks."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def look_at_copy(path):
    """The content of a copy, opened as after a crash; the file itself stays as the kill left it."""
    folder = path.parent / "copy"
    folder.mkdir()
    try:
        for file in path.parent.glob(path.name + "*"):
            shutil.copy(file, folder)
        with ProjectFile.open(folder / path.name) as project:
            return content_of(project)
    finally:
        shutil.rmtree(folder)


class Marathon:
    """The same projects killed again and again, with the model beside them."""

    def __init__(self, folder, seed, mutant):
        self.report = Report()
        self._folder = folder
        self._chance = random.Random(seed)
        self._mutant = mutant
        self._acts = ACTS_PER_FILE

    def run(self, kills):
        while self.report.kills < kills and len(self.report.bad) < 20:
            if self._acts >= ACTS_PER_FILE:
                self._begin()
            self._kill()
        return self.report

    def _begin(self):
        self.report.projects += 1
        self._acts = 0
        folder = self._folder / str(self.report.projects)
        folder.mkdir(parents=True)
        texts = {"d1": text_of(1), "d2": text_of(2)}
        self._path = new_project(folder / NAME, texts)
        self._book = Book().after(["import", texts])

    def _kill(self):
        said = kill_once(self._path, self._chance, self._mutant)
        self.report.kills += 1
        crashes = [heard[1] for heard in said if heard[0] == "crash"]
        self.report.bad += crashes
        under_way = None
        for word, *rest in said:
            if word == "do":
                under_way = rest[0]
            elif word == "ok":
                self._book.apply(under_way)
                under_way = None
                self.report.acts += 1
                self._acts += 1
        self._compare(under_way)

    def _compare(self, under_way):
        forget_empty_lock(self._path)
        journal = self._path.with_name(self._path.name + "-journal")
        self.report.unclean += journal.exists() and journal.stat().st_size > 0
        try:
            found = look_at_copy(self._path)
        except (AnnotatorError, AssertionError) as error:
            self.report.bad.append(f"kill {self.report.kills}: cannot be read: {error!r}")
            self._acts = ACTS_PER_FILE
            return
        if found == self._book.content():
            return
        if under_way is not None:
            self._book.apply(under_way)
            if found == self._book.content():
                self.report.begun += 1
                return
        self.report.bad.append(f"kill {self.report.kills}: {under_way} {_difference(found)}")
        self._acts = ACTS_PER_FILE


def _difference(found):
    return {name: page and page["entries"] for name, (_, page) in found.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutant")
    values = parser.parse_args()
    report = Marathon(values.folder, values.seed, values.mutant).run(values.kills)
    json.dump(vars(report), sys.stdout)


if __name__ == "__main__":
    main()
