"""What a format of tagged tokens leaves out besides the mentions that share a token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Mention
from annotator.core.ids import RecordId
from annotator.formats.losses import LossKind
from annotator.formats.record_details import details_of
from annotator.formats.token_view import Runs, TaggedRun


def lose_all_but_tags(runs: Runs, annotations: AnnotationSet, written: Iterable[TaggedRun]) -> None:
    """Tell all that a file has not which has of a set the label and the tokens of some mentions."""
    for one in written:
        mention = annotations.mention(one.record)
        lose_details(runs, mention.id, (*_entity(mention), *mention_details(mention)))
    for entity in annotations.entities():
        runs.lose(entity.id, LossKind.ENTITY)
    for event in annotations.events():
        runs.lose(event.id, LossKind.EVENT)
    for quote in annotations.quotes():
        runs.lose(quote.id, LossKind.QUOTE)


def lose_details(runs: Runs, record: RecordId, details: Iterable[str]) -> None:
    """Tell the parts of a record that are not in the file, as one loss, where there are any."""
    detail = ", ".join(details)
    if detail:
        runs.lose(record, LossKind.DETAIL, detail)


def mention_details(mention: Mention) -> Iterator[str]:
    """What a mention says besides its label, its place and its entity."""
    yield from (name for name, _ in details_of(mention))


def _entity(mention: Mention) -> Iterator[str]:
    if mention.entity is not None:
        yield "entity"
