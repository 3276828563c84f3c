"""The archive for a stick is the bundle with a mark, and the same each time."""

import time
import zipfile

import pytest
from release.windows_packages import PORTABLE_MARK, file_list, make_portable

from annotator.foundation import paths
from tests.release.room import DATE, VERSION, work_in


@pytest.fixture
def bundle(tmp_path):
    folder = tmp_path / "bundle"
    for name in ("Nishan.exe", "app/b.py", "app/a.py", "site/empty.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def test_the_archive_holds_the_bundle_in_one_folder(tmp_path, bundle):
    path = make_portable(work_in(tmp_path), bundle)
    assert path.name == "nishan-1.2.3-windows-portable.zip"
    with zipfile.ZipFile(path) as archive:
        top = f"Nishan-{VERSION}"
        assert archive.namelist() == [
            f"{top}/Nishan.exe",
            f"{top}/app/a.py",
            f"{top}/app/b.py",
            f"{top}/site/empty.txt",
            f"{top}/portable.txt",
        ]
        assert archive.read(f"{top}/app/a.py") == b"app/a.py"
        assert {info.date_time for info in archive.infolist()} == {time.gmtime(DATE)[:6]}


def test_the_frozen_program_is_packed_under_a_name_of_its_own(tmp_path, bundle):
    path = make_portable(work_in(tmp_path, system="windows-frozen"), bundle)
    assert path.name == "nishan-1.2.3-windows-frozen-portable.zip"


def test_the_archive_is_the_same_each_time(tmp_path, bundle):
    first = make_portable(work_in(tmp_path / "one"), bundle).read_bytes()
    for path in bundle.rglob("*.py"):
        path.touch()
    assert make_portable(work_in(tmp_path / "two"), bundle).read_bytes() == first


def test_the_program_looks_for_the_mark_that_is_packed():
    assert PORTABLE_MARK == paths.PORTABLE_MARK


def test_the_installer_is_told_every_file_in_order(bundle):
    assert file_list(bundle).splitlines() == [
        'SetOutPath "$INSTDIR"',
        f'File "{bundle}/Nishan.exe"',
        'SetOutPath "$INSTDIR\\app"',
        f'File "{bundle}/app/a.py"',
        f'File "{bundle}/app/b.py"',
        'SetOutPath "$INSTDIR\\site"',
        f'File "{bundle}/site/empty.txt"',
    ]
