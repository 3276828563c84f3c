"""Builds an annotation set out of what a file of another program tells.

Ids are given in the order of reading. What a file does not tell of a record is as it is when
nobody says anything. Labels, types and roles are kept as the file writes them: whether the scheme
of the project has them is asked later, when they are mapped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    NO_SPEAKER,
    Argument,
    Attributes,
    Coverage,
    Entity,
    Event,
    Evidence,
    Mention,
    MentionLevel,
    Party,
    Polarity,
    Quote,
    QuoteType,
    Realis,
    Record,
    SetStatus,
    Speaker,
    SpeakerForm,
    StatusRecord,
)
from annotator.core.ids import DocumentId, Layer, RecordId, SetId, record_id
from annotator.core.provenance import Origin, Provenance
from annotator.core.set_header import SetHeader, SetKind
from annotator.core.span import Fragments, Span
from annotator.formats.base import SetContent

IMPORTED = SetId("imported")
"""The id of a set of which a file does not tell whose it is."""


class SetBuilder:
    """Takes annotations one by one; `source` is the name of the file, for their provenance."""

    def __init__(self, source: str) -> None:
        self._provenance = Provenance(Origin.IMPORT, source)
        self._numbers: Counter[Layer] = Counter()
        self._records: dict[RecordId, Record] = {}

    def mention(
        self,
        label: str,
        fragments: Fragments,
        *,
        level: MentionLevel | None = None,
        entity: RecordId | None = None,
        attrs: Attributes = (),
    ) -> RecordId:
        """Add a mention; its id."""
        identifier = self._next(Layer.MENTION)
        said = level or MentionLevel.NAM
        made = Mention(identifier, label, fragments, said, entity, attrs, self._provenance)
        return self._add(made)

    def entity(self, label: str, name: str, kb: Attributes = ()) -> RecordId:
        """Add an entity; its id."""
        return self._add(Entity(self._next(Layer.ENTITY), label, name, kb, self._provenance))

    def event(
        self,
        kind: str,
        trigger: Fragments,
        *,
        realis: Realis | None = None,
        polarity: Polarity | None = None,
        cluster: str | None = None,
        attrs: Attributes = (),
    ) -> RecordId:
        """Add an event; its id."""
        identifier = self._next(Layer.EVENT)
        said = realis or Realis.ACTUAL, polarity or Polarity.POSITIVE
        made = Event(identifier, kind, trigger, (), *said, cluster, attrs, self._provenance)
        return self._add(made)

    def arguments(self, event: RecordId, arguments: Sequence[Argument]) -> None:
        """Let an event have these arguments, when all that they name has been added."""
        made = self._records[event]
        assert isinstance(made, Event)  # whoever gives arguments has added the event
        self._records[event] = replace(made, arguments=tuple(arguments))

    def quote(
        self,
        kind: QuoteType,
        content: Fragments,
        *,
        marks: tuple[Span, ...] = (),
        cue: Fragments | None = None,
        cluster: str | None = None,
        attrs: Attributes = (),
    ) -> RecordId:
        """Add a quote; its id."""
        identifier = self._next(Layer.QUOTE)
        made = Quote(identifier, kind, content, marks, cue, cluster=cluster, attrs=attrs)
        return self._add(replace(made, provenance=self._provenance))

    def said_by(
        self,
        quote: RecordId,
        speaker: Speaker = NO_SPEAKER,
        addressees: tuple[Party, ...] = (),
        parent: RecordId | None = None,
    ) -> None:
        """Let a quote have a speaker, addressees and a parent, when they have been added."""
        made = self._records[quote]
        assert isinstance(made, Quote)  # whoever tells who said it has added the quote
        self._records[quote] = replace(made, speaker=speaker, addressees=addressees, parent=parent)

    def build(self, document: DocumentId) -> SetContent:
        """The set, as one that nobody in particular has made.

        Raises `AnnotatorError` where a record refers to something of the wrong kind, or nothing.
        """
        status = StatusRecord(
            status=SetStatus.IN_PROGRESS,
            mentions=_begun(self._numbers[Layer.MENTION]),
            events=_begun(self._numbers[Layer.EVENT]),
            quotes=_begun(self._numbers[Layer.QUOTE]),
        )
        annotations = AnnotationSet.of((*self._records.values(), status))
        header = SetHeader(IMPORTED, document, SetKind.ANNOTATOR, (), created="", modified="")
        return SetContent(header, annotations)

    def _next(self, layer: Layer) -> RecordId:
        self._numbers[layer] += 1
        return record_id(layer, self._numbers[layer])

    def _add(self, record: Mention | Entity | Event | Quote) -> RecordId:
        self._records[record.id] = record
        return record.id


def _begun(count: int) -> Coverage:
    return Coverage.PARTIAL if count else Coverage.NONE


def speaker_told(
    who: Iterable[Party | None], form: SpeakerForm | None, evidence: Evidence | None
) -> Speaker:
    """Who speaks, as far as a file tells; of several the first one."""
    said = form or NO_SPEAKER.form, evidence or NO_SPEAKER.evidence
    return Speaker(next(iter(who), None), *said)


def without_circles(parents: Mapping[str, str]) -> dict[str, str]:
    """What stands inside of what, without the links by which something would stand in itself."""
    kept: dict[str, str] = {}
    higher: dict[str, str] = {}  # like `kept`, with ways that were gone once made shorter
    for inner, outer in parents.items():
        way, top = [inner], outer
        while top != inner and top in higher:
            way.append(top)
            top = higher[top]
        if top != inner:
            kept[inner] = outer
            higher.update(dict.fromkeys(way, top))
    return kept
