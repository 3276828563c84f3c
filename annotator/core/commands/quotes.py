"""Commands of the quote layer: content, cue, speaker, addressees, type, parent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    NO_SPEAKER,
    Evidence,
    ImplicitTarget,
    MentionLevel,
    MentionTarget,
    Party,
    Quote,
    QuoteType,
    SpanTarget,
    Speaker,
    SpeakerForm,
)
from annotator.core.commands.draft import Draft
from annotator.core.edits import Edit
from annotator.core.ids import Layer, RecordId
from annotator.core.scheme import Scheme
from annotator.core.span import Fragments, Span
from annotator.foundation.errors import Refused


def add_quote(
    annotations: AnnotationSet,
    content: Fragments,
    *,
    marks: tuple[Span, ...] = (),
    quote_type: QuoteType | None = None,
) -> Edit:
    """Mark what is said. The type follows from the marks unless it is given.

    The quote becomes the child of the smallest quote whose content contains it, and the parent of
    the quotes inside it that had the same parent.
    """
    if any(isinstance(other, Quote) for other in annotations.at(content.spans)):
        raise Refused("refused.duplicate_quote")
    draft = Draft(annotations)
    quote = Quote(
        id=draft.mint(Layer.QUOTE),
        type=quote_type or type_by_marks(content, marks),
        content=content,
        marks=marks,
    )
    put_nested(draft, annotations, quote)
    return draft.edit("edit.add_quote")


def type_by_marks(content: Fragments, marks: tuple[Span, ...]) -> QuoteType:
    """Tell the type: no marks, marks around all of the content, or marks around a part."""
    if not marks:
        return QuoteType.INDIRECT
    inside = len(marks) >= 2 and marks[0].start < content.start and content.end <= marks[-1].start
    return QuoteType.DIRECT if inside else QuoteType.MIXED


def put_nested(draft: Draft, annotations: AnnotationSet, quote: Quote) -> None:
    """Put a quote that is new or has moved, with its parent, and let the others follow.

    Its parent is the smallest quote around it. Quotes that now lie in it and had that same parent
    become its children; children that no longer lie in it go to the smallest quote around them.
    """
    others = [other for other in annotations.quotes() if other.id != quote.id]
    placed = replace(quote, parent=_smallest_around(others, quote.content))
    draft.put(placed)
    for other in others:
        is_inside = _lies_inside(other.content, placed.content)
        if is_inside and other.parent == placed.parent:
            draft.put(replace(other, parent=placed.id))
        elif not is_inside and other.parent == placed.id:
            draft.put(replace(other, parent=_smallest_around(others, other.content)))


def _smallest_around(quotes: Iterable[Quote], content: Fragments) -> RecordId | None:
    around = [quote for quote in quotes if _lies_inside(content, quote.content)]
    smallest = min(around, key=lambda quote: len(quote.content.envelope), default=None)
    return None if smallest is None else smallest.id


def _lies_inside(inner: Fragments, outer: Fragments) -> bool:
    return inner.spans != outer.spans and all(outer.contains(span) for span in inner.spans)


def set_cue(annotations: AnnotationSet, identifier: RecordId, cue: Fragments | None) -> Edit:
    """Say which words mark the saying, or that none do."""
    draft = Draft(annotations)
    draft.put(replace(annotations.quote(identifier), cue=cue))
    return draft.edit("edit.set_cue")


def set_speaker(
    annotations: AnnotationSet, scheme: Scheme, identifier: RecordId, who: Party | None
) -> Edit:
    """Say who speaks. Form and evidence follow from what is named and can be changed after.

    Raises `Refused` for a mention or entity whose label cannot speak.
    """
    quote = annotations.quote(identifier)
    if who is not None:
        refuse_party(annotations, scheme, who)
    draft = Draft(annotations)
    draft.supersede(replace(quote, speaker=_speaker(annotations, who)))
    return draft.edit("edit.set_speaker")


def describe_speaker(
    annotations: AnnotationSet, identifier: RecordId, *, form: SpeakerForm, evidence: Evidence
) -> Edit:
    """Set the form in which the speaker appears and what tells who it is."""
    quote = annotations.quote(identifier)
    draft = Draft(annotations)
    draft.put(replace(quote, speaker=replace(quote.speaker, form=form, evidence=evidence)))
    return draft.edit("edit.describe_speaker")


def add_addressee(
    annotations: AnnotationSet, scheme: Scheme, identifier: RecordId, party: Party
) -> Edit:
    """Add somebody to whom it is said."""
    quote = annotations.quote(identifier)
    refuse_party(annotations, scheme, party)
    if party in quote.addressees:
        raise Refused("refused.addressee_twice")
    draft = Draft(annotations)
    draft.put(replace(quote, addressees=(*quote.addressees, party)))
    return draft.edit("edit.add_addressee")


def remove_addressee(annotations: AnnotationSet, identifier: RecordId, party: Party) -> Edit:
    """Take an addressee away."""
    quote = annotations.quote(identifier)
    if party not in quote.addressees:
        raise Refused("refused.no_such_addressee")
    draft = Draft(annotations)
    draft.supersede(replace(quote, addressees=tuple(p for p in quote.addressees if p != party)))
    return draft.edit("edit.remove_addressee")


def set_quote_type(annotations: AnnotationSet, identifier: RecordId, quote_type: QuoteType) -> Edit:
    """Say whether the quote is direct, indirect or mixed."""
    draft = Draft(annotations)
    draft.put(replace(annotations.quote(identifier), type=quote_type))
    return draft.edit("edit.set_quote_type")


def refuse_party(annotations: AnnotationSet, scheme: Scheme, party: Party) -> None:
    """Raise `Refused` when a mention or entity of this label cannot speak or be spoken to."""
    match party:
        case MentionTarget(mention):
            label = annotations.mention(mention).label
        case ImplicitTarget(entity):
            label = annotations.entity(entity).label
        case SpanTarget(entity=known):
            if known is not None:
                annotations.entity(known)
            return
        case _:
            assert_never(party)
    if label not in scheme.speaker_labels:
        raise Refused(
            "refused.speaker_label", label=label, admitted=", ".join(sorted(scheme.speaker_labels))
        )


def _speaker(annotations: AnnotationSet, who: Party | None) -> Speaker:
    forms = {
        MentionLevel.NAM: (SpeakerForm.NAME, Evidence.EXPLICIT),
        MentionLevel.NOM: (SpeakerForm.NOMINAL, Evidence.ANAPHORIC),
        MentionLevel.PRO: (SpeakerForm.PRONOUN, Evidence.ANAPHORIC),
    }
    match who:
        case None:
            return NO_SPEAKER
        case MentionTarget(mention):
            form, evidence = forms[annotations.mention(mention).level]
            return Speaker(who, form, evidence)
        case ImplicitTarget():
            return Speaker(who, SpeakerForm.NONE, Evidence.IMPLICIT)
        case SpanTarget():
            return Speaker(who, SpeakerForm.NOMINAL, Evidence.EXPLICIT)
        case _:
            assert_never(who)
