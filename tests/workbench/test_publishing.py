"""What is put back is whole, is read back, and never takes the place of a change."""

import errno
import os
import threading
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from annotator.store.snapshot import digest_of
from annotator.workbench.publishing import Courier, Outcome, Parcel, deliver, name_beside

MOMENT = datetime(2026, 11, 25, 14, 5, tzinfo=UTC)


@pytest.fixture
def parcel(tmp_path):
    """New content for a file that lies at its place with the old one."""
    source, target = tmp_path / "source", tmp_path / "share" / "هەواڵ.nishan"
    target.parent.mkdir()
    source.write_bytes(b"new" * 1000)
    target.write_bytes(b"old" * 1000)
    return Parcel(
        source=source,
        digest=digest_of(source),
        target=target,
        expected=digest_of(target),
        is_ours=True,
        may_restore=False,
        moment=MOMENT,
    )


def names(parcel):
    return sorted(os.listdir(parcel.target.parent))


def test_what_lay_there_is_replaced_and_nothing_else_is_left(parcel):
    leftover = parcel.target.with_name(f".~{parcel.target.name}.tmp")
    leftover.write_bytes(b"half")
    delivery = deliver(parcel)
    assert (delivery.outcome, delivery.path) == (Outcome.DONE, parcel.target)
    assert parcel.target.read_bytes() == b"new" * 1000
    assert names(parcel) == [parcel.target.name]


def test_what_is_there_already_is_done(parcel):
    parcel.target.write_bytes(b"new" * 1000)
    assert deliver(replace(parcel, is_ours=False)).outcome is Outcome.DONE
    assert names(parcel) == [parcel.target.name]


@pytest.mark.parametrize("why", ["changed", "not ours"])
def test_a_change_of_somebody_else_stays_and_ours_lies_beside(parcel, why):
    theirs = b"theirs" if why == "changed" else b"old" * 1000
    parcel.target.write_bytes(theirs)
    parcel = replace(parcel, is_ours=why == "changed")
    for number in range(2):
        source = parcel.source
        source.write_bytes(b"new %d" % number)
        delivery = deliver(replace(parcel, digest=digest_of(source)))
        assert delivery.outcome is Outcome.BESIDE
        assert delivery.path.read_bytes() == b"new %d" % number
        assert delivery.path.suffix == ".nishan"
    assert parcel.target.read_bytes() == theirs
    assert len(names(parcel)) == 3


@pytest.mark.parametrize("is_there", [True, False])
def test_a_place_that_is_gone_is_not_made_anew(parcel, is_there):
    parcel.target.unlink()
    if not is_there:
        parcel.target.parent.rmdir()
    delivery = deliver(parcel)
    assert delivery.outcome is Outcome.UNREACHABLE
    assert parcel.target.parent.exists() is is_there
    assert not parcel.target.exists()
    restored = deliver(replace(parcel, may_restore=True))
    assert restored.outcome is (Outcome.DONE if is_there else Outcome.UNREACHABLE)
    assert parcel.target.exists() is is_there


def test_what_reads_back_otherwise_is_not_put_there(parcel):
    delivery = deliver(replace(parcel, digest="0" * 64))
    assert (delivery.outcome, delivery.error.key) == (Outcome.FAILED, "store.io")
    assert parcel.target.read_bytes() == b"old" * 1000
    assert names(parcel) == [parcel.target.name]


def test_a_change_in_the_last_moment_is_noticed(parcel, monkeypatch):
    def late(path):
        if path != parcel.target:  # when it is read back, just before it takes the place
            parcel.target.write_bytes(b"theirs")
        return digest_of(path)

    monkeypatch.setattr("annotator.workbench.publishing.digest_of", late)
    assert deliver(parcel).outcome is Outcome.FAILED
    monkeypatch.undo()
    assert parcel.target.read_bytes() == b"theirs"
    assert deliver(parcel).outcome is Outcome.BESIDE


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_what_the_system_refuses_is_told_and_the_old_file_is_whole(parcel, monkeypatch, code):
    def refuse(handle):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    delivery = deliver(parcel)
    assert delivery.outcome is Outcome.FAILED
    assert delivery.error is not None
    assert parcel.target.read_bytes() == b"old" * 1000
    assert names(parcel) == [parcel.target.name]


def test_names_beside_are_free_and_say_when(tmp_path):
    target = tmp_path / "p.nishan"
    first = name_beside(target, MOMENT)
    assert first.name.startswith("p (2026-11-2")
    first.touch()
    assert name_beside(target, MOMENT) not in (first, target)


def test_a_courier_keeps_nobody_waiting(parcel, monkeypatch):
    gate = threading.Event()

    def slow(given):
        gate.wait(10)
        return deliver(given)

    monkeypatch.setattr("annotator.workbench.publishing.deliver", slow)
    courier = Courier()
    assert courier.arrived() is None
    courier.send(parcel)
    assert courier.is_busy
    assert courier.arrived() is None
    gate.set()
    assert courier.arrived(within=10).outcome is Outcome.DONE
    assert not courier.is_busy
