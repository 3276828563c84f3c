"""Signals reach the window through a socket, once, and whoever had them has them again."""

import os
import signal

import pytest
from PySide6.QtCore import QObject

from annotator.ui.endings import Endings

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture
def owner(qapp):
    return QObject()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_is_told_by_the_event_loop(name, owner, qtbot):
    number, codes = getattr(signal, name), []
    before = signal.getsignal(number)
    endings = Endings(codes.append, owner)
    os.kill(os.getpid(), number)
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: codes != [])
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: True)
    endings.stop()
    assert codes == [128 + number]
    assert endings.code == 128 + number
    assert signal.getsignal(number) is before


def test_what_was_to_be_ignored_stays_ignored(owner, qapp):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        codes = []
        endings = Endings(codes.append, owner)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        os.kill(os.getpid(), signal.SIGHUP)
        qapp.processEvents()
        endings.stop()
        assert (codes, endings.code) == ([], None)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_other_signals_are_no_end(owner, qapp, qtbot):
    codes, heard = [], []
    before = signal.signal(signal.SIGUSR1, lambda *_: heard.append(1))
    endings = Endings(codes.append, owner)
    os.kill(os.getpid(), signal.SIGUSR1)
    qtbot.waitUntil(lambda: heard != [])
    qapp.processEvents()
    endings.stop()
    signal.signal(signal.SIGUSR1, before)
    assert codes == []
