"""A window by its parts: those around the page are made when one of them is asked for first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from annotator.ui.late import Late

if TYPE_CHECKING:
    from annotator.ui.panels.documents import DocumentsPanel
    from annotator.ui.panels.inspector import InspectorPanel
    from annotator.ui.panels.side import SideColumn
    from annotator.ui.panes import Panes
    from annotator.ui.status_line import StatusLine
    from annotator.ui.surroundings import Surroundings


class WindowParts(QMainWindow):
    """Gives the parts of the surroundings their names; whoever inherits makes these."""

    def __init__(self) -> None:
        super().__init__()
        self._around = Late(self._surroundings)

    def _surroundings(self) -> Surroundings:
        """What is around the page, put into its place."""
        raise NotImplementedError

    def _show_surroundings(self, around: Surroundings) -> None:
        """Let them show what is open; they have just been made."""
        raise NotImplementedError

    @property
    def around(self) -> Surroundings:
        """What is around the page."""
        self.make_surroundings()
        return self._around.ready

    def make_surroundings(self) -> None:
        """Make what is around the page, unless it is there."""
        if not self._around.is_made:
            self._show_surroundings(self._around.ready)

    @property
    def has_surroundings(self) -> bool:
        """Whether what is around the page is there."""
        return self._around.is_made

    @property
    def status(self) -> StatusLine:
        """The line below."""
        return self.around.status

    @property
    def panes(self) -> Panes:
        """The parts through which the keys go round."""
        return self.around.panes

    @property
    def documents(self) -> DocumentsPanel:
        """The list of documents."""
        return self.around.documents

    @property
    def side(self) -> SideColumn:
        """The column with inspector and findings."""
        return self.around.side

    @property
    def inspector(self) -> InspectorPanel:
        """The inspector, showing what is to be shown now."""
        return self.side.inspector
