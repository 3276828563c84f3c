"""The progress box is seen while a step runs, counts, and stops it."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from annotator.foundation.catalogue import load_catalogue
from annotator.ui.progress import ProgressBox


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_it_is_seen_only_while_a_step_runs(parent):
    box = ProgressBox(load_catalogue("en"), parent)
    assert not box.isVisible()
    box.begin("Importing…")
    assert (box.isVisible(), box.is_running, box.count) == (True, True, "")
    box.end()
    assert (box.isVisible(), box.is_running) == (False, False)


@pytest.mark.parametrize(("language", "count"), [("en", "3 of 12"), ("ckb", "٣ لە ١٢")])
def test_it_counts_in_the_digits_of_the_language(parent, language, count):
    box = ProgressBox(load_catalogue(language), parent)
    box.begin("x")
    assert box(3, 12)
    assert box.count == count
    bar = box.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (3, 12)


def test_the_button_works_while_the_step_runs(parent, qtbot):
    box = ProgressBox(load_catalogue("en"), parent)
    box.begin("x")
    QTimer.singleShot(0, lambda: qtbot.mouseClick(box.stop_button, Qt.MouseButton.LeftButton))
    assert [box(done, 3) for done in range(3)] == [False] * 3
    assert not box.stop_button.isEnabled()


def test_a_new_step_begins_unstopped(parent):
    box = ProgressBox(load_catalogue("en"), parent)
    box.begin("x")
    box.stop()
    assert box.is_stopped
    box.end()
    box.begin("y")
    assert box(0, 1)
