"""What the window shows while no project is open: make one, open one, or look at the demo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import push_button, wrapped_label

ACTIONS = ("project.new", "project.open", "project.demo")
WIDEST = 560

_BUTTON_HEIGHT = 44
_PATH_ROLE = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RecentProjects(QListWidget):
    """Projects by name and folder. Emits `project_chosen` on Enter and on a click."""

    project_chosen = Signal(str)

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.setAccessibleName(catalogue.text("start.recent"))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._on_clicked)

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Show these, the newest first; one that is gone says so."""
        self.clear()
        for path in paths:
            key = "start.project" if path.exists() else "start.project_gone"
            item = QListWidgetItem(
                self._catalogue.text(key, name=path.stem, folder=path.parent), self
            )
            item.setData(_PATH_ROLE, str(path))
        if paths:
            self.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the present project."""
        item = self.currentItem()
        if event.key() in _ENTER and item is not None:
            self._on_clicked(item)
            return
        super().keyPressEvent(event)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.project_chosen.emit(str(item.data(_PATH_ROLE)))


class StartPage(QWidget):
    """Three buttons and the recent projects.

    `action_wanted` carries one of `ACTIONS`, `project_chosen` the path of a recent project.
    """

    action_wanted = Signal(str)
    project_chosen = Signal(str)

    def __init__(
        self, catalogue: Catalogue, *, recent: Sequence[Path], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.buttons = {action: self._make_button(action) for action in ACTIONS}
        self.recent = RecentProjects(catalogue, self)
        self._recent_title = wrapped_label(catalogue.text("start.recent"), self, role="panelTitle")
        self._lay_out()
        self.recent.project_chosen.connect(self.project_chosen.emit)
        self.show_recent(recent)
        self.setFocusProxy(self.buttons["project.new"])

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Show the recent projects, the newest first."""
        self.recent.show_paths(paths)
        self.recent.setVisible(bool(paths))
        self._recent_title.setVisible(bool(paths))

    def _make_button(self, action: str) -> QPushButton:
        button = push_button(self._catalogue.text(f"start.{action}"), self)
        button.setAutoDefault(True)
        button.setMinimumHeight(_BUTTON_HEIGHT)
        button.setObjectName(action)
        font = button.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        button.setFont(font)
        button.clicked.connect(self._on_clicked)
        return button

    def _lay_out(self) -> None:
        title = wrapped_label(self._catalogue.text("app.name"), self)
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 2.2)
        font.setBold(True)
        title.setFont(font)
        purpose = wrapped_label(self._catalogue.text("about.purpose"), self, role="faint")
        column = QWidget(self)
        column.setMaximumWidth(WIDEST)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inner = QVBoxLayout(column)
        inner.setSpacing(10)
        inner.addStretch(1)
        inner.addWidget(title)
        inner.addWidget(purpose)
        inner.addSpacing(16)
        for button in self.buttons.values():
            inner.addWidget(button)
        inner.addSpacing(16)
        inner.addWidget(self._recent_title)
        inner.addWidget(self.recent, 3)
        inner.addStretch(1)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(column, 8)
        outer.addStretch(1)

    def _on_clicked(self) -> None:
        self.action_wanted.emit(self.sender().objectName())
