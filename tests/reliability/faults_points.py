"""Kill an operation, or fail its system calls, at every point: what is left is before or after.

``python -m tests.reliability.faults_points FOLDER --kinds add undo --effect signal=KILL`` prints a
report in JSON. A *point* is the n-th call of one system call; the points of an operation are
counted by running it once undisturbed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from annotator.foundation.errors import AnnotatorError, UserError
from annotator.store.project_file import ProjectFile
from tests.reliability.faults_child import WRITING, Child, Fault, NoTracing, Strace
from tests.reliability.faults_kinds import KINDS, NAME, is_one_of, leftovers
from tests.reliability.faults_mutants import break_store

CALLS = {
    "signal=KILL": WRITING.split(","),
    "error=ENOSPC": ["pwrite64", "write"],
    "error=EIO": ["pwrite64", "write", "fdatasync", "fsync", "ftruncate", "rename"],
}
"""Which calls an effect can meet; no disk is too full to be synchronised."""
TOLD = {
    "error=ENOSPC": {"store.full", "file.disk_full"},
    "error=EIO": {"store.io", "store.broken", "file.medium_failed", "store.cannot_open"},
}
SPARE = "spare.nishan"


@dataclass
class Report:
    """How many runs there were, what they came to, and every one that was bad."""

    runs: int = 0
    points: dict = field(default_factory=dict)
    outcomes: Counter = field(default_factory=Counter)
    bad: list = field(default_factory=list)


def work(talk, kind, folder, mutant):
    """What the child does: the act, and after a refusal what a program must still be able to."""
    break_store(mutant)
    with kind.at_work(folder) as job:
        talk.wait()
        done = talk.attempt(job.act)
        if not done and job.workspace is not None:
            _check_memory(talk, job)
        talk.say("broken", job.project is not None and job.project.is_broken)
        if not done:
            _go_on(talk, job, folder)
    talk.say("closed")


def _check_memory(talk, job):
    """What is shown is what the file holds."""
    if job.project.is_broken:
        return  # whether the last act is in the file is what nobody knows then
    try:
        talk.say("memory", _is_shown_as_stored(job))
    except UserError as error:
        # a rollback that finds no space either: nothing can be read until there is some
        talk.say("unreadable", error.key)


def _is_shown_as_stored(job):
    opened = job.workspace.open_document
    stored = job.project.annotations.header(opened.document.id, opened.header.id)
    held = {} if stored is None else job.project.annotations.read(stored).records
    shown = opened.annotations.records
    return dict(shown) == dict(held)


def _go_on(talk, job, folder):
    """Try again as it is, and once more when disk and space are back."""
    talk.say("again")
    again = talk.attempt(job.act)
    talk.wait()
    if not again:
        talk.say("recovered")
        again = talk.attempt(job.act)
    if again and job.workspace is not None:
        _check_memory(talk, job)
    if job.project is not None and job.project.is_broken:
        talk.say("spare")
        talk.attempt(lambda: job.project.save_copy(folder / SPARE))


def run_one(kind, folder, fault, *, mutant=None, trace="/dev/null"):
    """One run of the operation in a prepared folder; the child that has ended."""
    child = Child(work, kind, folder, mutant)
    if not child.hear_until("waiting"):
        child.end()
        return child
    strace = Strace(child.pid, inject=fault.injection if fault else None, output=trace)
    child.go()
    if child.hear_until("waiting"):
        strace.detach()  # the space is back, and the disk answers again
        child.go()
        child.end()
    else:
        child.end()
        strace.wait()
    return child


def complaints(kind, folder, fault, child, before, after):
    """What is wrong after a run; nothing, if the promise holds."""
    said = child.said
    words = [heard[0] for heard in said]
    yield from (str(heard) for heard in said if heard[0] in ("crash", "defect"))
    if ["memory", False] in said:
        yield "what is shown is not what the file holds"
    is_killed = fault.effect == "signal=KILL"
    if not is_killed:
        yield from _complaints_of_errors(kind, said, words, fault)
    try:
        found = kind.look(folder)
    except (AnnotatorError, AssertionError) as error:
        yield f"cannot be read: {error!r}"
        return
    is_done = "ok" in _acts(said)
    for part, value in found.items():
        allowed = [after[part]] if is_done else [before[part], after[part]]
        if not is_one_of(value, allowed):
            yield f"{part} is neither as before nor as after: {str(value)[:300]}"
    if (folder / SPARE).exists():
        with ProjectFile.open(folder / SPARE) as spare:
            spare.check()
    if not is_killed and (left := leftovers(folder)):
        yield f"left behind: {left}"


def _acts(said):
    """The outcomes of the act itself, without that of the spare copy."""
    words = [heard[0] for heard in said]
    return words[: words.index("spare")] if "spare" in words else words


def _complaints_of_errors(kind, said, words, fault):
    told = TOLD[fault.effect] | ({"store.exists"} if kind.makes_file else set())
    yield from (
        f"told {heard[1]}" for heard in said if heard[0] == "refused" and heard[1] not in told
    )
    if "refused" not in words:
        return
    is_broken = ["broken", True] in said
    if not is_broken and fault.effect == "error=EIO" and kind.edits and _told_of_the_disk(said):
        yield "goes on after a failed write"
    if is_broken and "ok" in words[words.index("refused") : _index(words, "spare")]:
        yield "acknowledged after a failed write"
    if is_broken and ["refused", "store.broken"] not in said:
        yield "goes on after a failed write"
    if is_broken and "ok" not in words[_index(words, "spare") :]:
        yield "no copy could be saved"
    # what was made, and then could not be opened or forced into its folder, is there already
    if not is_broken and "ok" not in words and ["refused", "store.exists"] not in said:
        yield "does not work again"


def _told_of_the_disk(said):
    return ["refused", "store.io"] in said


def _index(words, word):
    return words.index(word) if word in words else len(words)


def next_start(kind, folder):
    """What a person does next: open the project, and do the same once more."""
    if (folder / NAME).exists():
        ProjectFile.open(folder / NAME).close()
    if kind.name in ("create", "save copy", "export file", "export folder"):
        if kind.makes_file:
            (folder / (kind.target or NAME)).unlink(missing_ok=True)
        with kind.at_work(folder) as job:
            job.act()


class Room:
    """A kind of operation with its folders: prepared once, copied for each run."""

    def __init__(self, kind, folder, mutant):
        self.kind = kind
        self._mutant = mutant
        self._folder = folder
        self._prepared = folder / "prepared"
        self._prepared.mkdir(parents=True)
        kind.prepare(self._prepared)
        self.before = kind.look(self._fresh())
        trace = folder / "trace"
        here = self._fresh()
        child = run_one(kind, here, None, mutant=mutant, trace=trace)
        self.after = kind.look(here)
        if child.code != 0 or ["ok"] not in child.said:
            raise AssertionError(f"{kind.name} undisturbed: {child.said}")
        self.calls = Counter(re.findall(r"^\d+ +(\w+)\(", trace.read_text(), re.MULTILINE))

    def points(self, effect):
        return [(c, n) for c in CALLS[effect] for n in range(1, self.calls[c] + 1)]

    def run(self, fault):
        """The outcome of a run in one word, and its complaints."""
        here = self._fresh()
        child = run_one(self.kind, here, fault, mutant=self._mutant)
        found = list(complaints(self.kind, here, fault, child, self.before, self.after))
        if not found:
            next_start(self.kind, here)
            found += [f"left after the next start: {name}" for name in leftovers(here)]
        return self._outcome(child), found

    def _outcome(self, child):
        if child.code is not None and child.code < 0:
            return "killed"
        refused = [heard[1] for heard in child.said if heard[0] == "refused"]
        return refused[0] if refused else "done"

    def _fresh(self):
        here = self._folder / "run"
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(self._prepared, here)
        return here


def survey(folder, kinds, effect, *, sample=None, lasts=False, mutant=None):
    """Run kinds at all their points, or at a sample of so many of each."""
    report = Report()
    for number, name in enumerate(kinds):
        room = Room(KINDS[name], folder / f"{number}", mutant)
        points = room.points(effect)
        report.points[name] = len(points)
        if sample is not None and sample < len(points):
            points = random.Random(name).sample(points, sample)
        for call, count in points:
            fault = Fault(effect, call, count, lasts=lasts)
            outcome, found = room.run(fault)
            report.runs += 1
            report.outcomes[outcome] += 1
            report.bad += [f"{name}, {fault}: {complaint}" for complaint in found]
    return report


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kinds", nargs="*", default=list(KINDS))
    parser.add_argument("--effect", choices=list(CALLS), default="signal=KILL")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--lasts", action="store_true")
    parser.add_argument("--mutant")
    values = vars(parser.parse_args())
    try:
        report = survey(values.pop("folder"), values.pop("kinds"), values.pop("effect"), **values)
    except NoTracing as error:
        sys.exit(f"no tracing: {error}")
    json.dump(vars(report), sys.stdout)


if __name__ == "__main__":
    main()
