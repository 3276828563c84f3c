"""Run Nîşan, its tests or its build from a checkout: ``python3 run.py``, ``python3 run.py test``.

It needs nothing but Python, makes ``.venv``, installs the hash-checked lock and what Qt loads of
the system, and hands over. Old interpreters can read it, and say which one is needed.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
import os
import platform
import shutil
import socket
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

CHECKOUT = Path(__file__).resolve().parent
sys.path.insert(1, str(CHECKOUT / "build"))

from debian_packages import (  # noqa: E402  # it lies where the packages are made that name them
    BUILD_TOOLS,
    OFFSCREEN,
    TEST_TOOLS,
    WINDOW,
    apt_line,
    available_names,
    missing_from_ldd,
    packages_for,
    shared_python,
)

VENV = CHECKOUT / ".venv"
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
BUILD = "requirements-build.lock"
OLDEST, NEWEST = (3, 11), (3, 14)

HELP = """\
Nîşan marks entities, events and quotes in Central Kurdish news.

  python3 run.py                   the demo: in a window, or into ./demo-output without a display
  python3 run.py COMMAND [ARGS…]   one command of the program
  python3 run.py COMMAND --help    what that command takes
  python3 run.py test [ARGS…]      every check and every test; ARGS go to pytest
  python3 run.py build [SYSTEM…]   installers, into .out/packages; see build/README.md

The first run installs what is needed into .venv. Mirrors and proxies are those of pip."""


class Plan(NamedTuple):
    """What one call of this script is to do."""

    lock: str
    command: tuple[str, ...]
    folder: Path | None = None
    notice: str = ""
    needs_qt: bool = True


def plan(arguments: Sequence[str], *, display: str | None) -> Plan:
    """What `arguments` ask for; `display` is the platform plugin of a reachable display."""
    if arguments and arguments[0] == "test":
        chosen = tuple(arguments[1:]) or ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
        return Plan(DEVELOPMENT, ("pytest", *chosen), folder=CHECKOUT)
    if arguments and arguments[0] == "build":
        return Plan(BUILD, ("build", *arguments[1:]), folder=CHECKOUT / "build")
    if arguments:
        return Plan(RUNTIME, ("annotator", *arguments), needs_qt=False)
    if display is None:
        notice = "There is no display: the demo runs without a window, into ./demo-output."
        return Plan(RUNTIME, ("annotator", "demo", "--headless", "./demo-output"), notice=notice)
    return Plan(RUNTIME, ("annotator", "demo"), notice="Opening the demo in a window.")


def display_plugin(
    system: str, environment: Mapping[str, str], *, answers: Callable[[str], bool]
) -> str | None:
    """Qt's platform plugin for the display a window can open on, or None without a display.

    `answers` tells whether a socket, a path or ``host:port``, accepts a connection.
    """
    if environment.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return None
    if system in ("Windows", "Darwin"):
        return system.lower()
    if any(answers(address) for address in _x11_addresses(environment.get("DISPLAY", ""))):
        return "xcb"
    wayland = environment.get("WAYLAND_DISPLAY", "")
    if wayland and answers(os.path.join(environment.get("XDG_RUNTIME_DIR", ""), wayland)):
        return "wayland"
    return None


def plugins_for(lock: str, display: str | None) -> tuple[str, ...]:
    """The platform plugins whose libraries must be there; a bundle carries those of each."""
    if lock == BUILD:
        return tuple(WINDOW)
    return (display,) if lock == RUNTIME and display in WINDOW else ()  # tests draw offscreen


def _x11_addresses(display: str) -> tuple[str, ...]:
    host, colon, rest = display.rpartition(":")
    number = rest.split(".")[0]
    path = "/tmp/.X11-unix/X" + number
    if not colon or not number.isdigit():
        return ()
    if host in ("", "unix"):
        return (path, "\0" + path)
    return ("{}:{}".format(host.strip("[]"), 6000 + int(number)),)


def answers(address: str) -> bool:
    """Whether something accepts connections at a socket path or a ``host:port``."""
    host, _, port = address.rpartition(":")
    try:
        if host:
            socket.create_connection((host, int(port)), timeout=2).close()
            return True
        with socket.socket(getattr(socket, "AF_UNIX", -1)) as connection:
            connection.connect(address)
            return True
    except OSError:
        return False


def stamp_text(locks: Mapping[str, bytes], *, interpreter: str) -> str:
    """What a finished environment holds: the interpreter, and the hash of each lock installed."""
    told = (f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in sorted(locks.items()))
    return "\n".join((interpreter, *told, ""))


def holds(stamp: str, wanted: str) -> bool:
    """Whether an environment with this stamp has everything the wanted stamp names."""
    return set(wanted.splitlines()) <= set(stamp.splitlines())


def fail(sentence: str) -> NoReturn:
    """Stop with one clear sentence."""
    sys.exit("run.py: " + sentence)


def _apt_has(package: str) -> bool:
    return bool(subprocess.run(("apt-cache", "show", package), capture_output=True).stdout)


def _install_by_apt(packages: tuple[str, ...], purpose: str) -> None:
    """Install system packages where that is allowed; else raise `LookupError` with what to type."""
    if shutil.which("apt-get") is None:
        raise LookupError(f"{purpose} Install what Debian calls: {' '.join(packages)}")
    if os.geteuid() != 0:
        prefix = "sudo " if shutil.which("sudo") else ""
        line = apt_line(available_names(packages, exists=_apt_has), prefix=prefix)
        raise LookupError(f"{purpose} Type this line as administrator, then start again:\n  {line}")
    print(purpose, "Installing the system packages for it …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(("apt-get", "update", "-q"), env=quiet)
    names = available_names(packages, exists=_apt_has)
    install = ("apt-get", "install", "-y", "-q", "--no-install-recommends")
    if subprocess.run((*install, *names), env=quiet).returncode != 0:
        raise LookupError(f"{purpose} apt-get failed, see above. By hand:\n  {apt_line(names)}")


def _require_ensurepip(plugins: Sequence[str]) -> None:
    """See that virtual environments can be made; Qt's libraries come in the same line."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    purpose = "This Python cannot make virtual environments: its module ensurepip is missing."
    if sys.base_prefix != "/usr":
        fail(f"{purpose} Install Python again, with ensurepip.")
    try:
        own = "python{}.{}-venv".format(*sys.version_info[:2])
        libraries = (library for plugin in plugins for library in WINDOW.get(plugin, ()))
        _install_by_apt((own, *OFFSCREEN, *libraries), purpose)
    except LookupError as reason:
        fail(str(reason))


