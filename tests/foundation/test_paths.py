"""Where things lie, from a checkout, a wheel and a frozen program."""

from pathlib import Path

import pytest

from annotator.foundation import paths
from annotator.foundation.errors import Defect
from annotator.foundation.paths import (
    portable_folder,
    resource,
    resources_folder,
    settings_folder,
    state_folder,
)


def test_the_resources_of_a_checkout_are_beside_the_package():
    assert resources_folder() == Path(paths.__file__).resolve().parents[2] / "resources"
    assert resource("schemes", "ckb-news.json").is_file()


@pytest.mark.parametrize("inside", ["annotator/_resources", "resources"])
def test_an_installed_package_has_them_inside_or_beside(tmp_path, monkeypatch, inside):
    (tmp_path / inside / "schemas").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "annotator" / "foundation" / "paths.py"))
    assert resources_folder() == tmp_path / inside


def test_a_frozen_program_unpacks_them(tmp_path, monkeypatch):
    (tmp_path / "resources" / "schemas").mkdir(parents=True)
    monkeypatch.setattr(paths.sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources_folder() == tmp_path / "resources"


def test_without_them_the_installation_is_broken(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "annotator" / "foundation" / "paths.py"))
    with pytest.raises(Defect) as defect:
        resources_folder()
    assert defect.value.key == "defect.resources_missing"


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"NISHAN_STATE_DIR": "/own"}, "/own"),
        ("linux", {"XDG_STATE_HOME": "/state"}, "/state/nishan"),
        ("linux", {}, "~/.local/state/nishan"),
        ("darwin", {}, "~/Library/Application Support/Nishan"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/Nishan"),
        ("win32", {}, "~/AppData/Local/Nishan"),
    ],
)
def test_every_system_has_its_place_for_the_state(
    tmp_path, monkeypatch, platform, environment, folder
):
    for name in ("NISHAN_STATE_DIR", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(paths.sys, "platform", platform)
    assert state_folder() == Path(folder).expanduser()


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"NISHAN_STATE_DIR": "/own"}, "/own/settings"),
        ("linux", {"XDG_CONFIG_HOME": "/config"}, "/config/nishan"),
        ("linux", {}, "~/.config/nishan"),
        ("darwin", {}, "~/Library/Preferences/Nishan"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/Nishan"),
        ("win32", {}, "~/AppData/Roaming/Nishan"),
    ],
)
def test_every_system_has_its_place_for_the_settings(
    tmp_path, monkeypatch, platform, environment, folder
):
    for name in ("NISHAN_STATE_DIR", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(paths.sys, "platform", platform)
    assert settings_folder() == Path(folder).expanduser()


@pytest.fixture
def bundle(tmp_path, monkeypatch):
    """A bundled program, started from its own folder, that nobody gave a folder for its state."""
    program = tmp_path / "Nishan" / "Nishan.exe"
    program.parent.mkdir()
    program.write_bytes(b"")
    monkeypatch.delenv("NISHAN_STATE_DIR")
    monkeypatch.setattr(paths.sys, "frozen", True, raising=False)
    monkeypatch.setattr(paths.sys, "executable", str(program))
    return program.parent


def test_a_program_with_the_mark_keeps_everything_beside_itself(bundle):
    (bundle / "portable.txt").write_text("")
    data = bundle / "NishanData"
    assert (state_folder(), settings_folder()) == (data / "state", data / "settings")
    assert list(data.iterdir()) == []  # trying it out left nothing


def test_without_the_mark_it_uses_the_folders_of_the_user(bundle):
    assert portable_folder() is None
    assert bundle not in state_folder().parents
    assert list(bundle.iterdir()) == [bundle / "Nishan.exe"]


def test_a_checkout_is_never_portable(bundle, monkeypatch):
    (bundle / "portable.txt").write_text("")
    monkeypatch.setattr(paths.sys, "frozen", False)
    assert portable_folder() is None


def test_a_named_folder_comes_first(bundle, monkeypatch, tmp_path):
    (bundle / "portable.txt").write_text("")
    monkeypatch.setenv("NISHAN_STATE_DIR", str(tmp_path / "own"))
    assert state_folder() == tmp_path / "own"
    assert settings_folder() == tmp_path / "own" / "settings"


def test_where_nothing_can_be_written_the_folders_of_the_user_serve(bundle):
    (bundle / "portable.txt").write_text("")
    (bundle / "NishanData").write_text("a file stands in the way")
    assert portable_folder() is None
    assert bundle not in settings_folder().parents


def test_on_macos_it_lies_beside_what_the_user_sees(tmp_path, monkeypatch):
    inside = tmp_path / "Nishan.app" / "Contents" / "MacOS"
    inside.mkdir(parents=True)
    (tmp_path / "portable.txt").write_text("")
    monkeypatch.setattr(paths.sys, "frozen", True, raising=False)
    monkeypatch.setattr(paths.sys, "executable", str(inside / "annotator"))
    assert portable_folder() == tmp_path / "NishanData"
