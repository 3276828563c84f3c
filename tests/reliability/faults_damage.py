"""Damage a project file at random, in the ways of disks, and see what the program says of it.

``python -m tests.reliability.faults_damage FOLDER --each 50`` prints a report in JSON. What is
counted for each kind of damage: found when opening, found by the full check, found by the doctor
alone (whole rows of another time), harmless (all content is as it was), *place only* (the caret
stands elsewhere, which nobody's work depends on and no digest guards), or *silent*: something else
is shown and nobody says so.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from annotator.foundation.errors import AnnotatorError, UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.workspace import open_workspace
from tests.reliability.faults_acts import choose, clock, new_project, perform, text_of
from tests.reliability.faults_book import Inconsistent, content_of, is_named_by_doctor

PAGE, SECTOR = 4096, 512


def flip_bit(data, chance):
    at = chance.randrange(len(data))
    data[at] ^= 1 << chance.randrange(8)


def change_byte(data, chance):
    at = chance.randrange(len(data))
    data[at] = (data[at] + chance.randint(1, 255)) % 256


def clear_sector(data, chance):
    at = chance.randrange(len(data) // SECTOR) * SECTOR
    data[at : at + SECTOR] = bytes(SECTOR)


def copy_page(data, chance):
    source, target = (PAGE * n for n in chance.sample(range(len(data) // PAGE), 2))
    data[target : target + PAGE] = data[source : source + PAGE]


def cut_off(data, chance):
    del data[chance.randrange(len(data)) :]


def spoil_head(data, chance):
    at = chance.randrange(100)
    data[at] = (data[at] + chance.randint(1, 255)) % 256


DAMAGES = (flip_bit, change_byte, clear_sector, copy_page, cut_off, spoil_head)


@dataclass
class Report:
    """Counts by damage and outcome, the keys that were told, and every bad outcome."""

    outcomes: dict = field(default_factory=dict)
    keys: Counter = field(default_factory=Counter)
    bad: list = field(default_factory=list)
    silent: list = field(default_factory=list)


def make_victim(folder):
    """A project with some work in it; its path and content."""
    path = new_project(folder / "victim.nishan", {"d1": text_of(1), "d2": text_of(2)})
    workspace = open_workspace(path, clock=clock)
    workspace.open_last()
    chance = random.Random(5)
    for _ in range(150):
        perform(workspace, choose(workspace, chance, imports=False), folder=folder)
    workspace.close()
    with ProjectFile.open(path) as project:
        return path, content_of(project)


def look(path, content, report):
    """What becomes of opening a damaged file."""
    damaged = path.read_bytes()
    try:
        project = ProjectFile.open(path)
    except UserError as error:
        report.keys[error.key] += 1
        outcome = "at opening"
    else:
        try:
            with project:
                outcome = _look_inside(project, content, report)
        except Inconsistent as error:
            outcome = "by the doctor"
            report.keys[outcome] += 1
            if not is_named_by_doctor(path):
                outcome = "silent"
                report.silent.append([str(error)])
    if path.read_bytes() != damaged:
        report.bad.append(f"the damaged file was changed ({outcome})")
    if left := [file.name for file in path.parent.iterdir() if file != path]:
        report.bad.append(f"left beside the damaged file: {left}")
    return outcome


def _look_inside(project, content, report):
    try:
        found = content_of(project)
    except UserError as error:
        report.keys[error.key] += 1
        return "by the check"
    if found == content:
        return "harmless"
    if not found:
        report.bad.append("an empty project is shown instead")
    different = _difference(found, content)
    if different == ["place"]:
        return "place only"
    report.silent.append(different)
    return "silent"


def _difference(found, content):
    """The parts that are shown differently."""
    parts = set()
    for name in content.keys() | found.keys():
        (text, page), (text_now, page_now) = content.get(name, (0, {})), found.get(name, (0, {}))
        parts |= {"text"} if text != text_now else set()
        keys = (page or {}).keys() | (page_now or {}).keys()
        parts |= {key for key in keys if (page or {}).get(key) != (page_now or {}).get(key)}
    return sorted(parts)


def survey(folder, each, seed):
    report = Report()
    folder.mkdir(exist_ok=True)
    path, content = make_victim(folder)
    whole = path.read_bytes()
    room = folder / "room"
    room.mkdir()
    copy = room / "victim.nishan"
    for damage in DAMAGES:
        chance = random.Random(f"{damage.__name__} {seed}")
        counts = report.outcomes[damage.__name__] = Counter()
        for _ in range(each):
            data = bytearray(whole)
            damage(data, chance)
            copy.write_bytes(data)
            try:
                counts[look(copy, content, report)] += 1
            except AnnotatorError as error:
                report.bad.append(f"{damage.__name__}: {error!r}")
    return report


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    values = parser.parse_args()
    json.dump(vars(survey(values.folder, values.each, values.seed)), sys.stdout)


if __name__ == "__main__":
    main()
