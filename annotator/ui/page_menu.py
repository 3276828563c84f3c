"""The menu of the page, opened where it was asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint

from annotator.ui.document_view import DocumentView
from annotator.ui.menus import context_menu


class PageMenu(QObject):
    """Opens the menu for what is under the caret; `run` is called with the id of an act."""

    def __init__(self, view: DocumentView, run: Callable[[str], None]) -> None:
        super().__init__(view)
        self._view = view
        self._run = run
        view.page.context_menu_requested.connect(self._on_requested)

    def _on_requested(self, place: QPoint, _: int) -> None:
        view = self._view
        if view.editor is not None:
            menu = context_menu(view, view.desk, view.editor, self._run)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)
