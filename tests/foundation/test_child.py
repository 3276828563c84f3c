"""The copy of the program that is started beside it."""

import sys

from annotator import __version__
from annotator.foundation.child import start_child
from annotator.foundation.own_copy import own_folder

TELL = """
import os, sys
print(os.getcwd(), ascii(sys.argv[1:]), sys.stdin.read())
print("error", file=sys.stderr)
"""


def test_it_is_told_the_words_where_the_program_is_and_answers():
    with start_child("a b", "ج", talks=True, command=[sys.executable, "-c", TELL]) as child:
        told, errors = child.communicate(b"asked")
    assert told.decode().split("\n")[0].rstrip() == f"{own_folder()} {['a b', 'ج']!a} asked"
    assert errors is None


def test_who_does_not_talk_hears_nothing_and_is_not_heard(capfd):
    with start_child(command=[sys.executable, "-c", TELL]) as child:
        assert (child.stdin, child.stdout, child.stderr) == (None, None, None)
        assert child.wait(60) == 0
    assert capfd.readouterr() == ("", "")


def test_without_another_command_it_is_this_program():
    with start_child("--version", talks=True) as child:
        told, _ = child.communicate()
    assert __version__ in told.decode()
