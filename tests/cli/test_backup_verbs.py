"""Backups on the command line: made, listed, restored, each also as JSON."""

import json

import pytest

from annotator.foundation.paths import state_folder
from annotator.store import backup_making
from annotator.store.project_file import ProjectFile
from tests.workbench.projects import FIRST, SECOND, SHILAN, write


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def project(say, tmp_path):
    """A project of one document, made by the command line."""
    assert say("new", "P", "--annotator", SHILAN)[0] == 0
    assert say("import", "P", write(tmp_path, "a.txt", FIRST))[0] == 0
    return tmp_path / "P.nishan"


def made():
    return sorted(state_folder().glob("backups/*/*.nishan"))


def test_a_backup_is_made_and_told(say, project):
    code, out, err = say("backup", "P")
    (path,) = made()
    assert (code, err) == (0, "")
    assert out.startswith("Backup made and read back. Documents: 1, annotations: 0 ")
    assert str(path) in out
    code, out, _ = say("backup", "P", "--json")
    answer = json.loads(out)
    assert (code, answer["reason"], answer["number"]) == (0, "manual", 2)
    assert answer["path"] in map(str, made())


def test_an_import_is_preceded_by_a_backup(say, project, tmp_path):
    assert made() == []
    assert say("import", "P", write(tmp_path, "b.txt", SECOND))[0] == 0
    (path,) = made()
    assert "-import-" in path.name
    with ProjectFile.open(project) as after:
        assert after.documents.count() == 2


def test_an_import_goes_on_without_a_backup(say, project, tmp_path, monkeypatch):
    monkeypatch.setattr(backup_making, "RESERVE", 10**18)
    code, out, err = say("import", "P", write(tmp_path, "b.txt", SECOND))
    assert (code, made()) == (0, [])
    assert out.startswith("Imported: documents: 1,")
    assert err.startswith("There is too little space left for a backup")


def test_the_list_says_of_each_whether_it_is_whole(say, project):
    for _ in range(2):
        say("backup", "P")
    first, second = made()
    first.write_bytes(b"x" * 5000)
    code, out, err = say("backups", "P")
    lines = out.splitlines()
    assert (code, err, len(lines)) == (1, "", 2)
    assert (
        "by hand: documents: 1, annotations: 0 (opening no. 1 of the project), whole." in lines[0]
    )
    assert "is not a Nîşan project" in lines[1]
    code, out, _ = say("backups", "P", "--json")
    answers = json.loads(out)
    assert [answer["path"] for answer in answers] == [str(second), str(first)]
    assert (answers[0]["documents"], answers[1]["error"]) == (1, "store.foreign")


def test_the_list_is_there_for_a_project_that_is_open_or_damaged(say, project):
    say("backup", "P")
    with ProjectFile.open(project):
        assert len(json.loads(say("backups", "P", "--json")[1])) == 1
    project.write_bytes(bytes(3000))
    assert len(json.loads(say("backups", "P", "--json")[1])) == 1
    project.unlink()
    assert len(json.loads(say("backups", "P", "--json")[1])) == 1


def test_no_backups_is_an_answer(say, project):
    code, out, _ = say("backups", "Q")
    assert (code, out) == (0, "There are no backups of Q on this computer.\n")
    assert say("backups", "Q", "--json")[1] == "[]\n"


def test_a_ruin_is_told_the_backups_of_others(say, project, tmp_path):
    say("backup", "P")
    (path,) = made()
    (tmp_path / "Q.nishan").write_bytes(project.read_bytes()[:4096])
    code, out, _ = say("backups", "Q")
    assert code == 0
    first, second = out.splitlines()
    assert first == "There are no backups of Q on this computer."
    assert second.startswith("Perhaps this one, of P.nishan in ")
    assert second.endswith(f"documents: 1, annotations: 0. {path}")
    assert say("backups", "Q", "--json")[1] == "[]\n"


def test_a_backup_becomes_a_project_of_another_name(say, project):
    say("backup", "P")
    (path,) = made()
    code, out, _ = say("restore", path, "--output", "new")
    assert code == 0
    assert out.startswith("Restored as ")
    assert "Documents: 1, annotations: 0." in out
    assert say("info", "new")[0] == 0
    answer = json.loads(say("restore", path, "--output", "other.nishan", "--json")[1])
    assert (answer["project"], answer["documents"]) == ("other.nishan", 1)


def test_nothing_is_overwritten(say, project):
    say("backup", "P")
    (path,) = made()
    before = project.read_bytes()
    code, _, err = say("restore", path, "--output", "P")
    assert code == 3
    assert "has not been overwritten" in err
    assert project.read_bytes() == before
    code, out, _ = say("restore", "nowhere.nishan", "--output", "N", "--json")
    assert (code, json.loads(out)["error"]) == (3, "store.missing")
