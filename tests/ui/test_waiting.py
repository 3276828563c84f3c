"""The pointer waits while something runs, and no longer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from annotator.ui.waiting import wait_cursor


def test_it_is_shown_while_the_block_runs_also_when_that_fails(qapp):
    with wait_cursor():
        assert QGuiApplication.overrideCursor().shape() is Qt.CursorShape.WaitCursor
    assert QGuiApplication.overrideCursor() is None
    with pytest.raises(ValueError, match="x"), wait_cursor():
        raise ValueError("x")
    assert QGuiApplication.overrideCursor() is None
