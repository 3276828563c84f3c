"""Files that a format of several files reads of its own folder, and no others."""

import os

import pytest

from annotator.foundation.errors import UserError
from annotator.workbench.beside import files_beside
from annotator.workbench.importing import find_files
from annotator.workbench.reading import reading_error
from tests.workbench.projects import import_into, new_project, write


@pytest.fixture
def beside(tmp_path):
    write(tmp_path, "secret.txt", "x")
    path = write(tmp_path / "in", "a.ann", "")
    for name, content in (("a.txt", "دەق"), ("long.txt", "x" * 99)):
        write(path.parent, name, content)
    (path.parent / "link.txt").symlink_to(tmp_path / "secret.txt")
    (path.parent / "folder.txt").mkdir()
    os.mkfifo(path.parent / "pipe.txt")
    return files_beside(path, 10, reading_error)


def test_a_file_in_the_same_folder_is_given_up_to_the_limit(beside):
    assert beside("a.txt") == "دەق".encode()
    assert beside("long.txt") == b"x" * 11


NAMES = f"""\
{"x" * 300} none.txt ../secret.txt .. . /etc/passwd ..\\secret.txt c:a a\0b link.txt folder.txt \
pipe.txt """


@pytest.mark.parametrize("name", NAMES.split(" "))
def test_nothing_else_is_given(beside, name):
    assert beside(name) is None


def test_a_file_that_cannot_be_read_is_told(beside, monkeypatch):
    def refuse(path, flags):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("annotator.workbench.beside.os.open", refuse)
    with pytest.raises(UserError) as error:
        beside("a.txt")
    assert error.value.key == "import.unreadable"
    assert error.value.values["path"].endswith("a.txt")


def test_a_folder_of_brat_comes_into_a_project_once(tmp_path):
    write(tmp_path / "in", "a.txt", "ئازاد هات")
    write(tmp_path / "in", "a.ann", "T1\tPER 0 5\tئازاد\n")
    write(tmp_path / "in", "b.ann", "")
    assert len(find_files([tmp_path / "in"]).files) == 2
    with new_project(tmp_path) as project:
        report = import_into(project, tmp_path / "in", annotator="شیلان")
        assert (report.imported, report.sets, report.duplicates) == (("a",), 1, ())
        [problem] = report.problems
        assert (problem.key, problem.values["name"]) == ("formats.no_file_beside", "b.txt")
