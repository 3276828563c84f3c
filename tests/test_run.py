"""The bootstrap: what it decides, as pure functions."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def _load():
    spec = importlib.util.spec_from_file_location("run_script", CHECKOUT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run = _load()

BARE_DEBIAN = """\
\tlinux-vdso.so.1 (0x00007ffc)
\tlibGL.so.1 => not found
\tlibEGL.so.1 => not found
\tlibX11.so.6 => not found
\tlibfreetype.so.6 => not found
\tlibfontconfig.so.1 => not found
\tlibglib-2.0.so.0 => not found
\tlibgthread-2.0.so.0 => not found
\tlibdbus-1.so.3 => not found
\tlibxkbcommon.so.0 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
"""


@pytest.mark.parametrize(
    ("arguments", "display", "command"),
    [
        ([], "xcb", ("annotator", "demo")),
        ([], None, ("annotator", "demo", "--headless", "./demo-output")),
        (["export", "a.nishan"], "xcb", ("annotator", "export", "a.nishan")),
        (["check", "--help"], None, ("annotator", "check", "--help")),
        (["test", "tests/core", "-x"], None, ("pytest", "tests/core", "-x")),
    ],
)
def test_arguments_choose_the_command(arguments, display, command):
    assert run.plan(arguments, display=display).command == command


def test_only_the_tests_need_the_development_lock_and_run_in_the_checkout():
    tests, program = run.plan(["test"], display=None), run.plan(["export"], display=None)
    assert (tests.lock, tests.folder) == ("requirements-dev.lock", CHECKOUT)
    assert (program.lock, program.folder) == ("requirements.lock", None)


def test_a_build_has_an_environment_of_its_own_and_what_every_window_system_needs():
    build = run.plan(["build", "linux", "--check"], display=None)
    assert (build.lock, build.command) == ("requirements-build.lock", ("build", "linux", "--check"))
    assert run.environment_of(build.lock) != run.environment_of("requirements.lock")
    assert run.environment_of("requirements-dev.lock") == run.environment_of("requirements.lock")
    assert run.plugins_for(build.lock, None) == ("xcb", "wayland")
    assert run.plugins_for("requirements.lock", "xcb") == ("xcb",)
    assert run.plugins_for("requirements-dev.lock", "xcb") == ()


def test_all_tests_run_in_parallel_and_chosen_ones_as_asked():
    assert "-n" in run.plan(["test"], display=None).command
    assert "-n" not in run.plan(["test", "tests/test_run.py"], display=None).command


def test_the_main_job_says_in_one_line_that_there_is_no_display():
    notice = run.plan([], display=None).notice
    assert "no display" in notice
    assert "./demo-output" in notice
    assert "\n" not in notice


def test_missing_libraries_are_read_from_ldd():
    missing = run.missing_from_ldd(BARE_DEBIAN)
    assert len(missing) == 9
    assert {"libGL.so.1", "libX11.so.6"} <= missing
    assert "libc.so.6" not in missing


def test_a_bare_debian_gets_the_six_packages_that_offscreen_needs():
    packages, unknown = run.packages_for(run.missing_from_ldd(BARE_DEBIAN))
    assert packages == tuple(run.OFFSCREEN)
    assert unknown == ()
    assert run.apt_line(packages) == (
        "apt-get update && apt-get install -y --no-install-recommends"
        " libgl1 libegl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0"
    )


def test_only_what_is_missing_is_installed():
    missing = {"libxcb-cursor.so.0", "libxcb-xkb.so.1", "libwonder.so.3"}
    packages, unknown = run.packages_for(missing)
    assert packages == ("libxcb-cursor0", "libxkbcommon-x11-0")
    assert unknown == ("libwonder.so.3",)
    assert run.packages_for(set()) == ((), ())


def test_the_line_is_typed_with_sudo_where_there_is_sudo():
    line = run.apt_line(["libgl1"], prefix="sudo ")
    assert line == ("sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1")


@pytest.mark.parametrize(
    ("prefix", "libraries", "packages"),
    [
        ("/usr", (), ("libpython3.12",)),
        ("/usr", ("libpython3.11.so.1.0", "libpython3.so"), ("libpython3.12",)),
        ("/usr", ("libpython3.12.so.1.0",), ()),
        ("python", (), ()),
    ],
)
def test_the_python_of_debian_is_frozen_only_with_its_library(prefix, libraries, packages):
    """Debian's own program has no need of it, so a bare system lacks it."""
    found = run.shared_python((3, 12), prefix=prefix, libraries=libraries)
    assert found == packages


def test_a_build_on_debian_asks_for_the_library_of_python(monkeypatch):
    monkeypatch.setattr(run.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda tool: f"/usr/bin/{tool}")
    monkeypatch.setattr(run.sys, "base_prefix", "/usr")
    monkeypatch.setattr(run, "shared_python", lambda *_, **told: (told["prefix"],))
    asked = []
    monkeypatch.setattr(run, "_missing_libraries", lambda *_: frozenset())
    monkeypatch.setattr(run, "_install_by_apt", lambda packages, _: asked.append(packages))
    for lock in (run.BUILD, run.DEVELOPMENT):
        run._ensure_libraries(lock, ())
    assert asked == [("/usr",)]


