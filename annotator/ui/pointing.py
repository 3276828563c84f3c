"""What the mouse does: it selects letters, tokens and sentences, and annotations; drags boundaries.

What is dragged is seen at once and happens when the button is let go: through the editor, as one
step that can be undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal

from annotator.core.annotations import Annotation, anchor_of
from annotator.core.edits import Edit
from annotator.core.ids import RecordId
from annotator.core.span import Span
from annotator.foundation.errors import Refused
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.words import Selection
from annotator.ui.late_editing import move_anchor, review
from annotator.ui.textview.widget import Page

if TYPE_CHECKING:
    from annotator.ui.textview.edges import Edge
    from annotator.ui.textview.hit import Hit

LONGEST_TOKEN = 60
"""Code points on either side of the pointer among which the edge of a token is sought."""


class Press(Struct, frozen=True):
    """Where the button went down (a code point) and with how many clicks (1 to 3).

    One click grows by tokens once it is dragged, two by words, three by sentences.
    """

    offset: int
    clicks: int


class Drag(Struct, frozen=True):
    """An edge on its way: the boundaries that would be new, None for the one that stays."""

    edge: Edge
    start: int | None
    end: int | None

    def edit(self, editor: Editor) -> Edit:
        """What letting go would do. Raises `Refused` where it cannot be done."""
        annotations = editor.annotations
        return move_anchor(annotations, self.edge.id, start=self.start, end=self.end)


class Pointer(QObject):
    """The mouse on one page. `touched` is told when it begins something, `dragging` when what is
    being dragged looks different now.
    """

    touched = Signal()
    dragging = Signal()

    def __init__(self, page: Page, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._editor: Editor | None = None
        self._pressed = Press(0, 1)
        self._drag: Drag | None = None
        page.pressed_at.connect(self._on_pressed)
        page.dragged_to.connect(self._on_dragged)
        page.clicked.connect(self._on_clicked)
        page.annotation_clicked.connect(self._on_annotation_clicked)
        page.edge_dragged.connect(self._on_edge_dragged)
        page.edge_released.connect(self._on_edge_released)
        page.menu_opening.connect(self._on_menu)

    def work_on(self, editor: Editor | None) -> None:
        """From now on the mouse is about this editor's document; None for no document."""
        self._editor = editor
        self._drag = None

    @property
    def is_dragging(self) -> bool:
        """Whether a boundary is being dragged."""
        return self._drag is not None

    @property
    def preview(self) -> Annotation | None:
        """What the dragged annotation would be if it were let go now; None where it could not."""
        editor, drag = self._editor, self._drag
        if editor is None or drag is None:
            return None
        try:
            changes = drag.edit(editor).changes
        except Refused:
            return None
        after = [change.after for change in changes if change.id == drag.edge.id]
        return next((record for record in after if isinstance(record, Annotation)), None)

    def cancel(self) -> None:
        """Leave the boundary where it was."""
        self._drag = None
        self._page.let_go()
        self.dragging.emit()

    def _on_pressed(self, offset: int, modifiers: object, clicks: int) -> None:
        editor = self._editor
        if editor is None:
            return
        self.touched.emit()
        extends = clicks == 1 and _has(modifiers, Qt.KeyboardModifier.ShiftModifier)
        begun = editor.selection.anchor if extends else offset
        self._pressed = Press(begun, clicks)
        editor.place(dragged(editor, self._pressed, offset, is_exact=extends))

    def _on_dragged(self, offset: int, modifiers: object) -> None:
        """Grow the selection to whole tokens or sentences; with Alt to the exact letter."""
        editor = self._editor
        if editor is not None:
            is_exact = _has(modifiers, Qt.KeyboardModifier.AltModifier)
            editor.place(dragged(editor, self._pressed, offset, is_exact=is_exact))

    def _on_clicked(self, hit: Hit) -> None:
        """Select the innermost annotation there; clicked on again, the next outer one."""
        editor = self._editor
        if editor is None:
            return
        around = [identifier for identifier in hit.around if identifier in editor.annotations]
        if around:
            editor.place(Selection.at(hit.offset), select=_next_outer(around, editor.selected))

    def _on_annotation_clicked(self, identifier: str) -> None:
        """Select it; the caret goes there, because what is meant is what the caret touches.

        What is only suggested is reviewed.
        """
        editor = self._editor
        if editor is None:
            return
        self.touched.emit()
        if identifier not in editor.annotations:
            review(editor, identifier)
            return
        record = RecordId(identifier)
        anchor = anchor_of(editor.annotation(record))
        is_there = anchor.envelope.touches(editor.selection.caret)
        selection = editor.selection if is_there else Selection.at(anchor.start)
        editor.place(selection, select=record)

    def _on_edge_dragged(self, edge: Edge, offset: int, modifiers: object) -> None:
        """Move the boundary to the nearest edge of a token; with Alt to the exact letter."""
        editor = self._editor
        if editor is None or edge.id not in editor.annotations:
            return
        if self._drag is None:
            self.touched.emit()
        if not _has(modifiers, Qt.KeyboardModifier.AltModifier):
            offset = snapped(editor, offset, is_end=edge.moves_end(offset))
        self._drag = Drag(edge, *edge.moved_to(offset))
        self.dragging.emit()

    def _on_edge_released(self) -> None:
        editor, drag, self._drag = self._editor, self._drag, None
        if editor is not None and drag is not None:
            editor.attempt(lambda: _let_fall(editor, drag))
            self.dragging.emit()

    def _on_menu(self, hit: Hit) -> None:
        """Select what the menu will be about, unless it is asked for on the selection."""
        editor = self._editor
        if editor is None:
            return
        span = editor.selection.span
        if span is not None and span.touches(hit.offset):
            return
        self.touched.emit()
        if hit.handle is not None:
            self._on_annotation_clicked(hit.handle)
            return
        around = [identifier for identifier in hit.around if identifier in editor.annotations]
        keeps = editor.selected in around
        selected = editor.selected if keeps else next(iter(around), None)
        editor.place(Selection.at(hit.offset), select=selected)


