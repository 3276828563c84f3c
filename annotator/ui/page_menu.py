"""The menus of the page and of the list of documents, opened where they were asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from annotator.ui.document_view import DocumentView
from annotator.ui.menus import context_menu, documents_menu
from annotator.ui.panels.documents import DocumentsPanel

_REMOVE = "document.remove"


class PageMenu(QObject):
    """Opens the menu for what is under the caret; `run` is called with the id of an act.

    In the list of `documents` the menu and the key Delete are about the selected ones.
    """

    def __init__(
        self, view: DocumentView, documents: DocumentsPanel, run: Callable[[str], None]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._documents = documents
        self._run = run
        view.page.context_menu_requested.connect(self._on_requested)
        documents.removal_wanted.connect(lambda: run(_REMOVE))
        documents.menu_wanted.connect(self._on_list)

    def _on_requested(self, place: QPoint, _: int) -> None:
        view = self._view
        if view.editor is not None:
            _popup(context_menu(view, view.desk, view.editor, self._run), place)

    def _on_list(self, place: QPoint) -> None:
        _popup(documents_menu(self._documents, self._view.desk, self._run), place)


def _popup(menu: QMenu, place: QPoint) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
