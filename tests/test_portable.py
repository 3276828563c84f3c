"""A program that keeps its settings beside itself leaves none of Qt's elsewhere."""

import os
import subprocess
import sys

START = """
import sys
from pathlib import Path
sys.frozen, sys.executable = True, sys.argv[1]
from annotator.app import make_application
from PySide6.QtCore import QSettings
application = make_application(["annotator", "-platform", "offscreen"])
print(Path(QSettings().fileName()))
"""


def test_settings_of_qt_lie_beside_a_portable_program(tmp_path):
    (tmp_path / "portable.txt").write_text("")
    environment = {name: value for name, value in os.environ.items() if name != "NISHAN_STATE_DIR"}
    done = subprocess.run(
        (sys.executable, "-c", START, tmp_path / "annotator"),
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=True,
    )
    expected = tmp_path / "NishanData" / "settings" / "Nishan" / "Nishan.ini"
    assert done.stdout.strip() == str(expected)
