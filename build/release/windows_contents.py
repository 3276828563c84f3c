"""Whether the Windows bundle is whole, seen from outside: on a system that cannot run it.

Libraries are followed from header to header, and the modules that the same program loads here
must lie there.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from release import windows_python
from release.freeze import INTERNAL, require_plugins
from release.portable_executable import AMD64, NotExecutableError, read_executable
from release.trim import WITHOUT
from release.windows_bundle import APP, PYTHON, SITE
from release.work import PROGRAM, Stopped, Work

# What Windows 10 has since version 1809, the oldest for this Qt. Nothing else may be counted on.
_OF_WINDOWS = """
advapi32 authz bcrypt bcryptprimitives comctl32 comdlg32 crypt32 d3d11 d3d12 d3d9 dcomp dnsapi
dwmapi dwrite dxgi gdi32 icuuc imm32 iphlpapi kernel32 mpr msvcrt netapi32 ntdll ole32 oleaut32
propsys rpcrt4 setupapi shcore shell32 shlwapi uiautomationcore user32 userenv uxtheme version
winmm winspool ws2_32 wtsapi32
"""
OF_WINDOWS = frozenset(_OF_WINDOWS.split())
_SETS_OF_WINDOWS = ("api-ms-win-", "ext-ms-win-")
_PROGRAM_FILE = re.compile(r".+\.(dll|pyd|exe)$")
_FORMS = (".py", "/__init__.py", ".pyd", "/__init__.pyd", ".pyc", "/__init__.pyc")
_TAGGED = re.compile(r"\.(cp\d+-win_amd64|abi3)\.pyd$")
_QT = ("PySide6", "shiboken6")

# The same program at work: it opens the page, writes a project, an export, a picture.
_WORK_HERE = """
import json, sys
from annotator.cli import main
for words in json.loads(sys.argv[1]):
    assert main(words) in (0, 1), words  # 1: something could not be held, as is told
loaded = {
    name: getattr(module, "__file__", None) or "" for name, module in list(sys.modules.items())
}
sys.stdout.write("\\n" + json.dumps(loaded) + "\\n")
"""


def unresolved(
    files: Mapping[str, bytes], *, python: str = PYTHON, site: str = SITE
) -> tuple[str, ...]:
    """What some program or library of a bundle needs and would not find, as sentences.

    `files` are those with program code, by path. A library is found beside the one that asks for
    it and beside Python; Qt's plugins find theirs in Qt's folders, which lie in that of `site`.
    """
    lower = {path.lower() for path in files}
    found = []
    for path, content in sorted(files.items()):
        try:
            told = read_executable(content)
        except NotExecutableError as error:
            found.append(f"{path} is no program for 64-bit Windows: {error}.")
            continue
        if told.machine != AMD64:
            found.append(f"{path} is for another processor.")
        for name in sorted(told.imports | told.late_imports):
            if not _is_of_windows(name) and not any(
                f"{home}/{name}" in lower for home in _homes_for(path, python=python, site=site)
            ):
                found.append(f"{path} needs {name}.")
    return tuple(found)


def _is_of_windows(name: str) -> bool:
    return name.startswith(_SETS_OF_WINDOWS) or name.rpartition(".")[0] in OF_WINDOWS


def _homes_for(path: str, *, python: str, site: str) -> tuple[str, ...]:
    """The folders where Windows looks for what a library of the bundle needs, in small letters."""
    own = PurePosixPath(path).parent.as_posix()
    homes = tuple(f"{site}/{name}" for name in _QT)
    qt = homes if path.startswith(tuple(f"{home}/" for home in homes)) else ()
    return tuple(home.lower() for home in (own, python, *qt))


def programs_in(bundle: Path) -> dict[str, bytes]:
    """What has program code in a bundle, by path."""
    files = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*")}
    return {name: path.read_bytes() for name, path in files.items() if _PROGRAM_FILE.match(name)}


def absent(modules: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Those of the modules that no file of a bundle is; `names` are paths below its folders."""
    there = {_TAGGED.sub(".pyd", name) for name in names}
    return tuple(
        sorted(
            module
            for module in modules
            if not any(f"{module.replace('.', '/')}{form}" in there for form in _FORMS)
        )
    )


def require_whole(work: Work, bundle: Path) -> None:
    """Raise `Stopped` where a library or a module is missing in the bundle."""
    files = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*")}
    wrong = unresolved(programs_in(bundle))
    names = {name.partition("/")[2] for name in files if name.startswith((f"{APP}/", f"{SITE}/"))}
    missing = absent(_loaded_here(work), names)
    library = _standard_names(bundle)
    missing += tuple(name for name in _standard_modules_of(bundle) if name not in library)
    require_plugins(files, "windows")
    if wrong or missing:
        lacking = [f"The module {name} is not in the bundle." for name in missing]
        raise Stopped("The bundle for Windows is not whole:\n" + "\n".join((*wrong, *lacking)))


