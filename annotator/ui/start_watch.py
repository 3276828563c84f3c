"""Watching a start for its measuring: when the page was painted, and when the window was whole."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from annotator.ui.first_paint import tell_first_paint
from annotator.ui.main_window import MainWindow
from annotator.ui.textview.widget import Page


def watch_start() -> None:
    """Tell on the standard output when both have come, and end the program then."""
    tell_first_paint(Page, _is_whole)


def _is_whole() -> bool:
    windows = QApplication.topLevelWidgets()
    return all(window.is_whole for window in windows if isinstance(window, MainWindow))
