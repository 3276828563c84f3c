"""The files of a folder: all of them or none, whatever goes wrong between them."""

import errno
import hashlib
import os
import subprocess
import sys

import pytest

from annotator.foundation.atomic_folder import FolderFile, atomic_folder
from annotator.foundation.errors import Defect, UserError


def write(target, files, gone=(), then=lambda: None):
    """Write files; `then` comes after the last one."""
    with atomic_folder(target) as folder:
        for name, data in files.items():
            with folder.file(name) as stream:
                stream.write(data)
        folder.gone.update(gone)
        then()
        return dict(folder.files)


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


OLD = {"a.txt": b"old a", "in/b.txt": b"old b", "mine.txt": b"mine"}
NEW = {"a.txt": b"new a", "in/b.txt": b"new b", "in/deep/c.txt": b"new c"}


@pytest.fixture
def old(tmp_path):
    """A folder in which an earlier export and a file of somebody else lie."""
    target = tmp_path / "out"
    write(target, OLD)
    return target


def test_a_new_folder_holds_what_was_written(tmp_path):
    target = tmp_path / "deep" / "er" / "out"
    told = write(target, NEW)
    assert content(target) == NEW
    assert list(told) == list(NEW)
    assert os.listdir(target.parent) == ["out"]


def test_its_hashes_are_true(tmp_path):
    told = write(tmp_path / "out", NEW)
    assert told == {
        name: FolderFile(len(data), hashlib.sha256(data).hexdigest()) for name, data in NEW.items()
    }


def test_in_a_folder_that_exists_only_its_own_files_are_replaced(old):
    write(old, NEW)
    assert content(old) == {**NEW, "mine.txt": b"mine"}


def test_what_shall_go_goes(old):
    write(old, {"a.txt": b"new a"}, gone={"in/b.txt", "nothing.txt", "a.txt"})
    assert content(old) == {"a.txt": b"new a", "mine.txt": b"mine"}


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", NEW)
    assert content(tmp_path / "out") == NEW


def test_a_link_to_a_folder_is_followed(tmp_path, old):
    (tmp_path / "link").symlink_to(old)
    write(tmp_path / "link", NEW)
    assert (tmp_path / "link").is_symlink()
    assert content(old) == {**NEW, "mine.txt": b"mine"}


def test_a_link_to_a_file_is_followed(tmp_path, old):
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_bytes(b"far")
    (old / "a.txt").unlink()
    (old / "a.txt").symlink_to(elsewhere)
    write(old, NEW)
    assert elsewhere.read_bytes() == b"new a"
    assert (old / "a.txt").is_symlink()


def test_permissions_stay(old):
    (old / "a.txt").chmod(0o640)
    write(old, NEW)
    assert (old / "a.txt").stat().st_mode & 0o777 == 0o640


def interrupt():
    raise KeyboardInterrupt


def test_an_error_in_the_block_leaves_nothing(tmp_path, old):
    for target in (tmp_path / "deep" / "new", old):
        with pytest.raises(KeyboardInterrupt):
            write(target, NEW, then=interrupt)
    assert content(old) == OLD
    assert os.listdir(tmp_path) == ["out"]


def fail_at(monkeypatch, name, call, number=errno.ENOSPC):
    """Let the system refuse a call the first time it concerns a file of this name."""
    kept = getattr(os, call)
    seen = []

    def refuse(source, *rest, **named):
        target = os.fspath(rest[0] if call == "replace" else source)
        if os.path.basename(target) == name and not seen:
            seen.append(target)
            raise OSError(number, os.strerror(number), target)
        return kept(source, *rest, **named)

    monkeypatch.setattr(os, call, refuse)


@pytest.mark.parametrize("name", ["a.txt", "b.txt", "c.txt"])
def test_a_full_disk_between_the_files_leaves_the_old_ones(monkeypatch, old, name):
    fail_at(monkeypatch, name, "replace")
    with pytest.raises(UserError) as error:
        write(old, NEW)
    assert error.value.key == "file.disk_full"
    assert content(old) == OLD
    assert sorted(os.listdir(old)) == ["a.txt", "in", "mine.txt"]
    assert os.listdir(old / "in") == ["b.txt"]


