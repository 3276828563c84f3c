"""Errors that nobody caught are told once, never twice at a time, and never where they arise."""

import threading

import pytest
from PySide6.QtCore import QObject

from annotator.foundation.errors import Defect
from annotator.ui.faults import MOST_TOLD, Faults, kind_of


def raised(error):
    try:
        raise error
    except BaseException as caught:
        return caught


@pytest.fixture
def telling(qapp, caplog):
    told = []
    owner = QObject()
    faults = Faults(lambda: told.append(1), owner)
    faults.told = told
    faults.owner = owner
    yield faults
    caplog.get_records("call").clear()


def test_it_is_told_by_the_event_loop_and_once(telling, qapp, caplog):
    for number in range(120):
        telling.take(raised(ValueError(number)))
    assert telling.told == []
    qapp.processEvents()
    assert telling.told == [1]
    assert [r.getMessage() for r in caplog.records] == [
        "unhandled",
        "unhandled 10 times",
        "unhandled 100 times",
    ]


def test_another_kind_is_told_too_but_only_so_often(telling, qapp):
    for number in range(MOST_TOLD + 3):
        telling.take(raised(Defect(f"defect.n{number}")))
        qapp.processEvents()
    assert len(telling.told) == MOST_TOLD


def test_nothing_is_told_while_a_box_is_open(qapp, caplog):
    told = []
    owner = QObject()

    def tell():
        told.append(1)
        faults.take(raised(KeyError()))
        qapp.processEvents()  # the box waits

    faults = Faults(tell, owner)
    faults.take(raised(ValueError()))
    qapp.processEvents()
    qapp.processEvents()
    assert told == [1]
    caplog.get_records("call").clear()


def test_it_waits_until_another_box_is_closed(qapp, qtbot, caplog):
    told, open_boxes = [], [1]
    owner = QObject()
    faults = Faults(lambda: told.append(1), owner, is_busy=lambda: bool(open_boxes))
    faults.take(raised(ValueError()))
    for _ in range(3):
        qapp.processEvents()
    assert told == []
    open_boxes.clear()
    qtbot.waitUntil(lambda: told == [1])
    caplog.get_records("call").clear()


def test_an_error_of_another_thread_is_told_in_this_one(telling, qapp):
    threads = []
    telling._tell = lambda: threads.append(threading.current_thread())
    other = threading.Thread(target=lambda: telling.take(raised(ValueError())))
    other.start()
    other.join()
    qapp.processEvents()
    assert threads == [threading.current_thread()]


def test_kinds_are_told_apart_by_what_and_where():
    def elsewhere():
        raise LookupError

    with pytest.raises(LookupError) as found:
        elsewhere()
    assert kind_of(raised(ValueError("a"))) == kind_of(raised(ValueError("b")))
    assert kind_of(raised(ValueError())) != kind_of(raised(KeyError()))
    assert kind_of(raised(LookupError())) != kind_of(found.value)
    assert kind_of(ValueError()) == "ValueError "
