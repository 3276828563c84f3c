"""Another process at work on a project: opens it, says so, and writes until it is killed.

Every acknowledged edit is one line ``<number>`` on the standard output, written after COMMIT.
"""

import itertools
import random
import sys
from pathlib import Path

from annotator.core.edits import Change, Edit
from annotator.core.history import Act, History
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from tests.store.projects import HEADER, adding, mention, perform


def work(path):
    try:
        project = ProjectFile.open(path)
    except UserError as error:
        say(f"refused {error.key}")
        return
    say(f"open {len(project.journal.entries(HEADER))}")
    chance = random.Random(len(project.journal.entries(HEADER)))
    history = History(project.journal.entries(HEADER))
    for _ in itertools.count():
        _, entry = perform(project, **act(project, history, chance))
        history.record(entry)
        say(str(entry.seq))


def act(project, history, chance):
    """An edit, undo or redo such as a person makes."""
    held = project.annotations.read(HEADER)
    step = chance.choice([history.next_undo, history.next_redo, None, None])
    if step is not None:
        is_undo = step is history.next_undo
        return {
            "edit": step.edit.inverse if is_undo else step.edit,
            "act": Act.UNDO if is_undo else Act.REDO,
            "target": step.seq,
        }
    number = held.last_numbers.get(next(iter(held.last_numbers), None), 0) + 1
    mentions = list(held.mentions())
    if len(mentions) > 30:
        return {"edit": Edit("edit.clear", tuple(Change(m, None) for m in mentions))}
    start = number % 300
    return {"edit": adding(mention(number, start, start + chance.randint(1, 90)))}


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(Path(sys.argv[1]))
