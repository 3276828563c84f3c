"""What the system says about the place of a file; nothing is asked of the network.

Linux tells by its list of mounts, Windows by the type of the drive, macOS by ``statfs``. Where the
system says nothing, nothing is claimed.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePath

from msgspec import Struct

from annotator.store.location import Facts, Location, location_of, mount_of, mounts_in

MOUNTS = Path("/proc/self/mountinfo")
DEVICES = Path("/sys/dev/block")
_MARKERS_BEGIN_WITH = "."
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4
_MNT_LOCAL = 0x1000
_NAMES_LOOKED_AT = 2_000

_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Environment variables that Windows sets to the folders of OneDrive."""


class _Drive(Struct, frozen=True):
    file_system: str = ""
    is_remote: bool = False
    is_removable: bool = False
    volume: str = ""


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
        accounts = json.loads((folder / "info.json").read_text(encoding="utf-8-sig"))
        return [str(account["path"]) for account in accounts.values()]
    except (OSError, ValueError, RecursionError, AttributeError, KeyError, TypeError):
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


def _drive_of(real: Path) -> _Drive:
    if sys.platform == "win32":
        return _windows_drive(real)
    if sys.platform == "darwin":
        return _mac_drive(real)
    return _linux_drive(real)


def _linux_drive(real: Path) -> _Drive:
    try:
        mount = mount_of(real, mounts_in(MOUNTS.read_text(encoding="utf-8", errors="replace")))
    except OSError:
        mount = None
    if mount is None:
        return _Drive()
    return _Drive(mount.file_system, is_removable=_is_removable(mount.device))


def _is_removable(device: str) -> bool:
    """Whether the disk of a device, or of the partition it is, says that it can be taken out."""
    disk = DEVICES / device
    for folder in (disk, disk.resolve().parent):
        with suppress(OSError):
            return (folder / "removable").read_text(encoding="ascii").strip() == "1"
    return False


def _windows_drive(real: Path) -> _Drive:
    if sys.platform == "win32":
        root = f"{real.drive}\\"
        kernel = ctypes.windll.kernel32
        kind = kernel.GetDriveTypeW(root)
        if kind == _DRIVE_REMOTE:  # more would have to be asked of the network
            return _Drive(is_remote=True)
        is_removable = kind == _DRIVE_REMOVABLE
        label, system = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
        if kernel.GetVolumeInformationW(root, label, 261, None, None, None, system, 261):
            return _Drive(system.value.lower(), is_removable=is_removable, volume=label.value)
        return _Drive(is_removable=is_removable)
    return _Drive()


class _StatFs(ctypes.Structure):
    """``struct statfs`` of macOS with 64-bit inodes, as in ``sys/mount.h``."""

    _fields_ = (
        ("block_size", ctypes.c_uint32),
        ("io_size", ctypes.c_int32),
        ("counts", ctypes.c_uint64 * 5),
        ("file_system_id", ctypes.c_int32 * 2),
        ("owner", ctypes.c_uint32),
        ("type", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("subtype", ctypes.c_uint32),
        ("type_name", ctypes.c_char * 16),
        ("mounted_on", ctypes.c_char * 1024),
        ("mounted_from", ctypes.c_char * 1024),
        ("reserved", ctypes.c_uint32 * 8),
    )


def _mac_drive(real: Path) -> _Drive:
    """By ``statfs``; of a path that is not there, the nearest folder that is."""
    there = next((folder for folder in (real, *real.parents) if folder.exists()), real)
    found = _StatFs()
    library = ctypes.CDLL(None)
    # On Intel the plain name is the old call with the old structure.
    statfs = getattr(library, "statfs$INODE64", None) or library.statfs
    if statfs(os.fsencode(there), ctypes.byref(found)) != 0:
        return _Drive()
    return _Drive(
        found.type_name.decode("ascii", "replace"),
        is_remote=not found.flags & _MNT_LOCAL,
        is_removable=real.is_relative_to("/Volumes"),
    )
