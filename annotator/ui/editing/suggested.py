"""Suggestions as the page draws them: records that are in no set, with the one under review."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from annotator.core.annotations import (
    Annotation,
    Event,
    Mention,
    MentionTarget,
    Quote,
    QuoteType,
    Record,
    Speaker,
)
from annotator.core.ids import Layer, RecordId
from annotator.core.span import Span
from annotator.ui.editing.editor import Editor

if TYPE_CHECKING:
    from annotator.suggest.base import Suggestion

Find: TypeAlias = Callable[[RecordId], Record | None]


class Suggested(Struct, frozen=True):
    """What `build_scene` takes as suggestions.

    `selected` is the record under review, to be the selected one of the scene; None while nothing
    is reviewed.
    """

    records: tuple[Annotation, ...] = ()
    selected: RecordId | None = None

    def finding(self, find: Find) -> Find:
        """A search that knows the record under review, so that its parts are shown, too."""
        shown = {record.id: record for record in self.records if record.id == self.selected}
        return lambda identifier: shown.get(identifier) or find(identifier)


def suggested(editor: Editor, visible: Span | None) -> Suggested:
    """The suggestions that share text with `visible`, as far as they are known."""
    index = editor.suggestions
    if index is None or visible is None:
        return Suggested()
    reviewed = _reviewed(editor) if editor.mode is not None else None
    records = tuple(map(as_record, index.overlapping(visible)))
    selected = None if reviewed is None else RecordId(reviewed.id)
    return Suggested(records, selected)


def _reviewed(editor: Editor) -> Suggestion | None:
    """The suggestion that is under review, if one is."""
    from annotator.ui.editing.suggesting import SuggestionReview

    return editor.mode.suggestion if isinstance(editor.mode, SuggestionReview) else None


def as_record(suggestion: Suggestion) -> Annotation:
    """The annotation it would become. Its id is that of the suggestion, hence no record's."""
    proposal, details = suggestion.proposal, suggestion.details
    identifier = RecordId(suggestion.id)
    if proposal.layer is Layer.EVENT:
        return Event(identifier, proposal.label, proposal.fragments)
    if proposal.layer is Layer.MENTION:
        return Mention(identifier, proposal.label, proposal.fragments)
    who = None if details.speaker is None else MentionTarget(details.speaker)
    return Quote(
        identifier,
        QuoteType(proposal.label),
        proposal.fragments,
        marks=details.marks,
        cue=details.cue,
        speaker=Speaker(who),
    )