def require_frozen_whole(work: Work, bundle: Path) -> None:
    """Raise `Stopped` where a library or a module is missing in what PyInstaller made."""
    wrong = unresolved(programs_in(bundle), python=INTERNAL, site=INTERNAL)
    viewer = (sys.executable, "-m", "PyInstaller.utils.cliutils.archive_viewer")
    told = work.run(
        (*viewer, "--recursive", "--brief", "--list", bundle / f"{PROGRAM}.exe"),
        "The modules of the frozen program cannot be read",
    )
    packed = modules_listed(told)
    wanted = {*_loaded_here(work), *modules_of(work.checkout / PROGRAM)} - packed
    names = (path.relative_to(bundle / INTERNAL) for path in (bundle / INTERNAL).rglob("*"))
    missing = absent(wanted, (name.as_posix() for name in names))
    if wrong or missing:
        lacking = [f"The module {name} is not in it." for name in missing]
        raise Stopped("The frozen program is not whole:\n" + "\n".join((*wrong, *lacking)))


def modules_listed(told: str) -> frozenset[str]:
    """The modules in a frozen program, as PyInstaller lists them: one in a line, moved in."""
    return frozenset(line.strip() for line in told.splitlines() if line.startswith(" "))


def modules_of(package: Path) -> frozenset[str]:
    """The modules of a package by its files, but for the one that ``python -m`` runs."""
    paths = (path.relative_to(package.parent) for path in package.rglob("*.py"))
    names = (".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths)
    return frozenset(name for name in names if not name.endswith(".__main__"))


def require_sound(archive: Path, bundle: Path, mark: str) -> None:
    """Raise `Stopped` unless the archive holds the bundle and the mark, and can be read."""
    with zipfile.ZipFile(archive) as opened:
        broken = opened.testzip()
        names = {name.partition("/")[2] for name in opened.namelist()}
    wanted = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    if broken is not None or names != wanted | {mark}:
        raise Stopped(f"{archive.name} does not hold what it should.")


def _loaded_here(work: Work) -> Iterator[str]:
    """The modules besides Python's own that the program loads on this computer."""
    folder = work.empty_folder("at-work")
    made = str(folder / "demo")
    export = ["export", "--only", "all", "--draft", str(folder / "demo" / "demo.nishan")]
    acts = [["--self-test"], ["demo", "--headless", made]] + [
        [*export, "--format", name, "--output", str(folder / name)]
        for name in ("cas-xmi", "cas-json", "tables-xlsx", "brat")
    ]
    told = work.run(
        (sys.executable, "-c", _WORK_HERE, json.dumps(acts)),
        "The program does not work here",
        environment={"QT_QPA_PLATFORM": "offscreen", "NISHAN_STATE_DIR": str(folder / "state")},
    )
    loaded: dict[str, str] = json.loads(told.strip().rpartition("\n")[2])
    for name, file in loaded.items():
        # Some carry modules within themselves, which are no files.
        if Path(file).is_file() and not _is_standard(name) and name not in WITHOUT:
            yield name


def _is_standard(name: str) -> bool:
    top = name.partition(".")[0]
    return top in sys.stdlib_module_names or top.startswith(("_sysconfigdata", "__main__"))


def _standard_modules_of(bundle: Path) -> tuple[str, ...]:
    """Modules of Python's own that ours import, but for those that only other systems have."""
    found: set[str] = set()
    for path in (bundle / APP / PROGRAM).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"^(?:import|from) ([a-z_]+)", text, re.MULTILINE))
    return tuple(sorted(name for name in found if _is_standard(name)))


def _standard_names(bundle: Path) -> frozenset[str]:
    """The modules of Python's own that the bundle has: in its archive, as files, or built in."""
    tag = f"python{windows_python.TAG}"
    with zipfile.ZipFile(bundle / PYTHON / f"{tag}.zip") as archive:
        names = {name.split("/")[0].removesuffix(".pyc") for name in archive.namelist()}
    names |= {path.stem for path in (bundle / PYTHON).glob("*.pyd")}
    library = (bundle / PYTHON / f"{tag}.dll").read_bytes()
    built_in = {name for name in sys.stdlib_module_names if f"\0{name}\0".encode() in library}
    return frozenset(names | built_in | {"sys", "builtins"})
