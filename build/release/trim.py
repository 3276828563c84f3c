"""What is left out of a bundle: modules nobody imports, plugins of Qt that nobody asks for.

The spec of PyInstaller and the other ways to make a bundle read the same lists. Nothing is listed
that merely hangs on something else: a library that no kept file needs is found out and dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

WITHOUT = (
    # Dependencies of a checkout that the program does not import yet, and what they need.
    "pyqtgraph", "numpy", "colorama",
    # Formats that are offered where these are installed; they weigh more than the program.
    "spacy", "pyarrow",
    # The program speaks to nobody, so that no OpenSSL has to be kept safe in the bundle: hashlib
    # has the hashes it needs itself.
    "ssl", "_ssl", "_hashlib", "asyncio",
    "PySide6.QtNetwork", "PySide6.QtDBus",
    # The project file is read by APSW, with its own SQLite.
    "sqlite3", "_sqlite3",
    # Tools of Python for the terminal, for tests and for other programs.
    "tkinter", "_tkinter", "curses", "_curses", "readline", "unittest", "doctest", "pdb", "pydoc",
    "lib2to3", "setuptools", "pkg_resources", "_distutils_hack", "multiprocessing", "test",
    # Of lxml only etree is used.
    "lxml.html", "lxml.objectify", "lxml.isoschematron", "lxml.cssselect", "lxml.sax",
    "lxml.builder", "lxml.doctestcompare", "lxml.usedoctest", "lxml.html.clean",
)  # fmt: skip
"""Modules that are not in a bundle."""

PLUGINS = (
    "iconengines/qsvgicon",
    "imageformats/qjpeg", "imageformats/qsvg", "imageformats/qico",
    "platforms/qxcb", "platforms/qwayland", "platforms/qoffscreen",
    "platforms/qwindows", "platforms/qcocoa",
    "platforminputcontexts/composeplatforminputcontextplugin",
    "platforminputcontexts/ibusplatforminputcontextplugin",
    "platformthemes/qxdgdesktopportal",
    "printsupport/cupsprintersupport", "printsupport/windowsprintersupport",
    "printsupport/cocoaprintersupport",
    "styles/qmodernwindowsstyle", "styles/qwindowsvistastyle", "styles/qmacstyle",
    "wayland-decoration-client/adwaita", "wayland-decoration-client/bradient",
    "wayland-shell-integration/xdg-shell",
)  # fmt: skip
"""The plugins of Qt that a bundle has, of those there are on its system."""

_OF_PICTURES = ("iconengines/qsvgicon", "imageformats/qsvg", "platforms/qoffscreen")
NEEDED_PLUGINS = {
    "linux": (
        *_OF_PICTURES, "platforms/qxcb", "platforms/qwayland", "printsupport/cupsprintersupport",
        "platforminputcontexts/composeplatforminputcontextplugin",
        "platforminputcontexts/ibusplatforminputcontextplugin",
    ),
    "windows": (*_OF_PICTURES, "platforms/qwindows"),
    "macos": (*_OF_PICTURES, "platforms/qcocoa"),
}  # fmt: skip
"""Without one of these the program starts and tests itself, and then opens no window, draws no
arrows or takes no accents."""

WITHOUT_LIBRARIES = ("opengl32sw", "d3dcompiler_47")
"""What Qt for Windows would load to draw by a graphics card, which the program does not."""


LEFT_TO_SYSTEM = (
    "libGL", "libEGL", "libX11", "libX11-xcb", "libxcb", "libXau", "libXdmcp",
    "libdbus-1", "libfontconfig", "libfreetype", "libglib-2.0", "libgthread-2.0",
    "libcups", "libstdc++", "libgcc_s", "libz",
)  # fmt: skip
"""Libraries of every Linux desktop, by their names before ``.so``.

Those of the system fit its settings and are kept safe by its updates. The Debian package asks for
them by the packages that hold them.
"""


def is_left_to_system(path: str) -> bool:
    """Whether a library is not bundled, because each desktop has its own."""
    return PurePosixPath(path).name.split(".so")[0] in LEFT_TO_SYSTEM


def plugin_of(path: str) -> str | None:
    """The plugin of Qt that lies at a place in the bundle, as `PLUGINS` names it, or None.

    ``PySide6/Qt/plugins/platforms/libqxcb.so`` is ``platforms/qxcb``.
    """
    parts = PurePosixPath(path.replace("\\", "/")).parts
    if "plugins" not in parts or len(parts) < parts.index("plugins") + 3:
        return None
    folder, name = parts[-2:]
    return f"{folder}/{name.split('.')[0].removeprefix('lib')}"


def absent_plugins(paths: Iterable[str], system: str) -> tuple[str, ...]:
    """Those of `NEEDED_PLUGINS` that are at none of the places in a bundle."""
    there = {plugin_of(path) for path in paths}
    return tuple(plugin for plugin in NEEDED_PLUGINS[system] if plugin not in there)


def is_wanted(path: str) -> bool:
    """Whether a file belongs into the bundle; libraries that hang on others come later."""
    plugin = plugin_of(path)
    if plugin is not None:
        return plugin in PLUGINS
    file = PurePosixPath(path.replace("\\", "/"))
    if file.suffix == ".qm":
        return False  # the program has its own words for what Qt says
    if file.parts[0].endswith(".dist-info"):
        return file.name == "METADATA"
    return not file.name.lower().startswith(WITHOUT_LIBRARIES)


def needed(
    roots: Iterable[str], libraries: Iterable[str], imports: Callable[[str], Iterable[str]]
) -> frozenset[str]:
    """Those of the libraries that some root needs, directly or through another library.

    All are names of files; `imports` gives the names of what a file is linked with.
    """
    there = frozenset(libraries)
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        new = {*imports(waiting.pop())} & there - found
        found |= new
        waiting += new
    return frozenset(found)