def _let_fall(editor: Editor, drag: Drag) -> None:
    """Move the boundary; the caret goes there, so that the annotation is the current one."""
    editor.perform(drag.edit(editor), select=drag.edge.id)
    place = drag.start if drag.start is not None else drag.end
    if place is not None:
        editor.place(Selection.at(place), select=drag.edge.id)


def _next_outer(around: list[RecordId], selected: RecordId | None) -> RecordId:
    """The annotation after the selected one, going round; the innermost if it is none of them."""
    if selected not in around:
        return around[0]
    return around[(around.index(selected) + 1) % len(around)]


def snapped(editor: Editor, offset: int, *, is_end: bool) -> int:
    """The start or end of a token that is nearest to `offset`."""
    near = Span(max(offset - LONGEST_TOKEN, 0), offset + LONGEST_TOKEN)
    tokens = editor.document.segmentation.tokens_in(near)
    edges = [token.end if is_end else token.start for token in tokens]
    return min(edges, key=lambda edge: abs(edge - offset), default=offset)


def dragged(editor: Editor, press: Press, offset: int, *, is_exact: bool) -> Selection:
    """What is selected from a press to `offset`.

    The unit that was pressed on stays selected, whichever way the mouse goes from there.
    """
    units = [] if is_exact else _units(editor, press, offset)
    if not units:
        return Selection(press.offset, offset)
    start, end = min(unit.start for unit in units), max(unit.end for unit in units)
    return Selection(end, start) if offset < press.offset else Selection(start, end)


def _units(editor: Editor, press: Press, offset: int) -> list[Span]:
    """The tokens or sentences that a drag has reached; none for a mere click."""
    low, high = sorted((press.offset, offset))
    snapped = editor.words.snapped(Span(low, high)) if low < high else None
    segmentation = editor.document.segmentation
    match press.clicks:
        case 1:
            units = [snapped]
        case 2:
            units = [editor.words.at(press.offset), snapped]
        case _:
            units = [segmentation.sentence_at(place) for place in (low, high)]
    return [unit for unit in units if unit is not None]


def _has(modifiers: object, wanted: Qt.KeyboardModifier) -> bool:
    return isinstance(modifiers, Qt.KeyboardModifier) and bool(modifiers & wanted)
