"""The window: builds the parts, connects them, and holds no logic of the domain."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from annotator.core.annotations import anchor_of
from annotator.core.ids import DocumentId, RecordId
from annotator.core.span import Span
from annotator.foundation.errors import UserError
from annotator.ui.desk import Desk
from annotator.ui.document_view import DocumentView
from annotator.ui.editing.choices import Notice
from annotator.ui.editing.editor import Editor, TextWish
from annotator.ui.editing.inspection import inspect
from annotator.ui.editing.words import Selection
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.menus import fill_menu_bar
from annotator.ui.messages import show_error
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.status_line import StatusLine
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
        self.documents = DocumentsPanel(desk.catalogue, self)
        self.view = DocumentView(desk, self)
        self.inspector = InspectorPanel(desk.catalogue, self)
        self.status = StatusLine(self)
        self._build()
        self.menu_actions: dict[str, QAction] = fill_menu_bar(self.menuBar(), desk, self.run_action)
        self.documents.document_chosen.connect(self._on_document_chosen)
        self.view.updated.connect(self._on_updated)
        workspace.document_opened.add(self._on_document_opened)
        workspace.edited.add(self._on_edited)
        workspace.documents_changed.add(self._on_documents_changed)
        self._show_title()

    @property
    def editor(self) -> Editor | None:
        """The editor of the open document."""
        return self.view.editor

    def run_action(self, identifier: str) -> None:
        """Do what a menu entry or key says: in the editor, else in the program."""
        if self.editor is not None:
            self.editor.act(identifier)
            self.view.refresh()
        else:
            self.action_wanted.emit(identifier)

    def reopen(self) -> None:
        """Show the document the workspace has open, e.g. after the language has changed."""
        opened = self.workspace.open_document
        if opened is None:
            self.workspace.open_last()
        else:
            self.workspace.open(opened.document.id)
        self._show_documents()
        self.view.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, identifier: RecordId) -> None:
        """Put the caret on an annotation of the open document and select it."""
        editor = self.editor
        if editor is None or identifier not in editor.annotations:
            return
        start = anchor_of(editor.annotation(identifier)).start
        editor.place(Selection.at(start), select=identifier)
        self.view.refresh()
        self.view.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, key: str, **values: object) -> None:
        """Show a notice in the status line."""
        self.status.show_notice(self.desk.catalogue.text(key, **values))

    def detach(self) -> None:
        """Stop listening to the workspace, because another window takes over."""
        self.workspace.document_opened.remove(self._on_document_opened)
        self.workspace.edited.remove(self._on_edited)
        self.workspace.documents_changed.remove(self._on_documents_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the focused field left over: commands with Ctrl, function keys, Escape."""
        press = key_press_from(event, self.desk.platform)
        action = self.desk.keymap.action_for(press) if press is not None else None
        if press is not None and press.key == "Escape":
            self.view.page.setFocus(Qt.FocusReason.OtherFocusReason)
        elif press is not None and action and (press.ctrl or press.key.startswith("F")):
            self.run_action(action)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit what is being typed and remember where things were."""
        self.inspector.commit()
        self._remember_place()
        settings = QSettings()
        settings.setValue("window/geometry", self.saveGeometry())
        settings.setValue("window/splitter", self._splitter.saveState())
        self.closing.emit()
        super().closeEvent(event)

    def _build(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.addWidget(self.documents)
        self._splitter.addWidget(self.view)
        self._splitter.addWidget(self.inspector)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([230, 760, 290])
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self.documents.setMinimumWidth(150)
        self.inspector.setMinimumWidth(200)
        centre = QWidget(self)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._splitter, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(centre)
        self.resize(1280, 800)
        settings = QSettings()
        geometry, splitter = settings.value("window/geometry"), settings.value("window/splitter")
        if geometry is not None:
            self.restoreGeometry(geometry)
        if splitter is not None:
            self._splitter.restoreState(splitter)

    def _on_document_opened(self, opened: DocumentOpened) -> None:
        self.inspector.commit()
        editor = self.view.open(opened)
        editor.noticed.add(self._on_notice)
        editor.failed.add(self._on_failure)
        editor.wished.add(self.action_wanted.emit)
        editor.text_wished.add(self._on_text_wished)
        self._show_documents()

    def _on_updated(self) -> None:
        editor = self.editor
        if editor is None:
            return
        self.workspace.remember_place(editor.focus)
        self.inspector.show_rows(inspect(editor))
        self._show_position(editor)
        undo, redo = editor.document.next_undo, editor.document.next_redo
        for identifier, step in (("edit.undo", undo), ("edit.redo", redo)):
            action = self.menu_actions[identifier]
            action.setEnabled(step is not None)

    def _on_edited(self, _: EditApplied) -> None:
        self.status.show_saved(self.desk.catalogue.text("status.saved"))
        self._show_documents()

    def _on_documents_changed(self, _: None) -> None:
        self._show_documents()
        self._show_title()

    def _on_document_chosen(self, identifier: str) -> None:
        self._remember_place()
        self.workspace.open(DocumentId(identifier))
        self.view.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_notice(self, notice: Notice) -> None:
        text = self.desk.catalogue.text(notice.key, **dict(notice.values))
        self.status.show_notice(text, is_refusal=notice.is_refusal)

    def _on_failure(self, error: UserError) -> None:
        self.status.show_saved(self.desk.catalogue.text("status.not_saved"))
        show_error(self, self.desk.catalogue, error)

    def _on_text_wished(self, wish: TextWish) -> None:
        self.view.refresh()
        if not self.inspector.focus_field(wish.field):
            self.tell("notice.no_field")

    def _remember_place(self) -> None:
        if self.editor is not None:
            self.workspace.remember_place(self.editor.focus)

    def _show_documents(self) -> None:
        opened = self.workspace.open_document
        lines = self.workspace.lines()
        current = opened.document.id if opened else None
        self.documents.show_lines(lines, current)
        number = next((i for i, line in enumerate(lines, 1) if line.id == current), 0)
        text = self.desk.catalogue.text
        self.status.show_document(text("status.document", number=number, count=len(lines)))
        self.status.show_annotator(text("status.annotator", name=self.workspace.annotator.name))

    def _show_position(self, editor: Editor) -> None:
        text = self.desk.catalogue.text
        span: Span | None = editor.selection.span
        if span is None:
            self.status.show_position(text("status.caret", offset=editor.selection.caret))
        else:
            self.status.show_position(
                text("status.selection", start=span.start, end=span.end, length=len(span))
            )

    def _show_title(self) -> None:
        name = self.workspace.path.stem
        self.setWindowTitle(f"{name} – {self.desk.catalogue.text('app.name')}")
        self.status.show_saved(self.desk.catalogue.text("status.saved"))
