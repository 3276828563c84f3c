"""What a damaged file still tells of, and how much of that a repaired copy holds."""

import pytest

from annotator.store.doctor.holdings import Holdings
from annotator.store.doctor.repairing import repair
from tests.store.doctor.patients import finished, make_patient, make_trashed, tamper
from tests.store.projects import NOW

DOCUMENTS, ANNOTATIONS, MORE = 2, 11, 60
PAGE = 4096


@pytest.fixture
def patient(tmp_path):
    return make_patient(tmp_path / "p.nishan", mentions=MORE)


def repaired(path):
    return finished(repair(path, path.with_name("copy.nishan"), now=NOW))


def test_a_sound_file_holds_what_its_copy_holds(patient):
    report = repaired(patient)
    assert report.held == Holdings(DOCUMENTS, ANNOTATIONS + MORE)
    assert (report.documents, report.annotations) == (DOCUMENTS, ANNOTATIONS + MORE)
    assert not report.is_part


def test_what_is_in_the_trash_counts_on_both_sides(tmp_path):
    report = repaired(make_trashed(tmp_path / "p.nishan"))
    assert report.held.documents == report.documents == 2
    assert report.in_trash == 1
    assert report.held.annotations == report.annotations
    assert not report.is_part


def test_a_set_tells_of_annotations_that_are_gone(patient):
    tamper(
        patient,
        "DELETE FROM annotations WHERE set_key = 2",
        "DELETE FROM journal WHERE set_key = 2",
    )
    report = repaired(patient)
    assert report.held == Holdings(DOCUMENTS, ANNOTATIONS + MORE)
    assert report.annotations == ANNOTATIONS - 1
    assert report.is_part


def test_a_set_tells_of_a_document_that_is_gone(patient):
    tamper(patient, "DELETE FROM documents WHERE id = 'n2'")
    report = repaired(patient)
    assert (report.held.documents, report.documents) == (2, 1)
    assert report.is_part


@pytest.mark.parametrize("numbers", [None, "no numbers"])
def test_a_count_that_cannot_be_is_not_believed(patient, numbers):
    tamper(patient, "UPDATE annotation_sets SET mentions = 1000000 WHERE key = 2")
    if numbers is not None:
        tamper(patient, f"UPDATE annotation_sets SET last_numbers = '{numbers}' WHERE key = 2")
    assert repaired(patient).held == Holdings(DOCUMENTS, ANNOTATIONS + MORE)


def test_of_a_file_that_was_cut_off_nobody_can_tell_what_it_held(patient):
    data = patient.read_bytes()
    patient.write_bytes(data[: len(data) // 2 // PAGE * PAGE])
    report = repaired(patient)
    assert not report.held.is_whole
    assert report.held.annotations >= report.annotations
