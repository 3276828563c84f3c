"""What lies beside a file, what is refused, and files that are in use."""

import os
import shutil
import sqlite3

import pytest

from annotator.core.history import History
from annotator.foundation.errors import UserError
from annotator.store.doctor import copying
from annotator.store.doctor.examining import examine
from annotator.store.doctor.repairing import repair
from annotator.store.migrations import Migrations, load_migrations
from annotator.store.opening import build
from annotator.store.project_file import ProjectFile
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text
from tests.store.doctor.patients import (
    ailments,
    content,
    finished,
    header,
    make_patient,
    tamper,
)  # fmt: skip
from tests.store.projects import NOW


@pytest.fixture(scope="module")
def healthy_bytes(tmp_path_factory):
    return make_patient(tmp_path_factory.mktemp("beside") / "p.nishan").read_bytes()


@pytest.fixture
def patient(tmp_path, healthy_bytes):
    path = tmp_path / "p.nishan"
    path.write_bytes(healthy_bytes)
    return path


def kinds(path):
    return [said.kind.value for said in ailments(path)]


def unfinished(path):
    """Leave a file in the middle of a transaction, with the journal that rolls it back."""
    other = path.with_name("other.nishan")
    shutil.copy(path, other)
    database = sqlite3.connect(other, isolation_level=None)
    database.execute("PRAGMA cache_size=1")
    database.execute("BEGIN")
    database.execute("UPDATE annotations SET label = 'XX', body = body || hex(zeroblob(1500))")
    database.execute("UPDATE documents SET title = 'half'")
    shutil.copy(other, path)
    shutil.copy(f"{other}-journal", f"{path}-journal")
    database.execute("ROLLBACK")
    database.close()
    other.unlink()


def test_what_was_not_finished_is_rolled_back_in_a_copy_only(patient, healthy_bytes, tmp_path):
    whole = tmp_path / "whole" / "p.nishan"
    whole.parent.mkdir()
    whole.write_bytes(healthy_bytes)
    unfinished(patient)
    before = {name: (tmp_path / name).read_bytes() for name in ("p.nishan", "p.nishan-journal")}
    assert kinds(patient) == ["D07"]
    target = tmp_path / "copy.nishan"
    finished(repair(patient, target, now=NOW))
    assert content(target) == content(whole)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_a_journal_of_another_file_is_left_aside(patient, tmp_path, healthy_bytes):
    magic = bytes.fromhex("d9d505f920a163d7")
    journal = tmp_path / "p.nishan-journal"
    page = b"\x00\x00\x00\x02" + b"x" * 4096 + b"\x00\x00\x00\x00"
    journal.write_bytes(magic + b"\x00\x00\x00\x01" + bytes(500) + page)
    assert kinds(patient)[0] == "D07"
    assert patient.read_bytes() == healthy_bytes


def test_leftovers_are_told_and_no_damage(patient):
    patient.with_name(".~p.nishan.00ff.tmp").write_bytes(b"half")
    assert kinds(patient) == ["D08"]
    assert {said.severity.value for said in ailments(patient)} == {"W"}


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda path: path.unlink(), "store.missing"),
        (lambda path: path.write_bytes(b""), "store.foreign"),
        (lambda path: path.write_bytes(b"text " * 1000), "store.foreign"),
        (lambda path: path.write_bytes(path.read_bytes()[:300]), "doctor.nothing_left"),
    ],
    ids=["missing", "empty", "text", "beginning"],
)
def test_what_cannot_be_examined_is_told(patient, make, key):
    make(patient)
    with pytest.raises(UserError) as caught:
        ailments(patient)
    assert caught.value.key == key
    with pytest.raises(UserError):
        finished(repair(patient, patient.with_name("copy.nishan"), now=NOW))
    assert not patient.with_name("copy.nishan").exists()


def test_a_folder_is_told(tmp_path):
    with pytest.raises(UserError, match=r"store\.directory"):
        list(examine(tmp_path))


def test_a_file_of_a_newer_program_is_not_judged(patient):
    data = patient.read_bytes()
    patient.write_bytes(data[:60] + b"\x00\x00\x00\x63" + data[64:])
    tamper(patient, "CREATE TABLE later (a)")
    with pytest.raises(UserError, match=r"store\.newer"):
        ailments(patient)


def test_a_file_in_use_is_told(patient):
    with ProjectFile.open(patient), pytest.raises(UserError, match=r"store\.already_open"):
        ailments(patient)


def test_an_older_file_is_examined_and_repaired_in_its_own_version(tmp_path):
    old = Migrations(load_migrations().scripts[:1])
    path, target = tmp_path / "old.nishan", tmp_path / "copy.nishan"
    build(path, old, scheme_json=read_scheme_text(DEFAULT_SCHEME), name="x", now=NOW)
    assert kinds(path) == []
    tamper(path, "DELETE FROM meta WHERE key = 'created'")
    assert kinds(path) == ["D10"]
    finished(repair(path, target, now=NOW))
    assert target.read_bytes()[60:64] == b"\x00\x00\x00\x01"
    assert kinds(target) == []


def test_a_copy_is_never_written_over_a_file(patient):
    with pytest.raises(UserError, match=r"store\.exists"):
        finished(repair(patient, patient, now=NOW))


def test_a_repair_that_is_stopped_leaves_nothing(patient):
    repairing = repair(patient, patient.with_name("copy.nishan"), now=NOW)
    for _ in range(10):
        next(repairing)
    repairing.close()
    assert os.listdir(patient.parent) == [patient.name]


def test_a_copy_that_is_not_clean_is_not_published(patient, monkeypatch):
    right = copying.mended_numbers

    def wrong(*given):
        numbers = yield from right(*given)
        return {**numbers, "quotes": 9}

    monkeypatch.setattr(copying, "mended_numbers", wrong)
    tamper(patient, "UPDATE documents SET title = 'x' WHERE id = 'n1'")
    with pytest.raises(UserError, match=r"doctor\.not_clean"):
        finished(repair(patient, patient.with_name("copy.nishan"), now=NOW))
    assert os.listdir(patient.parent) == [patient.name]


def test_undo_goes_on_after_a_repair(patient, tmp_path):
    """A hole in the history: what came after it can still be undone, and the bridge as well."""
    tamper(patient, "UPDATE journal SET body = '{}' WHERE seq = 3")
    target = tmp_path / "copy.nishan"
    finished(repair(patient, target, now=NOW))
    with ProjectFile.open(target) as project:
        of = header("n1")
        history = History(older=project.journal.backwards(of))
        annotations = project.annotations.read(of)
        names = []
        while (step := history.next_undo) is not None:
            annotations = annotations.apply(step.edit.inverse)
            names.append(step.edit.name)
            history._done.pop()
        assert len(annotations.records) == 0
        assert names.count("edit.repaired") == 1
        assert len(names) >= 10
