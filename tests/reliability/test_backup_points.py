"""A kill at every system call of a backup and a restoration that changes the disk."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from annotator.store.backup import backups_in, read_backup
from annotator.store.project_file import ProjectFile
from tests.store.projects import adding, make_project, mention, perform

ROOT = Path(__file__).resolve().parents[2]
STRACE = shutil.which("strace")
CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "mkdir")
EVERY = 6
"""The distance between the points of the small scale."""

pytestmark = [
    pytest.mark.root,
    pytest.mark.skipif(STRACE is None, reason="strace is not installed"),
]


@pytest.fixture
def project(tmp_path):
    """The path of a project, and what it holds."""
    path = tmp_path / "p.nishan"
    with make_project(path) as made:
        perform(made, adding(*(mention(n, n, n + 40) for n in range(1, 200))))
        return path, made.inventory()


def traced(tmp_path, path, *options):
    """Run the child in a folder of its own; its folder, and whether it came to its end."""
    place = tmp_path / "run"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    child = [sys.executable, "-m", "tests.reliability.backup_once", str(path)]
    done = subprocess.run(
        [STRACE, "-f", "-qq", *options, *child, str(place / "backups"), str(place / "new.nishan")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    return place, done.returncode == 0


def points(tmp_path, path):
    """How often the child makes each call."""
    log = tmp_path / "calls"
    place, is_done = traced(tmp_path, path, "-e", f"trace={','.join(CALLS)}", "-o", str(log))
    assert is_done, os.listdir(place)
    return Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(errors="replace"), re.MULTILINE))


def check_killed(tmp_path, project, step):
    """Kill at every `step`-th point: what has a final name is whole, the project as before."""
    path, held = project
    before = path.read_bytes()
    found = [
        (call, number)
        for call, count in points(tmp_path, path).items()
        for number in range(1, count + 1)
    ]
    wholes = 0
    for call, number in found[::step]:
        inject = f"inject={call}:signal=KILL:when={number}"
        place, is_done = traced(tmp_path, path, "-e", inject, "-o", os.devnull)
        assert not is_done, (call, number)
        for name in ("p.nishan-journal", ".~lock.p.nishan#"):
            (tmp_path / name).unlink(missing_ok=True)
        assert path.read_bytes() == before, (call, number)
        final = [backup.path for backup in backups_in(place / "backups")]
        final += [new for new in (place / "new.nishan",) if new.exists()]
        for whole in final:
            assert read_backup(whole) == held, (call, number)
        wholes += len(final)
    with ProjectFile.open(path) as opened:
        opened.check()
    assert 0 < wholes < 2 * len(found[::step])
    return len(found[::step])


def test_a_kill_at_some_points(tmp_path, project):
    assert check_killed(tmp_path, project, EVERY) > 15


@pytest.mark.heavy
def test_a_kill_at_every_point(tmp_path, project):
    assert check_killed(tmp_path, project, 1) > 100
