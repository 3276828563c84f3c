"""Imports point downwards, and what needs no window loads no Qt."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.architecture.sources import CHECKOUT, PACKAGE, dotted, modules

# The parts of the page that think; those that exist are held to it.
THINKING_PARTS = {
    *("scene", "scene_builder", "lanes", "offsets", "heights", "blocks", "style", "fills"),
}


def _contracts(folder):
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports("
    command = [sys.executable, "-c", lint + "no_cache=True, no_logo=True))"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8"
    )


def test_every_contract_is_kept():
    report = _contracts(CHECKOUT)
    assert report.returncode == 0, report.stdout + report.stderr


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("core/intruder.py", "import annotator.store", "Layers point downwards"),
        ("formats/intruder.py", "import annotator.store", "Layers point downwards"),
        ("utilities.py", "", "Layers point downwards"),
        ("workbench/intruder.py", "import PySide6.QtCore", "Only ui and app know Qt"),
        ("core/intruder.py", "import time", "The core knows no file"),
        ("workbench/intruder.py", "import sqlite3", "Only the store speaks SQL"),
        ("ui/intruder.py", "import annotator.store", "The window asks the workbench"),
    ],
)
def test_a_violation_is_caught(tmp_path, module, line, broken):
    shutil.copytree(PACKAGE, tmp_path / "annotator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    (tmp_path / "annotator" / module).write_text(f'"""A test wrote this."""\n{line}\n')
    report = _contracts(tmp_path)
    assert report.returncode != 0
    caught = [name for name in report.stdout.splitlines() if " BROKEN" in name]
    assert any(name.startswith(broken) for name in caught), report.stdout + report.stderr


def _needs_no_qt(name):
    parts = name.split(".")
    if name.startswith("annotator.ui.textview."):
        return parts[3] in THINKING_PARTS
    if name.startswith(("annotator.ui.editing", "annotator.ui.keyboard")):
        return parts[-1] != "from_qt"
    return parts[-1] != "__main__" and (len(parts) == 1 or parts[1] not in {"ui", "app"})


def test_what_needs_no_window_loads_no_qt():
    """Holds for ``annotator.cli`` with every module below ``ui``, in a fresh interpreter."""
    wanted = [name for name in map(dotted, modules()) if _needs_no_qt(name)]
    assert ("annotator.cli" in wanted) == (
        (PACKAGE / "cli.py").exists() or (PACKAGE / "cli").is_dir()
    )
    code = (
        "import importlib, json, sys\n"
        f"for name in {wanted!r}: importlib.import_module(name)\n"
        "print(json.dumps([m for m in sys.modules if m.split('.')[0] in ('PySide6', 'shiboken6')]))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
