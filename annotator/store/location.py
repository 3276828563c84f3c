"""What kind of place a project lies in: this computer's disk, a stick, a share, a synced folder.

On a share two computers do not see each other's locks, and a program that syncs a folder copies a
file while it is written; so it must be known before a project is opened there. Everything here is
a pure function of what `location_facts` has found out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from pathlib import PurePath

from msgspec import Struct

from annotator.foundation.late_pattern import LatePattern


class LocationKind(Enum):
    """How safely a file can be worked on where it lies."""

    LOCAL = "local"
    REMOVABLE = "removable"
    NETWORK = "network"
    CLOUD = "cloud"


class Location(Struct, frozen=True):
    """A kind of place, and what it is called: the service, or the type of the file system."""

    kind: LocationKind
    service: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether others may write there without this computer noticing."""
        return self.kind in (LocationKind.NETWORK, LocationKind.CLOUD)


class Mount(Struct, frozen=True):
    """One line of the list of mounts: where, which type, and the numbers of its device."""

    point: str
    file_system: str
    device: str = ""


class Drive(Struct, frozen=True):
    """What the system tells of the drive a path lies on."""

    file_system: str = ""
    is_remote: bool = False
    is_removable: bool = False
    volume: str = ""


class Facts(Struct, frozen=True, kw_only=True):
    """What the system says about a path.

    `file_system` is the type, in the system's own word; `roots` are folders that a program keeps
    in step by its own word, with that program's name; `names_in` gives the names in a folder.
    """

    file_system: str = ""
    is_remote: bool = False
    is_removable: bool = False
    volume: str = ""
    roots: Mapping[str, str]
    names_in: Callable[[PurePath], Iterable[str]]


# fmt: off
_NETWORK_TYPES = frozenset({
    "9p", "acfs", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "ftp",
    "gfs", "gfs2", "gpfs", "lustre", "mvfs", "ncp", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2",
    "panfs", "prl_fs", "smb", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "webdav",
})
_LOCAL_BY_FUSE = frozenset({
    "bindfs", "cryfs", "encfs", "exfat", "exfat-fuse", "ext2", "fuse-overlayfs", "gocryptfs",
    "hfs", "lxcfs", "mergerfs", "ntfs", "ntfs-3g", "portal", "unionfs", "veracrypt", "zfs",
})
# fmt: on
"""What runs under FUSE but lies on this computer; everything else under FUSE comes from afar."""
_CLOUD_BY_FUSE = (
    ("google-drive", "Google Drive"),
    ("onedriver", "OneDrive"),
    ("pcloud", "pCloud"),
    ("dbxfs", "Dropbox"),
    ("dropbox", "Dropbox"),
)

_CLOUD_NAMES = (
    (("onedrive",), LatePattern(r"onedrive(?: ?- ?.+)?"), "OneDrive"),
    (("dropbox",), LatePattern(r"dropbox(?: \(.+\)|-.+)?"), "Dropbox"),
    (
        ("google", "drivefs", "my drive"),
        LatePattern(r"google ?drive(?:-.+| \(.+\))?|drivefs|my drive"),
        "Google Drive",
    ),
    (
        ("icloud", "mobile documents", "com~apple~"),
        LatePattern(r"icloud ?drive(?: \(.+\))?|mobile documents|com~apple~clouddocs"),
        "iCloud",
    ),
    (("nextcloud",), LatePattern(r"nextcloud\d*"), "Nextcloud"),
    (("owncloud",), LatePattern(r"owncloud\d*"), "ownCloud"),
    (("yandex", "яндекс"), LatePattern(r"yandex\.?disk|яндекс\.диск"), "Yandex Disk"),
    (("pcloud",), LatePattern(r"pcloud(?: ?drive| ?sync)?"), "pCloud"),
    (("mega",), LatePattern(r"mega ?sync|mega"), "MEGA"),
    (("box",), LatePattern(r"box sync|box-box"), "Box"),
)
"""Names of folders, in small letters, as the programs make them: how one begins, and the whole."""
_MARKERS = (
    ((".dropbox",), LatePattern(r"\.dropbox(?:\.cache)?"), "Dropbox"),
    ((".stfolder",), LatePattern(r"\.stfolder"), "Syncthing"),
    ((".owncloudsync",), LatePattern(r"\.owncloudsync\.log"), "ownCloud"),
    (
        (".nextcloudsync", "._sync_", ".sync_"),
        LatePattern(r"\.nextcloudsync\.log|\._?sync_[0-9a-z]+\.db|\.sync_journal\.db"),
        "Nextcloud",
    ),
    (
        (".shortcut-targets", ".tmp.drive"),
        LatePattern(r"\.shortcut-targets-by-id|\.tmp\.drivedownload"),
        "Google Drive",
    ),
    ((".megaignore",), LatePattern(r"\.megaignore"), "MEGA"),
    ((".849c9593",), LatePattern(r"\.849c9593-d756-4e56-8d6e-42412f2a707b"), "OneDrive"),
)
"""Names of files and folders that such programs leave at the head of what they keep in step."""


