"""The name of this computer is drawn once and stays."""

import re

import pytest

from annotator.foundation.machine import MACHINE_FILE, machine_id
from annotator.foundation.paths import state_folder


def test_the_name_stays():
    name = machine_id()
    assert re.fullmatch(r"[0-9a-f]{16}", name)
    assert machine_id() == name


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\xfe"])
def test_a_name_that_is_none_is_drawn_anew(content):
    path = state_folder() / MACHINE_FILE
    path.write_bytes(content)
    name = machine_id()
    assert path.read_text(encoding="ascii").strip() == name


def test_where_nothing_can_be_kept_nothing_is_claimed(tmp_path, monkeypatch):
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    monkeypatch.setenv("NISHAN_STATE_DIR", str(in_the_way))
    assert machine_id() == ""
