"""Looking at a project that another program has open."""

import os
from datetime import UTC, datetime

import pytest

from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder
from annotator.store.project_file import ProjectFile
from annotator.workbench.reading_copy import remove_left_copies, take_reading_copy
from tests.store.projects import HEADER, adding, make_project, mention, perform

MOMENT = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "هەواڵ.nishan"


def copies():
    return list((state_folder() / "reading").glob("*"))


def test_a_copy_shows_the_moment_and_goes_when_it_is_closed(path):
    with make_project(path) as project:
        perform(project, adding(mention(1)))
        copy = take_reading_copy(path, lambda: MOMENT)
        perform(project, adding(mention(2, 5, 9)))
        assert (copy.project.path, copy.taken, copy.project.taken) == (path, MOMENT, MOMENT)
        assert len(copy.project.annotations.read(HEADER)) == 1
        with pytest.raises(UserError, match=r"store\.read_only"):
            perform(copy.project, adding(mention(3)))
        remove_left_copies()
        assert len(copies()) == 1
        copy.project.close()
        copy.close()
        assert copies() == []
        assert project.annotations.read(HEADER) != ()


def test_a_copy_can_be_saved_to_go_on_with(path, tmp_path):
    with make_project(path) as project:
        perform(project, adding(mention(1)))
        copy = take_reading_copy(path, lambda: MOMENT)
        copy.project.save_copy(tmp_path / "mine.nishan")
        copy.project.close()
        copy.close()
    with ProjectFile.open(tmp_path / "mine.nishan") as mine:
        assert not mine.is_read_only
        assert len(mine.annotations.read(HEADER)) == 1


def test_what_cannot_be_copied_leaves_nothing(path):
    path.write_bytes(b"no project")
    with pytest.raises(UserError, match=r"store\.foreign"):
        take_reading_copy(path, lambda: MOMENT)
    assert copies() == []


def test_copies_of_programs_that_were_killed_are_removed(path):
    with make_project(path):
        copy = take_reading_copy(path, lambda: MOMENT)
        copy.project.close()
        copy._lock._close()  # as the system does it after kill -9
    old, young = (state_folder() / "reading" / name for name in ("old", "young"))
    old.mkdir()
    young.mkdir()
    os.utime(old, (0, 0))
    remove_left_copies()
    assert copies() == [young]
