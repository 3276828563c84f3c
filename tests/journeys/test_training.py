"""The commands of the page "From article to trained tagger", run as they stand there."""

import os
import re
import shlex
import subprocess
import sys

import pytest

from annotator.foundation.catalogue import LANGUAGES
from annotator.foundation.paths import resource

PAGE = "13-training.md"
CHECKOUT = resource("help").parent.parent
COMMAND = re.compile(r"^(?:annotator|python) .+$", re.MULTILINE)


def commands(language):
    """The lines of the page that somebody is to type, but for what needs a network."""
    return COMMAND.findall((resource("help", language) / PAGE).read_text(encoding="utf-8"))


def run(command, folder):
    program, *words = shlex.split(command)
    begin = ["-m", "annotator"] if program == "annotator" else []
    told = {
        **os.environ, "PYTHONPATH": str(CHECKOUT), "QT_QPA_PLATFORM": "offscreen",
        "NISHAN_LANGUAGE": "en", "NISHAN_STATE_DIR": str(folder / "state"), "PYTHONWARNINGS": "",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, *begin, *words], cwd=folder, env=told, capture_output=True,
        encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_both_languages_say_the_same_commands():
    told = [commands(language) for language in LANGUAGES]
    assert told[0] == told[1]
    assert len(told[0]) > 10


def test_the_page_leads_from_the_demo_to_a_model(tmp_path):
    said = {command: run(command, tmp_path) for command in commands("en")}
    assert (tmp_path / "model" / "model-last" / "ner").is_dir()
    assert {path.name for path in (tmp_path / "data").iterdir()} >= {"train", "dev", "README.md"}
    for name in ("hf/features.json", "conll/conll.conll", "events/textee.jsonl"):
        assert (tmp_path / name).stat().st_size > 500
    [scores] = [text for command, text in said.items() if "evaluate" in command]
    strict = next(line for line in scores.splitlines() if "strict" in line)
    assert strict.split()[-3:] == ["1.000"] * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_reached_from_the_commands(language):
    text = (resource("help", language) / "09-commands.md").read_text(encoding="utf-8")
    assert f"({PAGE})" in text
