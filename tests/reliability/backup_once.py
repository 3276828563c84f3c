"""Another process that backs a project up once and restores the backup: its calls are counted."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from annotator.store.backup import restore
from annotator.store.backup_thinning import BackupReason
from annotator.store.project_file import ProjectFile

MADE = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def work(path, folder, target):
    with ProjectFile.open(path) as project:
        made = project.begin_backup(folder, reason=BackupReason.MANUAL, made=MADE).finish()
    restore(made.path, target)


if __name__ == "__main__":
    work(*map(Path, sys.argv[1:]))
