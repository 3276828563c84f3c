"""The frame of the dialogs of a long step: look at what is there, start, read the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError
from annotator.ui.dialogs.controls import push_button, say, say_error, wrapped_label
from annotator.ui.dialogs.report_page import ReportPage
from annotator.ui.progress import ProgressBox

_T = TypeVar("_T")


class LongStepDialog(QDialog):
    """A first page to look and choose on, and a last one with the report of what was done.

    A subclass puts its parts on `_first` and then calls `_finish_first`. `_run` does what takes
    long and is told to `progress`. Whoever closes the report has accepted the dialog.
    """

    def __init__(self, catalogue: Catalogue, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._parts: tuple[QWidget, ...] = ()
        self.setWindowTitle(title)
        self._pages = QStackedWidget(self)
        self._first = QWidget(self)
        self._layout = QVBoxLayout(self._first)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(self._first)
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages)

    @property
    def notice(self) -> str:
        """What is said above the buttons of the first page."""
        return self._notice.text()

    def reject(self) -> None:
        """Escape and closing stop what runs; else they close, and accept what was reported."""
        running = [box for box in self.findChildren(ProgressBox) if box.is_running]
        if running:
            running[0].stop()
        elif self._pages.currentWidget() is self.report_page:
            self.accept()
        else:
            super().reject()

    def _settle(self) -> None:
        """Called after each run, done or not: say what can be pressed and what has the keys."""

    def _finish_first(
        self, *parts: QWidget, start: QPushButton, beside: tuple[QWidget, ...] = ()
    ) -> None:
        """Put the notice and the buttons below what the first page has, and make the last page.

        The `parts` cannot be used while something runs; `beside` stand across from `start`.
        """
        self._notice = wrapped_label("", self._first, role="faint")
        self._notice.hide()
        self.progress = ProgressBox(self._catalogue, self._first)
        self.close_button = push_button(self._catalogue.text("dialog.cancel"), self._first)
        self._parts = (*parts, start, self.close_button)
        buttons = QHBoxLayout()
        for part in beside:
            buttons.addWidget(part)
        buttons.addWidget(self.progress, 1)
        buttons.addWidget(start)
        buttons.addWidget(self.close_button)
        self._layout.addWidget(self._notice)
        self._layout.addLayout(buttons)
        self.report_page = ReportPage(self._catalogue, self)
        self._pages.addWidget(self.report_page)
        self.close_button.clicked.connect(self.reject)
        self.report_page.close_button.clicked.connect(self.accept)

    def _run(self, key: str, act: Callable[[], _T]) -> _T | None:
        """What comes of something long, told as the sentence of `key`; None once it is refused."""
        say(self._notice, "")
        self._enable(is_enabled=False)
        self.progress.begin(self._catalogue.text(key))
        try:
            return act()
        except AnnotatorError as error:
            say_error(self._notice, self._catalogue, error)
            return None
        finally:
            self.progress.end()
            self._enable(is_enabled=True)
            self._settle()

    def _show_report(self, headline: str, text: str) -> None:
        self._pages.setCurrentWidget(self.report_page)
        self.report_page.show_report(headline, text)

    def _enable(self, *, is_enabled: bool) -> None:
        for part in self._parts:
            part.setEnabled(is_enabled)
