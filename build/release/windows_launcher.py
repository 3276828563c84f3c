"""The two programs of the Windows bundle, compiled from ``build/windows/launcher.c``."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from release import windows_python
from release.portable_executable import AMD64, Subsystem, read_executable
from release.work import Stopped, Work

_PREFIX = "x86_64-w64-mingw32-"
_FLAGS = ("-std=c11", "-Os", "-Wall", "-Wextra", "-Werror", "-s", "-static", "-municode")
# Neither the time nor the place of the build is written into the program.
_LINKING = (
    "-Wl,--no-insert-timestamp,--build-id=none",
    "-Wl,--dynamicbase,--nxcompat,--high-entropy-va",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Launcher:
    """One of the programs: with a window, or with a console for the command line."""

    name: str
    told: str
    subsystem: Subsystem


LAUNCHERS = (
    Launcher(name="Nishan.exe", told='L"N\\x00EE\\x015Fan"', subsystem=Subsystem.WINDOW),
    Launcher(
        name="annotator.exe",
        told='L"N\\x00EE\\x015Fan (command line)"',
        subsystem=Subsystem.CONSOLE,
    ),
)

ICON = "nishan.ico"
LOOKS_OF_FROZEN = (".out", "launchers")
"""Where in a checkout both lie, with the icon, while PyInstaller gives their looks to its own."""


def compile_launchers(work: Work, icon: Path, bundle: Path) -> None:
    """Put both programs into the bundle. Raises `Stopped`, also where there is no compiler."""
    compiler, resources = tool("gcc"), tool("windres")
    folder = work.empty_folder("launcher")
    for name in ("launcher.c", "launcher.rc", "launcher.manifest"):
        shutil.copy(work.source("windows", name), folder)
    shutil.copy(icon, folder / ICON)
    for launcher in LAUNCHERS:
        (folder / "launcher_values.h").write_text(
            values(launcher, version=work.version), encoding="ascii"
        )
        purpose = f"{launcher.name} cannot be compiled"
        work.run((resources, "launcher.rc", "launcher.o"), purpose, folder=folder)
        command = (compiler, *_FLAGS, *_LINKING, *_kind(launcher), "launcher.c", "launcher.o")
        work.run((*command, "-o", bundle / launcher.name), purpose, folder=folder)
        _require_sound(bundle / launcher.name, launcher)


def values(launcher: Launcher, *, version: str) -> str:
    """The header with what differs between the programs, and from one version to the next."""
    lines = {
        "PYTHON_LIBRARY": f'L"python{windows_python.TAG}.dll"',
        "VERSION_NUMBERS": four_numbers(version).replace(".", ","),
        "VERSION_TEXT": f'"{version}"',
        "PROGRAM_TEXT": launcher.told,
        "FILE_TEXT": f'"{launcher.name}"',
    }
    return "".join(f"#define {name} {value}\n" for name, value in lines.items())


def four_numbers(version: str) -> str:
    """A version as Windows counts it: four numbers, without letters."""
    numbers = [part for part in version.split(".") if part.isdigit()][:4]
    return ".".join((*numbers, *["0"] * (4 - len(numbers))))


def _kind(launcher: Launcher) -> tuple[str, ...]:
    if launcher.subsystem is Subsystem.CONSOLE:
        return ("-mconsole", "-DWITH_CONSOLE")
    return ("-mwindows",)


def tool(name: str) -> str:
    """The cross compiler, or on Windows the one that is at hand."""
    found = shutil.which(_PREFIX + name) or shutil.which(f"{name}.exe")
    if found is None:
        raise Stopped(
            f"{_PREFIX}{name} is missing: install the package gcc-mingw-w64-x86-64-win32."
        )
    return found


def _require_sound(path: Path, launcher: Launcher) -> None:
    made = read_executable(path.read_bytes())
    is_sound = made.machine == AMD64 and made.subsystem == launcher.subsystem.value
    if not (is_sound and made.has_resources):
        raise Stopped(f"{path.name} did not come out as it should.")
