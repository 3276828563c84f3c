"""Opening, looking, searching, checking, suggesting, exporting and printing write no project (P22).

A caret that was moved is the one thing that is kept of looking, when the document is left.
"""

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from annotator.core.edits import Focus
from annotator.kurdish.search import find_all
from annotator.workbench.checking import check_project
from annotator.workbench.export_scope import ExportChoices, Scope
from annotator.workbench.exporting import Exporter
from annotator.workbench.findings import FindingsIndex
from annotator.workbench.lexicons import read_lexicon
from annotator.workbench.projects import facts_of
from annotator.workbench.workspace import open_workspace
from tests.journeys.stage import stage
from tests.reliability.faults_acts import clock
from tests.reliability.faults_child import Child, NoTracing, Strace
from tests.reliability.faults_kinds import NAME, prepare_project
from tests.reliability.faults_run import needs_fork, needs_strace

__all__ = ["stage"]

CHANGING = "pwrite64,ftruncate,fallocate,rename,unlink"
WRITE = re.compile(r"(pwrite64|ftruncate|fallocate)\(\d+<([^>]*)>")


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    prepare_project(folder)
    shutil.rmtree(folder / "import")
    return folder / NAME


def state(path):
    return hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns


def tour(path, out):
    """Everything that only looks, with each document; how many kinds of looking that were."""
    workspace = open_workspace(path, clock=clock)
    lexicon = read_lexicon()
    for line in workspace.lines():
        opened = workspace.open(line.id)
        workspace.open_line()
        while opened.read_more(50):
            pass
        assert find_all(opened.document.text, "باران")
        findings = FindingsIndex(opened)
        while findings.check_on():
            pass
        suggestions = workspace.suggestions_for(opened, lambda: lexicon)
        offset = 0
        while (found := suggestions.next_after(offset)) is not None:
            offset = found.fragments.spans[-1].end
        assert opened.next_undo is None or opened.next_undo.edit
        assert opened.next_redo is None or opened.next_redo.edit
    workspace.neighbour(1)
    workspace.next_unfinished()
    workspace.open_last()
    list(check_project(workspace.project))
    workspace.project.check()
    facts_of(workspace.project)
    choices = ExportChoices(scope=Scope.ALL, is_draft=True)
    for target in ("out.jsonl", "out.json", "folder"):
        Exporter(workspace.project, clock).export_gold(out / target, choices)
    workspace.project.save_copy(out / "copy.nishan")
    workspace.close()


def test_a_tour_of_all_that_looks_changes_no_byte(project, tmp_path, tell_result):
    before = state(project)
    tour(project, tmp_path)
    assert state(project) == before
    assert list(project.parent.iterdir()) == [project]
    tell_result(
        promise="P22",
        technique="tour of opening, reading, searching, checking, suggesting, exporting",
        ci="1 tour",
        full="1 tour",
        result="same bytes, same time of change",
    )


def traced_tour(talk, path, out):
    talk.wait()
    tour(path, out)


@needs_fork
@needs_strace
def test_no_system_call_of_the_tour_writes_the_project(project, tmp_path, tell_result):
    child = Child(traced_tour, project, tmp_path)
    child.hear_until("waiting")
    trace = tmp_path / "trace"
    try:
        strace = Strace(child.pid, calls=CHANGING, output=trace, extra=["-yy"])
    except NoTracing as reason:
        child.kill()
        child.end()
        pytest.skip(f"strace may not attach to a process here: {reason}")
    child.go()
    assert child.end() == 0, child.said
    strace.wait()
    written = [Path(name) for _, name in WRITE.findall(trace.read_text("utf-8", "replace"))]
    assert any("copy.nishan" in path.name for path in written)
    assert [path for path in written if path.parent.name == "project" and is_content(path)] == []
    tell_result(
        promise="P22",
        technique="system calls of the tour",
        ci="1 tour",
        full="1 tour",
        result=f"{len(written)} writes, none into the project",
    )


def is_content(path):
    """Whether it is the project or its journal, and not the lock beside it."""
    return "lock" not in path.name


def test_a_window_that_only_shows_changes_no_byte(stage, project, monkeypatch, tmp_path):
    before = state(project)
    made = stage(project, language="en")
    target = str(tmp_path / "out.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (target, ""))
    for action in (
        "view.zoom_in", "view.zoom_reset", "view.code_points", "view.suggestions",
        "view.lines_apart", "view.lines_together", "document.pdf", "theme.switch",
        "document.next", "document.previous",
    ):  # fmt: skip
        made.window.run_action(action)
    assert Path(target).read_bytes().startswith(b"%PDF-")
    made.close()
    assert state(project) == before


def test_a_moved_caret_is_kept_and_seen_by_the_hash(project):
    before = state(project)
    workspace = open_workspace(project, clock=clock)
    workspace.open_last()
    workspace.remember_place(Focus(3, 5))
    workspace.close()
    assert state(project) != before