def interpreter_of(folder: Path, system: str) -> Path:
    """The Python of a virtual environment."""
    return folder / ("Scripts/python.exe" if system == "Windows" else "bin/python")


def site_packages(folder: Path, system: str, version: tuple[int, int]) -> Path:
    """Where a virtual environment of this Python version keeps its packages."""
    if system == "Windows":
        return folder / "Lib" / "site-packages"
    return folder / "lib" / f"python{version[0]}.{version[1]}" / "site-packages"


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep two first runs from building one environment: the second waits for the first."""
    with Path(__file__).open("rb") as file:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  # only there on Windows

            file.seek(1 << 30)  # far beyond the end, so that this file stays readable
            while True:  # each try gives up after ten seconds
                with contextlib.suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl  # noqa: PLC0415  # not there on Windows

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def environment_of(lock: str) -> Path:
    """The folder of the environment for a lock; that of builds holds what goes into bundles."""
    return CHECKOUT / ".out" / "venv" if lock == BUILD else VENV


def _ensure_environment(lock: str, plugins: Sequence[str]) -> Path:
    """The Python of an environment that holds `lock`, installed now if it is not there yet.

    The stamp goes first and comes last, so an interrupted installation is begun again from
    nothing. The development lock holds all of the runtime lock, so it is added to that.
    """
    folder = environment_of(lock)
    python, stamp = interpreter_of(folder, platform.system()), folder / "installed.txt"
    version = "{} {}.{}".format(platform.python_implementation(), *sys.version_info[:2])
    locks = {name: (CHECKOUT / name).read_bytes() for name in {RUNTIME, lock}}
    wanted = stamp_text(locks, interpreter=version)
    runtime = stamp_text({RUNTIME: locks[RUNTIME]}, interpreter=version)
    with _alone():
        present = stamp.read_text("utf-8") if stamp.exists() and python.exists() else ""
        if holds(present, wanted):
            return python
        _require_ensurepip(plugins)
        stamp.unlink(missing_ok=True)
        print(f"Installing {lock} into {folder.relative_to(CHECKOUT)} …", flush=True)
        try:
            if not holds(present, runtime):
                venv.create(folder, clear=True, with_pip=True, symlinks=os.name != "nt")
        except (OSError, subprocess.CalledProcessError) as reason:
            fail(f"{folder} cannot be made ({reason}). Close Nîşan if it is open and try again.")
        _install_lock(python, CHECKOUT / lock)
        packages = site_packages(folder, platform.system(), sys.version_info[:2])
        # Relative, so that a folder name in any script survives the reading of .pth files.
        (packages / "nishan.pth").write_text(os.path.relpath(CHECKOUT, packages) + "\n", "utf-8")
        stamp.write_text(wanted, "utf-8")
    return python


def _install_lock(python: Path, lock: Path) -> None:
    # Without --no-deps older pips look past the lock at newer versions of what has extras.
    strict = ("install", "--no-deps", "--require-hashes", "-r", str(lock))
    if subprocess.run((str(python), "-m", "pip", *strict)).returncode != 0:
        fail("pip stopped, see above. Can it reach the network, or the mirror in its settings?")


def _missing_libraries(folder: Path, plugins: Sequence[str]) -> frozenset[str]:
    if platform.system() != "Linux" or shutil.which("ldd") is None:
        return frozenset()
    binding = site_packages(folder, "Linux", sys.version_info[:2]) / "PySide6"
    platforms = binding / "Qt" / "plugins" / "platforms"
    files = [platforms / f"libq{plugin}.so" for plugin in ("offscreen", *plugins)]
    files.append(binding / "QtWidgets.abi3.so")
    done = subprocess.run(("ldd", *map(str, files)), capture_output=True, text=True)
    return missing_from_ldd(done.stdout)


def _missing_tools(lock: str) -> tuple[str, ...]:
    """The packages of tools that are missing where they can be installed without asking."""
    can_install = shutil.which("apt-get") is not None and os.geteuid() == 0
    tools = {DEVELOPMENT: TEST_TOOLS, BUILD: BUILD_TOOLS}.get(lock, {}) if can_install else {}
    missing = tuple(package for tool, package in tools.items() if shutil.which(tool) is None)
    if lock != BUILD or not can_install:
        return missing  # PyInstaller says by itself that its Python is not whole
    libraries = (path.name for path in Path("/usr/lib").glob("*/libpython3*"))
    own = shared_python(sys.version_info[:2], prefix=sys.base_prefix, libraries=libraries)
    return (*missing, *own)


def _ensure_libraries(lock: str, plugins: Sequence[str]) -> None:
    """See that Qt finds its system libraries; raise `LookupError` with what to do otherwise."""
    folder, tools = environment_of(lock), _missing_tools(lock)
    missing = _missing_libraries(folder, plugins)
    packages, unknown = packages_for(missing)
    if packages or tools:
        _install_by_apt((*packages, *tools), f"Missing: {', '.join((*sorted(missing), *tools))}.")
        unknown = tuple(sorted(_missing_libraries(folder, plugins)))
    if unknown:
        raise LookupError(f"Install the packages that hold {', '.join(unknown)}.")


def _require_qt(python: Path) -> None:
    command = (str(python), "-c", "import PySide6.QtWidgets")
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        fail("Qt does not load: " + done.stderr.strip().rpartition("\n")[2])


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; returns the exit code."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        oldest, newest = (".".join(map(str, version)) for version in (OLDEST, NEWEST))
        fail(f"Python {oldest} to {newest} is needed; this is {platform.python_version()}.")
    if arguments and arguments[0] in ("-h", "--help"):
        print(HELP)
        return 0
    plugin = display_plugin(platform.system(), os.environ, answers=answers)
    asked = plan(arguments, display=plugin)
    plugins = plugins_for(asked.lock, plugin)
    python = _ensure_environment(asked.lock, plugins)
    try:
        _ensure_libraries(asked.lock, plugins)
    except LookupError as reason:
        if asked.needs_qt:
            fail(str(reason))
        print(f"run.py: {reason}", file=sys.stderr)
    if asked.needs_qt:
        _require_qt(python)
    if asked.notice:
        print(asked.notice, flush=True)
    return subprocess.run((str(python), "-m", *asked.command), cwd=asked.folder).returncode


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # Windows code pages lack letters of Nîşan
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
