"""The sign in the status line that tells whether everything is in the project file."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.foundation.catalogue import Catalogue
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.status_line import StatusLine, saved_key
from annotator.workbench.workspace import Workspace


class SavedSign(QObject):
    """Says "saved" only while nothing waits in a field: what is typed there is stored later."""

    def __init__(
        self,
        workspace: Workspace,
        status: StatusLine,
        inspector: InspectorPanel,
        catalogue: Catalogue,
    ) -> None:
        super().__init__(status)
        self._workspace = workspace
        self._status = status
        self._inspector = inspector
        self._catalogue = catalogue
        self._has_failed = False
        inspector.typed.connect(self._show)
        self._show()

    def note(self, *, is_saved: bool) -> None:
        """Take note that something was written, or could not be."""
        self._has_failed = not is_saved
        self._show()

    def _show(self) -> None:
        key = saved_key(
            is_saved=not (self._has_failed or self._inspector.unstored),
            is_typing=self._inspector.is_typing,
            is_read_only=self._workspace.is_read_only,
        )
        self._status.show_saved(self._catalogue.text(key))
