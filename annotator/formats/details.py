"""What records say beyond their place and label, by the names that it has in gold.

A format that has no room for it tells so; what is as it would be without a word is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Annotation,
    Argument,
    Entity,
    Event,
    Evidence,
    Mention,
    MentionLevel,
    Polarity,
    Quote,
    Realis,
    SpanTarget,
    SpeakerForm,
    target_references,
)
from annotator.core.ids import RecordId
from annotator.formats.losses import LossKind
from annotator.formats.token_view import Runs


def details_of(record: Annotation | Entity) -> Iterator[str]:
    """The names of what a record says besides. Parties and arguments are not among them."""
    match record:
        case Mention():
            said = {
                "level": record.level is not MentionLevel.NAM,
                "entity": record.entity is not None,
            }
        case Entity():
            said = {"label": True, "name": True, "kb": bool(record.kb)}
        case Event():
            said = {
                "realis": record.realis is not Realis.ACTUAL,
                "polarity": record.polarity is not Polarity.POSITIVE,
                "cluster": record.cluster is not None,
            }
        case Quote():
            said = _said_of_quote(record)
        case _:
            assert_never(record)
    yield from (name for name, is_said in said.items() if is_said)
    if not isinstance(record, Entity):
        yield from (name for name, _ in record.attrs)


def _said_of_quote(quote: Quote) -> dict[str, bool]:
    return {
        "type": True,
        "marks": bool(quote.marks),
        "form": quote.speaker.form is not SpeakerForm.NONE,
        "evidence": quote.speaker.evidence is not Evidence.UNKNOWN,
        "parent": quote.parent is not None,
        "cluster": quote.cluster is not None,
    }


def argument_name(argument: Argument) -> str:
    """A role and what fills it: the id of a record, or the place of a free piece of text."""
    target = argument.target
    if isinstance(target, SpanTarget):
        return f"{argument.role}={target.fragments.start}-{target.fragments.end}"
    return f"{argument.role}={next(target_references(target))}"


def tell_details(runs: Runs, record: Annotation | Entity, *held: str, more: str = "") -> None:
    """Tell what of a record is not written, but for what is `held`; `more` is one thing besides."""
    missing = [name for name in details_of(record) if name not in held]
    if more:
        missing.append(more)
    if missing:
        runs.lose(record.id, LossKind.DETAIL, ", ".join(missing))


def tell_entities(runs: Runs, annotations: AnnotationSet, written: Iterable[RecordId] = ()) -> None:
    """Tell of the entities: of those `written` as what their mentions share, what else they are."""
    shared = frozenset(written)
    for entity in annotations.entities():
        if entity.id in shared:
            tell_details(runs, entity)
        else:
            runs.lose(entity.id, LossKind.ENTITY)


def tell_quotes(runs: Runs, annotations: AnnotationSet) -> None:
    """Tell that none of the quotes is written."""
    for quote in annotations.quotes():
        runs.lose(quote.id, LossKind.QUOTE)
