"""A bare Debian to try the package in: installed, used by somebody who is not root, removed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from release.checks import self_test
from release.linux_libraries import unmet
from release.work import NAME, PROGRAM, Stopped, Work, say

USER, USER_HOME = "1000:1000", "/srv/linguist"
_SOURCES = ("/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list")
_PLACES = ("usr", "etc", "opt", "var/lib/dpkg/info")
_PROXIES = ("Acquire::http::Proxy", "Acquire::https::Proxy")
_OWN_WORDS = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LC_ALL": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}


def check_archive(work: Work, archive: Path) -> None:
    """Unpack the archive below a folder with a Kurdish name, and let the program test itself."""
    folder = work.empty_folder("archive") / "بەرنامە"
    folder.mkdir()
    work.run(("tar", "-xf", archive, "-C", folder), "The archive cannot be unpacked")
    self_test(work, [folder / f"{NAME}-{work.version}" / PROGRAM], "from the archive")
    say("  the archive works where it is unpacked")


def check_package(work: Work, package: Path) -> None:
    """Install, use and remove the package in a bare Debian; elsewhere only unpack and use it."""
    base = work.cache / f"{os_release()}.tar"
    reason = why_not() or _make_base(work, base)
    if reason:
        say(f"  no bare Debian to install into ({reason}): the package is only unpacked")
        folder = work.empty_folder("unpacked")
        work.run(("dpkg-deb", "-x", package, folder), "The package cannot be unpacked")
        self_test(work, [folder / "usr/bin" / PROGRAM], "from the package")
        return
    root = _BareRoot(work, base)
    root.install(package)
    root.use()
    root.remove()
    say("  installed, used and removed in a bare Debian")


def why_not() -> str:
    """Why no bare Debian can be made here, or nothing where it can."""
    if os.geteuid() != 0:
        return "that needs root"
    missing = [tool for tool in ("mmdebstrap", "chroot", "unshare") if shutil.which(tool) is None]
    if missing:
        return f"{missing[0]} is missing"
    done = subprocess.run(("unshare", "--mount", "true"), capture_output=True)
    return "" if done.returncode == 0 else "mounting is not allowed"


def _make_base(work: Work, base: Path) -> str:
    """Make the bare Debian, from this system's mirrors; why that failed, or nothing."""
    if base.exists():
        return ""
    say(f"  making a bare Debian ({base.stem}); it is kept for the next time …")
    base.parent.mkdir(parents=True, exist_ok=True)
    unfinished = base.with_suffix(".unfinished.tar")
    sources = [name for name in _SOURCES if Path(name).is_file()][:1]
    options = [f'--aptopt={name} "{value}"' for name, value in proxies().items()]
    target = (base.stem, os.fspath(unfinished), *sources)
    try:
        work.run(("mmdebstrap", "--variant=minbase", *options, *target), "mmdebstrap failed")
    except Stopped as error:
        return " ".join(str(error).split())[-300:]
    unfinished.rename(base)
    return ""