def test_where_there_are_no_links_the_old_content_is_kept_as_a_copy(monkeypatch, old):
    def refuse(*_):
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", refuse)
    fail_at(monkeypatch, "c.txt", "replace")
    with pytest.raises(UserError):
        write(old, NEW)
    assert content(old) == OLD


def test_a_full_disk_while_writing_leaves_nothing(monkeypatch, tmp_path):
    def refuse(_):
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", refuse)
        with pytest.raises(UserError) as error:
            write(tmp_path / "deep" / "out", NEW)
    assert error.value.key == "file.disk_full"
    assert os.listdir(tmp_path) == []


MANY = {f"in/{number:03}.txt": bytes([number % 256]) for number in range(150)}


def open_descriptors():
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.parametrize("files", [NEW, MANY], ids=["few", "many"])
def test_every_file_is_on_the_disk_before_any_takes_its_name(monkeypatch, tmp_path, files):
    synced, sync = [], os.fsync

    def note(descriptor):
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        sync(descriptor)

    def rename(source, target, move=os.rename):
        assert sorted(path.rpartition("/")[2] for path in synced if path.endswith(".txt")) == (
            sorted(name.rpartition("/")[2] for name in files)
        )
        move(source, target)

    before = open_descriptors()
    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(os, "rename", rename)
    write(tmp_path / "out", files)
    assert content(tmp_path / "out") == files
    assert open_descriptors() == before


@pytest.mark.parametrize("bad", [1, 70, 149])
def test_one_of_many_files_that_the_disk_refuses_leaves_nothing(monkeypatch, tmp_path, bad):
    sync = os.fsync

    def refuse(descriptor):
        if os.readlink(f"/proc/self/fd/{descriptor}").endswith(f"/{bad:03}.txt"):
            raise OSError(errno.EIO, "gone")
        sync(descriptor)

    before = open_descriptors()
    with monkeypatch.context() as failing:
        failing.setattr(os, "fsync", refuse)
        with pytest.raises(UserError) as error:
            write(tmp_path / "out", MANY)
    assert error.value.key == "file.medium_failed"
    assert os.listdir(tmp_path) == []
    assert open_descriptors() == before


def test_who_gives_up_leaves_nothing_open(tmp_path):
    def give_up():
        raise KeyboardInterrupt

    before = open_descriptors()
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "out", MANY, then=give_up)
    assert os.listdir(tmp_path) == []
    assert open_descriptors() == before


def test_a_folder_that_came_meanwhile_is_not_replaced(tmp_path):
    target = tmp_path / "out"
    with pytest.raises(UserError):
        write(target, NEW, then=lambda: write(target, OLD))
    assert content(target) == OLD
    assert os.listdir(tmp_path) == ["out"]


def test_no_folder_can_be_where_a_file_is(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    keys = {"file": "file_in_the_way", "file/out": "no_folder", "file/a/out": "no_folder"}
    for name, key in keys.items():
        with pytest.raises(UserError) as error:
            write(tmp_path / name, NEW)
        assert error.value.key == f"export.{key}"
    assert (tmp_path / "file").read_bytes() == b"x"


def test_a_folder_that_must_not_be_written_is_told(monkeypatch, tmp_path, old):
    fail_at(monkeypatch, ".~.tmp", "mkdir", errno.EACCES)
    with pytest.raises(UserError) as error:
        write(old, NEW)
    assert error.value.key == "file.not_permitted"
    assert content(old) == OLD


def test_parents_that_cannot_be_made_go_again(monkeypatch, tmp_path):
    fail_at(monkeypatch, "two", "mkdir", errno.EACCES)
    with pytest.raises(UserError) as error:
        write(tmp_path / "one" / "two" / "out", NEW)
    assert error.value.key == "export.no_folder"
    assert os.listdir(tmp_path) == []


def test_a_file_that_is_write_protected_stays(monkeypatch, old):
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("b.txt"))
    with pytest.raises(UserError) as error:
        write(old, NEW)
    assert error.value.key == "file.not_permitted"
    assert content(old) == OLD


