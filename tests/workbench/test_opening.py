"""The ways to open a project, and what tells which of them there are."""

import os
from pathlib import Path

import pytest

from annotator.foundation.errors import UserError
from annotator.store.location import LocationKind
from annotator.store.project_file import ProjectFile
from annotator.workbench.opening import (
    has_kept_work,
    is_same_project,
    open_for_reading,
    open_itself,
    open_on_copy,
    pulse,
    shared_place,
)
from tests.workbench.projects import ARAM, SHILAN, clock, project_with


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    return project_with(folder)


def test_each_way_shows_the_same_project(path):
    for opener in (open_itself, open_on_copy, open_for_reading):
        opened = opener(path, annotator=None, clock=clock)
        workspace = opened.workspace
        assert (workspace.path, workspace.annotator.name) == (path, SHILAN)
        assert len(workspace.lines()) == 3
        assert workspace.is_read_only is (opened.reading is not None)
        workspace.close()
        for copy in filter(None, (opened.reading, opened.working)):
            copy.close()
    assert sorted(name for name in os.listdir(path.parent) if "nishan" in name) == [path.name]


@pytest.mark.parametrize("opener", [open_on_copy, open_for_reading])
def test_who_works_is_as_asked(path, opener):
    opened = opener(path, annotator=ARAM, clock=clock)
    expected = SHILAN if opened.reading else ARAM  # nobody can be added to what is only read
    assert opened.workspace.annotator.name == expected
    opened.workspace.close()
    (opened.reading or opened.working).close()


@pytest.mark.parametrize("opener", [open_on_copy, open_for_reading])
def test_a_failure_leaves_no_copy_and_no_lock(path, opener, monkeypatch):
    def fail(*_):
        raise UserError("store.io", name="x")

    monkeypatch.setattr("annotator.workbench.opening.who_works", fail)
    with pytest.raises(UserError, match=r"store\.io"):
        opener(path, annotator=None, clock=clock)
    assert not has_kept_work(path)
    ProjectFile.open(path).close()


def test_a_shared_place_is_told_where_one_could_work(path, tmp_path):
    assert shared_place(path).kind is LocationKind.CLOUD
    assert shared_place(path).service == "Dropbox"
    assert shared_place(path.with_name("none.nishan")) is None
    assert shared_place(project_with(tmp_path)) is None


def test_kept_work_is_known_by_any_path(path, tmp_path):
    opened = open_on_copy(path, annotator=None, clock=clock)
    link = tmp_path / "link.nishan"
    link.symlink_to(path)
    assert has_kept_work(link)
    assert shared_place(link) is not None
    opened.workspace.close()
    opened.working.close()
    assert not has_kept_work(path)


def test_a_pulse_is_felt_while_somebody_works(path):
    assert pulse(path) is None
    with ProjectFile.open(path):
        assert pulse(path) == pulse(path) is not None
    assert pulse(path.parent / "none" / "p.nishan") is None


def test_one_project_has_many_names(path, tmp_path, monkeypatch):
    link = tmp_path / "link.nishan"
    link.symlink_to(path)
    other = project_with(tmp_path)
    monkeypatch.chdir(path.parent)
    names = (path, link, Path(path.name), path.parent / ".." / path.parent.name / path.name)
    assert all(is_same_project(name, path) for name in names)
    assert not is_same_project(path, other)
    missing = tmp_path / "none.nishan"
    assert is_same_project(missing, tmp_path / "x" / ".." / "none.nishan")
    assert not is_same_project(missing, path)
