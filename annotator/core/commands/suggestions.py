"""Commands about suggestions: accept, accept with another label, reject; one or many in a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Entity,
    Event,
    Mention,
    MentionTarget,
    Quote,
    QuoteType,
    Record,
)
from annotator.core.commands.bulk import admitted_attributes
from annotator.core.commands.draft import Draft
from annotator.core.commands.events import add_event
from annotator.core.commands.mentions import EntityChoice, add_mention
from annotator.core.commands.quotes import add_quote, set_speaker
from annotator.core.edits import Change, Edit, merged
from annotator.core.ids import Layer
from annotator.core.proposals import (
    NO_DETAILS,
    Details,
    Proposal,
    SuggestionDecision,
    Verdict,
)
from annotator.core.provenance import Origin, Provenance
from annotator.core.scheme import Scheme
from annotator.foundation.errors import Refused

EntityFor: TypeAlias = Callable[[AnnotationSet, str, Proposal], EntityChoice]
"""Tells which entity a mention with a label gets, as it would be when marked by hand."""


class Offer(Struct, frozen=True):
    """A proposal with what comes along when it is accepted."""

    proposal: Proposal
    details: Details = NO_DETAILS


def decisions(annotations: AnnotationSet) -> Iterator[SuggestionDecision]:
    """Every proposal that was refused, in order of decision."""
    return (r for r in annotations.records.values() if isinstance(r, SuggestionDecision))


def accept(
    annotations: AnnotationSet,
    scheme: Scheme,
    offers: Iterable[Offer],
    *,
    entity_for: EntityFor,
) -> Edit:
    """Make annotations of what is offered, in one step.

    They tell by their provenance who proposed them. Raises `Refused` where the same annotation is
    there already or the scheme does not admit it.
    """
    edit = Edit("edit.accept_suggestion", ())
    for offer in offers:
        added = _added(annotations, scheme, offer, offer.proposal.label, entity_for)
        annotations = annotations.apply(added)
        edit = merged(edit, added)
    return replace(edit, name="edit.accept_suggestion")


def accept_as(
    annotations: AnnotationSet,
    scheme: Scheme,
    offer: Offer,
    label: str,
    *,
    entity_for: EntityFor,
) -> Edit:
    """Make an annotation of what is offered, but with another label or event type.

    The proposed label counts as refused. Raises `Refused` like `accept`, and for a quote, whose
    type follows from its marks.
    """
    if offer.proposal.layer is Layer.QUOTE:
        raise Refused("refused.suggested_quote_type")
    added = _added(annotations, scheme, offer, label, entity_for)
    if label == offer.proposal.label:
        return replace(added, name="edit.accept_suggestion")
    decided = _decided(annotations.apply(added), [offer.proposal], Verdict.CORRECTED)
    return replace(merged(added, decided), name="edit.correct_suggestion")


def reject(annotations: AnnotationSet, proposals: Iterable[Proposal]) -> Edit:
    """Say no to proposals, in one step; those about a place that is settled are passed over."""
    return _decided(annotations, proposals, Verdict.REJECTED)


def _decided(annotations: AnnotationSet, proposals: Iterable[Proposal], verdict: Verdict) -> Edit:
    settled = {decision.proposal.place for decision in decisions(annotations)}
    draft = Draft(annotations)
    for proposal in proposals:
        if proposal.place not in settled:
            settled.add(proposal.place)
            draft.put(SuggestionDecision(draft.mint(Layer.DECISION), verdict, proposal))
    return draft.edit("edit.reject_suggestion")


def _added(
    annotations: AnnotationSet, scheme: Scheme, offer: Offer, label: str, entity_for: EntityFor
) -> Edit:
    proposal = offer.proposal
    if proposal.layer is Layer.MENTION:
        entity = entity_for(annotations, label, proposal)
        edit = add_mention(annotations, scheme, proposal.fragments, label, entity=entity)
    elif proposal.layer is Layer.EVENT:
        edit = add_event(annotations, scheme, proposal.fragments, label)
    else:
        edit = _quote(annotations, scheme, offer)
    origin = Provenance(Origin.SUGGESTION, proposal.suggester)
    changes = (
        replace(change, after=_completed(change, scheme, offer, origin)) for change in edit.changes
    )
    return replace(edit, changes=tuple(changes))


def _quote(annotations: AnnotationSet, scheme: Scheme, offer: Offer) -> Edit:
    """The quote with its marks and cue, and the speaker if it is still there and can speak."""
    details = offer.details
    edit = add_quote(
        annotations,
        offer.proposal.fragments,
        marks=details.marks,
        quote_type=QuoteType(offer.proposal.label),
    )
    quoted = annotations.apply(edit)
    speaker = annotations.get(details.speaker)
    if not isinstance(speaker, Mention) or speaker.label not in scheme.speaker_labels:
        return edit
    made = next(record for record in edit.added() if isinstance(record, Quote))
    return merged(edit, set_speaker(quoted, scheme, made.id, MentionTarget(speaker.id)))


def _completed(change: Change, scheme: Scheme, offer: Offer, origin: Provenance) -> Record | None:
    """What a change puts there; a record that is new gets its origin and its details."""
    record, details = change.after, offer.details
    if change.before is not None:
        return record
    assert isinstance(record, Mention | Entity | Event | Quote)  # the commands above add no other
    made = replace(record, provenance=origin)
    if isinstance(made, Quote):
        return replace(made, cue=details.cue)
    if isinstance(made, Mention):
        is_as_proposed = made.label == offer.proposal.label
        level = (details.level if is_as_proposed else None) or made.level
        made = replace(made, level=level, attrs=details.attrs)
        return replace(made, attrs=admitted_attributes(scheme, made))
    return made
