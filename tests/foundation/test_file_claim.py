"""A claim ends with its block or its process, and only then is the file taken for abandoned."""

import os
import subprocess
import sys

import pytest

from annotator.foundation import file_claim
from annotator.foundation.file_claim import claimed, remove_if_abandoned


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "x.tmp"
    made.touch()
    return made


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps open files from being removed itself")
def test_a_claimed_file_stays_until_the_claim_ends(path):
    with path.open("wb") as stream, claimed(stream.fileno()):
        stream.close()
        remove_if_abandoned(path)
        assert path.exists()
    remove_if_abandoned(path)
    assert not path.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps open files from being removed itself")
def test_a_claim_holds_against_another_process(path):
    code = (
        "import sys, pathlib\n"
        "from annotator.foundation.file_claim import remove_if_abandoned\n"
        "remove_if_abandoned(pathlib.Path(sys.argv[1]))\n"
    )
    command = [sys.executable, "-c", code, str(path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with path.open("wb") as stream, claimed(stream.fileno()):
        subprocess.run(command, check=True, env=environment)
        assert path.exists()
    subprocess.run(command, check=True, env=environment)
    assert not path.exists()


def test_what_is_not_there_or_no_file_is_left_alone(tmp_path):
    remove_if_abandoned(tmp_path / "no")
    remove_if_abandoned(tmp_path)
    assert tmp_path.is_dir()


@pytest.mark.skipif(os.name == "nt", reason="POSIX locks")
def test_where_nothing_can_be_locked_nothing_is_removed(path, monkeypatch):
    def fail(_descriptor, _how):
        raise OSError("no locks here")

    monkeypatch.setattr(file_claim.fcntl, "flock", fail)
    with path.open("wb") as stream, claimed(stream.fileno()):
        remove_if_abandoned(path)
    assert path.exists()
