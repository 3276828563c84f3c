"""Qt for Python is told of our modules, and does not read their sources any more."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from annotator.ui import own_modules
from tests.architecture.sources import CHECKOUT

LOOKED_FOR = """
import inspect, json, sys
read = []
getsource = inspect.getsource
inspect.getsource = lambda module: read.append(module.__name__) or getsource(module)
import annotator.app
import annotator.ui.dialogs.report_page
print(json.dumps([name for name in read if name.startswith("annotator")]))
"""


def test_no_source_of_ours_is_read():
    """In a process of its own, which has loaded nothing of it by then."""
    done = subprocess.run(
        [sys.executable, "-c", LOOKED_FOR], cwd=CHECKOUT, capture_output=True, check=True
    )
    read = json.loads(done.stdout)
    assert [name for name in read if name.startswith("annotator.ui")] == []
    assert "annotator.workbench.opening" not in read  # it was there before Qt


def test_all_modules_of_the_window_are_named():
    package = Path(own_modules.__file__).parent
    found = set(own_modules.modules_below(str(package), "annotator.ui"))
    assert {"annotator.ui.shell", "annotator.ui.dialogs", "annotator.ui.dialogs.guide"} <= found
    for path in package.rglob("*.py"):
        parts = path.relative_to(package).with_suffix("").parts
        assert ".".join(("annotator.ui", *parts)) in found


def test_what_was_said_of_a_module_stays(monkeypatch):
    known = import_module("PySide6.support.feature").pyside_feature_dict
    monkeypatch.setitem(known, "annotator.ui.shell", 1)
    own_modules.use_no_features()
    assert known["annotator.ui.shell"] == 1


def test_without_such_a_dictionary_nothing_is_said(monkeypatch):
    known = import_module("PySide6.support.feature").pyside_feature_dict
    monkeypatch.delitem(known, "annotator.ui.shell")
    monkeypatch.delitem(sys.modules, "PySide6.support.feature")
    own_modules.use_no_features()
    assert "annotator.ui.shell" not in known
