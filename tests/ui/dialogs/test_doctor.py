"""The doctor's dialog: what it lists, that it can be stopped, and the copy it writes."""

import logging
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator.foundation.paths import state_folder
from annotator.store.project_file import ProjectFile
from annotator.ui.dialogs.doctor import DoctorDialog
from annotator.workbench.backups import Backups, read_backup
from annotator.workbench.doctoring import Patient
from tests.store.doctor.patients import ailments, content, make_patient, tamper
from tests.ui.dialogs.conftest import clock


@pytest.fixture(scope="module")
def healthy_bytes(tmp_path_factory):
    return make_patient(tmp_path_factory.mktemp("p") / "p.nishan", mentions=30).read_bytes()


@pytest.fixture
def patient(tmp_path, healthy_bytes):
    path = tmp_path / "کار.nishan"
    path.write_bytes(healthy_bytes)
    return path


@pytest.fixture
def opened(qtbot, english):
    def open_dialog(path, project=None):
        dialog = DoctorDialog(english, Patient(path, project), clock, parent=None)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return open_dialog


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=20_000)


def hurt(path):
    tamper(path, "UPDATE annotations SET body = replace(body, 'GPE', 'ORG') WHERE id = 'T3'")


def test_a_healthy_file(qtbot, opened, patient):
    before = patient.read_bytes()
    dialog = opened(patient)
    dialog.examine()
    assert not dialog.close_button.isEnabled()
    settle(qtbot, dialog)
    assert "Nothing is wrong" in dialog.text
    assert not dialog.repair_button.isEnabled()
    assert patient.read_bytes() == before
    assert [path.name for path in patient.parent.iterdir()] == [patient.name]


def test_ailments_are_listed_as_text_that_can_be_copied(qtbot, opened, patient):
    hurt(patient)
    dialog = opened(patient)
    dialog.examine()
    settle(qtbot, dialog)
    assert "E D40 n1/a2/T3: T3 in document n1 is not what was stored." in dialog.text
    assert "damages: 1," in dialog.text
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == dialog.text
    flags = dialog.view.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert dialog.view.isReadOnly()


def test_a_repair_writes_a_clean_copy_and_tells_what_it_did(
    qtbot, opened, patient, monkeypatch, tmp_path
):
    healthy = content(patient)
    hurt(patient)
    before = patient.read_bytes()
    dialog = opened(patient)
    dialog.examine()
    settle(qtbot, dialog)
    target = tmp_path / "repaired"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.repair_button.click()
    settle(qtbot, dialog)
    assert dialog.copy == target.with_suffix(".nishan")
    assert ailments(dialog.copy) == []
    assert content(dialog.copy) == healthy
    assert "T3 was taken from the history" in dialog.text
    assert patient.read_bytes() == before
    assert not dialog.opens_copy
    dialog.open_button.click()
    assert dialog.opens_copy
    assert not dialog.isVisible()


def repaired(qtbot, dialog, target):
    dialog.examine()
    settle(qtbot, dialog)
    dialog.repair(target)
    settle(qtbot, dialog)


@pytest.fixture
def ruin(patient):
    """A project that was backed up and has lost the annotations of a set; and its backup."""
    with ProjectFile.open(patient) as project:
        backup = Backups(project, root=state_folder(), clock=clock).make_now()
    tamper(
        patient,
        "DELETE FROM annotations WHERE set_key = 2",
        "DELETE FROM journal WHERE set_key = 2",
    )
    return patient, backup


def test_how_little_is_left_is_told_first(qtbot, opened, patient, tmp_path):
    tamper(
        patient,
        "DELETE FROM annotations WHERE set_key = 2",
        "DELETE FROM journal WHERE set_key = 2",
    )
    dialog = opened(patient)
    repaired(qtbot, dialog, tmp_path / "copy.nishan")
    first = "Only a part could be saved. Documents: 2 of 2. Annotations: 10 of 41."
    assert dialog.text.startswith(first)
    assert dialog.headline.objectName() == "refusal"
    assert not dialog.restore_button.isVisible()


