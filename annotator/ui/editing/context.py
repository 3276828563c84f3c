"""What the modes work with: the open document, the selection, and one way to do things."""

from __future__ import annotations

from typing import Protocol

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Annotation
from annotator.core.edits import Edit
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import Scheme, Wording
from annotator.core.span import Span
from annotator.foundation.catalogue import Catalogue
from annotator.ui.editing.choices import Mode
from annotator.ui.editing.words import Selection


class Context(Protocol):
    """The part of the editor that modes and acts may use."""

    @property
    def text(self) -> str:
        """The text of the open document."""

    @property
    def scheme(self) -> Scheme:
        """The scheme of the project."""

    @property
    def catalogue(self) -> Catalogue:
        """The sentences of the interface."""

    @property
    def annotations(self) -> AnnotationSet:
        """The set as it is now."""

    @property
    def selection(self) -> Selection:
        """Anchor and caret."""

    @property
    def current(self) -> Annotation | None:
        """The annotation that acts concern: the open, the selected, or that at the caret."""

    def annotation(self, identifier: RecordId) -> Annotation:
        """The annotation with this id. Raises `Refused` where there is none."""

    def at_caret(self) -> list[Annotation]:
        """The annotations under the caret, innermost first."""

    def on_span(self, span: Span) -> list[Annotation]:
        """The annotations whose anchor is exactly this span."""

    def in_sight(self) -> list[Annotation]:
        """The annotations on the visible part of the page, in reading order."""

    def marked_span(self) -> Span:
        """The trimmed selection, else the word under the caret. Raises `Refused` for neither."""

    def say(self, wording: Wording) -> str:
        """A wording of the scheme in the language of the interface."""

    def sentence(self, key: str, **values: object) -> str:
        """A sentence of the catalogue."""

    def perform(self, edit: Edit, *, select: RecordId | None = None) -> None:
        """Apply an edit; `select` becomes the selected annotation."""

    def enter(self, mode: Mode | None) -> None:
        """Go into a mode, or out of all of them."""

    def drop_selection(self) -> None:
        """Leave the caret where it is with nothing selected."""

    def remember_repeat(self, layer: Layer, name: str) -> None:
        """Let R repeat this label or event type."""

    def tell_losses(self, edit: Edit) -> None:
        """Show what an edit took away besides what was asked, if anything."""

    def ask_for_text(self, record: RecordId, field: str) -> None:
        """Put the cursor into a text field of the inspector."""

    def tell(self, key: str, **values: object) -> None:
        """Show a notice in the status line."""

    def tell_refusal(self, key: str, **values: object) -> None:
        """Show a notice that says no."""
