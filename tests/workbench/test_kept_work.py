"""What is noted beside a working copy is found again, whatever else lies there."""

import json
from pathlib import Path

import pytest

from annotator.foundation.paths import state_folder
from annotator.store.snapshot import digest_of
from annotator.workbench.kept_work import (
    NOTE,
    Note,
    keep,
    kept_work,
    kept_work_for,
    new_folder,
    stands_for,
)


@pytest.fixture
def kept():
    """A working copy of a project on some share."""
    folder = new_folder()
    (folder / "p.nishan").write_bytes(b"content")
    digest = digest_of(folder / "p.nishan")
    return keep(folder, Note(target="share/p.nishan", file="p.nishan", here=digest, there="t"))


def test_what_was_noted_is_found_by_the_place_it_stands_for(kept):
    assert list(kept_work()) == [kept]
    assert kept_work_for(Path("share/p.nishan")) == kept
    assert kept_work_for(Path("share/q.nishan")) is None
    assert kept.path == kept.folder / "p.nishan"


def test_a_file_stands_for_another_one_or_for_itself(kept):
    assert stands_for(kept.path) == Path("share/p.nishan")
    assert stands_for(Path("share/q.nishan")) == Path("share/q.nishan")


def test_it_is_ahead_when_the_copy_has_changed(kept):
    assert not kept.is_ahead
    journal = kept.path.with_name("p.nishan-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(500))
    assert kept.is_ahead
    journal.unlink()
    kept.path.write_bytes(b"changed")
    assert kept.is_ahead
    kept.path.unlink()
    assert not kept.is_ahead


def test_removing_leaves_nothing(kept):
    kept.remove()
    assert not kept.folder.exists()
    assert list(kept_work()) == []


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"target": "x", "file": "../y"}', "[" * 9999, "7"]
)
def test_a_note_that_cannot_be_read_is_passed_over(kept, content):
    folder = state_folder() / "working" / "odd"
    folder.mkdir(parents=True)
    (folder / NOTE).write_text(content, encoding="utf-8")
    assert list(kept_work()) == [kept]
    assert folder.exists()


def test_a_note_of_a_newer_program_is_read(kept):
    note = kept.folder / NOTE
    fields = json.loads(note.read_text(encoding="utf-8"))
    note.write_text(json.dumps({**fields, "newer": 1}), encoding="utf-8")
    assert list(kept_work()) == [kept]
