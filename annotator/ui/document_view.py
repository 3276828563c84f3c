"""The page with its heading and legend: turns the editor's state into what is seen, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.document import Document, Segmentation, Source
from annotator.core.ids import DocumentId
from annotator.core.span import Span
from annotator.foundation.errors import UserError
from annotator.foundation.settings import POINTS
from annotator.ui.desk import Desk
from annotator.ui.editing.editor import Editor
from annotator.ui.find_place import FindPlace
from annotator.ui.keyboard.from_qt import key_press_from
from annotator.ui.keyboard.wording import cap_of
from annotator.ui.labels import ElidedLabel, isolated
from annotator.ui.late_editing import Overlaid
from annotator.ui.legend_place import LegendPlace
from annotator.ui.page_look import page_style
from annotator.ui.page_scene import page_scene
from annotator.ui.pointing import Pointer
from annotator.ui.scheme_acts import scheme_acts, scheme_keymap
from annotator.ui.suggesting import Suggesting
from annotator.ui.textview.widget import Page
from annotator.workbench.suggesting import SuggestionIndex
from annotator.workbench.workspace import DocumentOpened

if TYPE_CHECKING:
    from annotator.ui.find_bar import FindBar
    from annotator.ui.legend_bar import LegendBar

_NOTHING = Document(DocumentId("none"), "", Source(None, ""))
ZOOM_STEP = 1.1


class DocumentView(QWidget):
    """Heading, page and legend of the open document.

    Emits `touched` when a key or the mouse begins something, and `updated` after the page shows
    the editor's state. The page follows the caret when a key was pressed or the caret has moved,
    never merely because an annotation has changed: somebody may have scrolled away to look.
    """

    touched = Signal()
    updated = Signal()
    failed = Signal(UserError)
    """What the page should show cannot be read."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._editor: Editor | None = None
        self._index: SuggestionIndex | None = None
        self._keymap = desk.keymap
        self._points = desk.settings.points
        self._caret: int | None = None
        self._is_caret_in_sight = True
        self._is_pointed = False
        self._is_resting = False
        self._heading = ElidedLabel(self, name="panelTitle")
        self._heading.setContentsMargins(16, 8, 16, 4)
        self.page = Page(self.handle_key, style=page_style(desk, self._points), parent=self)
        self.page.set_code_points(desk.settings.shows_code_points)
        self._pointer = Pointer(self.page, self)
        self.page.setAccessibleName(desk.catalogue.text("panel.page"))
        self._find = FindPlace(desk, self)
        self._find.left.connect(self.page.setFocus)
        self.suggesting = Suggesting(self)
        self.legend_place = LegendPlace(desk.theme, self)
        self.legend_place.failed.connect(self.failed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._heading)
        layout.addWidget(self.page, 1)
        layout.addWidget(self._find)
        layout.addWidget(self.legend_place)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._on_later)
        self.page.installEventFilter(self)
        self._pointer.touched.connect(self._on_pointed)
        self._pointer.dragging.connect(self._on_dragging)
        self.page.scrolled.connect(self._on_scrolled)
        self.page.zoom_requested.connect(self.zoom)

    @property
    def desk(self) -> Desk:
        """What the view was given: words, colours, keys and the rest."""
        return self._desk

    @property
    def editor(self) -> Editor | None:
        """The editor of the open document."""
        return self._editor

    @property
    def find_bar(self) -> FindBar:
        """What asks for the words to find: between page and legend."""
        return self._find.bar

    @property
    def heading(self) -> str:
        """What stands above the page."""
        return self._heading.text()

    @property
    def points(self) -> float:
        """The size of the letters on the page."""
        return self._points

    def set_points(self, points: float) -> None:
        """Give the letters on the page another size, within what can be read."""
        self._points = POINTS.clip(points)
        self.page.set_style(page_style(self._desk, self._points))

    def wear(self, desk: Desk) -> None:
        """Take another look: theme and settings of `desk`; the words stay those there are.

        Letters that were made larger or smaller stay so beside the usual size.
        """
        zoom = self._points / self._desk.settings.points
        self._desk = desk
        self.page.set_code_points(desk.settings.shows_code_points)
        self.set_points(desk.settings.points * zoom)
        self.legend_place.set_theme(desk.theme)
        self._suggest(self._index)
        self.refresh()

    def _suggest(self, index: SuggestionIndex | None) -> None:
        """Suggest from the index in the open document, if that is wanted."""
        self._index, editor = index, self._editor
        if editor is not None:
            editor.suggest_from(index if self._desk.settings.suggests else None)
        self.suggesting.watch(editor)

    def show_nothing(self) -> None:
        """Say how documents come into an empty project."""
        chords = self._desk.keymap.chords_of("project.import")
        chord = cap_of(self._desk.catalogue, chords[0]) if chords else "–"
        self.show_failure("")
        self._heading.setText(self._desk.catalogue.text("shell.no_documents", chord=chord))

    def show_failure(self, sentence: str) -> None:
        """Show no document, but why there is none."""
        self._later.stop()
        self._editor = self._index = None
        self.suggesting.watch(None)
        self._pointer.work_on(None)
        self._find.attach(None)
        self.page.show_document(_NOTHING, Segmentation((), (), ()))
        self.legend_place.clear()
        self._heading.setText(sentence)

    def open(
        self, opened: DocumentOpened, suggestions: SuggestionIndex | None = None
    ) -> Editor | None:
        """Put a document on the page, with the caret where it was left; None where that fails."""
        document = opened.document
        self._keymap = scheme_keymap(self._desk.keymap, document.scheme)
        self.page.show_document(document.document, document.segmentation)
        self._editor = Editor(
            document,
            catalogue=self._desk.catalogue,
            keymap=self._keymap,
            sight=self.page,
            acts=Overlaid(scheme_acts(document.scheme), self._desk.acts),
            place=opened.place,
        )
        self._pointer.work_on(self._editor)
        self._editor.changed.add(self._on_changed)
        self._find.attach(self._editor)
        self._suggest(suggestions)
        metadata = document.document.metadata
        parts = (document.document.name, metadata.outlet, metadata.published)
        self._heading.setText("  ·  ".join(isolated(part) for part in parts if part))
        self.refresh()
        return self._editor

    def handle_key(self, event: QKeyEvent) -> bool:
        """Give a key event to the editor by its physical key; False when it means nothing.

        A shortcut override is only answered: it asks whether the key will be wanted.
        """
        press = key_press_from(event, self._desk.platform)
        if press is None or self._editor is None:
            return False
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if self._pointer.is_dragging and press.key == "Escape":
            if not is_asked:
                self._pointer.cancel()
            return True
        if is_asked:
            return self._editor.understands(press)
        self.touched.emit()
        is_handled = self._editor.press(press)
        if self._later.isActive():
            self.refresh()
        return is_handled

    def refresh(self) -> None:
        """Show the editor's state on the page now, and bring the caret into sight."""
        self._caret = None
        self._on_later()

    def _on_later(self) -> None:
        self._later.stop()
        if self._editor is not None and not self._is_resting:
            try:
                self._update(self._editor)
            except UserError as error:
                self.failed.emit(error)

    def _update(self, editor: Editor) -> None:
        if editor.selection.caret != self._caret:
            self._caret = editor.selection.caret
            # What is pointed at is in sight already, and must not run away under the pointer.
            if not (self._is_pointed or self.page.is_pressed):
                self.page.ensure_visible(_caret_span(editor))
        self._is_pointed = False
        self._is_caret_in_sight = self._sees_caret(editor)
        self._show_scene(editor)
        self.legend_place.follow(editor, self._keymap)
        self.updated.emit()

    @property
    def legend(self) -> LegendBar:
        """The legend, saying what the keys do now."""
        return self.legend_place.bar

    def rest(self) -> None:
        """Do nothing more by itself: the project is closed, or another window takes over."""
        self._is_resting = True
        self._later.stop()
        self.legend_place.stop()
        self.suggesting.watch(None)

    def zoom(self, steps: int) -> None:
        """Larger (positive) or smaller letters; 0 goes back to the usual size."""
        points = self._desk.settings.points if steps == 0 else self._points * ZOOM_STEP**steps
        self.set_points(points)
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the caret in sight when the page gets smaller, e.g. under a legend of many keys."""
        if event.type() == QEvent.Type.Resize and self._is_caret_in_sight:
            self._caret = None
            self._later.start()
        return super().eventFilter(watched, event)

    def _sees_caret(self, editor: Editor) -> bool:
        return self.page.visible_span().touches(editor.selection.caret)

    def _show_scene(self, editor: Editor) -> None:
        language, visible = self._desk.catalogue.language, self.page.visible_span()
        moved = self._pointer.preview
        self.page.show_scene(page_scene(editor, language=language, visible=visible, moved=moved))

    def _on_pointed(self) -> None:
        self._is_pointed = True
        self.touched.emit()

    def _on_dragging(self) -> None:
        if self._editor is not None:
            self._show_scene(self._editor)

    def _on_changed(self, _: None) -> None:
        if not self._later.isActive():
            self._later.start()

    def _on_scrolled(self) -> None:
        editor = self._editor
        if editor is None:
            return
        try:
            self._show_scene(editor)
        except UserError as error:
            self.failed.emit(error)
            return
        if editor.mode is not None:  # its choices may be what is in sight
            self.legend_place.follow(editor, self._keymap)
        if not self._later.isActive():
            self._is_caret_in_sight = self._sees_caret(editor)


def _caret_span(editor: Editor) -> Span:
    caret = min(editor.selection.caret, max(len(editor.text) - 1, 0))
    return Span(caret, caret + 1)
