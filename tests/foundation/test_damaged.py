"""Damaged files put aside: under names of their own, and never lost."""

import os

import pytest

from annotator.foundation.damaged import put_aside
from annotator.foundation.errors import UserError


def test_every_damaged_file_gets_a_name_of_its_own(tmp_path):
    path = tmp_path / "keys.json"
    names = []
    for content in (b"1", b"2", b"3"):
        path.write_bytes(content)
        aside = put_aside(path)
        assert aside.read_bytes() == content
        assert not path.exists()
        names.append(aside.name)
    assert names == ["keys-damaged.json", "keys-damaged-2.json", "keys-damaged-3.json"]
    assert [(tmp_path / name).read_bytes() for name in names] == [b"1", b"2", b"3"]


def test_what_cannot_be_renamed_stays(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "no")

    path = tmp_path / "keys.json"
    path.write_bytes(b"{")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(UserError) as error:
        put_aside(path)
    assert error.value.key == "file.not_permitted"
    assert [found.name for found in tmp_path.iterdir()] == ["keys.json"]


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(UserError) as error:
        put_aside(tmp_path / "gone" / "keys.json")
    assert error.value.key == "file.not_found"
