"""Another project file, opened only to be read: it stays as it is, to the byte.

It is looked at as closely as any project, and locked while it is read, so that nobody works in it
meanwhile. One of an older schema, or one that was not closed properly, is brought up to date in a
copy that goes when the reading ends.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.store.failures import os_failure
from annotator.store.header import SIDE_FILES, read_version, was_left_unclean
from annotator.store.lock_file import acquire
from annotator.store.migrations import load_migrations
from annotator.store.opening import can_be_written, open_connection
from annotator.store.project_file import ProjectFile


@contextmanager
def other_project(path: Path) -> Iterator[ProjectFile]:
    """Another project to read from.

    Raises `UserError` when it is missing, foreign, newer than this program, damaged, or open
    somewhere.
    """
    real = path.resolve()
    migrations = load_migrations()
    with ExitStack() as stack:
        version = read_version(real, newest=migrations.newest)
        _lock(real, stack)
        if version < migrations.newest or was_left_unclean(real):
            real = _copied(real, Path(stack.enter_context(_folder())))
            connection = open_connection(real, migrations, is_read_only=False)
        else:
            connection = open_connection(real, migrations, is_read_only=True)
        stack.callback(connection.close)
        yield ProjectFile(path.absolute(), connection, None, migrations)


def _lock(path: Path, stack: ExitStack) -> None:
    """Keep others out while the file is read, where the folder allows it."""
    if not can_be_written(path):
        return
    try:
        stack.callback(acquire(path).release)
    except UserError as error:
        # Windows tells only by trying that a folder cannot be written
        if error.key != "store.no_permission":
            raise


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="nishan-")


def _copied(path: Path, folder: Path) -> Path:
    """A copy under the same name, with what belongs to it."""
    target = folder / path.name
    try:
        for suffix in ("", *SIDE_FILES):
            source = path.with_name(path.name + suffix)
            if source.exists():
                shutil.copyfile(source, target.with_name(target.name + suffix))
    except OSError as error:
        raise os_failure(error, path) from error
    return target
