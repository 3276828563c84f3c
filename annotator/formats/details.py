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
    Mention,
    Quote,
    SpanTarget,
    Target,
    target_references,
)
from annotator.core.ids import RecordId
from annotator.formats.losses import LossKind
from annotator.formats.record_details import details_of
from annotator.formats.set_documents import SetDocument
from annotator.formats.token_view import Runs


def names_of_details(record: Annotation | Entity) -> Iterator[str]:
    """The names of what a record says besides. Parties and arguments are not among them."""
    if isinstance(record, Entity):
        yield from ("label", "name")
        if record.kb:
            yield "kb"
        return
    match record:
        case Mention():
            if record.entity is not None:
                yield "entity"
        case Event():
            pass
        case Quote():
            yield from _links_of_quote(record)
        case _:
            assert_never(record)
    yield from (name for name, _ in details_of(record))


def _links_of_quote(quote: Quote) -> Iterator[str]:
    yield "type"
    if quote.marks:
        yield "marks"
    if quote.parent is not None:
        yield "parent"


def argument_name(argument: Argument) -> str:
    """A role and what fills it: the id of a record, or the place of a free piece of text."""
    target = argument.target
    if isinstance(target, SpanTarget):
        return f"{argument.role}={target.fragments.start}-{target.fragments.end}"
    return f"{argument.role}={next(target_references(target))}"


def tell_head(one: Runs | SetDocument, record: RecordId, part: str, target: Target | None) -> None:
    """Tell that the head of a free piece of text is not written, where it has one."""
    if isinstance(target, SpanTarget) and target.fragments.head is not None:
        one.lose(record, LossKind.DETAIL, f"{part}.head")


def tell_details(runs: Runs, record: Annotation | Entity, *held: str, more: str = "") -> None:
    """Tell what of a record is not written, but for what is `held`; `more` is one thing besides."""
    missing = [name for name in names_of_details(record) if name not in held]
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
