"""What is around the page: the lists beside it, the line below, the menus, and work in pauses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from annotator.foundation.errors import UserError
from annotator.ui.afterwards import Afterwards
from annotator.ui.desk import Desk
from annotator.ui.document_view import DocumentView
from annotator.ui.editing.editor import Editor
from annotator.ui.first_delete import FirstDelete
from annotator.ui.late_menus import LateMenus
from annotator.ui.menus import tick
from annotator.ui.page_menu import PageMenu
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.panels.side import SideColumn
from annotator.ui.panes import Panes, chain
from annotator.ui.saved_sign import SavedSign
from annotator.ui.status_line import StatusLine, annotator_text, position_text
from annotator.ui.step_titles import StepTitles
from annotator.workbench.document_lines import DocumentLine
from annotator.workbench.workspace import Workspace


class Surroundings(QObject):
    """The parts of a window that the page can be without for a moment.

    They are children of the window, which puts them into their places; `run` is called with the id
    of an act that is chosen. Emits `left` when the keys should go back to the page,
    `document_chosen` with an id, and `failed` with the damage that is met.
    """

    left = Signal()
    document_chosen = Signal(str)
    failed = Signal(UserError)

    def __init__(
        self,
        window: QMainWindow,
        workspace: Workspace,
        desk: Desk,
        view: DocumentView,
        run: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._catalogue = desk.catalogue
        self._workspace = workspace
        self.documents = DocumentsPanel(desk.catalogue, window, platform=desk.platform)
        self.side = SideColumn(desk, window)
        self.status = StatusLine(window)
        beside = self.side.inspector, self.side.findings, self.documents
        self.panes = Panes(view.page, view.find_bar, *beside)
        self.menu_actions = LateMenus(window.menuBar(), desk, run)
        self.afterwards = Afterwards(StepTitles(self.menu_actions, desk), self)
        self.documents.document_chosen.connect(self.document_chosen)
        self.side.left.connect(self.left)
        self.side.counted.connect(self.status.show_findings)
        for part in (self.afterwards, self.side):
            part.failed.connect(self.failed)
        PageMenu(view, self.documents, run)
        FirstDelete(view, self.documents, self.status)
        self._workspace.changes.changed.add(self.status.clear_notice)
        self.saved = SavedSign(self._workspace, self.status, self.side.inspector, desk.catalogue)
        chain(self.documents, view.page, view.find_bar, self.side.findings)

    def begin(self, editor: Editor) -> None:
        """Care for the document of an editor from now on."""
        self.side.watch(editor)
        self.afterwards.begin(editor.document)

    def follow(self, editor: Editor) -> None:
        """Say where the caret is and what can be undone. Raises `UserError` for damage."""
        self.afterwards.show_steps(editor.document)
        self.side.inspect_soon(editor)
        self.status.show_position(position_text(self._catalogue, editor.selection))

    def hurry(self) -> None:
        """Somebody is at the keys, or at the mouse."""
        self.status.clear_refusal()
        self.afterwards.hurry()

    def take_note(self, line: DocumentLine | None) -> None:
        """An edit is in the project file; `line` is what the list says of its document now."""
        self.status.clear_notice()
        self.saved.note(is_saved=True)
        if line is not None:
            self.documents.show_line(line)

    def show_documents(self) -> None:
        """List the documents, and say which one is open and who works in it."""
        lines, opened = self._workspace.lines(), self._workspace.open_document
        current = opened.document.id if opened is not None else None
        self.documents.show_lines(lines, current)
        number = next((i for i, line in enumerate(lines, 1) if line.id == current), 0)
        text = self._catalogue.text
        self.status.show_document(text("status.document", number=number, count=len(lines)))
        self.status.show_annotator(annotator_text(self._catalogue, self._workspace))

    def wear(self, desk: Desk) -> None:
        """Show in the menus what is switched on in a desk."""
        tick(self.menu_actions, desk)

    def end(self) -> None:
        """Care for no document any more."""
        self.side.watch(None)
        self.afterwards.stop()

    def rest(self) -> None:
        """Leave the workspace alone: another window takes over, or the project is closed."""
        self.end()
        self._workspace.changes.changed.remove(self.status.clear_notice)
