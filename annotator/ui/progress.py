"""How far a long step is, with a way to stop it; the one place that lets Qt work in between."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.buttons import push_button
from annotator.ui.labels import plain_label

_PAUSE = 40
"""Milliseconds that pass before the window is asked again whether something has happened."""


class ProgressBox(QWidget):
    """A bar, a count and a button to stop. It is itself the `Progress` that a step calls.

    It is seen between `begin` and `end`. While it runs Qt handles events inside the calls, so the
    owner must have disabled whatever could disturb the step.
    """

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._is_running = False
        self._is_stopped = False
        self._pause = QElapsedTimer()
        self._pause.start()
        self._what = plain_label(self)
        self._count = plain_label(self, name="faint")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(catalogue.text("progress.bar"))
        self.stop_button = push_button(catalogue.text("progress.stop"), self)
        self.stop_button.clicked.connect(self.stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._what)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._count)
        layout.addWidget(self.stop_button)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Whether a step is under way."""
        return self._is_running

    @property
    def is_stopped(self) -> bool:
        """Whether the step that runs, or ran last, was asked to stop."""
        return self._is_stopped

    @property
    def count(self) -> str:
        """The count as shown."""
        return self._count.text()

    def begin(self, what: str) -> None:
        """Appear and say what is being done."""
        self._is_running, self._is_stopped = True, False
        self._what.setText(what)
        self._count.setText("")
        self._bar.setRange(0, 0)
        self.stop_button.setEnabled(True)
        self.show()
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        QApplication.processEvents()

    def end(self) -> None:
        """Disappear."""
        self._is_running = False
        self.hide()

    def stop(self) -> None:
        """Ask the step to stop; it does so where it next looks."""
        self._is_stopped = True
        self.stop_button.setEnabled(False)

    def __call__(self, done: int, total: int) -> bool:
        """Show how far it is; False when the step shall stop."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(self._catalogue.text("progress.count", done=done, total=total))
        QApplication.processEvents()
        self._pause.restart()
        return not self._is_stopped

    def count_items(self, done: int) -> bool:
        """Show how many items were read of one that holds nobody knows how many; like a call.

        The window is kept awake, and not for each of thousands of items.
        """
        if self._pause.hasExpired(_PAUSE):
            if self._bar.maximum() <= 1:
                self._bar.setRange(0, 0)
                self._count.setText(self._catalogue.text("cli.read", count=done))
            QApplication.processEvents()
            self._pause.restart()
        return not self._is_stopped
