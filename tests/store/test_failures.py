import errno
from pathlib import Path

import apsw
import pytest

from annotator.foundation.errors import Defect, UserError
from annotator.store.failures import is_unsafe, os_failure, sql_failure

PATH = Path("folder") / "p.nishan"


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (FileNotFoundError(errno.ENOENT, ""), "store.missing"),
        (NotADirectoryError(errno.ENOTDIR, ""), "store.missing"),
        (PermissionError(errno.EACCES, ""), "store.no_permission"),
        (IsADirectoryError(errno.EISDIR, ""), "store.directory"),
        (FileExistsError(errno.EEXIST, ""), "store.exists"),
        (OSError(errno.EROFS, ""), "store.no_permission"),
        (OSError(errno.ENOSPC, ""), "store.full"),
        (OSError(errno.EIO, ""), "store.io"),
    ],
)
def test_errors_of_the_system_are_told_by_what_can_be_done(error, key):
    told = os_failure(error, PATH)
    assert (told.key, told.values["name"]) == (key, "p.nishan")


@pytest.mark.parametrize(
    ("error", "kind", "key", "ends_writing"),
    [
        (apsw.BusyError(), UserError, "store.already_open", False),
        (apsw.SQLError("unsupported file format"), UserError, "store.damaged", False),
        (apsw.FullError(), UserError, "store.full", False),
        (apsw.IOError(), UserError, "store.io", True),
        (apsw.CantOpenError(), UserError, "store.cannot_open", True),
        (apsw.ReadOnlyError(), UserError, "store.read_only", False),
        (apsw.NotADBError(), UserError, "store.foreign", True),
        (apsw.CorruptError(), UserError, "store.damaged", True),
        (apsw.TooBigError(), UserError, "store.too_big", False),
        (apsw.InterruptError(), UserError, "store.too_slow", False),
        (apsw.ConstraintError(), Defect, "store.sql", False),
        (apsw.SQLError(), Defect, "store.sql", False),
    ],
)
def test_errors_of_sqlite_are_told_and_the_dangerous_ones_end_writing(
    error, kind, key, ends_writing
):
    told = sql_failure(error, PATH)
    assert (type(told), told.key, is_unsafe(error)) == (kind, key, ends_writing)


def test_a_missing_file_is_told_with_a_folder_that_one_can_go_to(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    error = os_failure(FileNotFoundError(errno.ENOENT, ""), Path("backup.nishan"))
    assert error.values == {"name": "backup.nishan", "folder": str(tmp_path)}


@pytest.mark.parametrize("reason", [PermissionError(errno.EACCES, ""), OSError(errno.EROFS, "")])
def test_a_folder_that_may_not_be_written_is_told_by_its_path(reason):
    """Its last part alone is the number of a project, which nobody knows."""
    folder = Path("backups") / "57b972b3-5267"
    assert os_failure(reason, folder).values == {"name": str(folder)}
    assert os_failure(reason, folder / "p.nishan").values == {"name": "p.nishan"}
