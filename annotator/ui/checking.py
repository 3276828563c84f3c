"""The check of the open document, done rule by rule while nobody presses a key."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.annotation_set import AnnotationSet
from annotator.core.findings import Finding
from annotator.foundation.errors import UserError
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.words import Selection

PAUSE_MS = 300
"""So long after the last key the check begins."""


class Checker(QObject):
    """Keeps the findings of one editor up to date. Emits `checked` when a check is done, and
    `failed` with the damage it meets.

    Between two rules the window handles what has come in; an edit begins the check anew.
    """

    checked = Signal()
    failed = Signal(UserError)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._editor: Editor | None = None
        self._state: tuple[Selection, AnnotationSet] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._check_on)

    def watch(self, editor: Editor | None) -> None:
        """Check this editor's document from now on, and no other; None for none at all."""
        if self._editor is not None:
            self._editor.changed.remove(self._on_changed)
            self._editor.findings.changed.remove(self._on_found)
        self._editor = editor
        if editor is None:
            self._timer.stop()
            return
        editor.changed.add(self._on_changed)
        editor.findings.changed.add(self._on_found)
        self._timer.start(PAUSE_MS)

    def _on_changed(self, _: None) -> None:
        """Somebody is at the keys: wait. What only looks different now is no reason to."""
        editor = self._editor
        if editor is None or not editor.findings.is_stale:
            return
        before, self._state = self._state, (editor.selection, editor.annotations)
        if before is None or before[0] != editor.selection or before[1] is not editor.annotations:
            self._timer.start(PAUSE_MS)

    def _check_on(self) -> None:
        editor = self._editor
        if editor is None:
            return
        try:
            goes_on = editor.findings.check_on()
        except UserError as error:
            self.failed.emit(error)
            return
        if goes_on:
            self._timer.start(0)
        else:
            self.checked.emit()

    def _on_found(self, _: tuple[Finding, ...]) -> None:
        """Other findings than before: the page waves elsewhere."""
        if self._editor is not None:
            self._editor.changed.tell(None)
