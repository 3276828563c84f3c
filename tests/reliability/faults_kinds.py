"""Every kind of operation that writes: how it is prepared, done, and looked at afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from annotator.store.header import was_left_unclean
from annotator.store.lock_file import lock_path
from annotator.store.project_file import ProjectFile
from annotator.workbench.export_scope import ExportChoices, Scope
from annotator.workbench.exporting import Exporter
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.workspace import Workspace, open_workspace
from tests.reliability.faults_acts import clock, new_project, perform, text_of
from tests.reliability.faults_book import content_of
from tests.reliability.faults_child import Child, Fault, Strace

FIXTURES = Path(__file__).parent / "fixtures"
NAME = "پرۆژە.nishan"
COPY = "copy.nishan"
DROP = "to import"
"""The folder with the files that are imported."""
AT = datetime(2026, 11, 21, tzinfo=UTC)
TEXTS = {"d1": text_of(1), "d2": text_of(2)}
ACTS = (
    ["add", "d1", "GPE", 9, 14],
    ["add", "d1", "PER", 20, 26],
    ["add", "d1", "ORG", 30, 38],
    ["relabel", "d1", "T2", "ORG"],
    ["undo", "d1"],
)
"""What has been done before each kind, so that there is something to edit, undo and redo."""


@dataclass(frozen=True)
class Job:
    """An operation that is about to be done: the act, and the project it is done in, if any."""

    act: Callable[[], object]
    project: ProjectFile | None = None
    workspace: Workspace | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of operation, in a folder that `prepare` fills.

    `at_work` is a context that gives the `Job`; `target` is what it makes beside the project.
    """

    name: str
    prepare: Callable[[Path], None]
    at_work: Callable[[Path], object]
    target: str | None = None

    @property
    def edits(self):
        """Whether it writes into a project that is open."""
        return self.target is None and self.name not in ("create", "migrate", "recover")

    @property
    def makes_file(self):
        """Whether a second time is refused because the file is there already."""
        return self.name in ("create", "save copy")

    def look(self, folder):
        """What there is in the folder now, in plain values; opens what can be opened."""
        for name in (NAME, self.target):
            if name is not None:
                forget_empty_lock(folder / name)
        found = {"project": _project_content(folder / NAME)}
        if self.target is not None:
            found[self.target] = _target_content(folder / self.target)
        return found


def forget_empty_lock(path):
    """One killed between making the lock file and signing it is waited for for a minute."""
    lock = lock_path(path)
    if lock.exists() and not lock.read_bytes():
        lock.unlink()


def _project_content(path):
    if not path.exists():
        return None
    with ProjectFile.open(path) as project:
        return content_of(project)


def _copied_content(path):
    """The content of a copy, which stays of the schema it was made of."""
    if not path.exists():
        return None
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        return _project_content(Path(shutil.copy(path, folder)))


def _target_content(path):
    if path.suffix == ".nishan":
        return _copied_content(path)
    if path.is_dir():
        return {file.name: file.read_text("utf-8") for file in sorted(path.glob("[!.]*"))}
    return path.read_text("utf-8") if path.exists() else None


def prepare_project(folder):
    path = new_project(folder / NAME, TEXTS)
    with _workspace(path) as workspace:
        for act in ACTS:
            perform(workspace, act, folder=folder)


@contextmanager
def _workspace(path):
    workspace = open_workspace(path, clock=clock)
    try:
        workspace.open_last()
        yield workspace
    finally:
        workspace.close()


@contextmanager
def _acting(act, folder):
    with _workspace(folder / NAME) as workspace:
        yield Job(partial(perform, workspace, act, folder=folder), workspace.project, workspace)


@contextmanager
def _importing(folder):
    with _workspace(folder / NAME) as workspace:
        importer = Importer(workspace.project, clock)
        found = find_files([folder / DROP])
        yield Job(partial(importer.run, found), workspace.project, workspace)


@contextmanager
def _creating(folder):
    yield Job(partial(new_project, folder / NAME))


@contextmanager
def _opening(folder):
    yield Job(lambda: ProjectFile.open(folder / NAME).close())


@contextmanager
def _copying(folder):
    with ProjectFile.open(folder / NAME) as project:
        yield Job(lambda: project.save_copy(folder / COPY), project)


