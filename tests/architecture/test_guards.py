"""The guards of ``tests/conftest.py`` catch what they are there to catch."""

import os
import shutil
import subprocess
import sys

from tests.architecture.sources import CHECKOUT

SUSPECTS = """
import gc
import logging
import os
import warnings
from pathlib import Path


def test_a_warning_in_the_log():
    logging.getLogger("annotator").warning("odd")


def test_a_warning_that_was_expected(caplog):
    logging.getLogger("annotator").warning("odd")
    assert caplog.messages == ["odd"]
    caplog.clear()


def test_a_python_warning():
    warnings.warn("old", DeprecationWarning)


def test_a_file_left_open():
    open(__file__)
    gc.collect()


def test_a_qt_warning():
    from PySide6.QtCore import qWarning
    qWarning("odd")


def test_the_harmless_qt_line():
    from PySide6.QtCore import qWarning
    qWarning("This plugin does not support propagateSizeHints()")


def test_a_window_is_drawn_offscreen(qapp):
    assert qapp.platformName() == "offscreen"


def test_folders_are_not_the_users():
    state = Path(os.environ["NISHAN_STATE_DIR"])
    assert state.is_dir() and not list(state.iterdir())
    (state / "mark").write_text("x")
    assert Path(os.environ["XDG_CONFIG_HOME"]).parent == state


def test_folders_are_not_another_tests():
    assert not list(Path(os.environ["NISHAN_STATE_DIR"]).iterdir())


def test_children_share_what_they_compile():
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert Path(os.environ["PYTHONPYCACHEPREFIX"]).name == "compiled"


def test_a_widget_is_there_to_the_end_of_its_test(qapp, qtbot):
    from PySide6.QtWidgets import QWidget
    window = QWidget()
    window.held_by_its_own_parts = window
    qtbot.addWidget(window)
    assert qapp.allWidgets() == [window]


def test_a_widget_is_not_there_in_another_test(qapp):
    assert qapp.allWidgets() == []
"""

FAIL = {
    "test_a_warning_in_the_log",
    "test_a_python_warning",
    "test_a_file_left_open",
    "test_a_qt_warning",
}


def test_each_guard_fails_the_test_it_should_and_no_other(tmp_path):
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    (tmp_path / "tests" / "reliability").mkdir(parents=True)
    for name in ("tests/conftest.py", "tests/reliability/results.py"):
        shutil.copy(CHECKOUT / name, tmp_path / name)
    suspects = tmp_path / "tests" / "test_suspects.py"
    suspects.write_text(SUSPECTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rA"]
    command += ["--basetemp", str(tmp_path / "folders")]  # see `tests/reliability/test_results.py`
    told = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=told, capture_output=True, encoding="utf-8")
    said = [line.split(" - ")[0].split() for line in done.stdout.splitlines()]
    guilty = {words[1].split("::")[1] for words in said if words[:1] in (["FAILED"], ["ERROR"])}
    cleared = {words[1].split("::")[1] for words in said if words[:1] == ["PASSED"]}
    assert guilty == FAIL, done.stdout
    assert len(guilty | cleared) == SUSPECTS.count("\ndef test_")
