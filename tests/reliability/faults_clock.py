"""A session under a clock that is wrong: ``python -m tests.reliability.faults_clock PATH FILE``.

Before each act the next date of a list goes into the file that libfaketime reads, so that the clock
jumps within the session. Prints the acts as JSON lines, and what the clock said.
"""

import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

from annotator.workbench.workspace import open_workspace
from tests.reliability.faults_acts import choose, clock, perform

DATES = (
    "2026-11-21 09:00:00",
    "1970-01-01 00:00:01",
    "2038-01-19 03:14:09",
    "1969-12-31 23:00:00",
    "2099-12-31 23:59:59",
    "2000-02-29 12:00:00",
)


def main(path, file, seed, count):
    chance = random.Random(int(seed))
    workspace = open_workspace(Path(path), clock=clock)
    workspace.open_last()
    for number in range(int(count)):
        date = DATES[(int(seed) + number) % len(DATES)]
        Path(file).write_text(f"@{date}\n")
        act = choose(workspace, chance)
        perform(workspace, act, folder=Path(path).parent)
        print(json.dumps([act, datetime.now(UTC).year]))  # noqa: T201
    workspace.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