def test_newer_releases_get_their_own_package_names():
    old = run.available_names(["libgl1", "libglib2.0-0"], exists=lambda name: False)
    new = run.available_names(["libgl1", "libglib2.0-0"], exists=lambda name: "t64" in name)
    assert old == ("libgl1", "libglib2.0-0")
    assert new == ("libgl1", "libglib2.0-0t64")
    assert run.available_names(["libpython3.12"], exists=lambda name: True) == ("libpython3.12t64",)


X0 = "/tmp/.X11-unix/X0"


@pytest.mark.parametrize(
    ("system", "environment", "reachable", "plugin"),
    [
        ("Linux", {}, set(), None),
        ("Linux", {"DISPLAY": ":0"}, {X0}, "xcb"),
        ("Linux", {"DISPLAY": ":0.1"}, {"\0" + X0}, "xcb"),
        ("Linux", {"DISPLAY": "unix:0"}, {X0}, "xcb"),
        ("Linux", {"DISPLAY": ":0"}, set(), None),
        ("Linux", {"DISPLAY": "localhost:10.0"}, {"localhost:6010"}, "xcb"),
        ("Linux", {"DISPLAY": "[::1]:10.0"}, {"::1:6010"}, "xcb"),
        ("Linux", {"DISPLAY": "nonsense"}, {X0}, None),
        ("Linux", {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "r"},
         {os.path.join("r", "wayland-0")}, "wayland"),
        ("Linux", {"WAYLAND_DISPLAY": "wayland-0"}, set(), None),
        ("Linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, {X0}, None),
        ("Windows", {}, set(), "windows"),
        ("Darwin", {}, set(), "darwin"),
        ("Windows", {"QT_QPA_PLATFORM": "offscreen:x=1"}, set(), None),
    ],
)  # fmt: skip
def test_a_display_counts_when_it_answers(system, environment, reachable, plugin):
    found = run.display_plugin(system, environment, answers=reachable.__contains__)
    assert found == plugin


def test_nothing_answers_at_a_socket_that_is_not_there(tmp_path):
    assert not run.answers(str(tmp_path / "X7"))
    assert not run.answers("localhost:1")


@pytest.mark.skipif(sys.platform == "win32", reason="needs sockets in the file system")
def test_a_listening_socket_answers(tmp_path, monkeypatch):
    import socket  # noqa: PLC0415

    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("X0")
        server.listen()
        assert run.answers("X0")


def test_a_changed_lock_or_interpreter_makes_an_environment_stale():
    stamp = run.stamp_text({"requirements.lock": b"apsw"}, interpreter="CPython 3.11")
    newer_lock = run.stamp_text({"requirements.lock": b"orjson"}, interpreter="CPython 3.11")
    newer_python = run.stamp_text({"requirements.lock": b"apsw"}, interpreter="CPython 3.13")
    assert run.holds(stamp, stamp)
    assert not run.holds(stamp, newer_lock)
    assert not run.holds(stamp, newer_python)


def test_an_environment_for_the_tests_also_runs_the_program_but_not_the_reverse():
    locks = {"requirements.lock": b"apsw", "requirements-dev.lock": b"apsw pytest"}
    tests = run.stamp_text(locks, interpreter="CPython 3.11")
    program = run.stamp_text({"requirements.lock": b"apsw"}, interpreter="CPython 3.11")
    assert run.holds(tests, program)
    assert not run.holds(program, tests)


def test_an_interrupted_installation_holds_nothing():
    wanted = run.stamp_text({"requirements.lock": b"apsw"}, interpreter="CPython 3.11")
    assert not run.holds("", wanted)
    assert not run.holds(wanted[: len(wanted) // 2], wanted)


def test_the_environment_lies_where_each_system_puts_it():
    folder = Path("v")
    assert run.interpreter_of(folder, "Windows") == folder / "Scripts" / "python.exe"
    assert run.interpreter_of(folder, "Linux") == folder / "bin" / "python"
    assert run.site_packages(folder, "Windows", (3, 12)) == folder / "Lib" / "site-packages"
    assert run.site_packages(folder, "Linux", (3, 12)) == (
        folder / "lib" / "python3.12" / "site-packages"
    )


def test_help_needs_no_installation(tmp_path):
    (tmp_path / "build").mkdir()
    copy = tmp_path / "run.py"
    for name in ("run.py", "build/debian_packages.py"):
        (tmp_path / name).write_bytes((CHECKOUT / name).read_bytes())
    command = [sys.executable, str(copy), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "python3 run.py test" in done.stdout
    assert not (tmp_path / ".venv").exists()


def test_the_python_versions_agree_with_the_project(monkeypatch):
    monkeypatch.setattr(run.sys, "version_info", (3, 10, 4, "final", 0))
    with pytest.raises(SystemExit, match=r"Python 3\.11 to 3\.14 is needed"):
        run.main([])
    project = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'requires-python = ">=3.11,<3.15"' in project
