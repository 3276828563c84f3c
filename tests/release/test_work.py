"""The work of a build: folders, version, date, and commands that fail with one sentence."""

import sys

import pytest
from release.work import Stopped, Work, begin, source_date_of, version_of

from annotator import __version__
from tests.architecture.sources import CHECKOUT


@pytest.fixture
def work(tmp_path):
    return Work(checkout=tmp_path, system="linux", version="1.2.3", source_date=1_700_000_000)


def test_the_version_stands_in_one_place():
    assert version_of(CHECKOUT) == __version__
    assert begin(CHECKOUT, "linux").version == __version__


def test_a_checkout_without_a_version_stops(tmp_path):
    (tmp_path / "annotator").mkdir()
    (tmp_path / "annotator" / "__init__.py").write_text('version = "1"\n')
    with pytest.raises(Stopped, match="does not say which version"):
        version_of(tmp_path)


def test_the_date_is_told_or_that_of_the_commit_or_now(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    assert source_date_of(CHECKOUT) == 1_600_000_000
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert source_date_of(tmp_path) > 1_600_000_000


def test_everything_is_written_below_the_ignored_folder(work, tmp_path):
    assert work.folder("dist") == tmp_path / ".out" / "linux" / "dist"
    assert work.packages == tmp_path / ".out" / "packages" / "linux"
    (work.folder("dist") / "old").touch()
    (work.cache / "kept").mkdir(parents=True)
    assert list(work.empty_folder("dist").iterdir()) == []
    work.clean()
    assert not (tmp_path / ".out" / "linux" / "dist").exists()
    assert (work.cache / "kept").is_dir()


def test_a_command_is_given_the_date_and_says_what_it_says(work):
    code = "import os, sys; print(os.environ['SOURCE_DATE_EPOCH']); print('x', file=sys.stderr)"
    told = work.run((sys.executable, "-c", code), "It failed")
    assert sorted(told.split()) == ["1700000000", "x"]


def test_a_command_that_fails_stops_with_purpose_and_last_words(work):
    with pytest.raises(Stopped, match=r"It failed: .+ ended with 3\.\nbad"):
        work.run((sys.executable, "-c", "print('bad'); raise SystemExit(3)"), "It failed")
    with pytest.raises(Stopped, match=r"It failed: no-such-tool cannot be started"):
        work.run(("no-such-tool",), "It failed")
