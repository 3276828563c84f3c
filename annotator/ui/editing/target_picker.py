"""Choosing a mention, entity, quote, event or piece of text to fill a role or a quote's part."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

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
from annotator.core.scheme import FillerKind, Label, LabelGroup, Scheme
from annotator.core.span import Fragments, Span
from annotator.foundation.errors import Refused, UserError
from annotator.ui.editing.choices import Choice, Choices, HintMark, Mode, paged
from annotator.ui.editing.context import Context
from annotator.ui.editing.hints import ALPHABET, hint_codes
from annotator.ui.editing.spoken import spoken
from annotator.workbench.entities import entities_to_offer


class Admission(Struct, frozen=True):
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


def direct_target(
    context: Context,
    admission: Admission,
    away_from: Fragments,
    excluded: frozenset[RecordId] = frozenset(),
) -> Target | None:
    """The target that needs no choosing: what is selected, or the mention under the caret.

    While the caret still stands in `away_from` (the trigger, the content), or on one of the
    `excluded`, nothing was pointed at yet, so the answer is None and hint letters are offered.
    """
    span = context.selection.span
    if span is not None:
        return selected_target(context, admission, context.marked_span())
    if any(fragment.touches(context.selection.caret) for fragment in away_from.spans):
        return None
    for record in context.at_caret():
        if record.id not in excluded and isinstance(record, Mention) and admission.admits(record):
            return MentionTarget(record.id)
    return None


def tell_why_not(
    context: Context,
    away_from: Fragments,
    excluded: frozenset[RecordId],
    attempt: Callable[[Target], object],
) -> None:
    """Say why the mention that was pointed at is not taken; `attempt` is refused with the reason.

    Where nothing was pointed at, as for `direct_target`, there is nothing to say.
    """
    caret = context.selection.caret
    if any(fragment.touches(caret) for fragment in away_from.spans):
        return
    pointed = (r for r in context.at_caret() if isinstance(r, Mention) and r.id not in excluded)
    mention = next(pointed, None)
    if mention is None:
        return
    try:
        attempt(MentionTarget(mention.id))
    except Refused as refusal:
        values = spoken(context.catalogue, context.scheme, refusal.values)
        context.tell_refusal(refusal.key, **values)


def selected_target(context: Context, admission: Admission, span: Span) -> Target | None:
    """The admitted annotation on exactly this span, mentions first, else the span itself.

    Words that are marked with a label that is not admitted are no free piece of text: then the
    answer is that mention, and the command says why it does not fit. A title only lies over words.
    """
    there = sorted(context.on_span(span), key=lambda record: not isinstance(record, Mention))
    admitted = [record for record in there if admission.admits(record)]
    if admitted:
        return target_of(admitted[0])
    for record in there:
        if isinstance(record, Mention) and not _is_overlay(context, record):
            return MentionTarget(record.id)
    if FillerKind.SPAN in admission.kinds:
        return SpanTarget(Fragments((span,)))
    return None


def _is_overlay(context: Context, mention: Mention) -> bool:
    label = label_of(context.scheme, mention)
    return label is not None and label.group is LabelGroup.OVERLAY


def label_of(scheme: Scheme, mention: Mention) -> Label | None:
    """The label of a mention; None for one that the scheme does not know (any more)."""
    return scheme.label(mention.label) if scheme.has_label(mention.label) else None


def color_of(scheme: Scheme, record: Annotation) -> str | None:
    """The colour of a mention's label; other annotations have none of their own."""
    label = label_of(scheme, record) if isinstance(record, Mention) else None
    return None if label is None else label.color


