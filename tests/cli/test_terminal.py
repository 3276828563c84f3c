"""The bar of the command line leaves the line to what is said after it."""

import sys

import pytest

from annotator.cli import main
from annotator.cli.terminal import Terminal
from annotator.foundation.catalogue import load_catalogue


@pytest.fixture
def make(monkeypatch):
    """A terminal on which somebody looks; made in the test, when its streams are there."""

    def made():
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        return Terminal(load_catalogue("en"))

    return made


def test_what_stops_the_bar_stands_on_a_line_of_its_own(make, capsys):
    terminal = make()
    terminal.progress(2, 4)
    terminal.complain("cli.stopped")
    assert capsys.readouterr().err.endswith(" 2/4\nStopped.\n")
    terminal.complain("cli.stopped")
    assert capsys.readouterr().err == "Stopped.\n"


def test_an_answer_ends_the_bar_as_well(make, capsys):
    terminal = make()
    terminal.progress(2, 4)
    terminal.tell("said")
    told = capsys.readouterr()
    assert (told.out, told.err[-5:]) == ("said\n", " 2/4\n")


def test_a_bar_that_is_full_ends_once(make, capsys):
    terminal = make()
    for done in range(3):
        terminal.progress(done, 2)
    terminal.tell("said")
    assert capsys.readouterr().err.count("\n") == 1


def test_of_one_file_it_is_counted_what_is_read(make, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = "".join(f'{{"text": "وشە {number}"}}\n' for number in range(120))
    (tmp_path / "news.jsonl").write_text(lines, encoding="utf-8")
    assert main(["new", "P"]) == 0
    make()
    assert main(["import", "P", "news.jsonl"]) == 0
    assert capsys.readouterr().err == "\rDocuments read: 50\rDocuments read: 100\n"
    make()
    assert main(["import", "P", "news.jsonl", "--dry-run"]) == 0
    assert "Documents read: 100\n" in capsys.readouterr().err


def test_several_files_have_the_bar(make, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text(f"وشە {number}", encoding="utf-8")
    assert main(["new", "P"]) == 0
    make()
    assert main(["import", "P", *map(str, tmp_path.glob("*.txt"))]) == 0
    told = capsys.readouterr().err
    assert (told[-6:], "Documents read" in told) == ("60/60\n", False)


def test_a_conversion_counts_what_it_reads_before_the_bar_comes(
    make, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    lines = "".join(f'{{"text": "وشە {number}", "label": []}}\n' for number in range(60))
    (tmp_path / "tasks.jsonl").write_text(lines, encoding="utf-8")
    make()
    assert main(["convert", "tasks.jsonl", "out.conll"]) == 0
    told = capsys.readouterr().err
    assert told.startswith("\rDocuments read: 50\r[")
    assert told.endswith("60/60\n")