@contextmanager
def _exporting(target, folder):
    choices = ExportChoices(scope=Scope.ALL, is_draft=True, is_reproducible=True)
    with ProjectFile.open(folder / NAME) as project:
        exporter = Exporter(project, lambda: AT)
        yield Job(lambda: exporter.export_gold(folder / target, choices), project)


def _prepare_empty(folder):
    folder.mkdir(exist_ok=True)


def _prepare_gold(folder):
    """A project, and gold of another one with annotations to import."""
    other = folder / "other"
    other.mkdir()
    new_project(other / NAME, {f"g{n}": text_of(100 + n) for n in range(12)})
    with _workspace(other / NAME) as workspace:
        for n in range(12):
            perform(workspace, ["add", f"g{n}", "GPE", 9, 14], folder=other)
    with _exporting("gold.jsonl", other) as job:
        job.act()
    (folder / DROP).mkdir()
    shutil.move(other / "gold.jsonl", folder / DROP)
    shutil.rmtree(other)
    prepare_project(folder)


def _prepare_texts(folder):
    prepare_project(folder)
    (folder / DROP).mkdir()
    for number in range(8):
        file = folder / DROP / f"i{number}.txt"
        file.write_text(text_of(50 + number, 30), encoding="utf-8", newline="")


def _prepare_export(target, folder):
    """A project that was exported once, and then worked on."""
    prepare_project(folder)
    with _exporting(target, folder) as job:
        job.act()
    with _acting(["add", "d2", "GPE", 9, 14], folder) as job:
        job.act()


def _prepare_old(folder):
    shutil.copy(FIXTURES / "schema-0001.nishan", folder / NAME)


def _prepare_crash(folder):
    """A project whose last session was killed in the middle of an act, with a journal to use."""
    prepare_project(folder)
    whole = (folder / NAME).read_bytes()
    for number in range(1, 20):
        child = Child(_act_when_told, folder)
        child.hear_until("waiting")
        strace = Strace(child.pid, inject=Fault("signal=KILL", "fdatasync", number).injection)
        child.go()
        child.end()
        strace.wait()
        if was_left_unclean(folder / NAME) and (folder / NAME).read_bytes() != whole:
            return
        _project_content(folder / NAME)  # puts it right, for the next try
        whole = (folder / NAME).read_bytes()
    raise AssertionError("no kill has left a journal")


def _act_when_told(talk, folder):
    with _acting(["add", "d1", "GPE", 50, 55], folder) as job:
        talk.wait()
        job.act()


def _act(name, *act):
    return Kind(name, prepare_project, partial(_acting, list(act)))


KINDS = {
    kind.name: kind
    for kind in (
        _act("add", "add", "d1", "GPE", 40, 44),
        _act("relabel", "relabel", "d1", "T3", "GPE"),
        _act("delete", "delete", "d1", ["T1", "T3"]),
        _act("undo", "undo", "d1"),
        _act("redo", "redo", "d1"),
        _act("status", "status", "d1", "complete"),
        _act("first act", "add", "d2", "GPE", 9, 14),
        Kind("import texts", _prepare_texts, _importing),
        Kind("import gold", _prepare_gold, _importing),
        Kind("create", _prepare_empty, _creating),
        Kind("migrate", _prepare_old, _opening, "پرۆژە.version-1.nishan"),
        Kind("recover", _prepare_crash, _opening),
        Kind("save copy", prepare_project, _copying, COPY),
        Kind("export file", partial(_prepare_export, "out.jsonl"),
             partial(_exporting, "out.jsonl"), "out.jsonl"),
        Kind("export folder", partial(_prepare_export, "out"),
             partial(_exporting, "out"), "out"),
    )
}  # fmt: skip


def is_one_of(value, allowed):
    """Whether what is there is one of the contents that may be.

    The two files of an exported folder change one after the other, each of them whole; the
    checksum in the manifest tells the one state in between.
    """
    if value in allowed:
        return True
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        return False
    return all(
        any(text == content.get(name) for content in allowed if content is not None)
        for name, text in value.items()
    )


def leftovers(folder):
    """Hidden files that nobody has cleaned up, wherever they lie in the folder."""
    found = []
    for where, _, files in os.walk(folder):
        found += [str(Path(where, name).relative_to(folder)) for name in files if name[0] == "."]
    return sorted(found)
