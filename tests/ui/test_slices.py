"""Long work in slices: what it says, its result, its errors, and that it can be stopped."""

import time

import pytest
from PySide6.QtCore import QObject

from annotator.foundation.errors import UserError
from annotator.ui.slices import SLICE_SECONDS, Slices


@pytest.fixture
def parent(qapp):
    return QObject()


def steps(*said, ends=None):
    yield from said
    if ends is not None:
        raise ends
    return "result"


def heard(slices):
    told = []
    slices.said.connect(told.append)
    slices.finished.connect(lambda result: told.append(("finished", result)))
    slices.failed.connect(lambda error: told.append(("failed", error.key)))
    return told


def test_what_is_said_and_the_result_arrive_in_order(qtbot, parent):
    slices = Slices(steps(1, None, 2), parent)
    told = heard(slices)
    with qtbot.waitSignal(slices.finished):
        slices.start()
    assert told == [1, 2, ("finished", "result")]


def test_an_error_ends_the_work(qtbot, parent):
    slices = Slices(steps(1, ends=UserError("store.damaged", name="x")), parent)
    told = heard(slices)
    with qtbot.waitSignal(slices.failed):
        slices.start()
    assert told == [1, ("failed", "store.damaged")]


def test_after_stopping_nothing_is_said_and_what_was_held_is_freed(qtbot, parent):
    freed = []

    def work():
        try:
            while True:
                yield 1
        finally:
            freed.append(True)

    slices = Slices(work(), parent)
    told = heard(slices)
    with qtbot.waitSignal(slices.said):
        slices.start()
    slices.stop()
    count = len(told)
    qtbot.wait(30)
    assert freed == [True]
    assert len(told) == count


def test_a_slice_is_short(qtbot, parent):
    def work():
        end = time.monotonic() + 10 * SLICE_SECONDS
        while time.monotonic() < end:
            yield None

    turns = []
    slices = Slices(work(), parent)
    slices._timer.timeout.connect(lambda: turns.append(time.monotonic()))
    with qtbot.waitSignal(slices.finished):
        slices.start()
    assert len(turns) >= 4
