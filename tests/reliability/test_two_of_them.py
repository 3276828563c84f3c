"""P6 and P7: two processes and two computers on one project are told of each other, always."""

import json
import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotator.foundation.errors import UserError
from annotator.store import lock_file
from annotator.store.lock_file import LOCK_LEFT, lock_path
from annotator.store.lock_owner import Owner
from annotator.store.project_file import ProjectFile
from annotator.workbench.reading_copy import take_reading_copy
from annotator.workbench.taking_home import open_working_copy
from tests.reliability.rooms import answer_of, bind, needs_root, start, until
from tests.store.projects import HEADER, adding, make_project, mention, perform

CHECKOUT = Path(__file__).parents[2]
MOMENT = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "هەواڵ.nishan"


@pytest.fixture
def run():
    """Starts modules of the tests as processes, and ends those that are left."""
    started = []

    def begin(module, *arguments):
        command = [sys.executable, "-m", module, *map(str, arguments)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        started.append(subprocess.Popen(command, cwd=CHECKOUT, text=True, **pipes))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def full(scale):
    return pytest.param(scale, marks=pytest.mark.heavy)


@pytest.mark.parametrize("rounds", [120, full(1_000)])
def test_of_processes_that_race_for_the_lock_one_wins(path, run, rounds, record_property):
    many = [run("tests.reliability.contender", path) for _ in range(4)]
    chance = random.Random(4)
    wins = []
    for number in range(rounds):
        if number % 3 == 0:  # what a process that was killed has left
            lock_path(path).write_bytes(Owner.here().encode())
        racing = chance.sample(many, chance.choice([2, 3, 4]))
        for process in racing:
            process.stdin.write("take\n")
            process.stdin.flush()
        said = [process.stdout.readline().strip() for process in racing]
        wins.append(said.count("won"))
        assert set(said) <= {"won", "store.locked", "store.locked_unsigned", "store.already_open"}
        for process in racing:
            process.stdin.write("free\n")
            process.stdin.flush()
            assert process.stdout.readline() == "free\n"
        assert not lock_path(path).exists()
    assert wins == [1] * rounds
    record_property(
        "reliability.result",
        [
            "P6/P7",
            "2–4 processes race for the lock, a third of the rounds over a stale one",
            "120 rounds",
            "1,000 rounds",
            f"{rounds} rounds: one winner in each",
        ],
    )


@pytest.mark.parametrize("rounds", [20, full(500)])
def test_a_second_process_is_told_at_once_and_the_lock_dies_with_the_first(
    path, run, rounds, record_property
):
    make_project(path).close()
    acknowledged, slowest = 0, 0.0
    for _ in range(rounds):
        writer = run("tests.store.writer", path)
        assert writer.stdout.readline() == f"open {acknowledged}\n"
        began = time.monotonic()
        with pytest.raises(UserError) as told:
            ProjectFile.open(path)
        slowest = max(slowest, time.monotonic() - began)
        assert told.value.key == "store.locked"
        assert told.value.values["host"] == Owner.here().host
        assert isinstance(told.value.values["since"], datetime)
        writer.kill()
        said = [line for line in writer.communicate()[0].splitlines() if line.isdigit()]
        with ProjectFile.open(path) as project:  # at once, and nobody is asked
            acknowledged = len(project.journal.entries(HEADER))
        assert acknowledged >= max(map(int, said), default=0)
    assert slowest < 2.0
    record_property(
        "reliability.result",
        [
            "P6",
            "a second process opens while the first writes; the first is killed",
            "20 rounds",
            "500 rounds",
            f"{rounds} rounds: told within {slowest * 1000:.0f} ms, then opened at once",
        ],
    )


@pytest.mark.parametrize("projects", [1, full(10)])
def test_a_copy_for_reading_is_whole_while_somebody_writes_without_a_pause(
    tmp_path, run, projects, record_property
):
    taken, refused = 0, []
    for number in range(projects):  # one that is written so fast gets too long for many copies
        path = tmp_path / f"{number}.nishan"
        make_project(path).close()
        writer = run("tests.store.writer", path)
        assert writer.stdout.readline() == "open 0\n"
        before = 0
        for _ in range(20):
            try:
                copy = take_reading_copy(path, lambda: MOMENT)
            except UserError as error:
                refused.append(error.key)
                continue
            entries = copy.project.journal.entries(HEADER)
            assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
            assert len(entries) >= before
            before = len(entries)
            copy.project.close()
            copy.close()
            taken += 1
        writer.kill()
    assert taken > 0
    assert set(refused) <= {"store.too_busy"}
    record_property(
        "reliability.result",
        [
            "P6",
            "copies for reading taken while another process commits without a pause",
            "20 copies",
            "200 copies",
            f"{taken} taken, all whole, none older than the one before; {len(refused)} refused",
        ],
    )


def work_there(mounted, seconds, *, is_blind, opener):
    """Open, write and close again and again, as somebody does who does not know of the other."""
    if is_blind:  # two computers of a share do not see each other's locks of the system
        lock_file._system_lock = lambda _: None
    done, keys, chance = [], set(), random.Random(os.getpid())
    for _ in until(seconds):
        try:
            project, close = opener(mounted)
        except UserError as error:
            keys.add(error.key)
            time.sleep(chance.random() / 50)
            continue
        base = project.annotations.read(HEADER).last_numbers
        number = max(base.values(), default=0)
        for _ in range(chance.randint(1, 4)):
            number += 1
            start_at = number % 300
            perform(project, adding(mention(number, start_at, start_at + 3)))
            done.append(number)
        close()
        time.sleep(chance.random() / 100)
    return {"done": done, "keys": sorted(keys)}


def directly(path):
    project = ProjectFile.open(path)
    return project, project.close


def on_a_copy(path):
    copy = open_working_copy(path, lambda: MOMENT)

    def close():
        copy.project.close()
        assert copy.close() is None

    return copy.project, close


@pytest.mark.root
@needs_root
@pytest.mark.parametrize("seconds", [3.0, full(300.0)])
@pytest.mark.parametrize("opener", [directly, on_a_copy])
@pytest.mark.parametrize("is_blind", [False, True], ids=["one kernel", "blind"])
def test_two_computers_on_one_share_never_both_write(
    tmp_path, monkeypatch, seconds, opener, is_blind, record_property
):
    share = tmp_path / "share"
    share.mkdir()
    path = share / "هەواڵ.nishan"
    make_project(path).close()

    def computer(name):
        mounted, state = tmp_path / name, tmp_path / f"state-{name}"
        state.mkdir()

        def work():
            os.environ["NISHAN_STATE_DIR"] = str(state)
            bind(share, mounted)
            return work_there(mounted / path.name, seconds, is_blind=is_blind, opener=opener)

        return start(work, host=name, limit=int(seconds) + 120)

    rooms = [computer("first"), computer("second")]
    answers = [answer_of(room) for room in rooms]
    done = sorted(number for answer in answers for number in answer["done"])
    assert done == list(range(1, len(done) + 1))  # none twice: nobody wrote over the other
    assert all(answer["done"] for answer in answers)
    assert any(answer["keys"] for answer in answers)
    assert {key for answer in answers for key in answer["keys"]} <= {
        "store.locked",
        "store.locked_unsigned",
        "store.already_open",
    }
    assert sorted(os.listdir(share)) == [path.name]
    with ProjectFile.open(path) as project:
        project.check()
        assert len(project.annotations.read(HEADER)) == len(done)
    record_property(
        "reliability.result",
        [
            "P7",
            f"two mounts with two host names, {opener.__name__.replace('_', ' ')}"
            + (", locks of the system switched off" if is_blind else ""),
            "3 s",
            "5 min",
            f"{len(done)} acknowledged, {len(done)} there, in turns, no conflict",
        ],
    )


@pytest.mark.root
@needs_root
def test_what_another_computer_left_is_asked_about_and_never_taken_in_silence(tmp_path):
    share = tmp_path / "share"
    share.mkdir()
    path = share / "هەواڵ.nishan"
    make_project(path).close()

    def die_at_work():
        ProjectFile.open(share / path.name)
        return None  # the process ends here, and with it its locks

    answer_of(start(die_at_work, host="elsewhere"))
    assert json.loads(lock_path(path).read_bytes())["host"] == "elsewhere"
    with pytest.raises(UserError) as told:
        ProjectFile.open(path)
    assert (told.value.key, told.value.values["host"]) == ("store.locked", "elsewhere")
    os.utime(lock_path(path), (time.time() - 61, time.time() - 61))
    with pytest.raises(UserError) as told:
        ProjectFile.open(path)
    assert told.value.key in LOCK_LEFT
    ProjectFile.open(path, takes_over=True).close()
    assert os.listdir(share) == [path.name]
