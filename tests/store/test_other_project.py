"""Another project is read and stays as it is: new, older, left unclean, locked, damaged."""

import hashlib

import pytest

from annotator.foundation.errors import UserError
from annotator.store import other_project as module
from annotator.store.other_project import other_project
from annotator.store.project_file import ProjectFile
from tests.store.projects import (
    DOCUMENT,
    HEADER,
    adding,
    make_older,
    make_project,
    mention,
    perform,
)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "other.nishan"
    with make_project(path) as project:
        perform(project, adding(mention(1)))
    return path


def held(path):
    with other_project(path) as other:
        return other.documents.get(DOCUMENT.id), len(other.annotations.read(HEADER))


def is_untouched(path):
    """A test of whether reading leaves nothing behind."""
    before = hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns
    seen = held(path)
    after = hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns
    return (seen, after == before, [entry.name for entry in path.parent.iterdir()])


def test_it_is_read_and_left_as_it_was(path):
    assert is_untouched(path) == ((DOCUMENT, 1), True, [path.name])


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_one_is_brought_up_to_date_elsewhere(path, version):
    make_older(path, version)
    assert is_untouched(path) == ((DOCUMENT, 1), True, [path.name])


def test_one_that_was_left_unclean_is_mended_elsewhere(path):
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + b"\0" * 504)
    seen, is_same, _ = is_untouched(path)
    assert (seen, is_same, journal.exists()) == ((DOCUMENT, 1), True, True)


def test_nothing_can_be_written_into_it(path):
    with (
        other_project(path) as other,
        pytest.raises(UserError, match="read_only"),
        other.transaction(),
    ):
        pass


def test_it_is_locked_while_it_is_read(path):
    with other_project(path), pytest.raises(UserError, match="locked"):
        ProjectFile.open(path)
    ProjectFile.open(path).close()


def test_one_that_is_open_is_refused(path):
    with ProjectFile.open(path), pytest.raises(UserError, match="locked"), other_project(path):
        pass


def test_one_that_is_missing_foreign_or_damaged_is_refused(path, tmp_path):
    for name, content in (("no.nishan", None), ("text.nishan", b"hello"), ("cut.nishan", None)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
    (tmp_path / "cut.nishan").write_bytes(path.read_bytes()[:6000])
    for name, key in (("no", "missing"), ("text", "foreign"), ("cut", "damaged")):
        with pytest.raises(UserError, match=key), other_project(tmp_path / f"{name}.nishan"):
            pass


def test_in_a_folder_that_cannot_be_written_nothing_is_locked(path, monkeypatch):
    monkeypatch.setattr(module, "can_be_written", lambda _: False)
    assert is_untouched(path) == ((DOCUMENT, 1), True, [path.name])


@pytest.mark.parametrize("key", ["store.no_permission", "store.io"])
def test_a_lock_that_cannot_be_made_is_done_without_where_that_is_allowed(path, monkeypatch, key):
    def refuse(_):
        raise UserError(key, name=path.name)

    monkeypatch.setattr(module, "acquire", refuse)
    if key == "store.no_permission":
        assert held(path) == (DOCUMENT, 1)
    else:
        with pytest.raises(UserError, match="io"):
            held(path)


def test_no_room_for_the_copy_is_told(path, monkeypatch):
    def fail(*_):
        raise OSError(28, "full")

    make_older(path, 1)
    monkeypatch.setattr(module.shutil, "copyfile", fail)
    with pytest.raises(UserError, match="full"):
        held(path)
