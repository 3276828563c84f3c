"""The Windows packages in use: installed, started, upgraded and removed, under Wine."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from release.checks import require_passed
from release.wine import Answer, Wine, until
from release.work import Stopped, Work, say

FOLDER = r"C:\users\root\AppData\Local\Programs\Nishan"
_PLACE = ("AppData", "Local", "Programs", "Nishan")
_LISTED = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Nishan"
_TYPE = r"HKCU\Software\Classes\Nishan.Project"
_SUFFIX = r"HKCU\Software\Classes\.nishan"
_LINK = ("AppData", "Roaming", "Microsoft", "Windows", "Start Menu", "Programs", "Nîşan.lnk")
_OURS = (("AppData", "Roaming", "Nishan"), ("AppData", "Local", "Nishan"))
_IS_OPEN = 4  # as the script of the installer says it
_WINDOW = 90  # seconds until it is there


def use_installer(
    work: Work, wine: Wine, installer: Path, *, bundle: Path, modules: str = "app"
) -> None:
    """Install, use, upgrade and remove the program, whose own folder is `modules`.

    Raises `Stopped`.
    """
    shutil.copy(installer, wine.drive / "setup.exe")
    home = wine.home(*_PLACE)
    _install(wine)
    _require_installed(home, bundle)
    _require(wine.home(*_LINK).is_file(), "The start menu does not list the program.")
    _require_registered(wine, work.version)
    told = _well(wine, rf"{FOLDER}\annotator.exe", "--self-test", "--json")
    require_passed(told.text, work.version, "under Wine")
    say("  installed under Wine; the self-test passed")
    _require_demo(wine)
    _see_window(work, wine)
    _require_upgrade(wine, home, home / modules)
    _require_clean_removal(wine, home)


def replace(wine: Wine, *, older: Path, newer: Path, bundle: Path) -> None:
    """Install one over the other, and remove it: nothing of the older may stay.

    Raises `Stopped`.
    """
    home = wine.home(*_PLACE)
    for installer in (older, newer):
        shutil.copy(installer, wine.drive / "setup.exe")
        _install(wine)
    _require_installed(home, bundle)
    _well(wine, rf"{FOLDER}\uninstall.exe", "/S")
    _require(not home.exists(), f"The uninstaller left something of {older.name}.")


def use_portable(work: Work, wine: Wine, archive: Path) -> None:
    """Use the archive from a folder with letters of Kurdish and a space. Raises `Stopped`."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(wine.drive / "usb ئەپ")
        top = opened.namelist()[0].partition("/")[0]
    program = rf"C:\usb ئەپ\{top}\annotator.exe"
    for folder in _OURS:
        shutil.rmtree(wine.home(*folder), ignore_errors=True)
    require_passed(_well(wine, program, "--self-test", "--json").text, work.version, "on a stick")
    _well(wine, program, "new", r"C:\on-stick.nishan")
    _well(wine, program, "backup", r"C:\on-stick.nishan")
    beside = wine.drive / "usb ئەپ" / top / "NishanData"
    _require((beside / "state").is_dir(), "The portable program keeps nothing beside itself.")
    left = [folder[1] for folder in _OURS if wine.home(*folder).exists()]
    _require(not left, "The portable program left something with the user.")
    say("  the portable archive works from a folder of any name and leaves nothing elsewhere")


def _install(wine: Wine) -> Answer:
    return _well(wine, r"C:\setup.exe", "/S")


def _require_installed(home: Path, bundle: Path) -> None:
    """The program lies there, file by file, and nothing else but what removes it."""
    wanted = names_in(bundle) | {"uninstall.exe"}
    # Modules are compiled at the first start where they were not before.
    wrong = {name for name in names_in(home) ^ wanted if not name.endswith(".pyc")}
    _require(not wrong, f"The installer did not install what it should: {sorted(wrong)[:5]}.")


