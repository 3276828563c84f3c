"""Another process that backs a project up and restores it, again and again, until it is killed.

Every step is a line on the standard output: ``backup`` and ``restore`` begin one, ``.`` is a piece.
"""

import itertools
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator.store.backup import restore
from annotator.store.backup_thinning import BackupReason
from annotator.store.project_file import ProjectFile

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def work(path, folder, restored):
    with ProjectFile.open(path) as project:
        say("open")
        for number in itertools.count():
            say("backup")
            made = START + timedelta(minutes=number)
            making = project.begin_backup(folder, reason=BackupReason.WORK, made=made)
            while making.advance(0.0):
                say(".")
            say("restore")
            restore(making.backup.path, restored / f"{making.backup.number}.nishan")


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(*map(Path, sys.argv[1:]))
