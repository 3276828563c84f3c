"""The way to the window loads nothing of the verbs, and knows their names."""

import json
import os
import subprocess
import sys

from annotator.cli import main, window
from annotator.cli.verbs import VERBS
from annotator.cli.window import VERB_NAMES, watched
from tests.architecture.sources import CHECKOUT

SLOW = ("numpy", "pyqtgraph", "cassis", "lxml", "jsonschema_rs", "asyncio", "email", "spacy")
LATER = ("annotator.formats.registry", "annotator.cli.verbs", "annotator.ui.dialogs.export",
         "annotator.store.doctor.repairing", "annotator.workbench.merging",
         "annotator.workbench.importing", "annotator.ui.demo.headless")  # fmt: skip

START = """
import json, sys
from PySide6.QtCore import QTimer
from annotator import app
from annotator.cli import main
run = app.run_shell
def seen(application, shell, begin):
    def look():
        begin()
        told = json.dumps(sorted(sys.modules))
        open(sys.argv[1], "w").write(told)
        shell.quit()
        return 0
    return look()
app.run_shell = seen
sys.exit(main(["demo"]))
"""


def test_the_names_are_those_of_the_verbs():
    assert {*VERB_NAMES} == VERBS.keys()
    assert len(VERB_NAMES) == len(VERBS)


def test_the_first_window_loads_neither_verbs_nor_dialogs_nor_what_is_slow(tmp_path):
    """In a process of its own, from the command line to the demo project in its window."""
    environment = {**os.environ, "NISHAN_STATE_DIR": str(tmp_path / "state")}
    told = tmp_path / "modules.json"
    command = [sys.executable, "-c", START, str(told)]
    for _ in range(2):  # the first makes the demo project, which needs the import
        done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True)
        assert done.returncode == 0, done.stderr
    loaded = set(json.loads(told.read_text()))
    assert "annotator.ui.main_window" in loaded
    assert loaded & {*SLOW, *LATER} == set()


def test_the_demo_without_options_is_a_window(monkeypatch):
    monkeypatch.setattr("annotator.cli.open_demo_window", lambda: 0)
    assert main(["demo"]) == 0


def test_only_the_bench_is_told_of_the_first_paint():
    assert watched(["demo"]) == ["demo"]
    assert window.PAINT_FLAG.startswith("--self-test")
