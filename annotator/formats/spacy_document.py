"""An annotation set as a document of spaCy: words, flat entities, groups of spans, and gold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from annotator.core.span import Fragments
from annotator.formats.base import ExportContext, JsonObject
from annotator.formats.event_instances import trigger_span
from annotator.formats.gold_order import ordered_events, ordered_mentions, ordered_quotes
from annotator.formats.gold_record import Places, build_annotations
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument
from annotator.formats.spacy_spelling import SpelledPlaces, Spelling, sentence_starts, spelling_of
from annotator.formats.token_view import LEVELS, NESTING, Runs, TokenRun


class SpacySpan(Struct, frozen=True):
    """A labelled span: the words ``first <= i < last``, the code points ``start <= i < end``."""

    first: int
    last: int
    start: int
    end: int
    label: str
    id: str
    kb_id: str = ""


class SpacyDocument(Struct, frozen=True):
    """What spaCy is told of an annotation set.

    `sentence_starts` are the numbers of the words that begin a sentence; no two of `ents` share a
    word; `groups` are known by their names.
    """

    words: Sequence[str]
    spaces: Sequence[bool]
    sentence_starts: Sequence[int]
    ents: Sequence[SpacySpan]
    groups: Mapping[str, Sequence[SpacySpan]]
    user_data: JsonObject


def spacy_document(each: SetDocument, context: ExportContext) -> SpacyDocument:
    """The document of a set. What stands on no word is told as a loss."""
    text, segmentation = each.document.text, each.segmentation
    spelling = spelling_of(text, segmentation)
    flat = Runs(each.unheard).flat(
        context.scheme,
        innermost=context.chosen(NESTING) == "innermost",
        names_only=context.chosen(LEVELS) == "names",
    )
    spans = _Spans(each, spelling)
    mentions = {one.id: one for one in spans.mentions()}
    places = Places(text, segmentation)
    if not spelling.is_ours:
        places = SpelledPlaces(text, segmentation, spelling)
    return SpacyDocument(
        spelling.words,
        spelling.spaces,
        sentence_starts(segmentation, spelling),
        ents=[mentions[one.record] for one in flat],
        groups={
            "mentions": list(mentions.values()),
            "triggers": spans.triggers(),
            "quotes": spans.quotes(),
        },
        user_data={"gold": build_annotations(each.document, each.content, context.scheme, places)},
    )


class _Spans:
    """The annotations of a set as spans on words."""

    def __init__(self, each: SetDocument, spelling: Spelling) -> None:
        self._annotations = each.content.annotations
        self._tokens = each.segmentation.tokens
        self._runs = Runs(each)
        self._spelling = spelling

    def mentions(self) -> list[SpacySpan]:
        """A span for each mention, with the id of its entity in a knowledge base."""
        known = {
            entity.id: next(iter(dict(entity.kb).values()), "")
            for entity in self._annotations.entities()
        }
        made = []
        for one in ordered_mentions(self._annotations):
            run = self._runs.of(one.fragments, one.id)
            if run is not None:
                kb_id = "" if one.entity is None else known[one.entity]
                made.append(self._span(run, one.label, one.id, kb_id))
        return made

    def triggers(self) -> list[SpacySpan]:
        """The one piece of each trigger; what else there is of it is in gold."""
        made = []
        for one in ordered_events(self._annotations):
            if not one.trigger.is_contiguous:
                self._runs.lose(one.id, LossKind.HEAD, "trigger")
            run = self._runs.of(Fragments((trigger_span(one.trigger),)), one.id, "trigger")
            if run is not None:
                made.append(self._span(run, one.type, one.id))
        return made

    def quotes(self) -> list[SpacySpan]:
        """A span for each piece of what is said."""
        made = []
        for one in ordered_quotes(self._annotations):
            for span in one.content.spans:
                run = self._runs.of(Fragments((span,)), one.id, "content")
                if run is not None:
                    made.append(self._span(run, one.type.value, one.id))
        return made

    def _span(self, run: TokenRun, label: str, record: str, kb_id: str = "") -> SpacySpan:
        first, last = self._spelling.words_of(run.first, run.last)
        start, end = self._tokens[run.first].start, self._tokens[run.last - 1].end
        return SpacySpan(first, last, start, end, label, record, kb_id)
