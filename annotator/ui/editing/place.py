"""Where the eye is in an open document: caret and selection, and the annotations that are there."""

from __future__ import annotations

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Annotation, Event, Mention, Quote, anchor_of
from annotator.core.edits import Focus
from annotator.core.ids import RecordId
from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.foundation.errors import Refused
from annotator.ui.editing.sight import Sight
from annotator.ui.editing.words import Selection, Words
from annotator.workbench.open_document import OpenDocument


class Place:
    """A place in one open document; asks and never changes anything but itself."""

    def __init__(self, document: OpenDocument, *, sight: Sight, focus: Focus) -> None:
        self.document = document
        self.sight = sight
        self.words = Words(document.document.text, document.segmentation)
        self._selection = Selection(focus.anchor, focus.caret)
        self._selected = focus.selected
        self._found: tuple[AnnotationSet | None, int, list[Annotation]] = (None, 0, [])

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
    def focus(self) -> Focus:
        """Where the eye is, for the journal."""
        return Focus(self._selection.anchor, self._selection.caret, self.selected)

    def annotation(self, identifier: RecordId) -> Annotation:
        """The annotation with this id. Raises `Refused` where there is none."""
        record = self.annotations.get(identifier)
        if not isinstance(record, Mention | Event | Quote):
            raise Refused("refused.no_such_record", identifier=identifier)
        return record

    def here(self) -> Annotation | None:
        """The selected annotation if the caret is on it, else the innermost under the caret."""
        under = self.at_caret()
        selected = self.annotations.get(self._selected)
        if isinstance(selected, Mention | Event | Quote) and (
            selected in under or anchor_of(selected).envelope.touches(self._selection.caret)
        ):
            return selected
        return under[0] if under else None

    def at_caret(self) -> list[Annotation]:
        """The annotations under the caret, innermost first."""
        # Asked by many for the same place: the legend alone asks for every key it might show.
        annotations, caret, found = self._found
        if annotations is not self.annotations or caret != self._selection.caret:
            found = self._under(self._selection.caret)
            self._found = self.annotations, self._selection.caret, found
        return list(found)

    def _under(self, offset: int) -> list[Annotation]:
        found = self._covering(offset)
        before = self._covering(offset - 1) if offset else found
        # Only where that makes a difference is the word looked for: words are slow to find first.
        if found == before:
            return found
        word = self.words.at(offset)
        return before if word is not None and offset == word.end else found

    def _covering(self, offset: int) -> list[Annotation]:
        records = map(self.annotation, self.annotations.covering(offset))
        return [r for r in records if any(s.covers(offset) for s in anchor_of(r).spans)]

    def on_span(self, span: Span) -> list[Annotation]:
        """The annotations whose anchor is exactly this span."""
        return list(self.annotations.at((span,)))

    def in_sight(self) -> list[Annotation]:
        """The annotations on the visible part of the page, in reading order."""
        visible = self.sight.visible_span()
        return [] if visible is None else self.overlapping(visible)

    def overlapping(self, span: Span) -> list[Annotation]:
        """The annotations that share a code point with `span`, in reading order.

        The cost follows how many there are, not the size of the document.
        """
        return [self.annotation(identifier) for identifier in self.annotations.overlapping(span)]

    def neighbour(self, *, forward: bool) -> Annotation | None:
        """The next (last) annotation in reading order that starts after (before) the caret.

        From an annotation that starts at the caret it goes on to the one after (before) that; the
        one under the caret is never its own neighbour.
        """
        caret, here = self._selection.caret, self.here()
        starts_here = here is not None and anchor_of(here).start >= caret
        place = here if here is not None and starts_here else caret
        if forward:
            found = self.annotations.places.next_after(place)
        else:
            found = self.annotations.places.last_before(place)
            if here is not None and found == here.id:
                found = self.annotations.places.last_before(here)
        return None if found is None else self.annotation(found)

    def marked_span(self) -> Span:
        """The trimmed selection, else the word under the caret. Raises `Refused` for neither."""
        span = self._selection.span or self.words.at(self._selection.caret)
        trimmed = self.words.trimmed(span) if span is not None else None
        if trimmed is None:
            raise Refused("refused.nothing_to_mark")
        return trimmed
