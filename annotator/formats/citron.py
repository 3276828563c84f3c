"""Citron: a file a document, with its text and the quotes in it by code points, end excluded.

Citron's own data have the quotation marks inside of the content. Contents and sources may be in
pieces; a cue is one piece, and without one there is no quote. Pronouns and nouns that speak come
with the name of their entity; entities with several mentions are its coreference groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import orjson

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import (
    Mention,
    MentionLevel,
    MentionTarget,
    Quote,
    SpanTarget,
)
from annotator.core.ids import RecordId
from annotator.core.span import Fragments, Span
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Folder,
    Format,
    FormatOption,
    Holds,
    JsonObject,
    SegmentedBundle,
)
from annotator.formats.details import tell_details, tell_entities, tell_head
from annotator.formats.event_instances import trigger_span
from annotator.formats.gold_order import ordered_mentions, ordered_quotes
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.token_view import Runs

MARKS = FormatOption("marks", ("marks_inside", "marks_outside"))
"""Whether the content of a quote is written with its quotation marks."""

SUFFIX = ".json"


class _Article:
    """One annotation set, on its way to JSON."""

    def __init__(self, each: SetDocument, context: ExportContext) -> None:
        self._text = each.document.text
        self._annotations = each.content.annotations
        self._runs = Runs(each)
        self._has_marks = context.chosen(MARKS) == "marks_inside"
        self._groups = _groups(self._annotations)

    def json(self) -> JsonObject:
        made = {
            "text": self._text,
            "quotes": list(self._quotes()),
            "coreference_groups": [
                [self._span(mention.fragments.envelope) for mention in group]
                for group in self._groups.values()
            ],
        }
        self._tell_mentions()
        tell_entities(self._runs, self._annotations, self._groups)
        for event in self._annotations.events():
            self._runs.lose(event.id, LossKind.EVENT)
        return made

    def _quotes(self) -> Iterator[JsonObject]:
        for quote in ordered_quotes(self._annotations):
            if quote.cue is None:
                self._runs.lose(quote.id, LossKind.QUOTE)
                continue
            if not quote.cue.is_contiguous:
                self._runs.lose(quote.id, LossKind.HEAD, "cue")
            self._tell_quote(quote)
            contents = _with_marks(self._text, quote) if self._has_marks else quote.content.spans
            yield {
                "id": quote.id,
                "cue": self._span(trigger_span(quote.cue)),
                "sources": self._spans(self._sources(quote)),
                "contents": self._spans(contents),
                "coreferences": self._spans(self._names(quote)),
            }

    def _sources(self, quote: Quote) -> tuple[Span, ...]:
        match quote.speaker.who:
            case MentionTarget(identifier):
                return self._annotations.mention(identifier).fragments.spans
            case SpanTarget(fragments):
                return fragments.spans
            case _:
                return ()

    def _names(self, quote: Quote) -> tuple[Span, ...]:
        """The name of who speaks, where a noun, a pronoun or a free piece of text does.

        It is the last one before the speaker, else the first one in the text.
        """
        match quote.speaker.who:
            case MentionTarget(identifier):
                mention = self._annotations.mention(identifier)
                if mention.level is MentionLevel.NAM:
                    return ()
                entity, start = mention.entity, mention.fragments.start
            case SpanTarget(fragments, entity):
                start = fragments.start
            case _:
                return ()
        group = () if entity is None else self._groups.get(entity, ())
        names = [one.fragments.envelope for one in group if one.level is MentionLevel.NAM]
        before = [name for name in names if name.start < start]
        return tuple(before[-1:] or names[:1])

    def _tell_quote(self, quote: Quote) -> None:
        who = quote.speaker.who
        if who is not None and not isinstance(who, MentionTarget | SpanTarget):
            self._runs.lose(quote.id, LossKind.QUOTE_PART, "speaker")
        tell_head(self._runs, quote.id, "speaker", who)
        if quote.addressees:
            self._runs.lose(quote.id, LossKind.QUOTE_PART, "addressees")
        tell_details(self._runs, quote, *_heads_written(quote))

    def _tell_mentions(self) -> None:
        """Of a mention no more is written than that it shares an entity."""
        for mention in self._annotations.mentions():
            if mention.entity in self._groups:
                if not mention.fragments.is_contiguous:
                    self._runs.lose(mention.id, LossKind.JOINED)
                tell_details(self._runs, mention, "entity", more="label")
            else:
                self._runs.lose(mention.id, LossKind.MENTION)

    def _spans(self, spans: Iterable[Span]) -> list[JsonObject]:
        return [self._span(span) for span in spans]

    def _span(self, span: Span) -> JsonObject:
        return {"start": span.start, "end": span.end, "text": span.of(self._text)}


def _groups(annotations: AnnotationSet) -> dict[RecordId, list[Mention]]:
    """The mentions of the entities that have several, in order of the text."""
    groups: dict[RecordId, list[Mention]] = {}
    for mention in ordered_mentions(annotations):
        if mention.entity is not None:
            groups.setdefault(mention.entity, []).append(mention)
    return {entity: group for entity, group in groups.items() if len(group) > 1}


def _heads_written(quote: Quote) -> Iterator[str]:
    """Of a cue in pieces the head is what is written."""
    if quote.cue is not None and not quote.cue.is_contiguous:
        yield "cue head"


def _with_marks(text: str, quote: Quote) -> Sequence[Span]:
    """The content with the quotation marks that only spaces divide from a piece of it."""
    spans = list(quote.content.spans)
    for mark in quote.marks:
        for number, span in enumerate(spans):
            between = text[min(mark.end, span.end) : max(mark.start, span.start)]
            if not between.strip():
                spans[number] = Span(min(mark.start, span.start), max(mark.end, span.end))
                break
    return Fragments.merged(spans).spans


def write_citron(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write a file for each annotation set."""
    sets = SetDocuments(items, context.lose)
    for each in sets:
        made = _Article(each, context).json()
        name = f"{sets.file_stem(each, SUFFIX)}{SUFFIX}"
        sets.write_file(folder, name, orjson.dumps(made, option=orjson.OPT_INDENT_2))
    return sets.report()


CITRON = Format(
    id="citron",
    title="formats.title_citron",
    suffixes=(SUFFIX,),
    write_files=write_citron,
    is_file_each=True,
    holds=frozenset(
        {
            Holds.TEXT,
            Holds.NESTED,
            Holds.DISCONTINUOUS,
            Holds.SUBTOKEN,
            Holds.ENTITIES,
            Holds.QUOTES,
        }
    ),
    options=(MARKS,),
)
