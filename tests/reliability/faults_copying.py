"""Copy a project in use as a file manager does, and open the copies.

``python -m tests.reliability.faults_copying FOLDER --copies 200`` prints a report in JSON. *Idle*
copies are made while the program waits for the next key, *busy* ones while it writes act after act.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.workspace import open_workspace
from tests.reliability.faults_acts import choose, clock, new_project, perform, text_of
from tests.reliability.faults_book import Book, Inconsistent, content_of, is_named_by_doctor
from tests.reliability.faults_child import Child
from tests.reliability.faults_kinds import NAME

TEXTS = {"d1": text_of(1), "d2": text_of(2)}
CHUNK = 16_384
BUSY = "busy.nishan"


@dataclass
class Report:
    """How copies turned out; a torn copy must be told when it is opened or checked.

    *Mixed* are copies in which every document is as it was while the copy was made, one a moment
    before the other. *Elsewhere* are those in which the caret alone is where it was at another one.
    """

    idle: int = 0
    busy: int = 0
    usable: int = 0
    torn_and_told: int = 0
    mixed: int = 0
    elsewhere: int = 0
    bad: list = field(default_factory=list)


def work(talk, path, seed):
    """Act on and on, standing still after every tenth act until told to go on."""
    chance = random.Random(seed)
    workspace = open_workspace(path, clock=clock)
    workspace.open_last()
    while True:
        talk.wait()
        for _ in range(10):
            act = choose(workspace, chance)
            talk.say("do", act)
            perform(workspace, act, folder=path.parent)
            talk.say("ok")


def copy(path, target):
    """A plain copy, piece by piece, as file managers make it."""
    with path.open("rb") as source, target.open("wb") as stream:
        while piece := source.read(CHUNK):
            stream.write(piece)


def look(target):
    """The content of a copy, or None where opening, checking or the doctor tell that it is torn."""
    try:
        with ProjectFile.open(target) as project:
            return content_of(project)
    except UserError:
        return None
    except Inconsistent as error:
        return None if is_named_by_doctor(target) else str(error)


def survey(folder, copies, seed):
    report = Report()
    folder.mkdir(exist_ok=True)
    path = new_project(folder / NAME, TEXTS)
    chance = random.Random(seed)
    books = [Book().after(["import", TEXTS])]
    child = Child(work, path, seed)
    try:
        child.hear_until("waiting")
        while report.busy < copies:
            _copy_idle(path, folder, books, report)
            child.go()
            _pass(chance.uniform(0, 0.015))
            copy(path, folder / BUSY)
            child.hear_until("waiting")
            _take_note(child, books)
            _look_at_busy(folder, books, report)
    finally:
        child.kill()
        child.end()
    return report


def _take_note(child, books):
    """Bring the model up to what has been said."""
    for word, *rest in child.said:
        if word == "do":
            books.append(books[-1].after(rest[0]))
    child.said.clear()


def _copy_idle(path, folder, books, report):
    target = folder / "idle.nishan"
    copy(path, target)
    report.idle += 1
    if look(target) == books[-1].content():
        report.usable += 1
    else:
        report.bad.append(f"idle copy {report.idle} is not usable")
    target.unlink()


def _look_at_busy(folder, books, report):
    report.busy += 1
    found = look(folder / BUSY)
    if found is None:
        report.torn_and_told += 1
    elif found in [book.content() for book in books]:
        report.usable += 1
    elif _is_mixed(found, [book.content() for book in books]):
        report.mixed += 1
    elif _is_mixed(_apart(found), [_apart(book.content()) for book in books]):
        report.elsewhere += 1
    else:
        report.bad.append(f"busy copy {report.busy} shows what never was")
    (folder / BUSY).unlink()
    del books[:-1]


def _is_mixed(found, contents):
    names = {name for content in contents for name in content}
    return (
        isinstance(found, dict)
        and found.keys() <= names
        and all(found[name] in [content.get(name) for content in contents] for name in found)
    )


def _apart(content):
    """The documents, and the carets of each by themselves: two names instead of one."""
    if not isinstance(content, dict):
        return content
    parts = {}
    for name, (text, work) in content.items():
        parts[name] = (text, None if work is None else {**work, "place": None})
        parts[f"caret of {name}"] = None if work is None else work["place"]
    return parts


def _pass(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    values = parser.parse_args()
    json.dump(vars(survey(values.folder, values.copies, values.seed)), sys.stdout)


if __name__ == "__main__":
    main()
