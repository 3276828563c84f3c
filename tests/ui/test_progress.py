"""The progress box is seen while a step runs, counts, and stops it."""

from itertools import count

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from annotator.foundation.catalogue import load_catalogue
from annotator.ui import progress
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


def test_what_nobody_knows_the_number_of_is_counted_and_can_be_stopped(parent, qtbot, monkeypatch):
    monkeypatch.setattr(progress, "_PAUSE", 0)
    box = ProgressBox(load_catalogue("en"), parent)
    box.begin("x")
    box(0, 1)
    numbers = count(1)
    qtbot.waitUntil(lambda: box.count_items(next(numbers)) and box.count.startswith("Documents"))
    assert box.findChild(QProgressBar).maximum() == 0
    QTimer.singleShot(0, lambda: qtbot.mouseClick(box.stop_button, Qt.MouseButton.LeftButton))
    qtbot.waitUntil(lambda: not box.count_items(next(numbers)))


def test_items_of_many_files_do_not_hide_how_many_files_are_done(parent, qtbot, monkeypatch):
    monkeypatch.setattr(progress, "_PAUSE", 0)
    box = ProgressBox(load_catalogue("en"), parent)
    box.begin("x")
    box(3, 12)
    heard = []
    QTimer.singleShot(0, lambda: heard.append(True))
    qtbot.waitUntil(lambda: box.count_items(1) and bool(heard))
    assert box.count == "3 of 12"


def test_the_window_is_not_asked_for_each_of_many_items(parent):
    box = ProgressBox(load_catalogue("en"), parent)
    box.begin("x")
    box(0, 1)
    for done in range(1, 50):
        box.count_items(done)
    assert box.count == "0 of 1"
