"""What kind of place a path is, told from what the system says about it."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from annotator.store.location import (
    Facts,
    Location,
    LocationKind,
    Mount,
    is_network,
    location_of,
    mount_of,
    mounts_in,
)

MOUNTS = r"""
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 8:17 / /media/shilan/My\040Stick rw,nosuid shared:9 - vfat /dev/sdb1 rw
31 22 0:50 / /far/share rw,relatime - cifs //server/work rw
32 22 0:51 / /people/shilan/remote rw - fuse.sshfs shilan@far:/ rw
33 31 0:52 / /far/share/inner rw - ext4 /dev/vdb rw
34 22 0:53 / /far/share rw,relatime - nfs4 server:/work rw
this line says nothing
"""

# fmt: off
NETWORK = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afpfs", "afs", "ceph", "davfs", "vboxsf",
    "virtiofs", "vmhgfs", "prl_fs", "webdav", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse",
    "fuse.davfs", "fuse.s3fs", "fuse.glusterfs", "macfuse", "macfuse.sshfs", "osxfuse",
)
LOCAL = (
    "ext4", "btrfs", "xfs", "zfs", "tmpfs", "overlay", "vfat", "exfat", "ntfs", "ntfs3",
    "fuseblk", "fuse.ntfs-3g", "fuse.exfat", "fuse.mergerfs", "fuse.gocryptfs", "fuse.portal",
    "apfs", "hfs", "fuse", "",
)
# fmt: on


def facts(**values):
    return Facts(**{"roots": {}, "names_in": lambda _: (), **values})


def kind_at(path, **values):
    path = PureWindowsPath(path) if "\\" in path else PurePosixPath(path)
    found = location_of(path, facts(**values))
    return found.kind, found.service


class TestFileSystems:
    @pytest.mark.parametrize(
        "name",
        NETWORK,
    )
    def test_on_another_computer(self, name):
        assert is_network(name)
        assert kind_at("/far/p.nishan", file_system=name.upper())[0] is LocationKind.NETWORK

    @pytest.mark.parametrize(
        "name",
        LOCAL,
    )
    def test_on_this_computer(self, name):
        assert not is_network(name)
        assert kind_at("/people/x/p.nishan", file_system=name) == (LocationKind.LOCAL, name)

    def test_a_stick_is_told(self):
        found = kind_at("/media/x/p.nishan", file_system="vfat", is_removable=True)
        assert found == (LocationKind.REMOVABLE, "vfat")

    def test_what_the_system_calls_remote_is_remote(self):
        assert kind_at("Z:\\work\\p.nishan", is_remote=True)[0] is LocationKind.NETWORK


class TestWindowsPaths:
    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            (r"\\server\share\p.nishan", LocationKind.NETWORK),
            (r"\\wsl.localhost\Debian\home\p.nishan", LocationKind.NETWORK),
            (r"\\?\UNC\server\share\p.nishan", LocationKind.NETWORK),
            (r"\\?\C:\lab\p.nishan", LocationKind.LOCAL),
            (r"C:\lab\p.nishan", LocationKind.LOCAL),
        ],
    )
    def test_a_share_is_known_by_its_name(self, path, kind):
        assert kind_at(path, file_system="ntfs")[0] is kind


class TestSyncedFolders:
    @pytest.mark.parametrize(
        ("path", "service"),
        [
            ("C:\\people\\s\\OneDrive\\Documents\\p.nishan", "OneDrive"),
            ("C:\\people\\s\\OneDrive - Zanko\\p.nishan", "OneDrive"),
            ("/people/s/Library/CloudStorage/OneDrive-Zanko/p.nishan", "OneDrive"),
            ("/people/s/Dropbox/p.nishan", "Dropbox"),
            ("/people/s/Dropbox (Zanko)/deep/er/p.nishan", "Dropbox"),
            (
                "/people/s/Library/CloudStorage/GoogleDrive-s@x.org/My Drive/p.nishan",
                "Google Drive",
            ),
            ("/people/s/Google Drive/p.nishan", "Google Drive"),
            ("/people/s/Library/Mobile Documents/com~apple~CloudDocs/p.nishan", "iCloud"),
            ("C:\\people\\s\\iCloudDrive\\p.nishan", "iCloud"),
            ("/people/s/Nextcloud/p.nishan", "Nextcloud"),
            ("/people/s/ownCloud/p.nishan", "ownCloud"),
            ("/people/s/Yandex.Disk/p.nishan", "Yandex Disk"),
            ("C:\\people\\s\\YandexDisk\\p.nishan", "Yandex Disk"),
            ("/people/s/Яндекс.Диск/p.nishan", "Yandex Disk"),
            ("/people/s/pCloud Drive/p.nishan", "pCloud"),
            ("/people/s/MEGA/p.nishan", "MEGA"),
            ("/people/s/MEGAsync/p.nishan", "MEGA"),
            ("/people/s/Box Sync/p.nishan", "Box"),
        ],
    )
    def test_by_the_name_of_a_folder(self, path, service):
        assert kind_at(path, file_system="ext4") == (LocationKind.CLOUD, service)

    @pytest.mark.parametrize(
        "path",
        [
            "/people/s/dropbox-notes.nishan",
            "/people/s/onedriver/p.nishan",
            "/people/s/my drives/p.nishan",
            "/people/s/omega/p.nishan",
            "/people/s/Dropbox.nishan",
        ],
    )
    def test_a_name_that_only_resembles_one_is_none(self, path):
        assert kind_at(path)[0] is LocationKind.LOCAL

    @pytest.mark.parametrize(
        ("marker", "service"),
        [
            (".dropbox", "Dropbox"),
            (".dropbox.cache", "Dropbox"),
            (".stfolder", "Syncthing"),
            (".sync_0a1b2c3d.db", "Nextcloud"),
            ("._sync_0a1b2c3d.db", "Nextcloud"),
            (".nextcloudsync.log", "Nextcloud"),
            (".owncloudsync.log", "ownCloud"),
            (".megaignore", "MEGA"),
            (".shortcut-targets-by-id", "Google Drive"),
            (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        ],
    )
    def test_by_what_the_program_leaves_at_its_head(self, marker, service):
        def names_in(folder):
            return [marker, ".bashrc"] if folder == PurePosixPath("/lab") else [".hidden"]

        assert kind_at("/lab/a/b/p.nishan", names_in=names_in) == (LocationKind.CLOUD, service)
        assert kind_at("/other/p.nishan", names_in=names_in)[0] is LocationKind.LOCAL

    def test_by_the_programs_own_word(self):
        roots = {"/lab/team": "Dropbox"}
        assert kind_at("/lab/team/x/p.nishan", roots=roots) == (LocationKind.CLOUD, "Dropbox")
        assert kind_at("/lab/teams/p.nishan", roots=roots)[0] is LocationKind.LOCAL

    def test_by_the_name_of_the_drive_and_of_its_file_system(self):
        assert kind_at("G:\\x\\p.nishan", volume="Google Drive")[1] == "Google Drive"
        fuse = "fuse.google-drive-ocamlfuse"
        assert kind_at("/far/g/p.nishan", file_system=fuse) == (LocationKind.CLOUD, "Google Drive")
        assert kind_at("/far/g/p.nishan", file_system="fuse.onedriver")[1] == "OneDrive"


class TestMounts:
    @pytest.mark.parametrize(
        ("path", "file_system", "device"),
        [
            ("/people/shilan/p.nishan", "ext4", "254:0"),
            ("/media/shilan/My Stick/p.nishan", "vfat", "8:17"),
            ("/far/share/p.nishan", "nfs4", "0:53"),
            ("/far/shares/p.nishan", "ext4", "254:0"),
            ("/far/share/inner/p.nishan", "ext4", "0:52"),
            ("/people/shilan/remote/a/b", "fuse.sshfs", "0:51"),
        ],
    )
    def test_the_deepest_and_last_mount_counts(self, path, file_system, device):
        mount = mount_of(PurePosixPath(path), mounts_in(MOUNTS))
        assert (mount.file_system, mount.device) == (file_system, device)

    def test_without_mounts_nothing_is_claimed(self):
        assert mounts_in("") == ()
        assert mounts_in("nonsense - \n- ext4") == ()
        assert mount_of(PurePosixPath("/a"), (Mount("/b", "ext4"),)) is None


def test_only_shared_places_need_a_copy():
    shared = {kind for kind in LocationKind if Location(kind).is_shared}
    assert shared == {LocationKind.NETWORK, LocationKind.CLOUD}
