"""The linter, the formatter and the type checker are content; CI runs them through here."""

import ast
import subprocess
import sys

import pytest

from tests.architecture.sources import CHECKOUT, modules


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


def test_values_are_structs():
    """DECISIONS 87: making dataclasses was a quarter of the start; one has an uncompared field."""
    made = {
        (str(path), node.name)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any("dataclass" in ast.unparse(each) for each in node.decorator_list)
    }
    assert made == {("annotator/formats/losses.py", "Loss")}
