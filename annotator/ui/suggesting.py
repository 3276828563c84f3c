"""Suggestions for the open document, made passage by passage while nobody presses a key."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.foundation.errors import UserError
from annotator.ui.editing.editor import Editor
from annotator.workbench.suggesting import SuggestionIndex

PAUSE_MS = 400
"""So long after the last key the first passage is read."""

LONGEST = 60_000
"""Code points of a document that is read without being asked; in a longer one Tab does it."""


class Suggesting(QObject):
    """Keeps the suggestions of one editor up to date, those on the page first.

    Between two passages the window handles what has come in; a key begins the pause anew.
    """

    failed = Signal(UserError)
    """Suggesting has met damage."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._editor: Editor | None = None
        self._index: SuggestionIndex | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._suggest_on)

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to suggest at present."""
        return not self._timer.isActive()

    def watch(self, editor: Editor | None) -> None:
        """Suggest for this editor's document from now on, and for no other."""
        if self._editor is not None:
            self._editor.changed.remove(self._on_changed)
        if self._index is not None:
            self._index.changed.remove(self._on_suggested)
        self._editor = editor
        self._index = None if editor is None else editor.suggestions
        self._timer.stop()
        if editor is not None and self._index is not None:
            editor.changed.add(self._on_changed)
            self._index.changed.add(self._on_suggested)
            self._on_changed(None)

    def _on_changed(self, _: None) -> None:
        """Somebody is at the keys: wait."""
        editor, index = self._editor, self._index
        if editor is None or index is None or len(editor.text) > LONGEST:
            return
        if index.is_stale:
            self._timer.start(PAUSE_MS)

    def _suggest_on(self) -> None:
        editor, index = self._editor, self._index
        if editor is None or index is None:
            return
        try:
            index.refresh(editor.sight.visible_span(), limit=1)
        except UserError as error:
            self.failed.emit(error)
            return
        if index.is_stale:
            self._timer.start(0)

    def _on_suggested(self, _: None) -> None:
        """Other suggestions than before: the page dashes elsewhere."""
        if self._editor is not None:
            self._editor.changed.tell(None)
