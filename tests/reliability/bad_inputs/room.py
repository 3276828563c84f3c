"""A process in which bad inputs are read: each case in a child of its own, with limits.

``python -m tests.reliability.bad_inputs.room FOLDER NUMBER…`` runs the cases of these numbers and
prints one line of JSON for each; texts are told by their hash. A child has only so much memory,
processor time and time; whatever becomes of it, this process lives and tells.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import pkgutil
import resource
import shutil
import signal
import sys
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

import apsw

import annotator
from annotator.cli import main
from annotator.core.document import text_sha256
from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import AnnotatorError
from annotator.foundation.settings import Settings
from annotator.foundation.settings_file import read_settings, write_settings
from annotator.store.project_file import ProjectFile
from annotator.ui.keyboard.user_keys import UserKeys, load_keys, save_keys
from annotator.workbench.schemes import scheme_of
from tests.reliability.bad_inputs.case import Case, Importer
from tests.reliability.bad_inputs.cases import all_cases

PROJECT = "project.nishan"

PACKAGES = ("cli", "core", "formats", "foundation", "kurdish", "store", "workbench")
"""What the importers are made of: all without a window."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case.

    `code` is the exit code, or minus the signal. `is_as_before` says that the project holds the
    same rows. `texts` are the hashes of those that it did not have before.
    """

    id: str
    code: int
    told: str
    complained: str
    is_as_before: bool
    texts: tuple[str, ...]
    seconds: float
    megabytes: float


def run(case: Case, folder: Path, template: Path) -> Outcome:
    """Make the files of a case, read them in a child, and look at the project afterwards."""
    folder.mkdir(parents=True)
    project = folder / PROJECT
    shutil.copyfile(template, project)
    case.make(folder)
    rows_before, before = _content(project), _texts(project)
    begun = time.monotonic()
    code, megabytes = _in_child(case, folder)
    seconds = time.monotonic() - begun
    rows_after, after = _content(project), _texts(project)
    told, complained = (
        (folder / name).read_text(encoding="utf-8", errors="replace") for name in ("told", "said")
    )
    return Outcome(
        id=case.id,
        code=code,
        told=told,
        complained=complained,
        is_as_before=rows_before == rows_after,
        texts=tuple(after[len(before) :]),
        seconds=seconds,
        megabytes=megabytes,
    )


def _in_child(case: Case, folder: Path) -> tuple[int, float]:
    child = os.fork()
    if child == 0:
        try:
            code = _limited(case, folder)
        except BaseException:
            traceback.print_exc()
            code = 99
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024


def _limited(case: Case, folder: Path) -> int:
    for name, stream in (("told", 1), ("said", 2)):
        target = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(target, stream)
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(os.fdopen(1, "wb")),
        io.TextIOWrapper(os.fdopen(2, "wb")),
    )
    _limit(resource.RLIMIT_AS, _address_space() + case.megabytes * 1024 * 1024)
    _limit(resource.RLIMIT_CPU, case.seconds)
    signal.alarm(case.seconds * 3)
    return _OPERATIONS.get(case.importer, _import)(case, folder)


def _limit(kind: int, most: int) -> None:
    resource.setrlimit(kind, (most, most))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _import(case: Case, folder: Path) -> int:
    inputs = [str(folder / name) for name in case.inputs]
    return main(["import", str(folder / PROJECT), *inputs, *case.options, "--json"])


def _open(case: Case, folder: Path) -> int:
    """A project file is read by whoever opens it, checks it or exports it."""
    path = folder / case.inputs[0]
    before = _bytes_of(path)
    code = main(["info", str(path), "--json"])
    if code and _bytes_of(path) != before:
        raise AssertionError("a refused file has changed")
    return code


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _new(case: Case, folder: Path) -> int:
    made = folder / "made.nishan"
    code = main(["new", str(made), "--scheme", str(folder / case.inputs[0]), "--json"])
    if code and made.exists():
        raise AssertionError("a refused scheme has left a project")
    if not code:
        with ProjectFile.open(made) as project:
            scheme_of(project)
    return code


def _keys(case: Case, folder: Path) -> int:
    """Bad keys hold nobody up: the usual ones hold, and the file is kept when others are saved."""
    path = folder / case.inputs[0]
    before = _bytes_of(path)
    keys, trouble = load_keys(folder)
    if trouble is not None and keys != UserKeys():
        raise AssertionError("keys of a refused file are used")
    save_keys(folder, keys)
    kept = [other.read_bytes() for other in folder.glob("keys*.json")]
    if trouble is not None and before not in kept:
        raise AssertionError("the damaged file is lost")
    return _tell(trouble)


def _settings(case: Case, folder: Path) -> int:
    """Bad settings hold nobody up: what cannot be used is passed over, and nothing is lost."""
    path = folder / case.inputs[0]
    before = _bytes_of(path)
    found = read_settings(folder)
    chosen = Settings(theme="dark" if found.theme != "dark" else "light", points=21.0)
    write_settings(folder, chosen)
    if read_settings(folder) != chosen:
        raise AssertionError("what was chosen is not read back")
    is_aside = any(other.read_bytes() == before for other in folder.glob("settings-damaged*.json"))
    _write(json.dumps({"problems": [], "aside": is_aside, "usual": found == Settings()}))
    return 0


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")


def _tell(trouble: AnnotatorError | None) -> int:
    if trouble is None:
        _write(json.dumps({"problems": []}))
        return 0
    message = load_catalogue("en").error(trouble)
    values = {name: str(value) for name, value in trouble.values.items()}
    _write(json.dumps({"error": trouble.key, "message": message, "values": values}))
    return 3


_OPERATIONS = {
    Importer.PROJECT: _open,
    Importer.SCHEME: _new,
    Importer.KEYS: _keys,
    Importer.SETTINGS: _settings,
}


def _content(project: Path) -> list[tuple[str, list[object]]]:
    """Every row of every table, but for the counter of sessions."""
    database = apsw.Connection(str(project), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        tables = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type='table'")
        ]
        found = []
        for table in sorted(tables):
            rows = database.execute(f"SELECT * FROM {table}").fetchall()
            found.append((table, [row for row in rows if row[0] != "generation"]))
        return found
    finally:
        database.close()


def _texts(project: Path) -> list[str]:
    """The hashes of the texts, in the order in which they came."""
    database = apsw.Connection(str(project), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        rows = database.execute("SELECT text FROM documents ORDER BY key")
        return [text_sha256(text) for (text,) in rows]
    finally:
        database.close()


def _load() -> None:
    """Load the modules here, once, which each child would else load for itself."""
    for package in PACKAGES:
        parent = importlib.import_module(f"{annotator.__name__}.{package}")
        for found in pkgutil.walk_packages(parent.__path__, f"{parent.__name__}."):
            importlib.import_module(found.name)


def _serve(folder: Path, numbers: list[int]) -> None:
    _load()
    cases = all_cases()
    for number in numbers:
        outcome = run(cases[number], folder / str(number), folder / "template.nishan")
        sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), [int(word) for word in sys.argv[2:]])
