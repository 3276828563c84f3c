"""The window: builds the parts, connects them, and holds no logic of the domain."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QSplitter, QVBoxLayout, QWidget

from annotator.core.annotations import anchor_of
from annotator.core.edits import Focus
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
from annotator.ui.menus import entitle, fill_menu_bar, tick
from annotator.ui.messages import show_error
from annotator.ui.panels.documents import DocumentsPanel
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.panes import Panes
from annotator.ui.status_line import StatusLine
from annotator.workbench.open_document import EditApplied
from annotator.workbench.workspace import DocumentOpened, Workspace

GEOMETRY_SETTING, SPLITTER_SETTING = "window/geometry", "window/splitter"
LETTERS_SETTING = "window/letters"

TITLE_BAR = 40
"""Pixels that a title bar takes at most."""


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
        self.inspector = InspectorPanel(desk.catalogue, self, platform=desk.platform)
        self.status = StatusLine(self)
        self._build()
        self.panes = Panes(self.view.page, self.inspector, self.documents)
        self.menu_actions: dict[str, QAction] = fill_menu_bar(self.menuBar(), desk, self.run_action)
        self.documents.document_chosen.connect(self._on_document_chosen)
        self.view.updated.connect(self._on_updated)
        self.view.touched.connect(self.status.clear_refusal)
        self.inspector.left.connect(self.focus_page)
        workspace.document_opened.add(self._on_document_opened)
        workspace.edited.add(self._on_edited)
        workspace.documents_changed.add(self._on_documents_changed)
        self._show_title()
        self._show_saved()

    @property
    def editor(self) -> Editor | None:
        """The editor of the open document."""
        return self.view.editor

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
        opened = self.workspace.open_document
        if opened is None:
            self.workspace.open_last()
        else:
            self.workspace.open(opened.document.id)
        if self.workspace.open_document is None:
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
        start = anchor_of(editor.annotation(identifier)).start
        editor.place(Selection.at(start), select=identifier)
        self.view.refresh()
        self.focus_page()

    def tell(self, key: str, **values: object) -> None:
        """Show a notice in the status line."""
        self.status.show_notice(self.desk.catalogue.text(key, **values))

    def fail(self, error: UserError) -> None:
        """Say in a box that something could not be written, and show it in the status line."""
        self._show_saved(is_saved=False)
        show_error(self, self.desk.catalogue, error)

    def wear(self, desk: Desk) -> None:
        """Take the look of a desk whose words and keys are the same."""
        self.desk = desk
        self.view.wear(desk)
        tick(self.menu_actions, desk)

    def settle(self) -> None:
        """Commit what is being typed and take note of the place, before something else comes."""
        self.inspector.commit()
        if self.editor is not None:
            self.workspace.remember_place(self.editor.focus)

    def save_layout(self) -> None:
        """Remember sizes for the next window."""
        settings = QSettings()
        settings.setValue(GEOMETRY_SETTING, self.saveGeometry())
        settings.setValue(SPLITTER_SETTING, self._splitter.saveState())
        settings.setValue(LETTERS_SETTING, self.view.points)

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
            self.focus_page()
        elif press is not None and action and (press.ctrl or press.key[1:].isdigit()):
            self.run_action(action)
        elif isinstance(self.focusWidget(), QLabel | None):
            # Nothing there takes keys, e.g. after text of the inspector was selected to copy it.
            self.focus_page()
            event.setAccepted(self.view.handle_key(event))
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit what is being typed and remember where things were."""
        self.settle()
        self.save_layout()
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
        # The frame of the window needs room on a small screen as well.
        room = self.screen().availableSize()
        self.resize(min(1280, room.width()), min(800, room.height() - TITLE_BAR))
        self._restore_layout()

    def _restore_layout(self) -> None:
        settings = QSettings()
        geometry, splitter = settings.value(GEOMETRY_SETTING), settings.value(SPLITTER_SETTING)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(splitter, QByteArray):
            self._splitter.restoreState(splitter)
        with suppress(TypeError, ValueError):
            self.view.set_points(float(str(settings.value(LETTERS_SETTING))))

    def _on_document_opened(self, opened: DocumentOpened) -> None:
        self.inspector.commit()
        editor = self.view.open(opened)
        self.status.clear_refusal()
        editor.noticed.add(self._on_notice)
        editor.failed.add(self.fail)
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
        text = self.desk.catalogue.text
        for direction, step in (
            ("undo", editor.document.next_undo),
            ("redo", editor.document.next_redo),
        ):
            action = self.menu_actions[f"edit.{direction}"]
            action.setEnabled(step is not None)
            title = text(f"action.edit.{direction}")
            if step is not None:
                title = text(f"menu.{direction}", what=text(step.edit.name))
            entitle(action, self.desk, title)

    def _on_edited(self, _: EditApplied) -> None:
        self._show_saved()
        self._show_documents()

    def _on_documents_changed(self, _: None) -> None:
        self._show_documents()
        self._show_title()

    def _on_document_chosen(self, identifier: str) -> None:
        self.settle()
        opened = self.workspace.open_document
        if opened is None or opened.document.id != identifier:
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
        text = self.desk.catalogue.text
        # Qt takes [*] for the place of a sign of unsaved changes, unless it is doubled.
        name = self.workspace.path.stem.replace("[*]", "[*][*]")
        self.setWindowTitle(text("window.title", name=name, program=text("app.name")))

    def _show_saved(self, *, is_saved: bool = True) -> None:
        if self.workspace.is_read_only:
            key = "status.read_only"
        else:
            key = "status.saved" if is_saved else "status.not_saved"
        self.status.show_saved(self.desk.catalogue.text(key))
