"""The window: builds the parts, connects them, and holds no logic of the domain."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QSplitter, QVBoxLayout, QWidget

from annotator.core.edits import Focus
from annotator.core.ids import DocumentId, RecordId
from annotator.foundation.errors import Damaged, UserError
from annotator.ui.afterwards import Afterwards
from annotator.ui.desk import Desk
from annotator.ui.document_view import DocumentView
from annotator.ui.editing.choices import Notice
from annotator.ui.editing.editor import Editor, TextWish
from annotator.ui.editing.marking import go_to
from annotator.ui.editing.words import Selection
from annotator.ui.first_delete import FirstDelete
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.keyboard.physical import KeyPress
from annotator.ui.menus import fill_menu_bar, tick
from annotator.ui.messages import show_error, show_failure
from annotator.ui.page_menu import PageMenu
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.panels.side import SideColumn
from annotator.ui.panes import Panes
from annotator.ui.saved_sign import SavedSign
from annotator.ui.status_line import StatusLine, position_text
from annotator.ui.step_titles import StepTitles
from annotator.ui.window_state import annotator_text, restore_state, save_state, window_title
from annotator.workbench.open_document import EditApplied
from annotator.workbench.workspace import DocumentOpened, Workspace


class MainWindow(QMainWindow):
    """One workspace in a window. `action_wanted` carries the ids of acts of the whole program."""

    action_wanted = Signal(str)
    closing = Signal()

    def __init__(self, workspace: Workspace, desk: Desk) -> None:
        super().__init__()
        self.workspace = workspace
        self.desk = desk
        self.documents = DocumentsPanel(desk.catalogue, self, platform=desk.platform)
        self.view = DocumentView(desk, self)
        self.side = SideColumn(desk, self)
        self.status = StatusLine(self)
        self._build()
        self.panes = Panes(
            self.view.page,
            self.view.find_bar,
            self.side.inspector,
            self.side.findings,
            self.documents,
        )
        self.menu_actions: dict[str, QAction] = fill_menu_bar(self.menuBar(), desk, self.run_action)
        self.documents.document_chosen.connect(self._on_document_chosen)
        self.view.updated.connect(self._on_updated)
        self.view.touched.connect(self.status.clear_refusal)
        self.side.left.connect(self.focus_page)
        self.side.counted.connect(self.status.show_findings)
        self.afterwards = Afterwards(StepTitles(self.menu_actions, desk), self)
        for part in (self.afterwards, self.side, self.view, self.view.suggesting):
            part.failed.connect(self.give_up)
        PageMenu(self.view, self.documents, self.run_action)
        FirstDelete(self.view, self.documents, self.status)
        workspace.document_opened.add(self._on_document_opened)
        workspace.edited.add(self._on_edited)
        workspace.documents_changed.add(self._show_documents)
        workspace.changes.changed.add(self.status.clear_notice)
        self._saved = SavedSign(workspace, self.status, self.side.inspector, desk.catalogue)

    @property
    def editor(self) -> Editor | None:
        """The editor of the open document."""
        return self.view.editor

    @property
    def inspector(self) -> InspectorPanel:
        """The inspector, showing what is to be shown now."""
        return self.side.inspector

    def run_action(self, identifier: str) -> None:
        """Do what a menu entry or key says: in the editor, else in the program."""
        self.inspector.commit()
        if self.editor is not None:
            self.editor.act(identifier)
            self.view.refresh()
        else:
            self.action_wanted.emit(identifier)

    def reopen(self) -> None:
        """Show the document the workspace has open, e.g. after the language has changed."""
        if (opened := self.workspace.open_document) is None:
            self.workspace.open_last()
            if self.workspace.is_on_other_set:
                self.tell("notice.gold_on_page")
        else:
            self.workspace.open(opened.document.id, opened.header)
        if not self.workspace.project.documents.count():
            self.view.show_nothing()
        self._show_documents()
        self.focus_page()

    def return_to(self, place: Focus) -> None:
        """Put caret, selection and selected annotation of the open document back."""
        if self.editor is not None:
            self.editor.place(Selection(place.anchor, place.caret), select=place.selected)
            self.view.refresh()

    def focus_page(self) -> None:
        """Let the keys go to the page."""
        self.view.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, identifier: RecordId) -> None:
        """Put the caret on an annotation of the open document and select it."""
        editor = self.editor
        if editor is None or identifier not in editor.annotations:
            return
        go_to(editor, identifier)
        self.view.refresh()
        self.focus_page()

    def tell(self, key: str, **values: object) -> None:
        """Show a notice in the status line."""
        self.status.show_notice(self.desk.catalogue.text(key, **values))

    def fail(self, error: UserError) -> None:
        """Say in a box what went wrong, and in the status line that something is not written."""
        if isinstance(error, Damaged):
            self.give_up(error)
            return
        self._saved.note(is_saved=False)
        show_failure(self, self.desk.catalogue, error, self.action_wanted.emit)

    def wear(self, desk: Desk) -> None:
        """Take the look of a desk whose words and keys are the same."""
        self.desk = desk
        self.view.wear(desk)
        tick(self.menu_actions, desk)

    def give_up(self, error: UserError) -> None:
        """Take a document away whose annotations turned out to be damaged, and say so."""
        self.afterwards.stop()
        self.workspace.give_up()
        self.view.show_failure(self.desk.catalogue.error(error))
        self.side.watch(None)
        self._show_documents()
        show_error(self, self.desk.catalogue, error)

    def settle(self) -> None:
        """Commit what is being typed and take note of the place, before something else comes."""
        self.inspector.commit()
        if self.editor is not None:
            self.workspace.remember_place(self.editor.focus)

    def save_layout(self) -> None:
        """Remember sizes for the next window."""
        save_state(self, self._splitter, points=self.view.points)
        self.side.save_layout()

    def detach(self) -> None:
        """Leave the workspace alone: another window takes over, or the project is closed."""
        self.side.watch(None)
        self.view.rest()
        self.afterwards.stop()
        self.workspace.document_opened.remove(self._on_document_opened)
        self.workspace.edited.remove(self._on_edited)
        self.workspace.documents_changed.remove(self._show_documents)
        self.workspace.changes.changed.remove(self.status.clear_notice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the focused field left over: commands with Ctrl, function keys, Escape."""
        press = key_press_from(event, self.desk.platform)
        action = self.desk.keymap.action_for(press) if press is not None else None
        if press is not None and press.key == "Escape":
            self.focus_page()
        elif press is not None and action and _is_for_window(press, self.view.editor):
            self.run_action(action)
        elif isinstance(self.focusWidget(), QLabel | None):
            # Nothing there takes keys, e.g. after text of the inspector was selected to copy it.
            self.focus_page()
            event.setAccepted(self.view.handle_key(event))
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit what is being typed and remember where things were; ask where that fails."""
        self.settle()
        event.setAccepted(self.inspector.may_be_left())
        if event.isAccepted():
            self.save_layout()
            self.closing.emit()

    def _build(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.addWidget(self.documents)
        self._splitter.addWidget(self.view)
        self._splitter.addWidget(self.side)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([230, 760, 290])
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self.documents.setMinimumWidth(150)
        self.side.setMinimumWidth(200)
        centre = QWidget(self)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(centre)
        points = restore_state(self, self._splitter)
        if points is not None:
            self.view.set_points(points)

    def _on_document_opened(self, opened: DocumentOpened) -> None:
        self.inspector.commit()
        suggest = self.workspace.suggestions_for
        editor = self.view.open(opened, suggest(opened.document, self.desk.lexicon))
        self.status.clear_notice()
        if editor is None:  # what it shows is damaged, which has been told
            return
        self.side.watch(editor)
        editor.noticed.add(self._on_notice)
        editor.failed.add(self.fail)
        editor.wished.add(self.action_wanted.emit)
        editor.text_wished.add(self._on_text_wished)
        self._show_documents()
        self.afterwards.begin(opened.document)

    def _on_updated(self) -> None:
        editor = self.editor
        if editor is None:
            return
        self.workspace.remember_place(editor.focus)
        try:
            self.afterwards.show_steps(editor.document)
        except UserError as error:
            self.give_up(error)
            return
        self.side.inspect_soon(editor)
        self.status.show_position(position_text(self.desk.catalogue, editor.selection))

    def _on_edited(self, _: EditApplied) -> None:
        self.status.clear_notice()
        self._saved.note(is_saved=True)
        line = self.workspace.open_line()
        if line is not None:
            self.documents.show_line(line)

    def _on_document_chosen(self, identifier: str) -> None:
        self.settle()
        opened = self.workspace.open_document
        if opened is None or opened.document.id != identifier or self.workspace.is_on_other_set:
            try:
                self.workspace.open(DocumentId(identifier))
            except UserError as error:
                show_error(self, self.desk.catalogue, error)
        self.focus_page()

    def _on_notice(self, notice: Notice) -> None:
        text = self.desk.catalogue.text(notice.key, **dict(notice.values))
        self.status.show_notice(text, is_refusal=notice.is_refusal)

    def _on_text_wished(self, wish: TextWish) -> None:
        self.view.refresh()
        if not self.inspector.focus_field(wish.field):
            self.tell("notice.no_field")

    def _show_documents(self, _: None = None) -> None:
        self.setWindowTitle(window_title(self.desk.catalogue, self.workspace))
        opened = self.workspace.open_document
        if opened is None and self.editor is not None:  # the last one has gone to the trash
            self.view.show_nothing()
            self.side.watch(None)
        lines = self.workspace.lines()
        current = opened.document.id if opened else None
        self.documents.show_lines(lines, current)
        number = next((i for i, line in enumerate(lines, 1) if line.id == current), 0)
        text = self.desk.catalogue.text
        self.status.show_document(text("status.document", number=number, count=len(lines)))
        self.status.show_annotator(annotator_text(self.desk.catalogue, self.workspace))


def _is_for_window(press: KeyPress, editor: Editor | None) -> bool:
    """Whether a key that nothing took is the window's: all are where no document is open."""
    return press.ctrl or press.key[1:].isdigit() or editor is None
