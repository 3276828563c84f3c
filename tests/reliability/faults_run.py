"""Run the machinery of the fault tests in a process of its own, and skip where it cannot run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.reliability.faults_child import HAS_STRACE

ROOT = Path(__file__).resolve().parents[2]
MEMORY = Path("/dev/shm")

needs_fork = pytest.mark.skipif(os.name != "posix", reason="forks and kills processes")
needs_strace = pytest.mark.skipif(
    not HAS_STRACE, reason="needs strace to kill at a system call or to let one fail"
)


def quick_folder():
    """A folder to be used in a ``with``: in memory where there is room, for what is no disk test.

    What a kill leaves does not depend on the disk, and what a power cut leaves is computed.
    """
    return tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None)


def run_driver(name, *arguments):
    """The report of ``tests.reliability.faults_<name>``."""
    with quick_folder() as folder:
        done = subprocess.run(
            [sys.executable, "-m", f"tests.reliability.faults_{name}", folder, *arguments],
            cwd=ROOT,
            # what Python itself writes would be counted among the calls of the program
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
        )
    if done.stderr.startswith("no tracing"):
        pytest.skip(f"strace may not attach to a process here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
