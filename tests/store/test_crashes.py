"""Two processes and sudden ends: what was acknowledged is there, and nothing half done."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest

from annotator.core.annotation_set import AnnotationSet
from annotator.core.history import History
from annotator.foundation.errors import UserError
from annotator.store.connection import Connection
from annotator.store.header import was_left_unclean
from annotator.store.lock_file import lock_path
from annotator.store.migrations import load_migrations
from annotator.store.project_file import ProjectFile
from tests.store.projects import HEADER, NOW, SCHEME, adding, make_project, mention, perform

KILLS = 30
ROOT = Path(__file__).resolve().parents[2]
VERSION_ONE = ROOT / "tests" / "reliability" / "fixtures" / "schema-0001.nishan"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills processes with SIGKILL")


def start(path, module="tests.store.writer"):
    return subprocess.Popen(
        [sys.executable, "-u", "-m", module, str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def kill(process):
    """Kill, and what it had said by then."""
    process.send_signal(signal.SIGKILL)
    said = process.stdout.read()
    process.stdout.close()
    process.wait()
    return said.split()


def refusal(path):
    with pytest.raises(UserError) as caught:
        ProjectFile.open(path)
    return caught.value


def check_replayed(project):
    """The stored set is what the journal adds up to."""
    replayed = AnnotationSet()
    entries = project.journal.entries(HEADER)
    for entry in entries:
        replayed = replayed.apply(entry.edit)
    assert project.annotations.read(HEADER) == replayed
    History(entries)
    project.check()
    return [entry.seq for entry in entries]


def test_the_second_process_is_refused_by_name_until_the_first_is_killed(path):
    make_project(path).close()
    first = start(path)
    assert first.stdout.readline() == "open 0\n"
    for _ in range(3):
        error = refusal(path)
        assert (error.key, error.values["name"]) == ("store.locked", path.name)
        assert error.values["host"] == os.uname().nodename
        assert error.values["user"]
    kill(first)
    assert lock_path(path).exists()
    with ProjectFile.open(path) as project:
        check_replayed(project)
        second = start(path)
        assert kill_when_done(second) == ["refused", "store.locked"]


def kill_when_done(process):
    said = process.stdout.read().split()
    process.stdout.close()
    process.wait()
    return said


def test_sqlite_refuses_where_the_lock_file_was_removed_by_hand(path):
    make_project(path).close()
    first = start(path)
    first.stdout.readline()
    lock_path(path).unlink()
    assert refusal(path).key == "store.already_open"
    kill(first)
    ProjectFile.open(path).close()


def test_nothing_acknowledged_is_lost_however_often_the_program_is_killed(path, tmp_path):
    make_project(path).close()
    chance = random.Random(1)
    acknowledged = []
    for _ in range(KILLS):
        writer = start(path)
        first_line = writer.stdout.readline()
        assert first_line == f"open {len(acknowledged)}\n"
        lines = [writer.stdout.readline() for _ in range(chance.randint(0, 25))]
        _pass(chance.uniform(0, 0.004))  # let the kill fall anywhere in the next commits
        said = [int(line) for line in lines] + [int(word) for word in kill(writer)]
        acknowledged = _checked_on_a_copy(path, tmp_path, [*acknowledged, *said])
    assert len(acknowledged) > KILLS


def _pass(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def _checked_on_a_copy(path, tmp_path, acknowledged):
    """Every entry there is: all that were acknowledged, and at most one more."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for file in path.parent.glob(path.name + "*"):
        shutil.copy(file, folder)
    with ProjectFile.open(folder / path.name) as copy:
        found = check_replayed(copy)
    shutil.rmtree(folder)
    assert found[: len(acknowledged)] == acknowledged
    assert len(found) <= len(acknowledged) + 1
    return found


