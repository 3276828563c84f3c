"""The stage of the journeys: a project in a folder, a real window, and hands on the keys."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QMainWindow

from annotator.app import make_desk, make_shell
from annotator.ui.demo.hand import Hand
from annotator.ui.demo.pilot import Pilot
from annotator.ui.demo.typist import Typist
from tests.journeys.gold import EXAMPLE, SAMPLE
from tests.key_events import press

GOLD_FILES = [
    pytest.param(
        EXAMPLE,
        marks=pytest.mark.skipif(not EXAMPLE.exists(), reason="the design's example is not here"),
        id="example",
    ),
    pytest.param(SAMPLE, id="sample"),
]


class Stage:
    """An open window with a typist at its keyboard."""

    def __init__(self, path, *, layout="us", platform="xcb", language="ckb", theme="light"):
        application = QApplication.instance()
        desk = make_desk(language=language, theme=theme)
        self.shell = make_shell(application, replace(desk, platform=platform))
        self.shell.open_project(path)
        self.window.resize(1280, 800)
        self.window.activateWindow()
        application.processEvents()

        def send(widget, chord):
            press(widget, chord, layout=layout, platform=platform)

        self.typist = Typist(self.window, send)
        self.hand = Hand(self.typist, lambda: self.editor)

    @property
    def window(self):
        return self.shell.window

    @property
    def editor(self):
        return self.shell.window.editor

    def pilot(self, given):
        return Pilot(self.hand, given)

    def close(self):
        self.window.close()
        self.shell.close()


@pytest.fixture
def stage(qapp, tmp_path, monkeypatch):
    """Opens stages and closes them again; settings live in the test's own folder."""
    opened = []
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    qapp.setOrganizationName("Nishan")
    qapp.setApplicationName("Nishan")

    def open_stage(path, **choices):
        opened.append(Stage(path, **choices))
        return opened[-1]

    yield open_stage
    for one in opened:
        one.close()
    qapp.processEvents()
    sweep()


def sweep():
    """Take closed windows away now; else each later style sheet would polish all of them again.

    What `deleteLater` was called for goes when the event loop turns, and tests turn none.
    """
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QMainWindow):
            window.blockSignals(True)
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
