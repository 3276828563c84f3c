"""The calls by which Windows and macOS tell what kind of drive a path lies on."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from annotator.store.location import Drive

_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4
_MNT_LOCAL = 0x1000


def windows_drive(real: Path) -> Drive:
    """What Windows knows of the drive of a path."""
    if sys.platform == "win32":
        root = f"{real.drive}\\"
        kernel = ctypes.windll.kernel32
        kind = kernel.GetDriveTypeW(root)
        if kind == _DRIVE_REMOTE:  # more would have to be asked of the network
            return Drive(is_remote=True)
        is_removable = kind == _DRIVE_REMOVABLE
        label, system = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
        if kernel.GetVolumeInformationW(root, label, 261, None, None, None, system, 261):
            return Drive(system.value.lower(), is_removable=is_removable, volume=label.value)
        return Drive(is_removable=is_removable)
    return Drive()


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


def mac_drive(real: Path) -> Drive:
    """What macOS tells by ``statfs``; of a path that is not there, the nearest folder that is."""
    there = next((folder for folder in (real, *real.parents) if folder.exists()), real)
    found = _StatFs()
    library = ctypes.CDLL(None)
    # On Intel the plain name is the old call with the old structure.
    statfs = getattr(library, "statfs$INODE64", None) or library.statfs
    if statfs(os.fsencode(there), ctypes.byref(found)) != 0:
        return Drive()
    return Drive(
        found.type_name.decode("ascii", "replace"),
        is_remote=not found.flags & _MNT_LOCAL,
        is_removable=real.is_relative_to("/Volumes"),
    )
