"""Cut the power at random instants of a recorded run, and look at what may be left.

``python -m tests.reliability.faults_power FOLDER --states 1000`` prints a report in JSON. A run of
the real program is recorded by strace; `faults_disk` builds the disks; each is opened as after a
crash, checked in full, and compared with the model after the last acknowledged act, or after the
one that was under way.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from annotator.foundation.errors import AnnotatorError
from annotator.workbench.workspace import open_workspace
from tests.reliability.faults_acts import choose, clock, new_project, perform, text_of
from tests.reliability.faults_book import Book
from tests.reliability.faults_child import Child, NoTracing, Strace
from tests.reliability.faults_disk import CALLS, VERBATIM, Disk, parse
from tests.reliability.faults_kinds import KINDS, NAME, is_one_of
from tests.reliability.faults_mutants import break_store

WORK = "work"
"""The scenario of many acts in one session; the others are the kinds of operation."""
SCENARIOS = (WORK, "create", "migrate", "save copy", "export file", "export folder", "import gold")
TEXTS = {"d1": text_of(1), "d2": text_of(2)}


@dataclass
class Report:
    """How many disks were built, how many of them differed, and every bad one."""

    states: int = 0
    distinct: int = 0
    by_scenario: Counter = field(default_factory=Counter)
    bad: list = field(default_factory=list)


def do_acts(talk, folder, acts, mutant):
    """One session of many acts, begun and ended under recording."""
    talk.wait()
    break_store(mutant)
    chance = random.Random(acts)
    workspace = open_workspace(folder / NAME, clock=clock)
    workspace.open_last()
    for _ in range(acts):
        act = choose(workspace, chance)
        talk.say("do", act)
        perform(workspace, act, folder=folder)
        talk.say("ok")
    workspace.close()


def do_kind(talk, folder, kind, mutant):
    """One operation, begun and ended under recording."""
    talk.wait()
    break_store(mutant)
    with kind.at_work(folder) as job:
        talk.say("do", kind.name)
        talk.attempt(job.act)


class Recording:
    """What one run asked of the system, and what must be there after each of its acts.

    `contents` has one value more than there are acts: what there was before them.
    """

    def __init__(self, scenario, folder, *, acts, mutant):
        self._folder = folder
        folder.mkdir(parents=True)
        if scenario == WORK:
            new_project(folder / NAME, TEXTS)
        else:
            KINDS[scenario].prepare(folder)
        self.scenario = scenario
        self.start = folder.with_name(folder.name + "-start")
        shutil.copytree(folder, self.start)
        self.calls = self._record(acts, mutant)
        self.look = (KINDS["add"] if scenario == WORK else KINDS[scenario]).look
        self.contents = self._expected(acts)

    def _record(self, acts, mutant):
        if self.scenario == WORK:
            child = Child(do_acts, self._folder, acts, mutant)
        else:
            child = Child(do_kind, self._folder, KINDS[self.scenario], mutant)
        child.hear_until("waiting")
        trace = self._folder.with_name(self._folder.name + "-trace")
        strace = Strace(child.pid, calls=CALLS, output=trace, extra=VERBATIM)
        child.go()
        child.end()
        strace.wait()
        assert child.code == 0, child.said
        self._said = child.said
        return list(parse(trace.read_text("ascii")))

    def _expected(self, acts):
        if self.scenario == WORK:
            books = [Book().after(["import", TEXTS])]
            for word, *rest in self._said:
                if word == "do":
                    books.append(books[-1].after(rest[0]))
            assert len(books) == acts + 1
            return [{"project": book.content()} for book in books]
        here = self._folder.with_name(self._folder.name + "-look")
        shutil.copytree(self.start, here)
        before = self.look(here)
        shutil.rmtree(here)
        return [before, self.look(self._folder)]

    def disks(self, count, chance):
        """Disks after power cuts at random instants, with the words said until then."""
        shutil.rmtree(self._folder)
        shutil.copytree(self.start, self._folder)
        disk = Disk(self._folder)
        last = len(self.calls)
        instants = Counter(chance.choices(range(1, last + 1), k=count - count // 10))
        instants[last] += count // 10  # when all is acknowledged and the process has ended
        for number, call in enumerate(self.calls, start=1):
            disk.replay(call)
            for _ in range(instants[number]):
                yield disk.survivors(chance), disk.said

    def allowed(self, said):
        """What may be there after what was said: the index of the last act, and of the next."""
        done = sum(word == "ok" for word, *_ in said)
        begun = sum(word == "do" for word, *_ in said)
        if self.scenario != WORK and not begun:
            return self.contents[:1]
        return self.contents[done : begun + 1]

    def complaint(self, files, said, room):
        """What is wrong with a disk, or None."""
        shutil.rmtree(room, ignore_errors=True)
        for path, content in files.items():
            if ".~lock." not in path.name:  # whose locks outlive their computer is another matter
                copy = room / path.relative_to(self._folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(content)
        try:
            found = self.look(room)
        except (AnnotatorError, AssertionError, UnicodeDecodeError) as error:
            return f"cannot be read: {error!r}"
        allowed = self.allowed(said)
        for part, value in found.items():
            if not is_one_of(value, [content[part] for content in allowed]):
                lost = [number for number, c in enumerate(self.contents) if c[part] == value]
                return f"{part} is none of {len(allowed)} allowed, but after acts {lost}"
        return None


def survey(folder, scenarios, *, states, acts, seed, mutant=None):
    report = Report()
    chance = random.Random(seed)
    verdicts = {}
    for scenario in scenarios:
        recording = Recording(scenario, folder / scenario, acts=acts, mutant=mutant)
        share = states // len(scenarios) if scenario != WORK else _rest(states, scenarios)
        for files, said in recording.disks(share, chance):
            key = _fingerprint(scenario, files, said)
            if key not in verdicts:
                verdicts[key] = recording.complaint(files, said, folder / "room")
            report.states += 1
            report.by_scenario[scenario] += 1
            if verdicts[key] is not None:
                report.bad.append(f"{scenario}, after {len(said)} words: {verdicts[key]}")
    report.distinct = len(verdicts)
    return report


def _rest(states, scenarios):
    return states - (len(scenarios) - 1) * (states // len(scenarios))


def _fingerprint(scenario, files, said):
    digest = hashlib.sha256(f"{scenario} {len(said)}".encode())
    for path, content in sorted(files.items()):
        digest.update(f"{path} {len(content)} ".encode())
        digest.update(content)
    return digest.digest()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--states", type=int, default=1_000)
    parser.add_argument("--scenarios", nargs="*", default=list(SCENARIOS))
    parser.add_argument("--acts", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutant")
    values = vars(parser.parse_args())
    try:
        report = survey(values.pop("folder"), values.pop("scenarios"), **values)
    except NoTracing as error:
        sys.exit(f"no tracing: {error}")
    json.dump(vars(report), sys.stdout)


if __name__ == "__main__":
    main()