class _BareRoot:
    """A Debian with the least of packages, made anew from the cached one."""

    def __init__(self, work: Work, base: Path) -> None:
        self._work = work
        self._folder = work.empty_folder("root")
        self._archives = work.cache / "apt"
        work.run(("tar", "-xf", base, "-C", self._folder), "The bare Debian cannot be unpacked")
        for name in ("srv/linguist", "proc", "tmp"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        os.chown(self._folder / "srv/linguist", 1000, 1000)
        shutil.copy("/etc/resolv.conf", self._folder / "etc/resolv.conf")

    def install(self, package: Path) -> None:
        """Install the package with what it depends on, and nothing else."""
        kept = self._folder / "var/cache/apt/archives"
        self._archives.mkdir(parents=True, exist_ok=True)
        for archive in self._archives.glob("*.deb"):
            shutil.copy(archive, kept)
        shutil.copy(package, self._folder / "tmp")
        options = ("-o", "Binary::apt-get::APT::Keep-Downloaded-Packages=true")
        install = ("apt-get", "install", "-y", "--no-install-recommends", *options)
        self._inside(("apt-get", "update"), "apt-get update failed in the bare Debian")
        self._inside((*install, f"/tmp/{package.name}"), "The package cannot be installed")
        for archive in kept.glob("*.deb"):
            shutil.copy(archive, self._archives)

    def use(self) -> None:
        """Let the program test itself and do its main job, for somebody who is not root."""
        self_test(self._work, self._command((PROGRAM,), user=USER), "in the bare Debian")
        self._require_libraries()
        demo = f"{USER_HOME}/demo"
        job = (
            (PROGRAM, "demo", "--headless", demo),
            (PROGRAM, "export", f"{demo}/demo.nishan", "--output", f"{USER_HOME}/gold.jsonl"),
            (PROGRAM, "check", f"{demo}/demo.nishan", f"{USER_HOME}/gold.jsonl"),
        )
        for command in job:
            self._inside(command, "The main job failed in the bare Debian", user=USER)
        for name in ("demo/screenshot.png", "demo/gold/gold.jsonl", "gold.jsonl"):
            if not (self._folder / USER_HOME.strip("/") / name).stat().st_size:
                raise Stopped(f"The main job left {name} empty.")

    def _require_libraries(self) -> None:
        """See that what opens a window finds its libraries, too: the self-test needs none."""
        script = 'LD_LIBRARY_PATH=$0/_internal ldd $(find "$0" -name "*.so*" -type f) 2>&1'
        words = self._command(("sh", "-c", script, f"/usr/lib/{NAME}"), user=USER)
        missing = unmet(self._work.run(words, "The libraries cannot be looked for"))
        if missing:
            raise Stopped(f"The package does not ask for {', '.join(missing)}.")

    def remove(self) -> None:
        """Remove the package: nothing of it stays, and nothing of the user's goes."""
        self._inside(("apt-get", "purge", "-y", NAME), "The package cannot be removed")
        left = left_behind(self._folder)
        if left:
            raise Stopped(f"The package leaves behind: {', '.join(left)}.")
        if not (self._folder / USER_HOME.strip("/") / "demo/demo.nishan").is_file():
            raise Stopped("Removing the package removed a project.")

    def _command(self, words: Sequence[str], *, user: str = "0:0") -> list[str]:
        home = "/root" if user == "0:0" else USER_HOME
        environment = [f"{name}={value}" for name, value in {**_OWN_WORDS, "HOME": home}.items()]
        shown = ("QT_QPA_PLATFORM=offscreen",) if user == USER else ()
        script = 'mount -t proc proc "$0/proc" && exec chroot --userspec="$1" "$0" "${@:2}"'
        inside = ["env", "-i", *environment, *shown, *words]
        return ["unshare", "--mount", "bash", "-c", script, str(self._folder), user, *inside]

    def _inside(self, words: Sequence[str], purpose: str, *, user: str = "0:0") -> None:
        self._work.run(self._command(words, user=user), purpose)


def left_behind(root: Path) -> list[str]:
    """What has the name of the package or of its program where packages put things."""
    return sorted(
        os.path.join(os.path.relpath(folder, root), name)
        for place in _PLACES
        for folder, folders, files in os.walk(root / place)
        for name in (*folders, *files)
        if NAME in name.lower() or name == PROGRAM
    )


def os_release() -> str:
    """The release of Debian to try the package in: this system's, else the oldest that it fits."""
    path = Path("/etc/os-release")
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    words = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    is_debian = words.get("ID", "").strip('"') == "debian"
    return words.get("VERSION_CODENAME", "bookworm").strip('"') if is_debian else "bookworm"


def proxies() -> dict[str, str]:
    """The proxies of this system's apt."""
    found = {}
    for name in _PROXIES:
        command = ("apt-config", "shell", "VALUE", name)
        told = subprocess.run(command, capture_output=True, text=True).stdout
        if "=" in told:
            found[name] = told.split("=", 1)[1].strip().strip("'\"")
    return found
