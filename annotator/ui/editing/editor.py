"""The editor: what the keys do to the open document, and what is selected. No Qt here.

A key press is first offered to the present mode (its choices), then to the keymap; acts of the
editor run here, all others are wished for from the window. Everything that changes annotations
goes through `perform`, hence through the one door of the open document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Annotation, Event, Mention, Quote, anchor_of
from annotator.core.edits import Edit, Focus
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import Scheme, Wording
from annotator.core.span import Span
from annotator.core.span_index import SpanIndex
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import Refused, UserError
from annotator.ui.editing.choices import Choices, Mode, Notice
from annotator.ui.editing.sight import Sight
from annotator.ui.editing.words import Selection, Words
from annotator.ui.keyboard.keymap import Keymap
from annotator.ui.keyboard.physical import KeyPress
from annotator.workbench.listeners import Listeners
from annotator.workbench.open_document import EditApplied, OpenDocument


@dataclass(frozen=True, slots=True)
class TextWish:
    """The wish to type a value into a field of the inspector."""

    record: RecordId
    field: str


class Editor:
    """One open document under the keys. Implements `Context` for modes and acts."""

    def __init__(
        self,
        document: OpenDocument,
        *,
        catalogue: Catalogue,
        keymap: Keymap,
        sight: Sight,
        acts: Mapping[str, Callable[[Editor], None]],
        place: Focus,
    ) -> None:
        self.document = document
        self.catalogue = catalogue
        self.sight = sight
        self.words = Words(document.document.text, document.segmentation)
        self.changed: Listeners[None] = Listeners()
        self.noticed: Listeners[Notice] = Listeners()
        self.failed: Listeners[UserError] = Listeners()
        self.wished: Listeners[str] = Listeners()
        self.text_wished: Listeners[TextWish] = Listeners()
        self.repeat: tuple[Layer, str] | None = None
        self._keymap = keymap
        self._acts = acts
        self._index = SpanIndex(document.annotations.annotations())
        self._selection = Selection(place.anchor, place.caret)
        self._selected = place.selected
        self._mode: Mode | None = None
        document.edited.add(self._on_edit)

    @property
    def text(self) -> str:
        """The text of the open document."""
        return self.document.document.text

    @property
    def scheme(self) -> Scheme:
        """The scheme of the project."""
        return self.document.scheme

    @property
    def annotations(self) -> AnnotationSet:
        """The set as it is now."""
        return self.document.annotations

    @property
    def selection(self) -> Selection:
        """Anchor and caret."""
        return self._selection

    @property
    def selected(self) -> RecordId | None:
        """The annotation chosen last, if it is still there."""
        return self._selected if self._selected in self.annotations else None

    @property
    def mode(self) -> Mode | None:
        """What the keys mean beside the keymap."""
        return self._mode

    @property
    def focus(self) -> Focus:
        """Where the eye is, for the journal."""
        return Focus(self._selection.anchor, self._selection.caret, self.selected)

    @property
    def current(self) -> Annotation | None:
        """The open annotation, else the selected one if the caret is on it, else the innermost."""
        if self._mode is not None and self._mode.record is not None:
            return self.annotation(self._mode.record)
        here = self.at_caret()
        selected = self.annotations.get(self._selected)
        if isinstance(selected, Mention | Event | Quote) and (
            selected in here or anchor_of(selected).envelope.touches(self._selection.caret)
        ):
            return selected
        return here[0] if here else None

    def annotation(self, identifier: RecordId) -> Annotation:
        """The annotation with this id. Raises `Refused` where there is none."""
        record = self.annotations.get(identifier)
        if not isinstance(record, Mention | Event | Quote):
            raise Refused("refused.no_such_record", identifier=identifier)
        return record

    def at_caret(self) -> list[Annotation]:
        """The annotations under the caret, innermost first."""
        offset = self._selection.caret
        word = self.words.at(offset)
        if word is not None and offset == word.end:
            offset -= 1
        records = map(self.annotation, self._index.covering(offset))
        return [r for r in records if any(s.covers(offset) for s in anchor_of(r).spans)]

    def on_span(self, span: Span) -> list[Annotation]:
        """The annotations whose anchor is exactly this span."""
        records = map(self.annotation, self._index.overlapping(span))
        return [record for record in records if anchor_of(record).spans == (span,)]

    def in_sight(self) -> list[Annotation]:
        """The annotations on the visible part of the page, in reading order."""
        visible = self.sight.visible_span()
        return [] if visible is None else self.overlapping(visible)

    def overlapping(self, span: Span) -> list[Annotation]:
        """The annotations that share a code point with `span`, in reading order.

        The cost follows how many there are, not the size of the document.
        """
        return [self.annotation(identifier) for identifier in self._index.overlapping(span)]

    def neighbour(self, *, forward: bool) -> Annotation | None:
        """The annotation after (before) the current one or the caret, in reading order."""
        current = self.current
        if current is None:
            position = (self._selection.caret, 0, "")
        else:
            anchor = anchor_of(current)
            position = (anchor.start, anchor.end, current.id)
        find = self._index.next_after if forward else self._index.last_before
        found = find(position)
        return None if found is None else self.annotation(found)

    def marked_span(self) -> Span:
        """The trimmed selection, else the word under the caret. Raises `Refused` for neither."""
        span = self._selection.span or self.words.at(self._selection.caret)
        trimmed = self.words.trimmed(span) if span is not None else None
        if trimmed is None:
            raise Refused("refused.nothing_to_mark")
        return trimmed

    def choices(self) -> Choices:
        """The keys of the present mode."""
        return self._mode.choices() if self._mode is not None else ()

    def say(self, wording: Wording) -> str:
        """A wording of the scheme in the language of the interface."""
        return wording.in_language(self.catalogue.language)

    def sentence(self, key: str, **values: object) -> str:
        """A sentence of the catalogue."""
        return self.catalogue.text(key, **values)

    def tell(self, key: str, **values: object) -> None:
        """Show a notice in the status line."""
        self.noticed.tell(Notice(key, tuple(values.items())))

    def tell_refusal(self, key: str, **values: object) -> None:
        """Show a notice that says no."""
        self.noticed.tell(Notice(key, tuple(values.items()), is_refusal=True))

    def ask_for_text(self, record: RecordId, field: str) -> None:
        """Put the cursor into a text field of the inspector."""
        self.text_wished.tell(TextWish(record, field))

    def understands(self, press: KeyPress) -> bool:
        """Whether a key means something now; does nothing."""
        if any(choice.key == press.chord for choice in self.choices()):
            return True
        return self._keymap.action_for(press) is not None

    def press(self, press: KeyPress) -> bool:
        """Do what a key means now; False when it means nothing here."""
        for choice in self.choices():
            if choice.key == press.chord:
                self.attempt(choice.run)
                return True
        is_character = not (press.ctrl or press.alt) and len(press.key) == 1
        if is_character and self._mode is not None and self._mode.is_exclusive():
            self.tell_refusal("refused.no_such_choice", letter=press.key)
            return True
        action = self._keymap.action_for(press)
        if action is None:
            return False
        self.act(action)
        return True

    def act(self, action: str) -> None:
        """Run an act of the editor, or wish for one of the window."""
        act = self._acts.get(action)
        if act is None:
            self.wished.tell(action)
        else:
            self.attempt(lambda: act(self))

    def perform(
        self, edit: Edit, *, select: RecordId | None = None, is_nudge: bool = False
    ) -> None:
        """Apply an edit; `select` becomes the selected annotation."""
        if select is not None:
            before, self._selected = self._selected, select
        try:
            focus = Focus(self._selection.anchor, self._selection.caret, select)
            self.document.perform(edit, focus=focus, is_nudge=is_nudge)
        except (Refused, UserError):
            if select is not None:
                self._selected = before
            raise

    def enter(self, mode: Mode | None) -> None:
        """Go into a mode, or out of all of them."""
        self._mode = mode
        self.changed.tell(None)

    def place(self, selection: Selection, *, select: RecordId | None = None) -> None:
        """Put the caret and the selection somewhere; `select` becomes the selected annotation."""
        length = len(self.text)
        self._selection = Selection(
            min(max(selection.anchor, 0), length), min(max(selection.caret, 0), length)
        )
        if select is not None:
            self._selected = select
        self.document.end_nudge()
        self.changed.tell(None)

    def drop_selection(self) -> None:
        """Leave the caret where it is with nothing selected."""
        self.place(Selection.at(self._selection.caret))

    def deselect(self) -> None:
        """Let no annotation be the selected one."""
        self._selected = None
        self.changed.tell(None)

    def remember_repeat(self, layer: Layer, name: str) -> None:
        """Let R repeat this label or event type."""
        self.repeat = (layer, name)

    def attempt(self, run: Callable[[], None]) -> None:
        """Run something the user asked for; a refusal or failure is told, never raised."""
        try:
            run()
        except Refused as refusal:
            self.noticed.tell(Notice(refusal.key, tuple(refusal.values.items()), is_refusal=True))
        except UserError as error:
            self.failed.tell(error)

    def _on_edit(self, applied: EditApplied) -> None:
        self._index.update(applied.edit)
        mode = self._mode
        if mode is not None and mode.record is not None and mode.record not in applied.after:
            self._mode = None
        self.changed.tell(None)
