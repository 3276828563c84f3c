"""What this system says about places, and what programs say about their folders."""

import json
import os
import sys

import pytest

from annotator.store import location_facts
from annotator.store.location import LocationKind
from annotator.store.location_facts import facts_of, locate, synced_roots

linux = pytest.mark.skipif(sys.platform != "linux", reason="mounts are told so on Linux only")


def test_an_ordinary_folder_is_safe_whether_or_not_the_file_is_there(tmp_path):
    assert not locate(tmp_path / "p.nishan").is_shared
    assert not locate(tmp_path / "none" / "p.nishan").is_shared


def test_a_link_is_followed_to_where_the_file_lies(tmp_path):
    real = tmp_path / "Dropbox" / "p.nishan"
    real.parent.mkdir()
    real.touch()
    link = tmp_path / "p.nishan"
    link.symlink_to(real)
    assert locate(link).service == "Dropbox"


def test_a_marker_beside_or_above_the_file_is_seen(tmp_path):
    (tmp_path / ".stfolder").mkdir()
    (tmp_path / "deep").mkdir()
    assert locate(tmp_path / "deep" / "p.nishan").service == "Syncthing"


def test_onedrive_and_dropbox_say_themselves_where_they_are(tmp_path):
    home, roaming = tmp_path / "home", tmp_path / "roaming"
    for folder, accounts in (
        (home / ".dropbox", {"personal": {"path": str(tmp_path / "mine")}}),
        (roaming / "Dropbox", {"business": {"path": str(tmp_path / "ours")}}),
    ):
        folder.mkdir(parents=True)
        (folder / "info.json").write_text(json.dumps(accounts), encoding="utf-8")
    environment = {
        "OneDriveCommercial": str(tmp_path / "Zanko"),
        "OneDrive": "",
        "APPDATA": str(roaming),
        "LOCALAPPDATA": str(tmp_path / "none"),
    }
    assert synced_roots(environment, home) == {
        os.path.realpath(tmp_path / "Zanko"): "OneDrive",
        os.path.realpath(tmp_path / "mine"): "Dropbox",
        os.path.realpath(tmp_path / "ours"): "Dropbox",
    }


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"personal": 1}', '{"personal": {}}', "[" * 9999]
)
def test_a_strange_file_of_dropbox_says_nothing(tmp_path, content):
    folder = tmp_path / ".dropbox"
    folder.mkdir()
    (folder / "info.json").write_text(content, encoding="utf-8")
    assert synced_roots({}, tmp_path) == {}


@linux
def test_the_type_of_the_file_system_and_the_disk_are_told(tmp_path, monkeypatch):
    disk = tmp_path / "devices" / "sdb"
    (disk / "sdb1").mkdir(parents=True)
    (disk / "removable").write_text("1\n")
    (tmp_path / "block").mkdir()
    (tmp_path / "block" / "8:17").symlink_to(disk / "sdb1")
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 1 8:17 / {tmp_path} rw - vfat /dev/sdb1 rw\n")
    monkeypatch.setattr(location_facts, "MOUNTS", mounts)
    monkeypatch.setattr(location_facts, "DEVICES", tmp_path / "block")
    found = facts_of(tmp_path / "p.nishan")
    assert (found.file_system, found.is_removable) == ("vfat", True)
    assert locate(tmp_path / "p.nishan").kind is LocationKind.REMOVABLE
    monkeypatch.setattr(location_facts, "MOUNTS", tmp_path / "none")
    assert facts_of(tmp_path / "p.nishan").file_system == ""


@linux
def test_this_system_names_the_file_system_of_every_mount():
    assert facts_of(location_facts.MOUNTS).file_system == "proc"
