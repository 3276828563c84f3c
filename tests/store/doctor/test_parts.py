"""The parts of the doctor by themselves: healing, holes in texts, and joined histories."""

import hashlib
import random

import pytest

from annotator.core.edits import Change, Edit
from annotator.core.findings import Severity
from annotator.core.history import Act, JournalEntry
from annotator.store.doctor.ailments import Ailment, Kind, Remedy, Way, Where
from annotator.store.doctor.digests import digest_of_bytes, healed, is_nearly
from annotator.store.doctor.entries import examine_entry
from annotator.store.doctor.histories import Numbers, joined
from annotator.store.doctor.mending import HOLE, patched
from annotator.store.record_json import canonical, record_to_json
from annotator.store.rows import entry_to_row
from tests.store.doctor.patients import finished
from tests.store.projects import NOW, mention

BODY = canonical(record_to_json(mention(1))).encode()


@pytest.mark.parametrize("seed", range(12))
def test_one_changed_byte_is_put_right(seed):
    chance = random.Random(seed)
    hurt = bytearray(BODY)
    at = chance.randrange(len(hurt))
    hurt[at] = hurt[at] ^ 1 << chance.randrange(8) if seed % 2 else chance.randrange(256)
    assert finished(healed(bytes(hurt), digest_of_bytes(BODY))) == BODY


def test_two_changed_bytes_are_not_guessed():
    hurt = b"xx" + BODY[2:]
    assert finished(healed(hurt, digest_of_bytes(BODY))) is None
    assert finished(healed(BODY, None)) is None


def test_what_would_take_too_long_is_not_tried():
    long = bytes(1_000_000)
    assert finished(healed(long, hashlib.sha256(b"other").digest())) is None


def test_a_digest_that_differs_in_one_byte_was_hurt_itself():
    right = digest_of_bytes(BODY)
    assert is_nearly(b"\x00" + right[1:], right) or right[0] == 0
    assert not is_nearly(right, right)
    assert not is_nearly(b"\x00\x01" + right[2:], right)
    assert not is_nearly(None, right)


@pytest.mark.parametrize(
    ("raw", "length", "text"),
    [
        ("کورد".encode(), 4, "کورد"),
        ("ک".encode() + b"\xff" + "رد".encode(), 4, f"ک{HOLE}رد"),
        ("ک".encode() + bytes(6) + "د".encode(), 5, f"ک{HOLE * 3}د"),
        ("ک".encode() + bytes(6), None, f"ک{HOLE * 6}"),
    ],
)
def test_a_hole_is_as_long_as_what_is_missing(raw, length, text):
    assert patched(raw, length) == text


def bodies(*records):
    return {record.id: canonical(record_to_json(record)) for record in records}


def entry(seq, *changes, act=Act.DO, target=None):
    edit = Edit("edit.x", tuple(Change(before, after) for before, after in changes))
    row = entry_to_row(JournalEntry(seq, act, edit, NOW, target))
    columns = row._asdict()
    return examine_entry({"seq": seq, "set_key": 1, **columns}, Where()).entry


def join(entries, stored, gaps=(), taken=()):
    seqs = {one.seq for one in entries} | set(gaps) | set(taken)
    numbers = Numbers(seqs, set())
    found = finished(joined(entries, stored, gaps=gaps, numbers=numbers, now=NOW, set_key=1))
    return [row["seq"] for row in found.rows], found.dropped, found.is_bridged


A, B, C = mention(1), mention(2), mention(3)
ALL = [entry(1, (None, A)), entry(2, (None, B)), entry(3, (None, C))]


def test_a_whole_history_stays_as_it_is():
    assert join(ALL, bodies(A, B, C)) == ([1, 2, 3], (), False)


def test_a_hole_is_bridged_in_its_own_place():
    assert join([ALL[0], ALL[2]], bodies(A, B, C), gaps=[2]) == ([1, 2, 3], (), True)


def test_a_hole_that_changed_nothing_needs_no_bridge():
    assert join([ALL[0], ALL[2]], bodies(A, C), gaps=[2]) == ([1, 3], (), False)


def test_a_lost_end_is_bridged_behind_everything():
    assert join(ALL[:2], bodies(A, B, C), taken=[9]) == ([1, 2, 10], (), True)


def test_an_undo_of_what_is_lost_goes_with_it():
    undo = entry(4, (B, None), act=Act.UNDO, target=2)
    assert join([ALL[0], undo, entry(5, (None, C))], bodies(A, C), gaps=[2]) == (
        [1, 5],
        (4,),
        False,
    )


def test_where_no_number_is_free_one_more_entry_goes():
    later = [ALL[0], entry(2, (B, None)), entry(3, (None, C))]
    assert join(later, bodies(A, C)) == ([1, 3], (2,), False)


def test_what_counts_as_a_loss():
    assert Remedy(Way.CUT, Where()).is_loss
    assert not Remedy(Way.FROM_JOURNAL, Where()).is_loss
    assert Ailment(Kind.UNKNOWN_ROLE).severity is Severity.INFO
    assert Ailment(Kind.LEFTOVER).severity is Severity.WARNING
    assert Ailment(Kind.TEXT).severity is Severity.ERROR


def test_ids_of_checks_are_given_once():
    assert len({kind.value for kind in Kind}) == len(Kind.__members__)