@pytest.mark.parametrize("delay", range(8))
def test_a_killed_creation_leaves_no_half_project(path, delay):
    code = (
        "import sys, pathlib\n"
        "from annotator.store.project_file import ProjectFile\n"
        "print('ready', flush=True)\n"
        f"ProjectFile.create(pathlib.Path(sys.argv[1]), scheme_json={SCHEME!r}, name='x',"
        f" now={NOW!r})\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    _pass(delay * 0.001)
    kill(process)
    if path.exists():
        with ProjectFile.open(path) as project:
            assert project.schemes.current() == SCHEME
    else:
        _forget_an_empty_lock(path)
        ProjectFile.create(path, scheme_json=SCHEME, name="x", now=NOW).close()
    assert os.listdir(path.parent) == [path.name]


def _forget_an_empty_lock(path):
    """Killed between making the lock file and signing it: that one is waited for a minute."""
    lock = lock_path(path)
    if lock.exists() and not lock.read_bytes():
        lock.unlink()


def many(count):
    return adding(*(mention(n, n % 300, n % 300 + 4) for n in range(1, count)))


class TestJournals:
    @pytest.fixture
    def crashed(self, path):
        """A project as it lies on the disk when the power fails in the middle of a commit.

        A transaction bigger than SQLite's cache writes the file before it ends, so the file and its
        journal are copied at that moment.
        """
        folder = path.parent / "crashed"
        folder.mkdir()
        with make_project(path) as project, project.transaction() as tx:
            project._connection.rows("PRAGMA cache_size=1")
            project.annotations.write(tx, HEADER, many(400), numbers={}, at=NOW)
            for file in (path, path.with_name(path.name + "-journal")):
                shutil.copy(file, folder)
        assert was_left_unclean(folder / path.name)
        assert (folder / path.name).stat().st_size > 100_000
        return folder / path.name

    def test_a_crashed_project_is_put_right_and_leaves_nothing_behind(self, crashed):
        with ProjectFile.open(crashed) as project:
            assert check_replayed(project) == []
            assert len(project.annotations.read(HEADER)) == 0
        assert os.listdir(crashed.parent) == [crashed.name]

    def migrate_half(self, old, folder):
        """Copy a project into a folder as it lies on the disk in the middle of its migration."""
        connection = Connection.to_file(old, flags=apsw.SQLITE_OPEN_READWRITE)
        connection.settle_in()
        with connection.transaction() as tx:
            connection.rows("PRAGMA cache_size=1")
            load_migrations().migrate(tx, version=1)
            for file in old.parent.iterdir():
                shutil.copy(file, folder)
        connection.close()

    def test_a_migration_cut_short_is_taken_back_and_done_again(self, path):
        old = path.parent / "old" / path.name
        old.parent.mkdir()
        shutil.copy(VERSION_ONE, old)
        half = path.parent / "half"
        half.mkdir()
        self.migrate_half(old, half)
        cut = half / path.name
        assert was_left_unclean(cut)
        newest = load_migrations().newest
        with cut.open("r+b") as stream:  # the first page is what COMMIT writes first
            stream.seek(60)
            stream.write(newest.to_bytes(4, "big"))
        with ProjectFile.open(cut) as project:
            project.check()
            assert project.documents.count() == 2

    def test_a_full_disk_at_the_rehearsal_says_nothing_about_the_journal(
        self, crashed, monkeypatch
    ):
        def settle_in(connection):
            if connection.path != crashed:
                raise UserError("store.full", name=connection.path.name)
            whole(connection)

        whole = Connection.settle_in
        monkeypatch.setattr(Connection, "settle_in", settle_in)
        with ProjectFile.open(crashed) as project:
            check_replayed(project)
        assert os.listdir(crashed.parent) == [crashed.name]

    def test_a_failing_disk_at_the_rehearsal_is_told_as_what_it_is(self, crashed, monkeypatch):
        def settle_in(connection):
            raise UserError("store.io", name=connection.path.name)

        monkeypatch.setattr(Connection, "settle_in", settle_in)
        error = refusal(crashed)
        assert (error.key, error.values) == ("store.io", {"name": crashed.name})

    def test_the_journal_of_another_copy_does_not_destroy_an_earlier_one(self, crashed, tmp_path):
        journal = crashed.with_name(crashed.name + "-journal")
        earlier = tmp_path / "earlier" / crashed.name
        earlier.parent.mkdir()
        with make_project(earlier) as project:
            after, _ = perform(project, many(700))
        shutil.copy(journal, earlier.parent)
        before = earlier.read_bytes()
        error = refusal(earlier)
        assert (error.key, error.values["journal"]) == ("store.side_file", journal.name)
        assert earlier.read_bytes() == before
        assert sorted(os.listdir(earlier.parent)) == [crashed.name, journal.name]
        earlier.with_name(journal.name).unlink()
        with ProjectFile.open(earlier) as project:
            assert project.annotations.read(HEADER) == after


COMMIT = "pwrite64,fdatasync,fsync,ftruncate,unlink"


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to kill at a system call")
@pytest.mark.parametrize("point", [*range(1, 12, 2), 14, 20, 27, 35])
def test_killed_at_a_system_call_nothing_acknowledged_is_lost(path, tmp_path, point):
    make_project(path).close()
    tracing = ["-e", f"trace={COMMIT}", "-e", f"inject={COMMIT}:signal=KILL:when={point}"]
    writing = [sys.executable, "-u", "-m", "tests.store.writer", str(path)]
    killed = subprocess.run(
        ["strace", "-qq", "-f", "-o", os.devnull, *tracing, *writing],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    if "ptrace" in killed.stderr:
        pytest.skip("tracing is not allowed here")
    assert killed.returncode != 0
    said = [int(line) for line in killed.stdout.splitlines() if line.isdigit()]
    if lock_path(path).exists() and not lock_path(path).read_bytes():
        lock_path(path).unlink()
    _checked_on_a_copy(path, tmp_path, said)
    with ProjectFile.open(path) as project:
        check_replayed(project)
    assert os.listdir(path.parent) == [path.name]
