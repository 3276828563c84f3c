"""P8 and P10: places that cannot be written, and places that go away while one works there."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator.foundation.errors import UserError
from annotator.store.header import was_left_unclean
from annotator.store.project_file import ProjectFile
from annotator.workbench.reading_copy import take_reading_copy
from annotator.workbench.taking_home import open_working_copy
from tests.reliability.rooms import become_nobody, bind, in_room, mount, needs_root, pull
from tests.store.projects import HEADER, adding, make_project, mention, perform

pytestmark = [pytest.mark.root, needs_root]

MOMENT = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)


@pytest.fixture
def folder(monkeypatch):
    """A folder that every user can reach, with a state folder that every user can write."""
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        made.chmod(0o755)
        for part in ("work", "elsewhere", "state"):
            (made / part).mkdir()
        for part in ("elsewhere", "state"):
            (made / part).chmod(0o777)
        monkeypatch.setenv("NISHAN_STATE_DIR", str(made / "state"))
        yield made
        (made / "work").chmod(0o755)


def leave_hot_journal(path):
    """Half of a commit that was never ended: the copy of a file with its journal, taken inside."""
    victim = path.with_name("victim")
    shutil.copy(path, victim)
    database = sqlite3.connect(victim, isolation_level=None)
    for statement in (
        "PRAGMA cache_size=1",
        "BEGIN IMMEDIATE",
        "UPDATE documents SET title = 'half done'",
        "CREATE TABLE filler (x)",
        *(f"INSERT INTO filler VALUES (zeroblob({3000 + n}))" for n in range(40)),
    ):
        database.execute(statement)
    shutil.copy(victim, path)
    shutil.copy(f"{victim}-journal", f"{path}-journal")
    database.execute("ROLLBACK")
    database.close()
    victim.unlink()
    assert was_left_unclean(path)


def forbid_file(work):
    for path in work.iterdir():
        path.chmod(0o444)
    become_nobody()


def forbid_folder(work):
    for path in work.iterdir():
        path.chmod(0o666)
    work.chmod(0o555)
    become_nobody()


def be_another_user(work):
    for path in work.iterdir():
        path.chmod(0o644)
    become_nobody()


def mount_read_only(work):
    bind(work, work, is_read_only=True)


def burn(work):
    """A medium that is read-only from the start, as a disc is."""
    kept = {path.name: path.read_bytes() for path in work.iterdir()}
    mount("none", work, "tmpfs", data="size=8m")
    for name, content in kept.items():
        (work / name).write_bytes(content)
    mount("none", work, "tmpfs", flags=32 | 1)


def look(path, elsewhere):
    """What somebody sees who opens the project, changes it, and saves a copy."""
    seen = {}
    try:
        with ProjectFile.open(path) as project:
            seen["is_read_only"] = project.is_read_only
            try:
                perform(project, adding(mention(9, 5, 9)))
            except UserError as error:
                seen["writing"] = error.key
            project.save_copy(elsewhere / "opened.nishan")
    except UserError as error:
        seen["opening"] = error.key
        copy = take_reading_copy(path, lambda: MOMENT)
        copy.project.save_copy(elsewhere / "opened.nishan")
        copy.project.close()
        copy.close()
    with ProjectFile.open(elsewhere / "opened.nishan") as saved:
        seen["mentions"] = len(saved.annotations.read(HEADER))
        seen["title"] = saved.documents.entries()[0].title
        perform(saved, adding(mention(9, 5, 9)))
    return seen


@pytest.mark.parametrize("is_hot", [False, True], ids=["clean", "hot journal"])
@pytest.mark.parametrize(
    "forbid", [forbid_file, forbid_folder, be_another_user, mount_read_only, burn]
)
def test_where_nothing_can_be_written_one_can_look_and_save_a_copy(
    folder, forbid, is_hot, record_property
):
    work = folder / "work"
    path = work / "هەواڵ.nishan"
    with make_project(path) as project:
        perform(project, adding(mention(1)))
    if is_hot:
        leave_hot_journal(path)
    before = {found.name: found.read_bytes() for found in work.iterdir()}

    def visit():
        forbid(work)
        seen = look(path, folder / "elsewhere")
        return {**seen, "names": sorted(os.listdir(work))}

    seen = in_room(visit)
    refused = {"opening": "store.recovery_needed"}
    opened = {"is_read_only": True, "writing": "store.read_only"}
    assert seen == {
        **(refused if is_hot else opened),
        "mentions": 1,
        "title": "هەولێر",
        "names": sorted(before),
    }
    assert {found.name: found.read_bytes() for found in work.iterdir()} == before
    assert not list((folder / "state").glob("reading/*"))
    record_property(
        "reliability.result",
        [
            "P10",
            f"read-only: {forbid.__name__.replace('_', ' ')}, {'hot' if is_hot else 'clean'}",
            "1 case",
            "1 case",
            "opens for reading, no side files, a copy goes on" if not is_hot else "read in a copy",
        ],
    )


@pytest.mark.parametrize("rounds", [5, pytest.param(100, marks=pytest.mark.heavy)])
def test_a_stick_that_is_pulled_keeps_what_was_acknowledged(folder, rounds, record_property):
    stick, plug = folder / "stick", folder / "plug"

    def work_and_pull():
        stick.mkdir()
        mount("none", stick, "tmpfs", data="size=8m")
        bind(stick, plug)
        path = plug / "هەواڵ.nishan"
        make_project(path).close()
        told, number = [], 0
        for _ in range(rounds):
            project = ProjectFile.open(path)
            for _ in range(3):
                number += 1
                perform(project, adding(mention(number, number, number + 2)))
            pull(plug)
            told.append(_refusal(project))
            there = (stick / path.name).read_bytes()
            bind(stick, plug)  # the same stick, plugged in again
            told.append(_refusal(project))
            told.append((stick / path.name).read_bytes() == there)
            project.close()
            with ProjectFile.open(path) as again:
                told.append(len(again.annotations.read(HEADER)) == number)
                again.check()
        return told

    told = in_room(work_and_pull)
    assert told == ["store.gone", "store.broken", True, True] * rounds
    record_property(
        "reliability.result",
        [
            "P8",
            "lazy unmount in the middle of work, mounted again under the open project",
            "5 pulls",
            "100 pulls",
            f"{rounds} pulls: 0 lost, 0 writes through the old handle",
        ],
    )


def _refusal(project):
    try:
        perform(project, adding(mention(999, 5, 9)))
    except UserError as error:
        return error.key
    return "written"


def test_a_stick_that_is_pulled_under_a_working_copy_is_only_missed(folder, record_property):
    stick, plug = folder / "stick", folder / "plug"

    def work_and_pull():
        stick.mkdir()
        mount("none", stick, "tmpfs", data="size=8m")
        bind(stick, plug)
        path = plug / "هەواڵ.nishan"
        make_project(path).close()
        copy = open_working_copy(path, lambda: MOMENT)
        told = []
        for number, act in enumerate((None, pull, None, bind), 1):
            if act is pull:
                pull(plug)
            elif act is bind:
                bind(stick, plug)
            perform(copy.project, adding(mention(number, number, number + 2)))
            copy.send()
            sentence = copy.arrived(within=30)
            told.append(sentence and sentence.key)
        copy.project.close()
        copy.close()
        with ProjectFile.open(path) as project:
            told.append(len(project.annotations.read(HEADER)))
        told.append(sorted(os.listdir(stick)))
        return told

    assert in_room(work_and_pull) == [None, "place.away", None, "place.back", 4, ["هەواڵ.nishan"]]
    record_property(
        "reliability.result",
        ["P9", "drive pulled under a working copy", "1 pull", "1 pull", "work goes on, put back"],
    )


def test_a_full_share_leaves_the_old_project_whole(folder):
    def work():
        share = folder / "share"
        share.mkdir()
        mount("none", share, "tmpfs", data="size=700k")
        path = share / "هەواڵ.nishan"
        make_project(path).close()
        before = path.read_bytes()
        copy = open_working_copy(path, lambda: MOMENT)
        with suppress(OSError), (share / "filler").open("wb", buffering=0) as filler:
            while filler.write(b"x" * 4096):
                pass
        perform(copy.project, adding(mention(1)))
        copy.send()
        told = [copy.arrived(within=30).key, path.read_bytes() == before]
        (share / "filler").unlink()
        copy.send()
        told.append(copy.arrived(within=30).key)
        copy.project.close()
        copy.close()
        with ProjectFile.open(path) as project:
            told.append(len(project.annotations.read(HEADER)))
        return told

    assert in_room(work) == ["place.failed", True, "place.back", 1]
