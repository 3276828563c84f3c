"""At every instant the old or the new file is there, whole, and errors are told as sentences."""

import errno
import os
import stat
from contextlib import ExitStack
from pathlib import Path

import pytest

from annotator.foundation import atomic
from annotator.foundation.atomic import atomic_write, file_error
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import UserError


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "گۆڵد.jsonl"
    path.write_bytes(b"old")
    return path


def names(path):
    return sorted(entry.name for entry in path.parent.iterdir())


def failing(number):
    def fail(*_args, **_options):
        raise OSError(number, os.strerror(number))

    return fail


def test_the_new_file_takes_the_place_of_the_old_one(target):
    with atomic_write(target) as stream:
        stream.write(b"new")
        stream.flush()
        assert target.read_bytes() == b"old"
        assert names(target) == [".~گۆڵد.jsonl.tmp", "گۆڵد.jsonl"]
    assert target.read_bytes() == b"new"
    assert names(target) == ["گۆڵد.jsonl"]


def test_a_file_that_was_not_there_is_made(tmp_path):
    with atomic_write(tmp_path / "new.json") as stream:
        stream.write(b"1")
    assert (tmp_path / "new.json").read_bytes() == b"1"


def test_an_error_in_the_block_leaves_the_old_file_and_nothing_else(target):
    with pytest.raises(ZeroDivisionError), atomic_write(target) as stream:
        stream.write(b"half" * (1 // 0))
    assert target.read_bytes() == b"old"
    assert names(target) == ["گۆڵد.jsonl"]


def test_the_check_reads_what_is_on_the_disk_and_may_abandon(target):
    seen = []

    def check(path):
        seen.append((path.parent, path.read_bytes()))
        raise UserError("file.failed", path="x", reason="y")

    with pytest.raises(UserError), atomic_write(target, check=check) as stream:
        stream.write(b"new")
    assert seen == [(target.parent, b"new")]
    assert target.read_bytes() == b"old"
    assert names(target) == ["گۆڵد.jsonl"]


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "file.disk_full"),
        (errno.EDQUOT, "file.disk_full"),
        (errno.EACCES, "file.not_permitted"),
        (errno.EROFS, "file.read_only_medium"),
        (errno.EIO, "file.medium_failed"),
        (errno.ENAMETOOLONG, "file.name_too_long"),
        (errno.EFBIG, "file.too_big_for_medium"),
        (errno.EBUSY, "file.in_use"),
        (errno.EMLINK, "file.failed"),
    ],
)
def test_what_the_system_refuses_is_told_and_the_old_file_stays(
    target, monkeypatch, step, number, key
):
    monkeypatch.setattr(atomic.os, step, failing(number))
    with pytest.raises(UserError) as refused, atomic_write(target) as stream:
        stream.write(b"new")
    monkeypatch.undo()
    assert refused.value.key == key
    assert refused.value.values["path"] == str(target)
    assert target.read_bytes() == b"old"
    assert names(target) == ["گۆڵد.jsonl"]
    for language in ("ckb", "en"):
        assert load_catalogue(language).error(refused.value)


def write_to_a_full_disk(target, monkeypatch):
    with atomic_write(target) as stream:
        monkeypatch.setattr(atomic.os, "fsync", failing(errno.ENOSPC))
        stream.write(b"new" * 10_000)


def test_a_full_disk_is_told_when_the_bytes_go_out(target, monkeypatch):
    with pytest.raises(UserError, match="disk_full"):
        write_to_a_full_disk(target, monkeypatch)
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("number", "fails"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)]
)
def test_a_folder_that_cannot_be_forced_matters_only_when_the_disk_fails(
    target, monkeypatch, number, fails
):
    real = os.fsync

    def fsync(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            failing(number)()
        real(descriptor)

    monkeypatch.setattr(atomic.os, "fsync", fsync)
    told = None
    try:
        with atomic_write(target) as stream:
            stream.write(b"new")
    except UserError as error:
        told = error.key
    assert told == ("file.medium_failed" if fails else None)
    assert target.read_bytes() == b"new"


def test_windows_forces_no_folder(target, monkeypatch):
    forced = []
    monkeypatch.setattr(atomic.os, "fsync", lambda descriptor: forced.append(descriptor))
    monkeypatch.setattr(atomic, "_is_windows", lambda: True)
    with atomic_write(target) as stream:
        stream.write(b"new")
    assert len(forced) == 1
    assert target.read_bytes() == b"new"


def test_a_folder_or_a_missing_folder_is_told(tmp_path):
    with pytest.raises(UserError, match="is_folder"), atomic_write(tmp_path):
        pass
    with pytest.raises(UserError) as refused, atomic_write(tmp_path / "no" / "x.json"):
        pass
    assert refused.value.key == "file.not_found"
    assert refused.value.values == {"path": str(tmp_path / "no")}
    assert list(tmp_path.iterdir()) == []


def test_a_write_protected_file_is_not_replaced(target, monkeypatch):
    monkeypatch.setattr(atomic.os, "access", lambda _path, _mode: False)
    with pytest.raises(UserError, match="not_permitted"), atomic_write(target) as stream:
        stream.write(b"new")
    assert target.read_bytes() == b"old"


def test_another_file_that_cannot_be_read_in_the_block_is_the_one_that_is_told(target):
    missing = target.parent / "elsewhere" / "source.txt"
    with pytest.raises(UserError) as refused, atomic_write(target):
        missing.read_bytes()
    assert refused.value.values == {"path": str(missing)}


def test_what_a_crash_has_left_goes_with_the_next_writing(target):
    for name in ("tmp", "2.tmp", "9.tmp"):
        target.with_name(f".~{target.name}.{name}").write_bytes(b"left over")
    other = target.with_name(".~other.tmp")
    other.touch()
    with atomic_write(target) as stream:
        stream.write(b"new")
        assert names(target) == [".~other.tmp", f".~{target.name}.tmp", target.name]
    assert target.read_bytes() == b"new"
    assert names(target) == [".~other.tmp", target.name]


def test_files_that_are_being_written_are_not_touched_and_nine_of_them_are_enough(target):
    with ExitStack() as writers:
        for number in range(9):
            writers.enter_context(atomic_write(target)).write(b"%d" % number)
        assert len(names(target)) == 10
        with pytest.raises(UserError, match="temporary_left"), atomic_write(target):
            pass
    assert target.read_bytes() == b"0"  # the one that was begun first has ended last
    assert names(target) == [target.name]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and links")
def test_permissions_are_kept_and_links_followed(target):
    target.chmod(0o640)
    link = target.with_name("link")
    link.symlink_to(target)
    with atomic_write(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_long_name_gets_a_short_temporary_one(tmp_path):
    path = tmp_path / ("ا" * 127)
    with atomic_write(path) as stream:
        stream.write(b"1")
    assert path.read_bytes() == b"1"


def test_a_file_open_in_another_windows_program_is_in_use():
    error = PermissionError(errno.EACCES, "sharing violation")
    error.winerror = 32
    assert file_error(error, Path("x")).key == "file.in_use"


def test_an_error_without_a_number_is_told_by_its_kind():
    told = file_error(OSError("odd"), Path("x"))
    assert (told.key, told.values) == ("file.failed", {"path": "x", "reason": "OSError"})
