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
    target_references,
)
from annotator.core.ids import RecordId
from annotator.formats.losses import LossKind
from annotator.formats.record_details import said_of
from annotator.formats.token_view import Runs


def details_of(record: Annotation | Entity) -> Iterator[str]:
    """The names of what a record says besides. Parties and arguments are not among them."""
    if isinstance(record, Entity):
        yield from ("label", "name")
        if record.kb:
            yield "kb"
        return
    said = [name for name, _ in said_of(record)]
    match record:
        case Mention():
            yield from said
            if record.entity is not None:
                yield "entity"
        case Event():
            yield from said
        case Quote():
            yield from _said_of_quote(record, said)
        case _:
            assert_never(record)
    yield from (name for name, _ in record.attrs)


def _said_of_quote(quote: Quote, said: list[str]) -> Iterator[str]:
    yield "type"
    if quote.marks:
        yield "marks"
    yield from (name for name in said if name != "cluster")
    if quote.parent is not None:
        yield "parent"
    yield from (name for name in said if name == "cluster")


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
