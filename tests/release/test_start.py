"""The first module of every bundle."""

import os
import runpy
import sys

from tests.architecture.sources import CHECKOUT

START = str(CHECKOUT / "build" / "start.py")


def test_on_windows_qt_is_told_of_a_folder_before_it_looks_for_fonts(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("QT_QPA_FONTDIR", "mine")
    runpy.run_path(START)
    assert os.environ["QT_QPA_FONTDIR"] == "mine"
    monkeypatch.delenv("QT_QPA_FONTDIR")
    runpy.run_path(START)
    assert os.environ.pop("QT_QPA_FONTDIR") == sys.prefix


def test_elsewhere_it_looks_where_the_system_says(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_FONTDIR", raising=False)
    runpy.run_path(START)
    assert "QT_QPA_FONTDIR" not in os.environ
