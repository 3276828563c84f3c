"""The packages of the program as Windows needs them: wheels of the lock, and what is kept of them.

`requirements.lock` names every system's wheels with their hashes, so Windows needs no other lock.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from packaging.markers import Marker

from release import windows_python
from release.portable_executable import read_executable
from release.trim import PLUGINS, WITHOUT, needed, plugin_of
from release.work import Stopped, Work

PLATFORM = "win_amd64"

_PIN = re.compile(r"^([a-z0-9._-]+)==(\S+?)(?: ; (.+?))? \\$", re.MULTILINE)

# Of Qt the modules that the program imports; what those load in turn, and plugins, are found out.
QT_MODULES = ("QtCore", "QtGui", "QtPrintSupport", "QtWidgets")
_QT_LIBRARY = re.compile(r"(PySide6|shiboken6)/.+\.(dll|pyd|exe)")
_WITHOUT_MODULES = tuple(f"{module}." for module in WITHOUT)
_NEVER = re.compile(
    r".+\.(pyi|pyx|pxd|pxi|h|lib|obj|exe|qml|typed|pdb)"
    r"|PySide6/(qml|metatypes|typesystems|include|translations|resources|glue|doc|scripts|lib)/.+"
    r"|PySide6/(support/generate_pyi\.py|.+\.json)"
    r"|shiboken6/(include|lib)/.+"
    r"|apsw/(sqlite_extra|fts_test_strings|shell\.py|speedtest\.py|__main__\.py).*"
    r"|lxml/includes/.+"
    r"|[^/]+\.dist-info/(RECORD|WHEEL|INSTALLER|entry_points\.txt)"
    r"|(.+/)?(tests?|__pycache__)/.+"
)
_DATA_HOME = re.compile(r"[^/]+\.data/(?:purelib|platlib)/(.+)")
_DATA_OTHER = re.compile(r"[^/]+\.data/.+")


def requirements_for_windows(lock: str) -> str:
    """The part of a lock that Windows gets, as pip reads it, without conditions."""
    blocks = []
    pins = [*_PIN.finditer(lock)]
    for number, pin in enumerate(pins):
        name, version, condition = pin.groups()
        if name in WITHOUT or not (condition is None or _holds(condition)):
            continue
        end = pins[number + 1].start() if number + 1 < len(pins) else len(lock)
        blocks.append(f"{name}=={version} \\\n{lock[pin.end() + 1 : end]}")
    return "".join(blocks)


def _holds(condition: str) -> bool:
    """Whether a condition of the lock holds on Windows; pip would ask this computer."""
    target = {
        "implementation_name": "cpython",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_system": "Windows",
        "python_full_version": windows_python.VERSION,
        "python_version": windows_python.SERIES,
        "sys_platform": "win32",
    }
    return Marker(condition).evaluate(target)


def download(work: Work, *, lock: str = "requirements.lock") -> tuple[Path, ...]:
    """The wheels of a lock for Windows, in order of name. Raises `Stopped`."""
    wheels = work.cache / "windows"
    chosen = work.empty_folder("wheels")
    wanted = work.folder("lock") / "requirements.txt"
    locked = (work.checkout / lock).read_text(encoding="utf-8")
    wanted.write_text(requirements_for_windows(locked), encoding="utf-8")
    pip = (sys.executable, "-m", "pip")
    target = ("--platform", PLATFORM, "--python-version", windows_python.SERIES)
    strict = ("--no-deps", "--require-hashes", "--only-binary=:all:", "--find-links", str(wheels))
    wheels.mkdir(parents=True, exist_ok=True)
    work.run(
        (*pip, "download", "-q", *target, *strict, "-d", chosen, "-r", wanted),
        "The packages for Windows cannot be had",
    )
    found = tuple(sorted(chosen.glob("*.whl")))
    for wheel in found:
        (wheels / wheel.name).write_bytes(wheel.read_bytes())
    return found


def files_of(wheels: tuple[Path, ...]) -> dict[str, bytes]:
    """What is kept of the wheels, by its path beside the program. Raises `Stopped`."""
    files: dict[str, bytes] = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            files |= {home: archive.read(name) for name, home in _homes(archive.namelist())}
    kept = qt_libraries({name: files[name] for name in files if _QT_LIBRARY.fullmatch(name)})
    return {
        name: content
        for name, content in files.items()
        if name in kept or not _QT_LIBRARY.fullmatch(name)
    }


def whole_files_of(wheels: tuple[Path, ...]) -> dict[str, bytes]:
    """All files of the wheels, each by the path where it is installed. Raises `Stopped`."""
    files: dict[str, bytes] = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            homes = _installed(archive.namelist())
            files |= {home: archive.read(name) for name, home in homes}
    return files


def _homes(names: list[str]) -> Iterator[tuple[str, str]]:
    """The files of a wheel that are kept, and where each is installed."""
    for name, home in _installed(names):
        is_left = _NEVER.fullmatch(home) or module_of(home).startswith(_WITHOUT_MODULES)
        is_library = _QT_LIBRARY.fullmatch(home)  # sorted out when all are known
        if is_library or not is_left:
            yield name, home


def _installed(names: list[str]) -> Iterator[tuple[str, str]]:
    """The files of a wheel, and where each is installed, but for programs and manuals."""
    for name in names:
        moved = _DATA_HOME.fullmatch(name)
        home = moved[1] if moved else name
        if PurePosixPath(home).is_absolute() or ".." in PurePosixPath(home).parts:
            raise Stopped(f"A wheel wants to write outside its folder: {home}")
        is_elsewhere = moved is None and _DATA_OTHER.fullmatch(name)
        if not name.endswith("/") and not is_elsewhere:
            yield name, home


def module_of(home: str) -> str:
    """The module that a file of a package is, with a dot behind: ``lxml.sax.``."""
    return f"{home.split('.')[0].replace('/', '.')}."


def qt_libraries(libraries: Mapping[str, bytes]) -> frozenset[str]:
    """Those of the libraries of Qt, by path, that the program needs.

    Raises `Stopped` where a module is missing.
    """
    roots = {f"PySide6/{module}.pyd" for module in QT_MODULES} | {"shiboken6/Shiboken.pyd"}
    if missing := sorted(roots - libraries.keys()):
        raise Stopped(f"Qt for Windows lacks {', '.join(missing)}.")
    roots |= {path for path in libraries if plugin_of(path) in PLUGINS}
    by_name = {_base(path): path for path in libraries}
    shared = {_base(path) for path in libraries if path.count("/") == 1}
    names = {_base(root) for root in roots}
    names |= needed(names, shared, lambda name: _loaded(libraries[by_name[name]]))
    # Qt and its bindings each look for Microsoft's libraries beside themselves.
    return frozenset(path for path in libraries if _base(path) in names)


def _base(path: str) -> str:
    return path.rpartition("/")[2].lower()


def _loaded(library: bytes) -> frozenset[str]:
    told = read_executable(library)
    return told.imports | told.late_imports
