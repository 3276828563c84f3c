"""Adjudication of the whole project in the window: counted first, decided as one step."""

import shutil

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.core.ids import DocumentId, SetId
from annotator.foundation.catalogue import without_isolates
from annotator.foundation.errors import Refused
from annotator.ui.backup_acts import BackupActs
from annotator.ui.dialogs.adjudicate_project import ProjectAdjudicationDialog
from annotator.ui.dialogs.adjudication import AdjudicationDialog
from annotator.workbench.adjudicating_project import ProjectAdjudicator
from annotator.workbench.backups import BackupReason
from tests.journeys.stage import stage as stage
from tests.key_events import press
from tests.workbench.adjudications import SARA, annotated_twice, labels
from tests.workbench.projects import FIRST, SECOND

GOLD = SetId("gold")
HAWLER, SLEMANI = FIRST.index("هەولێر"), SECOND.index("سلێمانی")
KURDISH = "iq(ku_ara)"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return annotated_twice(tmp_path_factory.mktemp("made"))


@pytest.fixture
def one(made, tmp_path, stage):
    begun = stage(shutil.copy(made, tmp_path / made.name), language="en")
    begun.shell.workspace.change_annotator(SARA)
    return begun


def with_dialog(one, use, *, then=lambda: None):
    """Open the dialog with its key, use it once it has counted, and close it."""
    failed = []

    def act():
        dialog = QApplication.activeModalWidget()
        try:
            assert isinstance(dialog, ProjectAdjudicationDialog)
            dialog.count()
            QTimer.singleShot(0, then)
            use(dialog)
        except BaseException as error:
            failed.append(error)
        finally:
            dialog.close()

    QTimer.singleShot(0, act)
    press(one.window.view.page, "Ctrl+Shift+G", layout=KURDISH)
    for error in failed:
        raise error


def golden(one):
    """The labels of gold in each document that has it."""
    annotations = one.shell.workspace.project.annotations
    headers = [header for header in annotations.headers() if header.id == GOLD]
    return {header.document: labels(annotations.read(header)) for header in headers}


def enter(widget):
    press(widget, "Enter", layout=KURDISH)


def test_what_would_be_decided_is_counted_first(one):
    seen = []

    def look(dialog):
        seen.append((without_isolates(dialog.told), dialog.table.texts))
        seen.append(without_isolates(dialog.start_button.text()))

    with_dialog(one, look)
    assert seen[0] == (
        "Documents that would be compared: 2. Units: 3, of them agreed: 2, decided before: 0, "
        "would be decided: 2, open then: 1.",
        [("a", "2", "1", "0", "1", "1"), ("b", "1", "1", "0", "1", "0")],
    )
    assert seen[1] == "Decide: 2"
    assert golden(one) == {}


def test_it_is_one_step_that_is_taken_back_and_brought_back(one):
    told = []

    def decide(dialog):
        enter(dialog.start_button)
        told.append(dialog.report_page.text)
        enter(dialog.report_page.close_button)

    with_dialog(one, decide)
    assert told[0].splitlines()[0].endswith("decided now: 2, open: 1.")
    assert "Left out, because fewer than two annotators have completed them (1): c" in told[0]
    assert golden(one) == {"a": {0: "PER"}, "b": {SLEMANI: "GPE"}}
    press(one.window.view.page, "Ctrl+Alt+Z", layout=KURDISH)
    assert golden(one) == {}
    press(one.window.view.page, "Ctrl+Alt+Y", layout=KURDISH)
    assert golden(one) == {"a": {0: "PER"}, "b": {SLEMANI: "GPE"}}


def test_there_is_a_backup_before_anything_is_decided(made, tmp_path, stage, monkeypatch):
    made_before = []

    def before(_, reason):
        made_before.append((reason, golden(one)))

    monkeypatch.setattr(BackupActs, "before", before)
    one = stage(shutil.copy(made, tmp_path / made.name), language="en")
    with_dialog(one, lambda dialog: enter(dialog.start_button))
    assert made_before == [(BackupReason.WORK, {})]
    assert golden(one) != {}


def test_the_rule_can_be_another_and_what_is_decided_stays(one):
    counts = []

    def follow(dialog):
        enter(dialog.start_button)

    def choose(dialog):
        counts.append(dialog.start_button.isEnabled())
        dialog.rule_box.setCurrentIndex(1)
        counts.append(dialog.start_button.isEnabled())
        dialog.rule_box.setCurrentIndex(3)
        counts.append(without_isolates(dialog.start_button.text()))
        dialog.start()

    with_dialog(one, follow)
    with_dialog(one, choose)
    assert counts == [False, False, "Decide: 1"]
    assert golden(one)["a"] == {0: "PER", HAWLER: "ORG"}


def test_an_article_of_the_list_leads_to_its_adjudication(one):
    seen = []

    def look():
        dialog = QApplication.activeModalWidget()
        seen.append(isinstance(dialog, AdjudicationDialog))
        dialog.close()

    def choose(dialog):
        dialog.table.setCurrentCell(1, 0)
        enter(dialog.table)

    with_dialog(one, choose, then=lambda: QTimer.singleShot(0, look))
    assert seen == [True]
    assert one.shell.workspace.open_document.document.id == DocumentId("b")


def test_what_is_stopped_or_cannot_be_is_told_and_nothing_is_decided(one, monkeypatch):
    told = []

    def fail(*_, **__):
        raise Refused("adjudicate.cancelled")

    def stop(dialog):
        monkeypatch.setattr(ProjectAdjudicator, "run", fail)
        dialog.start()
        told.append((dialog.report, dialog.start_button.isEnabled(), dialog.notice))
        monkeypatch.setattr(ProjectAdjudicator, "preview", fail)
        dialog.count()
        told.append((dialog.preview, dialog.start_button.isEnabled(), dialog.notice))
        press(dialog, "Escape")

    with_dialog(one, stop)
    sentence = one.window.desk.catalogue.text("adjudicate.cancelled")
    assert told == [(None, True, sentence), (None, False, sentence)]
    assert golden(one) == {}


def test_escape_stops_what_runs(one, monkeypatch):
    seen = []
    real = ProjectAdjudicator.preview

    def preview(adjudicator, strategy, documents=(), progress=None):
        dialog = QApplication.activeModalWidget()
        parts = (dialog.rule_box, dialog.table, dialog.start_button, dialog.close_button)
        seen.append([part.isEnabled() for part in parts])
        press(dialog, "Escape")
        return real(adjudicator, strategy, documents, progress)

    def again(dialog):
        monkeypatch.setattr(ProjectAdjudicator, "preview", preview)
        dialog.count()
        seen.append((dialog.isVisible(), dialog.notice))

    with_dialog(one, again)
    assert seen[0] == [False] * 4
    assert seen[1] == (True, one.window.desk.catalogue.text("adjudicate.cancelled"))
