"""Keeps a Delete that is meant for the list from deleting an annotation on the page.

Choosing a document gives the keys to the page, so that one marks at once. Who presses Delete right
after the click may well mean the document.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from annotator.ui.document_view import DocumentView
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.status_line import StatusLine

_DELETE = "annotation.delete"


class FirstDelete(QObject):
    """Answers the first key after a choice in the list with a sentence, if it would delete."""

    def __init__(self, view: DocumentView, documents: DocumentsPanel, status: StatusLine) -> None:
        super().__init__(view)
        self._view = view
        self._status = status
        self._is_first = False
        self._is_held = False
        documents.document_chosen.connect(self._on_chosen)
        view.page.installEventFilter(self)
        view.page.viewport().installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Look at the first key; a press of the mouse on the page says as well what is meant."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._is_first = self._is_held = False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        return (self._is_first or self._is_held) and self._answer(event)

    def _on_chosen(self, _: str) -> None:
        self._is_first = True

    def _answer(self, event: QKeyEvent) -> bool:
        """Whether a key goes no further: it would delete, or is still held since it did not."""
        desk, editor = self._view.desk, self._view.editor
        press = key_press_from(event, desk.platform)
        if press is None or editor is None:
            return False
        deletes = editor.mode is None and desk.keymap.action_for(press) == _DELETE
        self._is_held = deletes and (self._is_first or press.is_repeat)
        self._is_first = False
        if self._is_held:
            is_marked = editor.changeable is not None
            key = "refused.delete_which" if is_marked else "refused.delete_nothing"
            self._status.show_notice(desk.catalogue.text(key), is_refusal=True)
        return self._is_held
