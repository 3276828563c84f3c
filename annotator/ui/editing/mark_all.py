"""Marking all places of a name like one of them: reviewed place by place, applied as one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.annotations import Mention
from annotator.core.commands.bulk import mark_all
from annotator.core.commands.mentions import EntityChoice
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import Label
from annotator.core.span import Fragments, Span
from annotator.foundation.errors import Refused
from annotator.ui.editing.choices import Choice, Choices, HintMark, Mode
from annotator.ui.editing.editor import Editor
from annotator.ui.editing.marking import mention_meant, repeat_meant
from annotator.ui.editing.words import Selection
from annotator.workbench.entities import entity_for
from annotator.workbench.occurrences import Occurrence, PlaceState, occurrences

IN_PROJECT = "mark_all.project"
"""The act that goes on into the other documents."""


class Decision(Enum):
    """What has been decided about a place."""

    OPEN = "open"
    TAKEN = "taken"
    LEFT = "left"


class ReviewedPlace(Struct, frozen=True):
    """A place on the page during the review; `is_here` where the review stands."""

    span: Span
    decision: Decision
    is_here: bool


class MarkAllReview(Struct, frozen=True, dict=True):
    """The mode after A: Enter takes a place, Backspace leaves it out, A takes all that are left.

    `template` is what they are marked like, in the set if it `is_stored`. `places` are those that
    are free and those that are marked otherwise; only the free ones are decided about. What was
    taken is marked when the last one is decided, as one step.
    """

    editor: Editor
    template: Mention
    is_stored: bool
    places: tuple[Occurrence, ...]
    at: int
    origin: Selection
    back: Mode | None = None
    decided: Mapping[Span, Decision] = field(default_factory=dict)

    hints: tuple[HintMark, ...] = ()

    @property
    def record(self) -> RecordId | None:
        """The mention that all are marked like: the review ends where it is taken away."""
        return self.template.id if self.is_stored else None

    @property
    def heading(self) -> str:
        """What is marked as what, which place this is, and how many are marked otherwise."""
        sentence, free = self.editor.sentence, self._free()
        parts = [
            sentence(
                "legend.mark_all",
                text=self.template.fragments.of(self.editor.text),
                label=self._label_name(self.template.label),
            )
        ]
        here = self.places[self.at]
        if here.state is PlaceState.FREE:
            number = free.index(here.span) + 1
            parts.append(sentence("legend.mark_all_place", number=number, count=len(free)))
        elif here.other is not None:
            name = self._label_name(here.other.label)
            text = here.other.fragments.of(self.editor.text)
            parts.append(sentence("legend.marked_otherwise", text=text, label=name))
        others = len(self.places) - len(free)
        if others:
            parts.append(sentence("legend.others_marked", count=others))
        return " — ".join(parts)

    @property
    def color(self) -> str:
        """The colour of the label."""
        return self.editor.scheme.label(self.template.label).color

    @property
    def reviewed(self) -> tuple[ReviewedPlace, ...]:
        """The free places with what has been decided about them."""
        here = self.places[self.at].span
        return tuple(
            ReviewedPlace(span, self.decided.get(span, Decision.OPEN), span == here)
            for span in self._free()
        )

    def is_exclusive(self) -> bool:
        """Letters and digits answer here and nothing else."""
        return True

    def choices(self) -> Choices:
        """Take, leave out, take all the rest, to and fro, drop everything."""
        sentence = self.editor.sentence
        decide = []
        if self.places[self.at].state is PlaceState.FREE:
            take, leave = (
                partial(self._decide, Decision.TAKEN),
                partial(self._decide, Decision.LEFT),
            )
            decide = [
                Choice("Enter", sentence("choice.take_place"), take, self.color),
                Choice("Backspace", sentence("choice.leave_place"), leave),
            ]
        rest = sentence("choice.take_rest", count=len(self._undecided()))
        on, back = sentence("choice.next_place"), sentence("choice.previous_place")
        return (
            *decide,
            Choice("A", rest, self._take_rest, self.color),
            Choice("N", on, partial(self._step, 1)),
            Choice("P", back, partial(self._step, -1)),
            *(self._arrow(key, on, 1) for key in ("Left", "Down")),
            *(self._arrow(key, back, -1) for key in ("Right", "Up")),
            Choice("Escape", sentence("choice.drop_review"), self._drop),
        )

    def _arrow(self, key: str, title: str, step: int) -> Choice:
        return Choice(key, title, partial(self._step, step), is_unlisted=True)

    def show(self) -> None:
        """Go to the place the review stands at."""
        span = self.places[self.at].span
        self.editor.enter(self)
        self.editor.place(Selection(span.start, span.end))

    def _decide(self, decision: Decision) -> None:
        here = self.places[self.at].span
        decided = replace(self, decided={**self.decided, here: decision})
        open_places = decided._undecided()
        if not open_places:
            decided._finish()
            return
        following = next((span for span in open_places if span.start > here.start), open_places[0])
        decided._go_to(following)

    def _take_rest(self) -> None:
        taken = dict.fromkeys(self._undecided(), Decision.TAKEN)
        replace(self, decided={**self.decided, **taken})._finish()

    def _finish(self) -> None:
        """Mark what was taken and is still free, as one step, and go back to the begin."""
        editor = self.editor
        taken = {span for span in self._free() if self.decided.get(span) is Decision.TAKEN}
        chosen = taken & free_places(_found(editor, self.template))
        editor.enter(self.back)
        editor.place(self.origin)
        if not chosen:
            editor.tell("notice.marked_none")
            return
        entity = _entity_of(editor, self.template)
        edit = mark_all(editor.annotations, editor.scheme, self.template, chosen, entity)
        editor.perform(edit, select=self.record)
        editor.drop_selection()
        editor.remember_repeat(Layer.MENTION, self.template.label)
        editor.tell(
            "notice.marked_all",
            text=self.template.fragments.of(editor.text),
            label=self._label_name(self.template.label),
            count=len(chosen),
        )

    def _drop(self) -> None:
        self.editor.enter(self.back)
        self.editor.place(self.origin)

    def _step(self, step: int) -> None:
        replace(self, at=(self.at + step) % len(self.places)).show()

    def _go_to(self, span: Span) -> None:
        spans = [place.span for place in self.places]
        replace(self, at=spans.index(span)).show()

    def _free(self) -> list[Span]:
        return [place.span for place in self.places if place.state is PlaceState.FREE]

    def _undecided(self) -> list[Span]:
        return [span for span in self._free() if span not in self.decided]

    def _label_name(self, label: str) -> str:
        scheme = self.editor.scheme
        return self.editor.say(scheme.label(label).name) if scheme.has_label(label) else label


def review_all(editor: Editor) -> None:
    """Show every place where the text of the mention stands that is meant, to decide about each.

    With no mention here: of the selection, or the word, with the label used last. Where the whole
    document is done, it goes on into the project.
    """
    template = template_meant(editor)
    found = _found(editor, template)
    places = tuple(place for place in found if place.state is not PlaceState.SAME)
    free = free_places(places)
    text = template.fragments.of(editor.text)
    if not free:
        editor.tell("notice.all_marked_otherwise" if places else "notice.all_marked", text=text)
        editor.wished.tell(IN_PROJECT)
        return
    begin = template.fragments.start
    first = min(free, key=lambda span: (span.start < begin, span))
    at = [place.span for place in places].index(first)
    stored = editor.annotations.get(template.id) == template
    MarkAllReview(editor, template, stored, places, at, editor.selection, editor.mode).show()


def template_meant(editor: Editor) -> Mention:
    """The mention that all places are to be marked like. Raises `Refused` for none."""
    mention = mention_meant(editor)
    if mention is not None:
        editor.scheme.label(mention.label)
        return mention
    label = repeat_meant(editor) if _repeats_label(editor) else None
    if not isinstance(label, Label):
        raise Refused("refused.mark_all_like_what")
    span = editor.marked_span()
    identifier = editor.annotations.next_id(Layer.MENTION)
    return Mention(identifier, label.id, Fragments((span,)))


def can_review(editor: Editor) -> bool:
    """Whether there is something that all could be marked like; looks for nothing."""
    try:
        return template_meant(editor).fragments.is_contiguous
    except Refused:
        return False


def _repeats_label(editor: Editor) -> bool:
    return editor.repeat is not None and editor.repeat[0] is Layer.MENTION


def free_places(places: tuple[Occurrence, ...]) -> set[Span]:
    """Where nothing is marked."""
    return {place.span for place in places if place.state is PlaceState.FREE}


def _found(editor: Editor, template: Mention) -> tuple[Occurrence, ...]:
    return occurrences(
        editor.document.document,
        editor.annotations,
        template,
        scheme=editor.scheme,
        index=editor.search.index,
    )


def _entity_of(editor: Editor, template: Mention) -> EntityChoice:
    """The entity of the template, else the one a new mention of its text would get."""
    if template.entity is not None:
        return template.entity
    surface = template.fragments.of(editor.text)
    return entity_for(editor.annotations, editor.scheme, label=template.label, surface=surface)


MARKING_ALL: Mapping[str, Callable[[Editor], None]] = MappingProxyType(
    {"mark_all.start": review_all}
)
