"""The linter, the formatter and the type checker are content; CI runs them through here."""

import subprocess
import sys

import pytest

from tests.architecture.sources import CHECKOUT


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "--no-cache", "annotator", "tests", "run.py", "build"),
        ("ruff", "format", "--check", "--no-cache", "annotator", "tests", "run.py", "build"),
        ("mypy",),
    ],
    ids=["ruff check", "ruff format", "mypy"],
)
def test_the_checker_is_content(command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=CHECKOUT, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
