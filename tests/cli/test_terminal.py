"""The bar of the command line leaves the line to what is said after it."""

import sys

import pytest

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
