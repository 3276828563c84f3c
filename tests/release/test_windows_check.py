"""An installer puts exactly the program there, and takes all of it away again."""

import shutil

import pytest
from release.windows_check import names_in, replace
from release.work import Stopped

from tests.release.stand_in import StandInWine, put

PLACE = ("AppData", "Local", "Programs", "Nishan")


@pytest.fixture
def bundles(tmp_path):
    """A program in two forms, each with an installer that only names its folder."""
    forms = {"files": ("app/a.py",), "frozen": ("_internal/a.dll",)}
    made = {name: put(tmp_path / name, "Nishan.exe", *inner) for name, inner in forms.items()}
    for name, folder in made.items():
        (tmp_path / f"{name}.exe").write_text(str(folder))
    return made


def windows(tmp_path, *, removes=True, leaves=()):
    """A Windows on which installers work; `removes` says whether they clear the folder before."""

    def does(program, *_words):
        home = wine.home(*PLACE)
        if removes:
            shutil.rmtree(home, ignore_errors=True)
        if program.endswith("setup.exe"):
            shutil.copytree((wine.drive / "setup.exe").read_text(), home, dirs_exist_ok=True)
            put(home, "uninstall.exe")
        else:
            shutil.rmtree(home, ignore_errors=True)
            put(home, *leaves)
        return 0, ""

    wine = StandInWine(tmp_path / "wine", does)
    return wine


def replaced(tmp_path, bundles, wine):
    older, newer = tmp_path / "files.exe", tmp_path / "frozen.exe"
    replace(wine, older=older, newer=newer, bundle=bundles["frozen"])


def test_one_form_replaces_the_other(tmp_path, bundles):
    wine = windows(tmp_path)
    replaced(tmp_path, bundles, wine)
    assert [words[0].rpartition("\\")[2] for words in wine.asked] == [
        "setup.exe", "setup.exe", "uninstall.exe",
    ]  # fmt: skip


def test_what_the_older_form_leaves_is_told(tmp_path, bundles):
    with pytest.raises(Stopped, match=r"did not install what it should: \['app/a\.py'\]"):
        replaced(tmp_path, bundles, windows(tmp_path, removes=False))


def test_what_stays_after_the_removal_is_told(tmp_path, bundles):
    with pytest.raises(Stopped, match=r"left something of files\.exe"):
        replaced(tmp_path, bundles, windows(tmp_path, leaves=("app/b.pyc",)))


def test_names_are_told_from_the_folder_on(tmp_path):
    assert names_in(put(tmp_path / "x", "a", "b/c")) == {"a", "b/c"}