def names_in(folder: Path) -> set[str]:
    """The files below a folder, by path."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in paths}


def _well(wine: Wine, *words: str) -> Answer:
    answer = wine.run(*words)
    if answer.code != 0:
        raise Stopped(f"{' '.join(words)} ended with {answer.code} under Wine:\n{answer.text}")
    return answer


def _require(is_so: bool, sentence: str) -> None:
    if not is_so:
        raise Stopped(sentence)


def _require_registered(wine: Wine, version: str) -> None:
    expected = {
        (_LISTED, "DisplayVersion"): version,
        (_LISTED, "QuietUninstallString"): rf'"{FOLDER}\uninstall.exe" /S',
        (_SUFFIX, ""): "Nishan.Project",
        (rf"{_TYPE}\shell\open\command", ""): rf'"{FOLDER}\Nishan.exe" "%1"',
        (rf"{_TYPE}\DefaultIcon", ""): rf"{FOLDER}\Nishan.exe,0",
    }
    found = {place: wine.registered(*place) for place in expected}
    _require(found == expected, f"Windows was not told what it should be: {found}")


def _require_demo(wine: Wine) -> None:
    """The main job without a window: a project, annotations, an export."""
    _well(wine, rf"{FOLDER}\annotator.exe", "demo", "--headless", r"C:\demo")
    export = wine.drive / "demo" / "gold" / "gold.jsonl"
    _require(export.is_file() and export.stat().st_size > 0, "The demo exported nothing.")
    _well(wine, rf"{FOLDER}\annotator.exe", "check", r"C:\demo\gold\gold.jsonl")
    say("  the main job was done under Wine, and its export checked")


def _see_window(work: Work, wine: Wine) -> None:
    """Open the demo by its file, as a double click does, and take a picture of the window.

    As long as it is open, the installer does not touch it.
    """
    tools = [name for name in ("xdotool", "import") if shutil.which(name) is None]
    if not wine.display or tools:
        say(f"  no window was opened: {', '.join(tools) or 'there is no display'}")
        return
    picture = work.folder("pictures") / "wine.png"
    # Wine does not look for the user's own associations; Windows runs what stands there.
    told = wine.registered(rf"{_TYPE}\shell\open\command") or ""
    words = [word.replace("%1", r"C:\demo\demo.nishan") for word in told.split('"') if word.strip()]
    with wine.running(*words):
        look = ("xdotool", "search", "--onlyvisible", "--name", "demo.*Nîşan")
        is_there = until(
            lambda: subprocess.run(look, capture_output=True).returncode == 0, seconds=_WINDOW
        )
        _require(is_there, "No window opened under Wine.")
        until(lambda: False, seconds=5)  # until it has painted
        work.run(("import", "-window", "root", picture), "No picture could be taken")
        refused = wine.run(r"C:\setup.exe", "/S", is_alone=False).code
        _require(refused == _IS_OPEN, f"Installing over the open program gave {refused}.")
    say(f"  a window opened on the project file: {picture.relative_to(work.checkout)}")


def _require_upgrade(wine: Wine, home: Path, modules: Path) -> None:
    """What an older version left goes; what is the user's stays."""
    stale, own = modules / "annotator" / "gone.py", home / "my notes.txt"
    stale.write_text("raise SystemExit(9)")
    own.write_text("mine")
    _install(wine)
    _require(not stale.exists(), "The upgrade left a module of the older version.")
    _require(own.exists(), "The upgrade removed a file of the user.")
    own.unlink()
    say("  an older version was replaced")


def _require_clean_removal(wine: Wine, home: Path) -> None:
    """The program goes, settings and projects stay, the registry forgets it."""
    settings = wine.home(*_OURS[0]) / "settings.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("{}")
    _well(wine, rf"{FOLDER}\uninstall.exe", "/S")
    left = [os.fspath(path) for path in home.rglob("*")] if home.exists() else []
    _require(not home.exists(), f"The uninstaller left {left[:5]}.")
    _require(not wine.home(*_LINK).exists(), "The start menu still lists the program.")
    keys = (_LISTED, _TYPE, _SUFFIX)
    _require(not any(map(wine.registered, keys)), "Windows still knows the program.")
    kept = (settings, wine.drive / "demo" / "demo.nishan")
    _require(all(path.is_file() for path in kept), "The uninstaller removed what is the user's.")
    say("  removed again; settings and projects stayed")