class TargetPicker(Struct, frozen=True, dict=True):
    """The mode in which one key names a target: hint letters, entities on digits, Enter.

    `role` is the id of the role that is filled, empty for a part of a quote. `others` are the keys
    that fill another place instead; no hint has their letters. One that was *offered* opened by
    itself: it gives way to the mode it came from when the caret goes elsewhere, and Escape closes
    that one with it.
    """

    context: Context
    record: RecordId
    question: str
    admission: Admission
    take: Callable[[Target], None]
    back: Mode
    prefix: str = ""
    page: int = 0
    excluded: frozenset[RecordId] = field(default=frozenset())
    role: str = ""
    others: Choices = ()
    is_offered: bool = False

    @property
    def heading(self) -> str:
        """What is asked."""
        return self.back.heading if self._gives_way() else self.question

    @property
    def hints(self) -> tuple[HintMark, ...]:
        """A code over every admitted annotation on the screen, the nearest ones shortest."""
        if self._gives_way():
            return self.back.hints
        return tuple(
            HintMark(record.id, anchor_of(record).start, code[len(self.prefix) :])
            for record, code in self._coded()
            if code.startswith(self.prefix)
        )

    def is_exclusive(self) -> bool:
        """Letters and digits name targets here and nothing else."""
        return not self._gives_way()

    def choices(self) -> Choices:
        """Hint letters, digits for entities the text does not mention here, Enter, Escape."""
        if self._gives_way():
            return self.back.choices()
        sentence = self.context.sentence
        back = replace(self, prefix="") if self.prefix else self.back
        leave = partial(self.context.enter, None if self.is_offered else self.back)
        escape = sentence("choice.close" if self.is_offered else "choice.back")
        last = [
            Choice("Backspace", sentence("choice.back"), partial(self.context.enter, back)),
            Choice("Escape", escape, leave),
        ]
        if self._is_pointing():
            take = sentence("choice.take_selection")
            last.insert(0, Choice("Enter", take, self._take_selection))
        others = () if self.prefix else self.others
        return (*self._letters(), *self._entities(), *others, *last)

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
            return Choice(key, "…", partial(self.context.enter, deeper))
        title = anchor_of(record).of(self.context.text)
        done = partial(self._done, target_of(record))
        return Choice(key, title, done, color_of(self.context.scheme, record))

    def _entities(self) -> list[Choice]:
        if FillerKind.IMPLICIT not in self.admission.kinds or self.prefix:
            return []
        near = self.context.selection.caret
        offers = [
            offer.entity
            for offer in entities_to_offer(self.context.annotations, surface="", near=near)
            if offer.entity.id not in self.excluded
            and self.admission.admits_label(offer.entity.label)
        ]
        choices = [
            Choice(
                "",
                self.context.sentence("choice.implicit", name=entity.name),
                partial(self._done, ImplicitTarget(entity.id)),
            )
            for entity in offers
        ]
        more = self.context.sentence("choice.more")
        return paged(choices, self.page, more, self._turn_to)

    def _turn_to(self, page: int) -> None:
        self.context.enter(replace(self, page=page))

    def _coded(self) -> list[tuple[Annotation, str]]:
        near = anchor_of(self.context.annotation(self.record)).start
        found = [
            record
            for record in self.context.in_sight()
            if record.id not in self.excluded and self.admission.admits(record)
        ]
        found.sort(key=lambda record: (abs(anchor_of(record).start - near), anchor_of(record).end))
        taken = {choice.key for choice in self.others}
        alphabet = "".join(letter for letter in ALPHABET if letter not in taken)
        return list(zip(found, hint_codes(len(found), alphabet), strict=False))

    def _is_pointing(self) -> bool:
        """Whether words are selected, or the caret has left the words of the open annotation."""
        context = self.context
        own = anchor_of(context.annotation(self.record)).spans
        is_at_home = any(fragment.touches(context.selection.caret) for fragment in own)
        return not (context.selection.is_empty and is_at_home)

    def _gives_way(self) -> bool:
        return self.is_offered and self._is_pointing()

    def _take_selection(self) -> None:
        span = self.context.marked_span()
        target = selected_target(self.context, self.admission, span)
        if target is None:
            self.context.tell_refusal("refused.no_target_here")
            return
        self._done(target)

    def _done(self, target: Target) -> None:
        self.context.enter(self.back)
        try:
            self.take(target)
        except (Refused, UserError):
            self.context.enter(self)
            raise
