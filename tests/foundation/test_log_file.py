"""The log on the disk: whole lines, a limit, several writers, and never a disturbance."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.foundation import log_file
from annotator.foundation.log_file import OLDER_FILES, LogFile

CHECKOUT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from annotator.foundation.log_file import LogFile
log = LogFile(Path(sys.argv[1]), most_bytes=20_000)
for number in range(400):
    log.append(f"{sys.argv[2]} {number:04} {'x' * 60}\\n")
"""


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_lines_are_added_in_a_folder_that_is_made(tmp_path):
    log = LogFile(tmp_path / "a" / "b")
    log.append("یەکەم\n")
    LogFile(tmp_path / "a" / "b").append("دووەم\n")
    assert log.path.read_text("utf-8") == "یەکەم\nدووەم\n"
    assert log.last_lines(1) == ["دووەم"]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_nobody_else_can_read_it(tmp_path):
    log = LogFile(tmp_path)
    log.append("x\n")
    assert log.path.stat().st_mode & 0o077 == 0


def test_the_size_of_all_files_is_limited(tmp_path):
    log = LogFile(tmp_path, most_bytes=100)
    for number in range(200):
        log.append(f"line {number:03}\n")
    assert len(names(tmp_path)) == OLDER_FILES + 1
    assert max(path.stat().st_size for path in tmp_path.iterdir()) <= 100
    lines = log.last_lines(1000)
    assert lines == [f"line {number:03}" for number in range(200 - len(lines), 200)]
    assert len(lines) > 30
    assert log.last_lines(12) == lines[-12:]


def test_several_processes_write_whole_lines_and_lose_none_of_the_newest(tmp_path):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name], cwd=CHECKOUT)
        for name in "abc"
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    lines = LogFile(tmp_path).last_lines(10_000)
    assert {len(line) for line in lines} == {len(f"a 0000 {'x' * 60}")}
    assert len(lines) > 600
    for name in "abc":
        own = [int(line.split()[1]) for line in lines if line.startswith(name)]
        assert own == list(range(400 - len(own), 400))
    assert not (tmp_path / "nishan.turn").exists()


def test_what_cannot_be_written_disturbs_nobody(tmp_path):
    (tmp_path / "file").write_text("x")
    log = LogFile(tmp_path / "file")
    log.append("x\n")
    assert log.last_lines(3) == []


def test_a_torn_line_ends_before_the_next_one(tmp_path, monkeypatch):
    log, write = LogFile(tmp_path), os.write
    monkeypatch.setattr(log_file.os, "write", lambda file, data: write(file, data[:3]))
    log.append("first\n")
    monkeypatch.setattr(log_file.os, "write", write)
    log.append("second\n")
    assert log.last_lines(9) == ["fir", "second"]


def test_a_lone_surrogate_can_be_written(tmp_path):
    log = LogFile(tmp_path)
    log.append("a\ud800b\n")
    assert log.last_lines(1) == ["a\\ud800b"]


def test_files_stay_while_another_process_moves_them_and_a_dead_ones_turn_ends(tmp_path):
    log = LogFile(tmp_path, most_bytes=10)
    turn = tmp_path / "nishan.turn"
    turn.write_text("")
    for _ in range(3):
        log.append("line\n")
    assert names(tmp_path) == ["nishan.log", "nishan.turn"]
    old = time.time() - 60
    os.utime(turn, (old, old))
    log.append("line\n")
    log.append("line\n")
    assert names(tmp_path) == ["nishan.1.log", "nishan.log"]
