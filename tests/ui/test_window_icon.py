"""The windows have the icon of the program, once they are there."""

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from annotator.ui import window_icon
from annotator.ui.window_icon import show_icon_soon


@pytest.fixture(autouse=True)
def _no_icon(qapp):
    qapp.setWindowIcon(QIcon())
    yield
    qapp.setWindowIcon(QIcon())


def test_a_window_that_is_open_gets_the_icon(qapp, qtbot, monkeypatch):
    monkeypatch.setattr(window_icon.sys, "platform", "linux")
    monkeypatch.setattr(window_icon, "AFTER_MS", 0)
    window = QWidget()
    qtbot.addWidget(window)
    assert window.windowIcon().isNull()
    show_icon_soon(qapp)
    qtbot.waitUntil(lambda: not window.windowIcon().isNull())
    assert not window.windowIcon().pixmap(32, 32).isNull()


def test_where_the_program_itself_has_the_icon_nothing_is_done(qapp, monkeypatch):
    started = []
    monkeypatch.setattr(window_icon.sys, "platform", "win32")
    monkeypatch.setattr(window_icon.QTimer, "singleShot", lambda *words: started.append(words))
    show_icon_soon(qapp)
    assert started == []
