"""Choosing a mention, entity, quote, event or piece of text to fill a role or a quote's part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from annotator.core.annotations import (
    Annotation,
    Event,
    EventTarget,
    ImplicitTarget,
    Mention,
    MentionTarget,
    Quote,
    QuoteTarget,
    SpanTarget,
    Target,
    anchor_of,
)
from annotator.core.ids import RecordId
from annotator.core.scheme import FillerKind
from annotator.core.span import Fragments, Span
from annotator.ui.editing.choices import Choice, Choices, HintMark, Mode
from annotator.ui.editing.context import Context
from annotator.ui.editing.hints import hint_codes
from annotator.workbench.entities import entities_to_offer

DIGITS = "123456789"


@dataclass(frozen=True, slots=True)
class Admission:
    """Which targets a place takes: kinds of filler, and labels (empty means any)."""

    kinds: frozenset[FillerKind]
    labels: frozenset[str] = frozenset()

    def admits(self, record: Annotation) -> bool:
        """Whether this annotation may be the target."""
        match record:
            case Mention():
                return FillerKind.MENTION in self.kinds and self.admits_label(record.label)
            case Event():
                return FillerKind.EVENT in self.kinds
            case Quote():
                return FillerKind.QUOTE in self.kinds

    def admits_label(self, label: str) -> bool:
        """Whether mentions and entities with this label may be the target."""
        return not self.labels or label in self.labels


def target_of(record: Annotation) -> Target:
    """The target that names this annotation."""
    match record:
        case Mention():
            return MentionTarget(record.id)
        case Event():
            return EventTarget(record.id)
        case Quote():
            return QuoteTarget(record.id)


def direct_target(context: Context, admission: Admission, away_from: Fragments) -> Target | None:
    """The target that needs no choosing: what is selected, or the mention under the caret.

    While the caret still stands in `away_from` (the trigger, the content) nothing was pointed at
    yet, so the answer is None and hint letters are offered.
    """
    span = context.selection.span
    if span is not None:
        return selected_target(context, admission, context.marked_span())
    if away_from.envelope.touches(context.selection.caret):
        return None
    for record in context.at_caret():
        if isinstance(record, Mention) and admission.admits(record):
            return MentionTarget(record.id)
    return None


def selected_target(context: Context, admission: Admission, span: Span) -> Target | None:
    """The admitted annotation on exactly this span, mentions first, else the span itself."""
    admitted = [record for record in context.on_span(span) if admission.admits(record)]
    admitted.sort(key=lambda record: not isinstance(record, Mention))
    if admitted:
        return target_of(admitted[0])
    if FillerKind.SPAN in admission.kinds:
        return SpanTarget(Fragments((span,)))
    return None


@dataclass(frozen=True)
class TargetPicker:
    """The mode in which one key names a target: hint letters, entities on digits, Enter."""

    context: Context
    record: RecordId
    heading: str
    admission: Admission
    take: Callable[[Target], None]
    back: Mode
    prefix: str = ""
    page: int = 0
    excluded: frozenset[RecordId] = field(default=frozenset())

    @property
    def hints(self) -> tuple[HintMark, ...]:
        """A code over every admitted annotation on the screen, the nearest ones shortest."""
        return tuple(
            HintMark(record.id, anchor_of(record).start, code[len(self.prefix) :])
            for record, code in self._coded()
            if code.startswith(self.prefix)
        )

    def is_exclusive(self) -> bool:
        """Letters and digits name targets here and nothing else."""
        return True

    def choices(self) -> Choices:
        """Hint letters, digits for entities the text does not mention here, Enter, Escape."""
        sentence = self.context.sentence
        last = (
            Choice("Enter", sentence("choice.take_selection"), self._take_selection),
            Choice("Escape", sentence("choice.back"), lambda: self.context.enter(self.back)),
        )
        return (*self._letters(), *self._entities(), *last)

    def _letters(self) -> list[Choice]:
        letters: dict[str, list[tuple[Annotation, str]]] = {}
        for record, code in self._coded():
            if code.startswith(self.prefix):
                letters.setdefault(code[len(self.prefix)], []).append((record, code))
        return [self._letter(key, options) for key, options in letters.items()]

    def _letter(self, key: str, options: list[tuple[Annotation, str]]) -> Choice:
        record, code = options[0]
        if len(code) > len(self.prefix) + 1:
            deeper = replace(self, prefix=self.prefix + key)
            return Choice(key, "…", lambda: self.context.enter(deeper))
        title = anchor_of(record).of(self.context.text)
        return Choice(key, title, lambda: self._done(target_of(record)), self._color(record))

    def _color(self, record: Annotation) -> str | None:
        return (
            self.context.scheme.label(record.label).color if isinstance(record, Mention) else None
        )

    def _entities(self) -> list[Choice]:
        if FillerKind.IMPLICIT not in self.admission.kinds or self.prefix:
            return []
        near = self.context.selection.caret
        offers = [
            offer.entity
            for offer in entities_to_offer(self.context.annotations, surface="", near=near)
            if self.admission.admits_label(offer.entity.label)
        ]
        shown = offers[self.page * len(DIGITS) : (self.page + 1) * len(DIGITS)]
        choices = [
            Choice(
                digit,
                self.context.sentence("choice.implicit", name=entity.name),
                lambda entity=entity: self._done(ImplicitTarget(entity.id)),  # type: ignore[misc]
            )
            for digit, entity in zip(DIGITS, shown, strict=False)
        ]
        if len(offers) > len(DIGITS):
            pages = -(-len(offers) // len(DIGITS))
            turned = replace(self, page=(self.page + 1) % pages)
            more = self.context.sentence("choice.more")
            choices.append(Choice("0", more, lambda: self.context.enter(turned)))
        return choices

    def _coded(self) -> list[tuple[Annotation, str]]:
        near = anchor_of(self.context.annotation(self.record)).start
        found = [
            record
            for record in self.context.in_sight()
            if record.id not in self.excluded and self.admission.admits(record)
        ]
        found.sort(key=lambda record: (abs(anchor_of(record).start - near), anchor_of(record).end))
        return list(zip(found, hint_codes(len(found)), strict=False))

    def _take_selection(self) -> None:
        span = self.context.marked_span()
        target = selected_target(self.context, self.admission, span)
        if target is None:
            self.context.tell_refusal("refused.no_target_here")
            return
        self._done(target)

    def _done(self, target: Target) -> None:
        self.context.enter(self.back)
        self.take(target)
