"""An annotation set out of spans of layers.

Our own layers come back as they were written. Of the layers of others one whose spans link to other
spans is read as events, and any other as mentions: the label or type is the value of the feature
that is called so, else the name of the layer, and all other features are attributes. Chains of
coreference are entities (`layer_chains`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from annotator.core.annotations import (
    Argument,
    Attributes,
    EventTarget,
    Evidence,
    ImplicitTarget,
    MentionLevel,
    MentionTarget,
    Party,
    Polarity,
    QuoteTarget,
    QuoteType,
    Realis,
    SpanTarget,
    SpeakerForm,
    Target,
)
from annotator.core.document import Document, Source
from annotator.core.ids import AnnotatorId, DocumentId, RecordId, SetId
from annotator.core.span import Fragments
from annotator.formats import layer_spans as layers
from annotator.formats.base import Bundle, ImportProblem, Note
from annotator.formats.layer_chains import with_chains
from annotator.formats.layer_joins import identified_by, with_names
from annotator.formats.layer_places import fragments_of, label_of, one_of, pieces_of
from annotator.formats.layer_quotes import quote_type_found, quote_type_told
from annotator.formats.layer_spans import LayerSpan, Link, attribute_of, by_id, pairs_of
from annotator.formats.safe_names import file_name, safe_id
from annotator.formats.set_builder import SetBuilder, speaker_told, without_circles
from annotator.formats.text_checks import CleanText


def layer_bundle(
    spans: Sequence[LayerSpan],
    clean: CleanText,
    identifier: DocumentId,
    problems: list[ImportProblem],
    *,
    source: str,
    data: bytes,
) -> Iterator[Bundle | ImportProblem]:
    """The `problems` there were, those with the spans, and then the document with its set.

    `source` is the file and `data` what is in it.
    """
    builder = SetBuilder(file_name(source))
    joined = with_names(with_chains(spans, clean.text))
    _LayerSet(joined.spans, clean.text, builder, source, problems).build()
    content = builder.build(identifier)
    yield from problems
    if joined.count:
        values = {"document": identifier, "count": joined.count}
        yield ImportProblem(source, "formats.links_joined", values, is_refusal=False)
    sha256 = hashlib.sha256(data).hexdigest()
    origin = Source(file_name(source), sha256, newline=clean.newline)
    yield Bundle(Document(identifier, clean.text, origin), (content,))


def made_by(bundle: Bundle, person: str) -> Bundle:
    """The document with its one set as that of somebody, by the name that the file uses."""
    [content] = bundle.sets
    base = safe_id(person)
    header = replace(content.header, id=SetId(base), annotators=(AnnotatorId(base),))
    called = None if person == base else person
    return replace(bundle, sets=(replace(content, header=header, person=called),))


class _LayerSet:
    """Adds every record of a document to a builder."""

    def __init__(
        self,
        spans: Sequence[LayerSpan],
        text: str,
        builder: SetBuilder,
        source: str,
        problems: list[ImportProblem],
    ) -> None:
        self._spans = by_id(spans)
        self._text = text
        self._builder = builder
        self._source = source
        self._problems = problems
        self._made: dict[str, RecordId] = {}
        self._entities: dict[str, RecordId] = {}
        self._quotes: dict[str, QuoteType] = {}
        self._events: dict[str, LayerSpan] = {}
        self._unheld: Counter[str] = Counter()
        self._found_types = 0

    def build(self) -> None:
        linked = {
            link.target for one in self._spans.values() for each in one.links.values()
            for link in each
        }  # fmt: skip
        mentions = [one for one in self._spans.values() if self._is_mention(one, linked)]
        for one in mentions:
            self._mention(one)
        for event in self._events.values():
            self._event(event)
        for identifier, kind in self._quotes.items():
            self._quote(self._spans[identifier], kind)
        for event in self._events.values():
            arguments = tuple(self._arguments(event))
            self._builder.arguments(self._made[event.id], arguments)
        self._say()
        for name, count in sorted((+self._unheld).items()):
            values = {"kind": name, "count": count}
            key = "formats.kind_not_held"
            self._problems.append(ImportProblem(self._source, key, values, is_refusal=False))
        if self._found_types:
            told = Note("formats.quote_types_found", {"count": self._found_types})
            self._problems.append(ImportProblem.from_note(told, source=self._source))

    def _is_mention(self, one: LayerSpan, linked: set[str]) -> bool:
        """Sort a span by what it is; whether that is a mention."""
        if one.layer == layers.ENTITY and layers.KEY in one.values:
            self._entity(one)
            return False
        if one.layer in (layers.FRAGMENT, layers.FREE_SPAN) and one.id in linked:
            return False
        if not one.spans:
            self._refuse("formats.span_empty", one)
            return False
        if one.layer == layers.QUOTE:
            self._quotes[one.id] = self._quote_type(one)
            return False
        others = one.links and one.links.keys() - {layers.FRAGMENTS}
        is_event = one.layer == layers.EVENT or bool(others)
        if is_event:
            self._events[one.id] = one
        return not is_event

    def _quote_type(self, one: LayerSpan) -> QuoteType:
        """The type of a quote; where nobody has told one, what its marks say."""
        told = quote_type_told(one)
        if told is not None:
            return told
        self._found_types += 1
        return quote_type_found(self._fragments(one), self._text)

    def _refuse(self, key: str, one: LayerSpan, **values: object) -> None:
        told = {"annotation": one.shown, **values}
        self._problems.append(ImportProblem(self._source, key, told))

    def _entity(self, one: LayerSpan) -> None:
        """An entity as our own export tells it."""
        key, label = one.values[layers.KEY], one.values.get(layers.VALUE)
        if label and key not in self._entities:
            kb = pairs_of(one.values.get(layers.KB))
            name = one.values.get(layers.NAME, "")
            self._entities[key] = self._builder.entity(label, name, kb)
        if key in self._entities:
            self._made[one.id] = self._entities[key]

    def _fragments(self, one: LayerSpan) -> Fragments:
        return fragments_of(one, self._spans)

    def _attributes(self, one: LayerSpan, *known: str) -> Attributes:
        told = {
            attribute_of(one.layer, name): value
            for name, value in one.values.items()
            if value and name not in known and name != layers.MORE
        }
        if not told and layers.MORE not in one.values:
            return ()
        return tuple(sorted({**told, **dict(pairs_of(one.values.get(layers.MORE)))}.items()))

    def _mention(self, one: LayerSpan) -> None:
        label, known = label_of(one)
        level = one_of(MentionLevel, one.values.get(layers.LEVEL))
        if level is not None:
            known = (*known, layers.LEVEL)
        entity = self._entities.get(one.values.get(layers.ENTITY_KEY, ""))
        if entity is not None:
            known = (*known, layers.ENTITY_KEY, layers.IDENTIFIER)
        elif one.values.get(layers.IDENTIFIER):
            entity = self._identified(one, label)
            known = (*known, layers.IDENTIFIER)
        fragments = self._fragments(one)
        self._made[one.id] = self._builder.mention(
            label,
            fragments,
            level=level,
            entity=entity,
            attrs=self._attributes(one, *known),
        )

    def _identified(self, one: LayerSpan, label: str) -> RecordId:
        """The entity that an identifier names, which is one in all of the document."""
        told = one.values[layers.IDENTIFIER]
        if told not in self._entities:
            name = self._fragments(one).of(self._text)
            self._entities[told] = self._builder.entity(label, name, (identified_by(told),))
        return self._entities[told]

    def _event(self, one: LayerSpan) -> None:
        kind, known = label_of(one)
        realis = one_of(Realis, one.values.get(layers.REALIS))
        polarity = one_of(Polarity, one.values.get(layers.POLARITY))
        known += (layers.REALIS,) if realis else ()
        known += (layers.POLARITY,) if polarity else ()
        self._made[one.id] = self._builder.event(
            kind,
            self._fragments(one),
            realis=realis,
            polarity=polarity,
            cluster=one.values.get(layers.CLUSTER) or None,
            attrs=self._attributes(one, *known, layers.CLUSTER),
        )

    def _arguments(self, one: LayerSpan) -> Iterator[Argument]:
        for feature, links in one.links.items():
            for link in links if feature != layers.FRAGMENTS else ():
                target = self._target(link.target)
                if target is None:
                    self._missing(one, link)
                else:
                    yield Argument(link.role or feature, target)

    def _missing(self, one: LayerSpan, link: Link) -> None:
        target = self._spans.get(link.target)
        shown = link.target if target is None else target.shown
        self._refuse("formats.link_lost", one, target=shown)

    def _target(self, identifier: str) -> Target | None:
        made = self._made.get(identifier)
        if made is not None and identifier in self._quotes:
            return QuoteTarget(made)
        if made is not None and identifier in self._events:
            return EventTarget(made)
        return self._party(identifier)

    def _party(self, identifier: str) -> Party | None:
        """A span as a target; a quote or an event is no party, but its piece of text is."""
        one = self._spans.get(identifier)
        if one is None:
            return None
        made = self._made.get(identifier)
        if made is not None and one.layer == layers.ENTITY and layers.KEY in one.values:
            return ImplicitTarget(made)
        if made is not None and not (identifier in self._events or identifier in self._quotes):
            return MentionTarget(made)
        if not one.spans:
            return None
        refers = self._entities.get(one.values.get(layers.ENTITY_KEY, ""))
        return SpanTarget(self._fragments(one), refers)

    def _quote(self, one: LayerSpan, kind: QuoteType) -> None:
        marks = [self._spans.get(link.target) for link in one.links.get(layers.MARKS, ())]
        cue = one.links.get(layers.CUE, ())
        form, evidence = _natural(one)
        known: tuple[str, ...] = (layers.FORM,) if form else ()
        known += (layers.EVIDENCE,) if evidence else ()
        known += (layers.VALUE,) if quote_type_told(one) else ()
        self._made[one.id] = self._builder.quote(
            kind,
            self._fragments(one),
            marks=tuple(mark.spans[0] for mark in marks if mark is not None and mark.spans),
            cue=pieces_of(cue, self._spans),
            cluster=one.values.get(layers.CLUSTER) or None,
            attrs=self._attributes(one, layers.CLUSTER, *known),
        )

    def _say(self) -> None:
        """Who says what to whom, when everything is there."""
        parents = without_circles(
            {
                identifier: link.target
                for identifier in self._quotes
                for link in self._spans[identifier].links.get(layers.PARENT, ())[:1]
                if link.target in self._quotes
            }
        )
        for identifier in self._quotes:
            one = self._spans[identifier]
            form, evidence = _natural(one)
            speakers = list(self._parties(one, layers.SPEAKER))
            parent = parents.get(identifier)
            self._unheld[layers.SPEAKER] += max(len(speakers) - 1, 0)
            self._unheld[layers.PARENT] += len(one.links.get(layers.PARENT, ())) - bool(parent)
            self._builder.said_by(
                self._made[identifier],
                speaker_told(speakers, form, evidence),
                tuple(self._parties(one, layers.ADDRESSEES)),
                None if parent is None else self._made[parent],
            )

    def _parties(self, one: LayerSpan, feature: str) -> Iterator[Party]:
        for link in one.links.get(feature, ()):
            party = self._party(link.target)
            if party is None:
                self._missing(one, link)
            else:
                yield party


def _natural(one: LayerSpan) -> tuple[SpeakerForm | None, Evidence | None]:
    form = one_of(SpeakerForm, one.values.get(layers.FORM))
    return form, one_of(Evidence, one.values.get(layers.EVIDENCE))
