"""What no package of Python is, and is in a frozen bundle all the same, stands in its bill."""

import pytest
from release import frozen_parts as told
from release.frozen_parts import bootloader_part, frozen_parts, icu_parts
from release.work import Stopped

from tests.release.room import work_in


def test_the_program_that_starts_python_is_named_with_its_licence(tmp_path):
    licences = tmp_path / "pyinstaller-6.2.3.dist-info" / "licenses"
    licences.mkdir(parents=True)
    (licences / "COPYING.txt").write_text("Bootloader Exception", encoding="utf-8")
    (tmp_path / "pyinstaller_hooks_contrib-2026.9.dist-info").mkdir()
    part = bootloader_part(tmp_path)
    assert (part.version, part.text) == ("6.2.3", "Bootloader Exception")
    assert part.licence == "GPL-2.0-or-later WITH Bootloader-exception"
    with pytest.raises(Stopped, match="PyInstaller"):
        bootloader_part(licences)


def test_the_library_of_unicode_is_named_once_and_only_where_it_lies(tmp_path):
    work = work_in(tmp_path)
    bundle = tmp_path / "bundle"
    for name in ("libicudata.so.73", "Qt/lib/libicudata.so.73", "Qt/lib/libicuuc.so.73"):
        (bundle / name).parent.mkdir(parents=True, exist_ok=True)
        (bundle / name).touch()
    [part] = icu_parts(work, bundle)
    assert (part.name, part.version) == ("ICU", "73")
    assert "Unicode, Inc." in part.text
    assert icu_parts(work, work.packages) == ()


def test_all_of_them_are_in_a_bundle(tmp_path, monkeypatch):
    monkeypatch.setattr(told, "package_parts", lambda site, lock: ("packages",))
    monkeypatch.setattr(told, "bootloader_part", lambda site: "bootloader")
    monkeypatch.setattr(told, "icu_parts", lambda work, bundle: ("icu",))
    versions = {"python": "3.13.2 CPython", "sqlite": "3.54", "qt": "6.11"}
    parts = frozen_parts(work_in(tmp_path), tmp_path, versions)
    names = [getattr(part, "name", part) for part in parts]
    assert {"packages", "Vazirmatn", "Python", "Qt", "SQLite", "bootloader", "icu"} <= {*names}
