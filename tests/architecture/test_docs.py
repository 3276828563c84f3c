"""What is told to people is so: the guide names every act and every option, the README no other."""

import io
import re
from contextlib import redirect_stdout
from functools import cache

import pytest

from annotator.cli import main
from annotator.cli.verbs import VERBS
from annotator.ui.guide_text import KEY
from annotator.ui.keyboard.actions import ACTIONS
from tests.architecture.sources import CHECKOUT

HELP = CHECKOUT / "resources" / "help"
LANGUAGES = ("ckb", "en")
FLAG = re.compile(r"--[a-z][a-z-]*")
# `run.py` has verbs of its own beside those of the program, with options of their own.
OF_RUN = {"test": set(), "build": {"--check"}}
# Verbs that the README may leave to the guide.
SELDOM = {"demo"}


def told(language):
    """The whole guide of one language."""
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted((HELP / language).glob("*.md")))


@cache
def flags(verb):
    """The options of a verb, or of the program without one, by its own help."""
    said = io.StringIO()
    with redirect_stdout(said), pytest.raises(SystemExit):
        main([*verb.split(), "--help"])
    return frozenset(FLAG.findall(said.getvalue()))


def commands(text):
    """The words of every command line in a text: code after ``annotator`` or ``run.py``."""
    code = re.findall(r"```\n(.*?)```|`([^`\n]+)`", text, re.DOTALL)
    lines = [line for pair in code for piece in pair for line in piece.splitlines()]
    for line in lines:
        match = re.match(r"(?:annotator|python3 run\.py)\s+(.*)", line.split("#")[0].strip())
        if match:
            yield match[1].split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_names_every_act_with_a_key(language):
    named = {name for kind, name in KEY.findall(told(language)) if kind == "key"}
    assert {action.id for action in ACTIONS if action.chords} - named == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_tells_every_verb_and_option(language):
    text = told(language)
    assert {verb for verb in VERBS if f"`annotator {verb}" not in text} == set()
    known = set().union(*map(flags, ("", *VERBS)))
    assert {"--json", "--draft", "--headless"} <= known
    assert known - set(FLAG.findall(text)) == set()


@pytest.mark.parametrize(
    "text",
    [pytest.param(told(name), id=name) for name in LANGUAGES]
    + [pytest.param((CHECKOUT / "README.md").read_text(encoding="utf-8"), id="README")],
)
def test_every_command_that_is_told_exists(text):
    found = list(commands(text))
    assert {words[0] for words in found} >= VERBS.keys() - SELDOM
    for words in found:
        verb = words[0] if words[0] in VERBS else ""
        is_verb = verb or not re.fullmatch(r"[a-z]+", words[0]) or words[0] in OF_RUN
        assert is_verb, words
        known = OF_RUN.get(words[0], flags(verb))
        assert set(FLAG.findall(" ".join(words))) <= known, words


def test_the_reader_of_commands_sees_what_it_should():
    text = "`annotator new X`\n```\npython3 run.py test  # all\nother\n```\n`annotator`"
    assert list(commands(text)) == [["new", "X"], ["test"]]
