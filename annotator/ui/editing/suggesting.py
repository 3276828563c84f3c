"""Going from suggestion to suggestion: one key a decision.

What is under review is always the suggestion at the caret, so that undo, which brings the caret
back, brings the question back, and nothing is ever accepted that the eye is not on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from annotator.core.annotation_set import AnnotationSet
from annotator.core.commands.mentions import EntityChoice
from annotator.core.commands.suggestions import Offer, accept, accept_as, reject
from annotator.core.edits import Edit
from annotator.core.ids import Layer, RecordId
from annotator.core.proposals import Proposal
from annotator.core.scheme import EventType
from annotator.core.span import Span
from annotator.foundation.errors import Refused
from annotator.ui.editing.choices import Choice, Choices, HintMark, paged
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.words import Selection
from annotator.workbench.entities import entity_for
from annotator.workbench.suggesting import SuggestionIndex

if TYPE_CHECKING:
    from annotator.suggest.base import Suggestion

_LONGEST_TEXT = 60
"""Code points of the text that the heading shows."""

_TELLING = 5
"""So many decisions must be there before it is told how many were right."""

_ALL, _NONE = "A", "X"
"""The keys that decide about all alike. No label has them here, whatever its own key is."""


_SO_FAR: Mapping[str, str] = MappingProxyType(
    {
        "choice.accept_alike": "choice.accept_alike_so_far",
        "choice.reject_alike": "choice.reject_alike_so_far",
        "notice.accepted_alike": "notice.accepted_alike_so_far",
        "notice.rejected_alike": "notice.rejected_alike_so_far",
    }
)
"""What is said instead while others alike may stand where nobody has read."""


class SuggestionReview(Struct, frozen=True, dict=True):
    """The mode in which suggestions are decided; `chosen` tells which of several at one place.

    Away from suggestions the keys mean what they always do, and Tab leads on.
    """

    editor: Editor
    index: SuggestionIndex
    chosen: str = ""
    page: int = 0

    record: RecordId | None = None
    hints: tuple[HintMark, ...] = ()

    @property
    def suggestion(self) -> Suggestion | None:
        """The suggestion under review, or None while the caret is at none."""
        here = self.index.read_at(self.editor.selection.caret)
        first = here[0] if here else None
        return next((one for one in here if one.id == self.chosen), first)

    @property
    def heading(self) -> str:
        """The text, what it is proposed to be, and why; and how often that was right so far."""
        editor, suggestion = self.editor, self.suggestion
        if suggestion is None:
            return editor.sentence("legend.no_suggestion_here")
        text = suggestion.fragments.of(editor.text)
        values: dict[str, object] = {
            "text": text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…",
            "label": label_name(editor, suggestion.proposal),
            "reason": editor.sentence(suggestion.reason.key, **dict(suggestion.reason.values)),
        }
        before = self.index.precision(suggestion.proposal.suggester)
        if before.decided < _TELLING:
            return editor.sentence("legend.suggestion", **values)
        values |= {"right": before.accepted, "decided": before.decided}
        return editor.sentence("legend.suggestion_weighed", **values)

    def is_exclusive(self) -> bool:
        """At a suggestion letters and digits decide and do nothing else."""
        return self.suggestion is not None

    def choices(self) -> Choices:
        """Accept, reject, one or all alike; other labels; and on without deciding."""
        editor, suggestion = self.editor, self.suggestion
        return (
            *([] if suggestion is None else self._verdicts(suggestion)),
            Choice("Tab", editor.sentence("choice.next_suggestion"), partial(next_one, editor)),
            Choice(
                "Shift+Tab",
                editor.sentence("choice.previous_suggestion"),
                partial(previous_one, editor),
            ),
            Choice("Escape", editor.sentence("choice.close"), partial(editor.enter, None)),
        )

    def _verdicts(self, suggestion: Suggestion) -> list[Choice]:
        sentence = self.editor.sentence
        name = label_name(self.editor, suggestion.proposal)
        take = sentence("choice.accept", label=self._with_speaker(suggestion, name))
        verdicts = [
            Choice("Enter", take, partial(self._accept, suggestion)),
            Choice("Backspace", sentence("choice.reject"), partial(self._reject, suggestion)),
        ]
        count = self.index.count_alike(suggestion)
        if count > 1:
            is_sure = self.index.knows_all_alike(suggestion)
            accept_all = sentence(_said("choice.accept_alike", is_sure), count=count)
            reject_all = sentence(_said("choice.reject_alike", is_sure), count=count)
            verdicts += [
                Choice(_ALL, accept_all, partial(self._accept_alike, suggestion)),
                Choice(_NONE, reject_all, partial(self._reject_alike, suggestion)),
            ]
        return [*verdicts, *self._labels(suggestion)]

    def _with_speaker(self, suggestion: Suggestion, name: str) -> str:
        speaker = suggestion.details.speaker
        if speaker is None or speaker not in self.editor.annotations:
            return name
        who = self.editor.annotations.mention(speaker).fragments.of(self.editor.text)
        return f"{name} · {self.editor.sentence('choice.speaker', name=who)}"

    def _labels(self, suggestion: Suggestion) -> list[Choice]:
        """The other labels on their keys, or the event types on digits, nearest domain first."""
        editor, proposal = self.editor, suggestion.proposal
        if proposal.layer is Layer.MENTION:
            return [
                Choice(
                    label.key,
                    editor.say(label.name),
                    partial(self._accept_as, suggestion, label.id),
                    label.color,
                    is_filled=label.id == proposal.label,
                )
                for label in editor.scheme.labels
                if label.key not in (None, _ALL, _NONE) and label.is_enabled
            ]
        if proposal.layer is Layer.EVENT:
            kinds = sorted(editor.scheme.event_types, key=partial(_is_far, proposal.label))
            choices = [
                Choice("", editor.say(kind.name), partial(self._accept_as, suggestion, kind.id))
                for kind in kinds
                if kind.id != proposal.label
            ]
            return paged(choices, self.page, editor.sentence("choice.more"), self._turn_to)
        return []

    def _turn_to(self, page: int) -> None:
        self.editor.enter(SuggestionReview(self.editor, self.index, self.chosen, page))

    def _accept(self, suggestion: Suggestion) -> None:
        self._decide(suggestion, self._accepting((suggestion,)), adds=True)

    def _accept_alike(self, suggestion: Suggestion) -> None:
        others = [one for one in self.index.alike(suggestion) if one.id != suggestion.id]
        edit = self._accepting((suggestion, *others))
        self._decide(suggestion, edit, adds=True)
        self._tell_alike("notice.accepted_alike", suggestion, len(others) + 1)

    def _accept_as(self, suggestion: Suggestion, label: str) -> None:
        editor = self.editor
        edit = accept_as(
            editor.annotations,
            editor.scheme,
            _offer(suggestion),
            label,
            entity_for=self._entity,
        )
        self._decide(suggestion, edit, adds=True)
        editor.remember_repeat(suggestion.proposal.layer, label)

    def _reject(self, suggestion: Suggestion) -> None:
        edit = reject(self.editor.annotations, [suggestion.proposal])
        self._decide(suggestion, edit, adds=False)

    def _reject_alike(self, suggestion: Suggestion) -> None:
        alike = self.index.alike(suggestion)
        edit = reject(self.editor.annotations, [one.proposal for one in alike])
        self._decide(suggestion, edit, adds=False)
        self._tell_alike("notice.rejected_alike", suggestion, len(alike))

    def _tell_alike(self, key: str, suggestion: Suggestion, count: int) -> None:
        self.editor.tell(_said(key, self.index.knows_all_alike(suggestion)), count=count)

    def _accepting(self, suggestions: tuple[Suggestion, ...]) -> Edit:
        editor = self.editor
        offers = map(_offer, suggestions)
        return accept(editor.annotations, editor.scheme, offers, entity_for=self._entity)

    def _entity(self, annotations: AnnotationSet, label: str, proposal: Proposal) -> EntityChoice:
        surface = proposal.fragments.of(self.editor.text)
        return entity_for(annotations, self.editor.scheme, label=label, surface=surface)

    def _decide(self, suggestion: Suggestion, edit: Edit, *, adds: bool) -> None:
        """Perform the edit, select what it adds for this suggestion, and go on to the next."""
        editor = self.editor
        made = editor.annotations.next_id(suggestion.proposal.layer) if adds else None
        editor.perform(edit, select=made)
        # What was decided is gone; the next may well begin at the same place.
        found = self.index.next_after(suggestion.span.start - 1)
        if found is None:
            editor.enter(None)
            editor.tell(_why_none(self.index))
        else:
            _review(editor, self.index, found)


def _said(key: str, is_sure: bool) -> str:
    """The sentence about all alike, or the one that admits that there may be more."""
    return key if is_sure else _SO_FAR[key]


def next_one(editor: Editor) -> None:
    """Go to the next suggestion, or to the first from the caret on, and review it."""
    index, here = _index_of(editor), _under_review(editor)
    if here is None:
        found = index.next_after(editor.selection.caret - 1)
    else:
        at_place = index.at(here.span.start)
        later = at_place[_place_of(here, at_place) + 1 :]
        found = later[0] if later else index.next_after(here.span.start)
    _go(editor, index, found)


def previous_one(editor: Editor) -> None:
    """Go to the suggestion before the one under review, or before the caret, and review it."""
    index, here = _index_of(editor), _under_review(editor)
    caret = editor.selection.caret
    at_place = () if here is None else index.at(caret)
    earlier = () if here is None else at_place[: _place_of(here, at_place)]
    if not earlier:
        before = index.previous_before(caret)
        earlier = () if before is None else index.at(before.span.start)
    _go(editor, index, earlier[-1] if earlier else None)


def review(editor: Editor, identifier: str) -> bool:
    """Review the suggestion with this id, which was pointed at; False where none is known so."""
    index = editor.suggestions
    known = () if index is None else index.overlapping(Span(0, max(len(editor.text), 1)))
    found = next((one for one in known if one.id == identifier), None)
    if index is None or found is None:
        return False
    _review(editor, index, found)
    return True


def _go(editor: Editor, index: SuggestionIndex, found: Suggestion | None) -> None:
    if found is None:
        raise Refused(_why_none(index))
    _review(editor, index, found)


def _why_none(index: SuggestionIndex) -> str:
    return "refused.suggestions_pending" if index.is_stale else "refused.no_more_suggestions"


def _review(editor: Editor, index: SuggestionIndex, found: Suggestion) -> None:
    """Review a suggestion where it stands."""
    editor.place(Selection.at(found.span.start))
    editor.enter(SuggestionReview(editor, index, found.id))


def label_name(editor: Editor, proposal: Proposal) -> str:
    """What annotators call the label, event type or quote type of a proposal."""
    scheme = editor.scheme
    if proposal.layer is Layer.MENTION:
        return editor.say(scheme.label(proposal.label).name)
    if proposal.layer is Layer.EVENT:
        return editor.say(scheme.event_type(proposal.label).name)
    return next(editor.say(kind.name) for kind in scheme.quote_types if kind.id == proposal.label)


def _index_of(editor: Editor) -> SuggestionIndex:
    if editor.suggestions is None:
        raise Refused("refused.no_suggestions_here")
    return editor.suggestions


def _under_review(editor: Editor) -> Suggestion | None:
    return editor.mode.suggestion if isinstance(editor.mode, SuggestionReview) else None


def _place_of(suggestion: Suggestion, among: tuple[Suggestion, ...]) -> int:
    return [one.id for one in among].index(suggestion.id)


def _offer(suggestion: Suggestion) -> Offer:
    return Offer(suggestion.proposal, suggestion.details)


def _is_far(event_type: str, kind: EventType) -> bool:
    return kind.id.split(".")[0] != event_type.split(".")[0]


SUGGESTING: Mapping[str, Callable[[Editor], None]] = MappingProxyType(
    {"suggestion.next": next_one, "suggestion.previous": previous_one}
)
