"""Backups are proved: a drill from damage back to work, and kills while they are made."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator.core.edits import Focus
from annotator.core.span import Span
from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder
from annotator.store.backup import backups_in, read_backup
from annotator.store.project_file import ProjectFile
from annotator.workbench.backups import Backups, newest_good, restore_beside
from annotator.workbench.opening import is_damage
from tests.store.projects import adding, make_project as make_small_project, mention, perform
from tests.workbench.projects import ARAM, SHILAN, complete, mark, opened, project_with

ROOT = Path(__file__).resolve().parents[2]
KILLS, MANY_KILLS = 40, 1_000
PAGE = 4096


def clock():
    return datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def contents(project):
    """Everything a project holds, as values."""
    sets = project.annotations.headers()
    documents = [project.documents.get(entry.id) for entry in project.documents.entries()]
    people = project.people.all()
    return {
        "scheme": project.schemes.current(),
        "people": people,
        "documents": documents,
        "entries": project.documents.entries(),
        "sets": {(header.document, header.id): header for header in sets},
        "annotations": [project.annotations.read(header) for header in sets],
        "journal": [project.journal.entries(header) for header in sets],
        "places": [project.places.get(d.id, p.id) for d in documents for p in people],
        "statuses": dict(project.annotations.statuses()),
        "project_journal": project.project_journal.entries(),
        "trash": project.documents.removed(),
        "meta": [project.meta.get(key) for key in ("uuid", "name", "created", "generation")],
    }


@pytest.fixture
def worked(tmp_path):
    """A project in which two annotators have marked, undone, redone and completed."""
    path = project_with(tmp_path)
    for name in (SHILAN, ARAM):
        workspace = opened(path, annotator=name, document="a")
        for word, label in (("ئازاد", "PER"), ("هەولێر", "GPE"), ("دوێنێ", "LOC")):
            mark(workspace, word, label)
        for act in ("undo", "undo", "redo"):
            getattr(workspace.open_document, act)()
        workspace.remember_place(Focus(4, 9))
        workspace.open("b")
        mark(workspace, "سلێمانی", "GPE")
        complete(workspace)
        workspace.close()
    return path


def zeroed(data):
    return data[:PAGE] + bytes(PAGE) + data[2 * PAGE :]


def cut(data):
    return data[: len(data) // 2]


def changed(data):
    return data.replace(b'"GPE"', b'"XPE"')


def swapped(data):
    return data[: 5 * PAGE] + data[9 * PAGE : 10 * PAGE] + data[6 * PAGE :]


def emptied(data):
    return b""


@pytest.mark.parametrize("damage", [zeroed, cut, changed, swapped, emptied])
def test_the_drill_from_damage_back_to_work(worked, damage):
    with ProjectFile.open(worked) as project:
        before = contents(project)
        Backups(project, root=state_folder(), clock=clock).make_now()
    harmed = damage(worked.read_bytes())
    worked.write_bytes(harmed)
    stale = worked.with_name(f"{worked.stem}-restored.nishan-journal")
    stale.write_bytes(bytes.fromhex("d9d505f920a163d7") + os.urandom(3 * PAGE))

    with pytest.raises(UserError) as caught, ProjectFile.open(worked) as project:
        project.check()
    assert is_damage(caught.value)
    backup, inventory = newest_good(worked, state_folder())
    copy = restore_beside(backup.path, worked)

    assert worked.read_bytes() == harmed
    assert not stale.exists()
    with ProjectFile.open(copy) as project:
        project.check()
        assert contents(project) == before
        assert project.inventory() == inventory
    work_goes_on(copy)


def work_goes_on(path):
    """Every step of both annotators can be undone to the beginning, and new ones made."""
    for name in (SHILAN, ARAM):
        workspace = opened(path, annotator=name, document="b")
        document = workspace.open_document
        while document.next_undo is not None:
            document.undo()
        assert list(document.annotations.mentions()) == []
        while document.next_redo is not None:
            document.redo()
        assert [m.fragments.spans for m in document.annotations.mentions()] == [(Span(12, 19),)]
        mark(workspace, "نەورۆز", "PER")
        workspace.close()
    with ProjectFile.open(path) as project:
        project.check()


class TestKills:
    pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills processes with SIGKILL")

    def test_a_kill_leaves_no_half_file_and_the_project_alone(self, tmp_path):
        self.run(tmp_path, KILLS)

    @pytest.mark.heavy
    def test_many_kills(self, tmp_path):
        self.run(tmp_path, MANY_KILLS)

    def run(self, tmp_path, kills):
        path, folder, restored = (tmp_path / name for name in ("p.nishan", "backups", "restored"))
        restored.mkdir()
        with make_small_project(path) as project:
            for start in range(0, 600, 100):
                numbers = range(start + 1, start + 101)
                perform(project, adding(*(mention(n, n // 3, n // 3 + 40) for n in numbers)))
            held = project.inventory()
        before = hashlib.sha256(path.read_bytes()).digest()
        chance = random.Random(7)
        left_unfinished, seen = 0, set()
        for _ in range(kills):
            self.interrupt(path, folder, restored, chance)
            assert hashlib.sha256(path.read_bytes()).digest() == before
            final = {backup.path for backup in backups_in(folder)} | set(restored.glob("*.nishan"))
            for whole in final - seen:
                assert read_backup(whole) == held
            seen |= final
            leftovers = [p for f in (folder, restored) if f.exists() for p in f.glob(".~*")]
            left_unfinished += bool(leftovers)
            for leftover in leftovers:
                leftover.unlink()
        with ProjectFile.open(path) as project:
            project.check()
        # The kills fell before, into and after the making of files.
        assert left_unfinished >= kills // 8
        assert len(seen) >= kills // 8
        shutil.rmtree(restored)

    def interrupt(self, path, folder, restored, chance):
        words = [sys.executable, "-u", "-m", "tests.reliability.backup_victim"]
        victim = subprocess.Popen(
            [*words, str(path), str(folder), str(restored)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        with victim.stdout:
            assert victim.stdout.readline() == "open\n"
            for _ in range(chance.randint(0, 60)):
                victim.stdout.readline()
            until = time.perf_counter() + chance.uniform(0, 0.02)
            while time.perf_counter() < until:
                pass
            victim.send_signal(signal.SIGKILL)
        victim.wait()
