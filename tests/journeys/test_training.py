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
SCRIPT = re.compile(r'^```python\n"{3}(\S+)"{3}\n(.+?)^```$', re.MULTILINE | re.DOTALL)
CHECKOUT = resource("help").parent.parent
COMMAND = re.compile(r"^(?:annotator|python) .+$", re.MULTILINE)


def commands(language):
    """The lines of the page that somebody is to type, but for what needs a network."""
    return COMMAND.findall((resource("help", language) / PAGE).read_text(encoding="utf-8"))


def scripts(language):
    """The programs that somebody is to save, by their names."""
    page = (resource("help", language) / PAGE).read_text(encoding="utf-8")
    return dict(SCRIPT.findall(page))


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
    told = [(commands(language), scripts(language)) for language in LANGUAGES]
    assert told[0] == told[1]
    assert (len(told[0][0]), len(told[0][1])) == (14, 2)


def test_the_page_leads_from_the_demo_to_a_model(tmp_path):
    for name, text in scripts("en").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = {command: run(command, tmp_path) for command in commands("en")}
    assert (tmp_path / "model" / "model-last" / "ner").is_dir()
    assert {path.name for path in (tmp_path / "data").iterdir()} >= {"train", "dev", "README.md"}
    for name in ("hf/train/features.json", "conll/conll.conll", "events/textee.jsonl"):
        assert (tmp_path / name).stat().st_size > 500
    by_spacy, by_tokens = (text for command, text in said.items() if "evaluate" in command)
    assert "differ in their spaces" not in by_spacy
    # The scores of a model of two rounds are not promised; that it is compared is.
    assert strict(by_spacy)[0] == strict(by_tokens)[0] == "64"
    assert float(strict(by_tokens)[-3]) > 0.8
    assert "Documents whose texts differ in their spaces, as those from CoNLL do: " in by_tokens


def strict(table):
    """The cells of the row of mentions by span and label."""
    line = next(line for line in table.splitlines() if "strict" in line)
    return line.split()[-8:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_reached_from_the_commands(language):
    text = (resource("help", language) / "09-commands.md").read_text(encoding="utf-8")
    assert f"({PAGE})" in text
