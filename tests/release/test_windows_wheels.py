"""Windows gets the packages of the lock, without what no part of the program asks for."""

import re
import zipfile

import pytest
from release.trim import WITHOUT
from release.windows_wheels import (
    QT_MODULES,
    module_of,
    qt_libraries,
    requirements_for_windows,
    whole_files_of,
)
from release.work import Stopped

from tests.architecture.sources import CHECKOUT, tracked_texts
from tests.release.windows_programs import program

LOCK = """\
apsw==3.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
numpy==2.4 ; python_full_version < '3.12' \\
    --hash=sha256:cc
old-thing==1.0 ; python_full_version < '3.12' \\
    --hash=sha256:dd
mac-thing==1.0 ; sys_platform == 'darwin' \\
    --hash=sha256:ee
win-thing==1.0 ; sys_platform == 'win32' and platform_machine == 'AMD64' \\
    --hash=sha256:ff
"""


def test_conditions_are_judged_for_windows_and_left_out_after():
    assert requirements_for_windows(LOCK) == (
        "apsw==3.1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
        "win-thing==1.0 \\\n    --hash=sha256:ff\n"
    )


def test_the_lock_of_the_project_gives_every_package_that_is_wanted():
    lock = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    chosen = requirements_for_windows(lock)
    names = re.findall(r"^([a-z0-9-]+)==", chosen, re.MULTILINE)
    assert set(names) == pinned - set(WITHOUT)
    assert len(names) == len(set(names))
    assert chosen.count("--hash=sha256:") > len(names)


def test_the_program_imports_no_module_of_qt_that_is_left_out():
    texts = (text for path, text in tracked_texts().items() if path.parts[0] == "annotator")
    imported = {name for text in texts for name in re.findall(r"from PySide6\.(\w+) import", text)}
    assert imported == set(QT_MODULES)


@pytest.mark.parametrize(
    ("home", "module"),
    [
        ("lxml/sax.cp313-win_amd64.pyd", "lxml.sax."),
        ("lxml/html/__init__.py", "lxml.html.__init__."),
        ("toposort.py", "toposort."),
    ],
)
def test_a_file_is_known_by_its_module(home, module):
    assert module_of(home) == module


def qt(**more):
    """Libraries of Qt: each module of Python loads its own, and that loads the core."""
    files = {f"PySide6/{name}.pyd": program(imports=(f"{name}6.dll",)) for name in QT_MODULES}
    files |= {f"PySide6/{name}6.dll": program(imports=("Core6.dll",)) for name in QT_MODULES}
    files["PySide6/Core6.dll"] = program(late=("MSVCP140.dll",))
    files["shiboken6/Shiboken.pyd"] = program()
    return files | more


def test_what_something_loads_stays_and_nothing_else():
    plugins = {
        "PySide6/plugins/platforms/qwindows.dll": program(imports=("Painter6.dll",)),
        "PySide6/plugins/platforms/qdirect2d.dll": program(imports=("Other6.dll",)),
    }
    others = {
        "PySide6/Painter6.dll": program(),
        "PySide6/Other6.dll": program(),
        "PySide6/opengl32sw.dll": program(),
        "PySide6/msvcp140.dll": program(),
        "shiboken6/msvcp140.dll": program(),
    }
    left = {
        "PySide6/plugins/platforms/qdirect2d.dll",
        "PySide6/Other6.dll",
        "PySide6/opengl32sw.dll",
    }
    files = qt(**plugins, **others)
    assert qt_libraries(files) == files.keys() - left


def test_a_module_that_is_missing_stops_the_build():
    files = qt()
    del files["PySide6/QtWidgets.pyd"]
    with pytest.raises(Stopped, match="QtWidgets"):
        qt_libraries(files)


def test_the_lock_of_the_build_gives_windows_what_pyinstaller_needs_there():
    lock = (CHECKOUT / "requirements-build.lock").read_text(encoding="utf-8")
    names = re.findall(r"^([a-z0-9-]+)==", requirements_for_windows(lock), re.MULTILINE)
    assert {"pyinstaller", "pefile", "pywin32-ctypes", "altgraph", "packaging"} <= {*names}
    assert "macholib" not in names


def wheel_with(path, *names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    return path


def test_a_whole_wheel_lies_as_it_would_be_installed(tmp_path):
    names = ("a/__init__.pyi", "a-1.data/purelib/a/b.py", "a-1.data/scripts/a", "a/tests/c.py")
    files = whole_files_of((wheel_with(tmp_path / "a.whl", *names),))
    assert sorted(files) == ["a/__init__.pyi", "a/b.py", "a/tests/c.py"]


def test_a_wheel_that_leaves_its_folder_is_refused(tmp_path):
    with pytest.raises(Stopped, match="outside its folder"):
        whole_files_of((wheel_with(tmp_path / "a.whl", "../a.py"),))
