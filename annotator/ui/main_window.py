"""The window: builds the parts, connects them, and holds no logic of the domain.

The page is what is waited for. What is around it, the lists beside it and the menus above it, is
made when the page was painted first, or when something of it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from annotator.core.edits import Focus
from annotator.core.ids import DocumentId, RecordId
from annotator.foundation.errors import AnnotatorError, Damaged, UserError
from annotator.ui.desk import Desk
from annotator.ui.document_view import DocumentView
from annotator.ui.editing.choices import Notice
from annotator.ui.editing.editor import Editor, TextWish
from annotator.ui.editing.words import Selection
from annotator.ui.first_pause import FirstPaint
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.keyboard.physical import KeyPress
from annotator.ui.late_editing import go_to
from annotator.ui.menu_table import menu_titles
from annotator.ui.messages import show_error, show_failure
from annotator.ui.window_frame import WindowFrame
from annotator.ui.window_parts import WindowParts
from annotator.ui.window_state import restore_state, save_state, window_title
from annotator.workbench.open_document import EditApplied
from annotator.workbench.workspace import DocumentOpened, Workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from annotator.ui.surroundings import Surroundings


class MainWindow(WindowParts):
    """One workspace in a window. `action_wanted` carries the ids of acts of the whole program."""

    action_wanted = Signal(str)
    closing = Signal()

    def __init__(self, workspace: Workspace, desk: Desk) -> None:
        super().__init__()
        self.workspace = workspace
        self.desk = desk
        self.view = DocumentView(desk, self)
        self._frame = WindowFrame(self.view, self)
        self.setCentralWidget(self._frame)
        bar = self.menuBar()
        for title in menu_titles(desk.catalogue):
            bar.addAction(title)
        points, legend = restore_state(self, self._frame.columns)
        if points not in (None, self.view.points):
            self.view.set_points(points)
        if legend is not None:
            self.view.legend_place.keep(legend)
        self.view.updated.connect(self._on_updated)
        self.view.touched.connect(self._on_touched)
        for part in (self.view, self.view.suggesting):
            part.failed.connect(self.give_up)
        workspace.document_opened.add(self._on_document_opened)
        workspace.edited.add(self._on_edited)
        workspace.documents_changed.add(self._show_documents)
        self._is_left = False
        FirstPaint(self.view, self._on_first_paint)

    @property
    def editor(self) -> Editor | None:
        """The editor of the open document."""
        return self.view.editor

    @property
    def is_whole(self) -> bool:
        """Whether all that is around the page is there, and shows what is open."""
        return self.has_surroundings and self.view.legend_place.is_whole

    def run_action(self, identifier: str) -> None:
        """Do what a menu entry or key says: in the editor, else in the program."""
        self._commit()
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
        self.around.saved.note(is_saved=False)
        show_failure(self, self.desk.catalogue, error, self.action_wanted.emit)

    def wear(self, desk: Desk) -> None:
        """Take the look of a desk whose words and keys are the same."""
        self.desk = desk
        self.view.wear(desk)
        if self.has_surroundings:
            self.around.wear(desk)

    def give_up(self, error: UserError) -> None:
        """Take a document away whose annotations turned out to be damaged, and say so."""
        if self.has_surroundings:
            self.around.end()
        self.workspace.give_up()
        self.view.show_failure(self.desk.catalogue.error(error))
        self._show_documents()
        show_error(self, self.desk.catalogue, error)

    def settle(self) -> None:
        """Commit what is being typed and take note of the place, before something else comes."""
        self._commit()
        if self.editor is not None:
            self.workspace.remember_place(self.editor.focus)

    def save_layout(self) -> None:
        """Remember sizes for the next window."""
        view = self.view
        save_state(self, self._frame.columns, points=view.points, legend=view.legend_place.kept)
        if self.has_surroundings:
            self.side.save_layout()

    def detach(self) -> None:
        """Leave the workspace alone: another window takes over, or the project is closed."""
        self._is_left = True
        self.view.rest()
        if self.has_surroundings:
            self.around.rest()
        self.workspace.document_opened.remove(self._on_document_opened)
        self.workspace.edited.remove(self._on_edited)
        self.workspace.documents_changed.remove(self._show_documents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the focused field left over: commands with Ctrl, function keys, Escape."""
        self.make_surroundings()
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
        event.setAccepted(not self.has_surroundings or self.inspector.may_be_left())
        if event.isAccepted():
            self.save_layout()
            self.closing.emit()

    def _surroundings(self) -> Surroundings:
        from annotator.ui.surroundings import Surroundings

        around = Surroundings(self, self.workspace, self.desk, self.view, self.run_action)
        around.failed.connect(self.give_up)
        around.document_chosen.connect(self._on_document_chosen)
        around.left.connect(self.focus_page)
        self._frame.furnish(around.documents, around.side, around.status)
        return around

    def _show_surroundings(self, around: Surroundings) -> None:
        if self.editor is not None:
            around.begin(self.editor)
            self._on_updated()
        around.show_documents()

    def _on_first_paint(self) -> None:
        if self._is_left:
            return
        try:
            self.make_surroundings()
        except AnnotatorError as error:
            show_error(self, self.desk.catalogue, error)
        self.view.legend_place.begin()

    def _commit(self) -> None:
        """Commit what is being typed, if anything can be."""
        if self.has_surroundings:
            self.inspector.commit()

    def _on_document_opened(self, opened: DocumentOpened) -> None:
        self._commit()
        suggest = self.workspace.suggestions_for
        editor = self.view.open(opened, suggest(opened.document, self.desk.lexicon))
        if self.has_surroundings:
            self.status.clear_notice()
        if editor is None:  # what it shows is damaged, which has been told
            return
        editor.noticed.add(self._on_notice)
        editor.failed.add(self.fail)
        editor.wished.add(self.action_wanted.emit)
        editor.text_wished.add(self._on_text_wished)
        if self.has_surroundings:
            self.around.begin(editor)
        self._show_documents()

    def _on_updated(self) -> None:
        editor = self.editor
        if editor is None:
            return
        self.workspace.remember_place(editor.focus)
        if self.has_surroundings:
            try:
                self.around.follow(editor)
            except UserError as error:
                self.give_up(error)

    def _on_touched(self) -> None:
        self.around.hurry()

    def _on_edited(self, _: EditApplied) -> None:
        self.around.take_note(self.workspace.open_line())

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
        if self.workspace.open_document is None and self.editor is not None:
            # The last one has gone to the trash.
            self.view.show_nothing()
            self.side.watch(None)
        if self.has_surroundings:
            self.around.show_documents()


def _is_for_window(press: KeyPress, editor: Editor | None) -> bool:
    """Whether a key that nothing took is the window's: all are where no document is open."""
    return press.ctrl or press.key[1:].isdigit() or editor is None
