"""The binding to Qt keeps count of ``None``; PySide6 6.12.0 on Python 3.11 does not."""

import subprocess
import sys

# Immortal objects (Python 3.12 and later) have a fixed count, which does not shrink either.
CALLS = """
import sys
from PySide6.QtCore import QTimer
timer = QTimer()
before = sys.getrefcount(None)
for _ in range(20_000):
    timer.setInterval(5)
print(before - sys.getrefcount(None))
"""


def test_a_method_that_returns_nothing_can_be_called_many_times():
    done = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 100
