"""The columns of annotations in CoNLL-U Plus: what each token says of the records that cover it.

A cell is ``_`` or pairs ``id=tag`` with ``|`` between them, which readers of CoNLL-U take for a
dictionary. Every record has pairs of its own, so mentions may lie inside of others, cross them, and
go on behind a gap. A tag is ``B-label`` on the first token of a record and ``I-label`` on each
other one; what it refers to stands behind the first after a colon:

* ``T1=B-PER:E1`` a mention, and the entity it refers to;
* ``EV1=B-Contact.Meet`` a trigger, ``EV1.Topic.2=B-Topic:Q1`` the second argument of the event, on
  the tokens of what fills it, and which record that is (none for a piece of text);
* ``Q1=B-direct:Q2`` the content of a quote, and the quote inside which it stands; ``Q1.cue``,
  ``Q1.mark.1``, ``Q1.speaker`` and ``Q1.addressee.1`` its parts.

What the text does not mention has no token: it stands on the first one of its trigger or content
without a letter, as ``EV1.Participant.3=Participant:E7``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from annotator.core.annotations import (
    Entity,
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
    references,
)
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.column_names import without_signs
from annotator.formats.details import tell_head
from annotator.formats.losses import LossKind
from annotator.formats.record_details import details_of
from annotator.formats.set_documents import SetDocument
from annotator.formats.token_losses import lose_details, mention_details
from annotator.formats.token_view import Runs

Cells: TypeAlias = dict[int, list[str]]
"""The pairs in the cells of one column, by the numbers of their tokens."""


def cell_of(cells: Cells, token: int) -> str:
    """What is written in the cell of a token."""
    return "|".join(cells.get(token, "_"))


class AnnotationColumns:
    """Fills the three columns of one annotation set, and tells what they cannot hold."""

    def __init__(self, one: SetDocument) -> None:
        self._annotations = one.content.annotations
        self._segmentation = one.segmentation
        self._runs = Runs(one)
        self._starts = frozenset(token.start for token in one.segmentation.tokens)
        self._ends = frozenset(token.end for token in one.segmentation.tokens)
        self.mentions: Cells = {}
        self.events: Cells = {}
        self.quotes: Cells = {}

    def fill(self) -> None:
        """Write every record, in reading order."""
        named: set[RecordId] = set()
        for record in self._annotations.in_reading_order():
            match record:
                case Mention():
                    self._mention(record)
                case Event():
                    self._event(record)
                case Quote():
                    self._quote(record)
                case _:
                    assert_never(record)
            named.update(references(record))
        for entity in self._annotations.entities():
            self._entity(entity, is_named=entity.id in named)

    def _mention(self, mention: Mention) -> None:
        tokens = self._tokens(mention.fragments, mention.id)
        if tokens:
            tag = self._name(mention.label, mention.id)
            _put(self.mentions, tokens, mention.id, tag, mention.entity)
            lose_details(self._runs, mention.id, mention_details(mention))

    def _event(self, event: Event) -> None:
        tokens = self._tokens(event.trigger, event.id)
        if not tokens:
            return
        _put(self.events, tokens, event.id, self._name(event.type, event.id))
        for number, argument in enumerate(event.arguments, 1):
            role = self._name(argument.role, event.id)
            self._target(self.events, event, f"{role}.{number}", role, argument.target)
        lose_details(self._runs, event.id, _details(event))

    def _quote(self, quote: Quote) -> None:
        tokens = self._tokens(quote.content, quote.id)
        if not tokens:
            return
        _put(self.quotes, tokens, quote.id, quote.type.value, quote.parent)
        parts = [("cue", quote.cue)] if quote.cue is not None else []
        parts += [(f"mark.{n}", Fragments((mark,))) for n, mark in enumerate(quote.marks, 1)]
        for part, place in parts:
            tag = part.partition(".")[0]
            _put(self.quotes, self._tokens(place, quote.id, part), f"{quote.id}.{part}", tag)
        if quote.speaker.who is not None:
            self._target(self.quotes, quote, "speaker", "speaker", quote.speaker.who)
        for number, party in enumerate(quote.addressees, 1):
            self._target(self.quotes, quote, f"addressee.{number}", "addressee", party)
        lose_details(self._runs, quote.id, _details(quote))

    def _entity(self, entity: Entity, *, is_named: bool) -> None:
        """An entity is there where a record refers to it, by its id alone."""
        if is_named:
            details = ("label", "name", *(["kb"] if entity.kb else []))
            lose_details(self._runs, entity.id, details)
        else:
            self._runs.lose(entity.id, LossKind.ENTITY)

    def _target(
        self, cells: Cells, record: Event | Quote, part: str, tag: str, target: Target
    ) -> None:
        """Write what fills a role on its own tokens; what has none on the first of its record."""
        place, reference = self._place(target)
        key = f"{record.id}.{part}"
        if place is None:
            anchor = next(self._each(anchor_of(record)))
            _add(cells, anchor, f"{key}={tag}:{reference}")
        elif isinstance(target, SpanTarget):
            tokens = self._tokens(place, record.id, part)
            _put(cells, tokens, key, tag, reference)
            if tokens:
                tell_head(self._runs, record.id, part, target)
        else:
            # A record that is somewhere tells of its own edges.
            tokens = self._silent(place)
            _put(cells, tokens, key, tag, reference)
            if not tokens:
                self._runs.lose(record.id, LossKind.NO_TOKEN, part)

    def _place(self, target: Target) -> tuple[Fragments | None, RecordId | None]:
        """Where a target stands, and the record that it is or refers to."""
        annotations = self._annotations
        match target:
            case MentionTarget(identifier):
                return annotations.mention(identifier).fragments, identifier
            case EventTarget(identifier):
                return annotations.event(identifier).trigger, identifier
            case QuoteTarget(identifier):
                return annotations.quote(identifier).content, identifier
            case SpanTarget(place, entity):
                return place, entity
            case ImplicitTarget(entity):
                return None, entity
            case _:
                assert_never(target)

    def _silent(self, place: Fragments) -> list[int]:
        """The tokens that share a code point with a place, gaps left out."""
        return list(dict.fromkeys(self._each(place)))

    def _each(self, place: Fragments) -> Iterator[int]:
        for span in place.spans:
            yield from range(*self._segmentation.token_range(span))

    def _tokens(self, place: Fragments, record: RecordId, detail: str = "") -> list[int]:
        """Like `_silent`, and told where they are not exactly the place."""
        tokens = self._silent(place)
        if not tokens:
            self._runs.lose(record, LossKind.NO_TOKEN, detail)
        elif not all(map(self._is_exact, place.spans)):
            self._runs.lose(record, LossKind.WIDENED, detail)
        return tokens

    def _is_exact(self, span: Span) -> bool:
        return span.start in self._starts and span.end in self._ends

    def _name(self, name: str, record: RecordId) -> str:
        """A label, type or role without the signs of a cell; ids of a scheme have none."""
        fitting = without_signs(name)
        if fitting != name:
            self._runs.lose(record, LossKind.RENAMED, fitting)
        return fitting


def _put(
    cells: Cells, tokens: list[int], key: str, tag: str, reference: RecordId | None = None
) -> None:
    inside = f"{key}=I-{tag}"
    for token in tokens[1:]:
        _add(cells, token, inside)
    for token in tokens[:1]:
        refers = "" if reference is None else f":{reference}"
        _add(cells, token, f"{key}=B-{tag}{refers}")


def _add(cells: Cells, token: int, pair: str) -> None:
    cells.setdefault(token, []).append(pair)


def _details(record: Event | Quote) -> Iterator[str]:
    """What an event or a quote says besides what its cells hold."""
    yield from (name for name, _ in details_of(record))