def location_of(path: PurePath, facts: Facts) -> Location:
    """What kind of place a file lies in; `path` is absolute and without links.

    A synced folder is told first: it may lie on any disk, and the danger is its own.
    """
    service = _service(path, facts)
    if service:
        return Location(LocationKind.CLOUD, service)
    file_system = facts.file_system.lower()
    if facts.is_remote or is_network(file_system) or _is_unc(path):
        return Location(LocationKind.NETWORK, file_system)
    kind = LocationKind.REMOVABLE if facts.is_removable else LocationKind.LOCAL
    return Location(kind, file_system)


def is_network(file_system: str) -> bool:
    """Whether a type of file system, as the system names it, lies on another computer."""
    family, _, member = file_system.partition(".")
    if family in ("fuse", "macfuse", "osxfuse"):
        return member.partition(" ")[0] not in _LOCAL_BY_FUSE if member else family != "fuse"
    return file_system in _NETWORK_TYPES


def mounts_in(text: str) -> tuple[Mount, ...]:
    r"""The mounts told by ``/proc/self/mountinfo``, in their order; unreadable lines are left out.

    See ``proc_pid_mountinfo(5)``: a space in a path is written ``\040``.
    """
    found = []
    for line in text.splitlines():
        head, separator, tail = line.partition(" - ")
        fields, rest = head.split(" "), tail.split(" ")
        if separator and len(fields) > 4:
            found.append(Mount(_unescaped(fields[4]), rest[0], fields[2]))
    return tuple(found)


def mount_of(path: PurePath, mounts: Iterable[Mount]) -> Mount | None:
    """The mount a path lies on: the deepest, and of several at one place the last one made."""
    best: Mount | None = None
    name = str(path)
    for mount in mounts:
        if not name.startswith(mount.point):
            continue
        point = PurePath(mount.point)
        is_deeper = best is None or len(point.parts) >= len(PurePath(best.point).parts)
        if path.is_relative_to(point) and is_deeper:
            best = mount
    return best


def _service(path: PurePath, facts: Facts) -> str:
    """The program that keeps the folder of a file in step with elsewhere, or nothing."""
    for root, service in facts.roots.items():
        if path.is_relative_to(type(path)(root)):
            return service
    for part, service in _CLOUD_BY_FUSE:
        if facts.file_system.lower().startswith("fuse.") and part in facts.file_system.lower():
            return service
    if facts.volume.lower() == "google drive":
        return "Google Drive"
    for folder in path.parents:
        found = _named(folder.name.casefold(), _CLOUD_NAMES) or _marked(facts.names_in(folder))
        if found:
            return found
    return ""


def _marked(names: Iterable[str]) -> str:
    return next(filter(None, (_named(name.lower(), _MARKERS) for name in names)), "")


def _named(name: str, known: Iterable[tuple[tuple[str, ...], LatePattern, str]]) -> str:
    return next(
        (
            service
            for beginnings, pattern, service in known
            if name.startswith(beginnings) and pattern.ready.fullmatch(name)
        ),
        "",
    )


def _is_unc(path: PurePath) -> bool:
    r"""Whether a Windows path names a share; ``\\?\C:\`` and ``\\.\`` name this computer."""
    drive = path.drive.lower().replace("/", "\\")
    if drive.startswith("\\\\?\\unc\\"):
        return True
    return drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))


def _unescaped(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)
