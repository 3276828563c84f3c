"""What a process asked of the operating system, as strace saw it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.architecture.sources import CHECKOUT

_TRACED = (
    "network,execve,execveat,open,openat,openat2,creat,unlink,unlinkat,rename,renameat,renameat2,"
    "mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat"
)
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)\) += +(-?\d+|\?)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
_OPENING = frozenset({"open", "openat", "openat2", "creat"})
_CHANGING = frozenset(
    {"unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "link",
     "linkat", "symlink", "symlinkat", "truncate", "chmod", "fchmodat"}
)  # fmt: skip
_NETWORK = ("socket", "connect", "bind", "listen", "sendto")


@cache
def has_strace() -> bool:
    """Whether strace is here and may look at processes."""
    if shutil.which("strace") is None:
        return False
    done = subprocess.run(["strace", "-f", "-o", os.devnull, "true"], capture_output=True)
    return done.returncode == 0


@cache
def can_leave_the_network() -> bool:
    """Whether a process may be started without any network."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode == 0


@dataclass(frozen=True, slots=True)
class Trace:
    """What one run did; paths are absolute. `opened` are all files that were opened, and
    `opened_beside` those that processes opened which it had started.
    """

    code: int
    told: str
    started: list[str]
    network: list[str]
    opened: set[Path]
    changed: set[Path]
    opened_beside: set[Path]

    def changed_outside(self, *allowed: Path) -> set[Path]:
        """The files written, moved or removed that lie in none of these folders."""
        real = [folder.resolve() for folder in allowed]
        return {
            path
            for path in self.changed
            if not any(path.is_relative_to(folder) for folder in real)
            and not path.as_posix().startswith(("/dev/null", "/dev/tty", "/proc/self/"))
        }


def environment(folder: Path) -> dict[str, str]:
    """An environment whose home, settings, state and temporary files lie in a folder."""
    places = {"HOME": "home", "TMPDIR": "tmp", "NISHAN_STATE_DIR": "state"}
    places |= {"XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_RUNTIME_DIR": "run"}
    places |= {"XDG_DATA_HOME": "data"}
    found = {name: str(folder / place) for name, place in places.items()}
    for place in found.values():
        Path(place).mkdir(exist_ok=True, mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {
        **kept,
        **found,
        "QT_QPA_PLATFORM": "offscreen",
        "NISHAN_LANGUAGE": "en",
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
    }


def trace(words: list[str], folder: Path, env: Mapping[str, str]) -> Trace:
    """Run Python with these words in a folder, under strace where that is here."""
    log = folder.with_name(f"{folder.name}.strace")
    log.touch()
    told = ["-s", "4096", "-e", f"trace={_TRACED}", "-o", str(log)]
    command = ["strace", "-f", "--seccomp-bpf", "-qq", *told] if has_strace() else []
    done = subprocess.run(
        [*command, sys.executable, *words],
        cwd=folder, env=dict(env), capture_output=True, encoding="utf-8", timeout=600,
    )  # fmt: skip
    return _read(log, folder, done)


def _read(log: Path, folder: Path, done: subprocess.CompletedProcess[str]) -> Trace:
    found = Trace(done.returncode, done.stdout + done.stderr, [], [], set(), set(), set())
    beside: set[str] = set()
    for process, call, arguments, result in _calls(log):
        paths = {_path(text, folder) for text in _STRING.findall(arguments)}
        if call.startswith("execve"):
            beside |= {process} if found.started else set()
            found.started.append(arguments[:200])
        elif call in _NETWORK:
            found.network.append(f"{call}({arguments})")
        elif call in _OPENING:
            found.opened.update(paths)
            found.opened_beside.update(paths if process in beside else ())
            if int(result) >= 0 and (call == "creat" or _WRITING.search(arguments)):
                found.changed.update(paths)
        elif call in _CHANGING and result != "-1":
            found.changed.update(paths)
    return found


def _calls(log: Path) -> Iterator[tuple[str, ...]]:
    """Process, call, arguments and result of each line that has all of them."""
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = _CALL.match(line)
        if match is not None:
            yield match.groups()


def _path(text: str, folder: Path) -> Path:
    """A path of the log, in which strace writes bytes beyond ASCII in octal."""
    raw = text.encode("latin-1", "replace").decode("unicode_escape").encode("latin-1")
    return Path(os.path.normpath(folder / os.fsdecode(raw)))
