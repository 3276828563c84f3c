"""What the system says about the place of a file; nothing is asked of the network.

Linux tells by its list of mounts, Windows by the type of the drive, macOS by ``statfs``. Where the
system says nothing, nothing is claimed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePath

from annotator.store.location import Drive, Facts, Location, location_of, mount_of, mounts_in

MOUNTS = Path("/proc/self/mountinfo")
DEVICES = Path("/sys/dev/block")
_MARKERS_BEGIN_WITH = "."
_NAMES_LOOKED_AT = 2_000

_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Environment variables that Windows sets to the folders of OneDrive."""


def locate(path: Path) -> Location:
    """What kind of place a file lies in; of one that is not there, its folder counts."""
    real = Path(os.path.realpath(path))
    return location_of(real, facts_of(real))


def facts_of(real: Path) -> Facts:
    """What is known about the place of a path without links."""
    drive = _drive_of(real)
    return Facts(
        file_system=drive.file_system,
        is_remote=drive.is_remote,
        is_removable=drive.is_removable,
        volume=drive.volume,
        roots=synced_roots(os.environ, Path.home()),
        names_in=_hidden_names,
    )


def synced_roots(environment: Mapping[str, str], home: Path) -> dict[str, str]:
    """The folders that OneDrive and Dropbox name themselves, with the name of the program."""
    roots = {
        os.path.realpath(environment[name]): "OneDrive"
        for name in _ONEDRIVE
        if environment.get(name)
    }
    folders = [home / ".dropbox"]
    folders += [
        Path(environment[name], "Dropbox")
        for name in ("APPDATA", "LOCALAPPDATA")
        if environment.get(name)
    ]
    for folder in folders:
        roots |= {os.path.realpath(path): "Dropbox" for path in _dropbox_folders(folder)}
    return roots


def _dropbox_folders(folder: Path) -> Iterable[str]:
    """The paths in Dropbox's ``info.json``: one for each account."""
    try:
        text = (folder / "info.json").read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return []
    import json  # slow to load, and few have such a file

    try:
        return [str(account["path"]) for account in json.loads(text).values()]
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
        return []


def _hidden_names(folder: PurePath) -> list[str]:
    names: list[str] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number >= _NAMES_LOOKED_AT:
                break
            if entry.name.startswith(_MARKERS_BEGIN_WITH):
                names.append(entry.name)
    return names


def _drive_of(real: Path) -> Drive:
    if sys.platform == "win32":
        from annotator.store.drive_calls import windows_drive

        return windows_drive(real)
    if sys.platform == "darwin":
        from annotator.store.drive_calls import mac_drive

        return mac_drive(real)
    return _linux_drive(real)


def _linux_drive(real: Path) -> Drive:
    try:
        mount = mount_of(real, mounts_in(MOUNTS.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        mount = None
    if mount is None:
        return Drive()
    return Drive(mount.file_system, is_removable=_is_removable(mount.device))


def _is_removable(device: str) -> bool:
    """Whether the disk of a device, or of the partition it is, says that it can be taken out."""
    disk = DEVICES / device
    for folder in (disk, disk.resolve().parent):
        with suppress(OSError):
            return (folder / "removable").read_text(encoding="utf-8").strip() == "1"
    return False