def test_the_log_says_how_often_each_check_found_something(
    qtbot, opened, patient, tmp_path, caplog
):
    caplog.set_level(logging.INFO, logger="annotator")
    hurt(patient)
    dialog = opened(patient)
    repaired(qtbot, dialog, tmp_path / "copy.nishan")
    counts = Counter(one.kind.value for one in dialog.ailments)
    listed = " ".join(f"{kind}={count}" for kind, count in counts.items())
    assert [(one.msg, *one.said) for one in caplog.records] == [
        ("ailments", f"path={patient} {listed}"),
        ("repaired", f"path={patient} losses=0"),
    ]


def test_after_a_whole_repair_nothing_is_loud(qtbot, opened, patient, tmp_path):
    hurt(patient)
    dialog = opened(patient)
    repaired(qtbot, dialog, tmp_path / "copy.nishan")
    assert dialog.text.startswith("Everything that the file told of is in the copy.")
    assert dialog.headline.objectName() != "refusal"


def test_a_backup_that_holds_more_is_told_and_restored(qtbot, opened, ruin, tmp_path):
    path, backup = ruin
    dialog = opened(path)
    repaired(qtbot, dialog, tmp_path / "copy.nishan")
    assert "holds more than the copy. Documents: 2. Annotations: 41." in dialog.text
    assert dialog.restore_button.isVisible()
    dialog.restore_button.click()
    assert dialog.opens_copy
    assert not dialog.isVisible()
    assert dialog.copy == path.with_stem(f"{path.stem}-restored")
    assert read_backup(dialog.copy) == read_backup(backup.path)


def test_a_backup_that_is_gone_meanwhile_is_told(qtbot, opened, ruin, tmp_path, caplog):
    path, backup = ruin
    dialog = opened(path)
    repaired(qtbot, dialog, tmp_path / "copy.nishan")
    backup.path.unlink()
    caplog.set_level(logging.INFO, logger="annotator")
    dialog.restore_button.click()
    assert [one.msg for one in caplog.records] == ["told"]
    assert not dialog.opens_copy
    assert dialog.notice.isVisible()


def test_a_copy_is_never_written_over_something(qtbot, opened, patient, tmp_path):
    hurt(patient)
    dialog = opened(patient)
    dialog.examine()
    settle(qtbot, dialog)
    dialog.repair(patient)
    settle(qtbot, dialog)
    assert "already is a file" in dialog.notice.text()
    assert dialog.copy is None


def test_stopping_keeps_what_was_found(qtbot, opened, patient):
    hurt(patient)
    dialog = opened(patient)
    dialog.examine()
    dialog.reject()
    assert not dialog.is_running
    assert dialog.isVisible()
    assert "Stopped" in dialog.notice.text()
    dialog.reject()
    assert not dialog.isVisible()


def test_what_is_no_project_is_told_in_the_dialog(qtbot, opened, tmp_path):
    other = tmp_path / "x.nishan"
    other.write_bytes(b"something else " * 100)
    dialog = opened(other)
    dialog.examine()
    settle(qtbot, dialog)
    assert "is not a" in dialog.notice.text()
    assert not dialog.repair_button.isEnabled()


def test_a_project_that_is_open_here_is_examined_and_stays_locked(qtbot, opened, project):
    dialog = opened(project.path, project)
    dialog.examine()
    settle(qtbot, dialog)
    assert "Nothing is wrong" in dialog.text
    with project.transaction() as tx:
        project.people.add(tx, "نوێ", at="2026-11-21T09:00:00Z")
    assert len(project.people.all()) == 2


def test_an_entry_of_a_patient_is_not_taken_for_markup(qtbot, opened, patient):
    tamper(patient, "UPDATE people SET name = '<b>x</b> ' WHERE id = 'a2'")
    tamper(patient, "UPDATE places SET annotator_id = '<img src=x>'")
    dialog = opened(patient)
    dialog.examine()
    settle(qtbot, dialog)
    assert "<img src=x>" in dialog.text
