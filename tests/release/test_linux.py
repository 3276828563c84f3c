"""The Debian package: control file, dependencies, and the files for the desktop."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest
from debian_packages import OFFSCREEN
from release.linux_libraries import depends, either, recommends, unmet
from release.linux_package import control_text
from release.linux_root import left_behind, os_release, why_not

from annotator.store.header import APPLICATION_ID
from annotator.workbench.projects import SUFFIX
from tests.architecture.sources import CHECKOUT

LINUX = CHECKOUT / "build" / "linux"
MIME = "application/x-nishan-project"


def test_the_control_file_names_everything_once():
    text = control_text(
        version="1.2", architecture="amd64", kilobytes=7, depends="libc6", recommends="libcups2"
    )
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Package"] == "nishan"
    assert (fields["Version"], fields["Architecture"]) == ("1.2", "amd64")
    assert (fields["Installed-Size"], fields["Depends"]) == ("7", "libc6")
    assert text.endswith("\n")


def test_the_package_depends_on_what_qt_loads_of_the_system(tmp_path):
    asked = depends(tmp_path)
    names = re.findall(r"[a-z][a-z0-9.+-]+", asked)
    assert {*OFFSCREEN} - {"libxkbcommon0"} <= {*names}
    assert asked.startswith("libc6 (>= 2.34)")
    assert "libglib2.0-0t64 | libglib2.0-0" in asked
    assert "libcups2t64 | libcups2" in recommends()
    assert either("libgl1") == "libgl1"


def test_projects_are_known_by_their_name_and_by_their_first_bytes():
    tree = ElementTree.parse(LINUX / "nishan.mime.xml")
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    [kind] = tree.findall("m:mime-type", space)
    assert kind.get("type") == MIME
    assert kind.find("m:glob", space).get("pattern") == f"*{SUFFIX}"
    inner = kind.find("m:magic/m:match/m:match", space)
    assert (inner.get("offset"), inner.get("value").encode()) == (
        "68",
        APPLICATION_ID.to_bytes(4, "big"),
    )


def test_the_desktop_opens_projects_with_the_program():
    entry = (LINUX / "nishan.desktop").read_text(encoding="utf-8")
    assert f"MimeType={MIME};" in entry
    assert "Exec=annotator %F" in entry
    assert "Name[ckb]=نیشان" in entry


def test_the_desktop_knows_the_windows_of_the_program_by_their_class():
    """X11 gives a window the name of the application as its class, and desktops compare letters."""
    entry = (LINUX / "nishan.desktop").read_text(encoding="utf-8")
    application = (CHECKOUT / "annotator" / "app.py").read_text(encoding="utf-8")
    name = re.search(r'setApplicationName\("(\w+)"\)', application)[1]
    assert f"StartupWMClass={name}\n" in entry


@pytest.mark.parametrize(
    "command",
    [
        ("desktop-file-validate", str(LINUX / "nishan.desktop")),
        ("appstreamcli", "validate", "--no-net", "nishan.metainfo.xml"),
    ],
)
def test_the_tools_of_the_desktop_understand_its_files(command, tmp_path):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is missing")
    text = (LINUX / "nishan.metainfo.xml").read_text(encoding="utf-8")
    told = text.replace("@VERSION@", "1.2").replace("@DATE@", "2026-11-25")
    (tmp_path / "nishan.metainfo.xml").write_text(told, encoding="utf-8")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_bare_debian_is_made_only_by_root(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert why_not() == "that needs root"
    assert re.fullmatch("[a-z]+", os_release())


def test_whatever_a_removed_package_leaves_is_noticed(tmp_path):
    """Also what the check does not know by name, such as a new file for the desktop."""
    left = [
        "etc/nishan/defaults.json",
        "usr/bin/annotator",
        "usr/share/metainfo/org.nishan.Nishan.metainfo.xml",
        "var/lib/dpkg/info/nishan.list",
    ]
    for name in ("usr/share/doc/other/copyright", "srv/linguist/demo.nishan", *left[:1], *left[2:]):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "usr" / "bin").mkdir()
    (tmp_path / "usr" / "bin" / "annotator").symlink_to("../lib/nowhere")
    assert left_behind(tmp_path) == ["etc/nishan", *left[1:]]


def test_a_library_of_the_screen_that_no_package_is_asked_for_is_noticed():
    told = """\
/usr/lib/nishan/_internal/PySide6/Qt/plugins/platforms/libqxcb.so:
\tlibxcb-cursor.so.0 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
/usr/lib/nishan/_internal/PySide6/Qt/plugins/platforms/libqwayland.so:
\tlibwayland-cursor.so.0 => not found
\tlibcups.so.2 => not found
\tlibGL.so.1 => not found
"""
    assert unmet(told) == ("libGL.so.1", "libxcb-cursor.so.0")
    assert unmet("\tlibcups.so.2 => not found\n") == ()
