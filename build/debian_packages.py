"""The Debian packages that bring what Qt loads, and the tools of tests and builds.

`run.py` loads this before there is an environment, so it needs nothing but Python; the control
file of the ``.deb`` names the same packages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

# Each Debian package and what of Qt's needs it brings. None can be left out (tried on Debian 12).
OFFSCREEN = {
    "libgl1": "GL.so.1 X11.so.6 X11-xcb.so.1 xcb.so.1 xcb-randr.so.0 xcb-shm.so.0 xcb-sync.so.1"
    " xcb-xfixes.so.0",
    "libegl1": "EGL.so.1",
    "libglib2.0-0": "glib-2.0.so.0 gthread-2.0.so.0",
    "libdbus-1-3": "dbus-1.so.3",
    "libfontconfig1": "fontconfig.so.1 freetype.so.6",
    "libxkbcommon0": "xkbcommon.so.0",
}
WINDOW = {  # by the platform plugin of Qt
    "xcb": {
        "libxcb-cursor0": "xcb-cursor.so.0 xcb-image.so.0 xcb-render-util.so.0 xcb-render.so.0",
        "libxkbcommon-x11-0": "xkbcommon-x11.so.0 xcb-xkb.so.1",
        "libxcb-icccm4": "xcb-icccm.so.4 xcb-util.so.1",
        "libxcb-keysyms1": "xcb-keysyms.so.1",
        "libxcb-shape0": "xcb-shape.so.0",
    },
    "wayland": {
        "libwayland-cursor0": "wayland-cursor.so.0 wayland-client.so.0",
        "libwayland-egl1": "wayland-cursor.so.0",  # opened later, so its absence shows by its twin
    },
}
NEWER_NAMES = {"libglib2.0-0": "libglib2.0-0t64"}  # Debian 13, Ubuntu 24.04
# Command -> package. What needs a tool that is missing is skipped, or stops, and says so.
TEST_TOOLS = {"strace": "strace", "faketime": "faketime"}  # by them tests make the system fail
BUILD_TOOLS = {
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "mmdebstrap": "mmdebstrap",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "strip": "binutils",
    "xz": "xz-utils",
}


def missing_from_ldd(output: str) -> frozenset[str]:
    """The libraries that ``ldd`` could not find."""
    lines = (line.strip() for line in output.splitlines())
    return frozenset(line.split()[0] for line in lines if line.endswith("=> not found"))


def packages_for(missing: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The Debian packages that bring the missing libraries, and the libraries of no known one."""
    wanted = frozenset(missing)
    brought = {
        package: {f"lib{library}" for library in libraries.split()}
        for group in (OFFSCREEN, *WINDOW.values())
        for package, libraries in group.items()
    }
    packages = tuple(package for package, libraries in brought.items() if wanted & libraries)
    return packages, tuple(sorted(wanted.difference(*brought.values())))


def apt_line(packages: Iterable[str], *, prefix: str = "") -> str:
    """The line that installs packages, as a person types it."""
    install = f"{prefix}apt-get install -y --no-install-recommends"
    return f"{prefix}apt-get update && {install} {' '.join(packages)}"


def shared_python(
    version: tuple[int, int], *, prefix: str, libraries: Iterable[str]
) -> tuple[str, ...]:
    """The package with Debian's own Python as a library, which bundles contain, if it is missing.

    `prefix` is where this Python belongs, `libraries` are the names of those that are there.
    """
    series = "python{}.{}".format(*version)
    is_there = any(name.startswith(f"lib{series}.so.") for name in libraries)
    return () if prefix != "/usr" or is_there else (f"lib{series}",)


def available_names(packages: Iterable[str], *, exists: Callable[[str], bool]) -> tuple[str, ...]:
    """The packages by the names this release gives them."""
    newer = (
        (name, NEWER_NAMES.get(name, f"{name}t64" if name.startswith("libpython") else ""))
        for name in packages
    )
    return tuple(new if new and exists(new) else name for name, new in newer)