def test_a_folder_in_place_of_a_file_stays(old):
    (old / "c.txt").mkdir()
    with pytest.raises(UserError) as error:
        write(old, {"a.txt": b"new", "c.txt": b"new"})
    assert error.value.key == "file.is_folder"
    assert content(old) == OLD


@pytest.mark.parametrize("name", ["", "/a", "../a", "a/../../b", ".hidden", "a\\b"])
def test_names_that_lead_elsewhere_are_a_mistake(tmp_path, name):
    with pytest.raises(Defect) as error:
        write(tmp_path / "out", {name: b""})
    assert error.value.key == "defect.file_name"
    assert os.listdir(tmp_path) == []


def test_a_name_that_comes_twice_is_a_mistake(tmp_path):
    with atomic_folder(tmp_path / "out") as folder:
        with folder.file("a.txt") as stream:
            stream.write(b"x")
        with pytest.raises(Defect) as error:
            folder.file("a.txt").__enter__()
    assert error.value.key == "defect.file_twice"


KILLED = """
import os, signal, sys
from pathlib import Path
from annotator.foundation.atomic_folder import atomic_folder

kept, count = os.replace, []

def replace(source, target):
    if count:
        os.kill(os.getpid(), signal.SIGKILL)
    count.append(target)
    kept(source, target)

os.replace = replace
with atomic_folder(Path(sys.argv[1])) as folder:
    for name in ("a.txt", "in/b.txt"):
        with folder.file(name) as stream:
            stream.write(b"new")
        if sys.argv[2] == "early":
            os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", ["early", "between"])
def test_what_a_kill_leaves_goes_with_the_next_writing(old, moment):
    ended = subprocess.run([sys.executable, "-c", KILLED, str(old), moment], check=False)
    assert ended.returncode == -9
    left = content(old)
    whole = {name: data for name, data in left.items() if not name.startswith(".~")}
    assert whole == (OLD if moment == "early" else {**OLD, "a.txt": b"new"})
    assert (old / ".~.tmp").is_dir()
    write(old, NEW)
    assert content(old) == {**NEW, "mine.txt": b"mine"}
    assert not (old / ".~.tmp").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_what_a_kill_leaves_beside_a_new_folder_goes_as_well(tmp_path):
    target = tmp_path / "out"
    subprocess.run([sys.executable, "-c", KILLED, str(target), "early"], check=False)
    assert os.listdir(tmp_path) == [".~out.tmp"]
    write(target, NEW)
    assert os.listdir(tmp_path) == ["out"]


def test_two_at_once_do_not_take_each_other_for_abandoned(old):
    with atomic_folder(old) as folder:
        with folder.file("a.txt") as stream:
            stream.write(b"first")
        write(old, {"a.txt": b"second", "in/b.txt": b"second"})
        assert content(old)["a.txt"] == b"second"
    assert content(old)["a.txt"] == b"first"


def test_when_all_temporary_names_are_taken_it_says_so(tmp_path):
    target = tmp_path / "out"
    for name in (".~out.tmp", *(f".~out.{number}.tmp" for number in range(2, 10))):
        (tmp_path / name).mkdir()
    with pytest.raises(UserError) as error:
        write(target, NEW)
    assert error.value.key == "file.temporary_left"
    assert not target.exists()


def test_what_cannot_be_put_back_is_kept_aside_as_after_a_crash(monkeypatch, old):
    """The disk fails between two files, and from then on."""
    replaced, move = [], os.replace

    def replace_file(source, target):
        if replaced:
            raise OSError(errno.EIO, "gone")
        replaced.append(target)
        move(source, target)

    with monkeypatch.context() as failing:
        failing.setattr(os, "replace", replace_file)
        with pytest.raises(UserError):
            write(old, NEW)
    aside = content(old / ".~.tmp")
    assert b"old a" in aside.values()
    assert aside["in/b.txt"] == b"new b"
    write(old, NEW)
    assert content(old) == {**NEW, "mine.txt": b"mine"}
