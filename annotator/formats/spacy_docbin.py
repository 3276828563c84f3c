"""spaCy: files of documents that ``spacy train`` reads, a folder of them or one.

``doc.ents`` are flat, as spaCy's entity tagger wants them. The span groups ``mentions``,
``triggers`` and ``quotes`` hold all there is, nested, with the ids of the records and of knowledge
bases. All that spaCy has no place for is in ``doc.user_data["gold"]`` by its names in gold.
Texts come back as they were: spaces beyond the one behind a word are tokens, as spaCy has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any, TypeAlias

from msgspec import Struct

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import Event, Mention, Quote
from annotator.core.document import Segmentation
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Folder,
    Format,
    Holds,
    JsonValue,
    SegmentedBundle,
)
from annotator.formats.event_instances import trigger_span
from annotator.formats.gold_order import ordered_events, ordered_mentions, ordered_quotes
from annotator.formats.gold_record import build_record
from annotator.formats.losses import LossKind
from annotator.formats.optional_packages import package_missing
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.token_view import LEVELS, NESTING, Runs, TaggedRun, TokenRun, sentence_runs

PACKAGE = "spacy"
LANGUAGE = "xx"
"""spaCy's language of no language in particular; it has none for Sorani."""

BATCH = 500
"""How many documents are in one file: spaCy holds all of a file in memory, and so do we."""

BATCH_WORDS = 200_000
"""How many words are in one file, and one document more."""

SUFFIX = ".spacy"
LAYERS = ("doc_id", "doc", "set", "mentions", "entities", "events", "quotes")
"""What of a gold record goes into ``doc.user_data``."""

# Of spacy.tokens, which may be missing.
_Doc: TypeAlias = Any
_Span: TypeAlias = Any


class _Batch:
    """The documents of one file, with a vocabulary of their own, so that none grows for ever."""

    def __init__(self, spacy: ModuleType, context: ExportContext) -> None:
        tokens = spacy.tokens
        # That of spacy.blank: each of its many factories slows down all that is packed later.
        defaults = spacy.util.get_lang_class(LANGUAGE).Defaults
        self._vocab = spacy.vocab.create_vocab(LANGUAGE, defaults)
        self._span, self._doc = tokens.Span, tokens.Doc
        self._bin = tokens.DocBin(store_user_data=True)
        self._context = context
        self.words = 0

    def __len__(self) -> int:
        return len(self._bin)

    @property
    def is_full(self) -> bool:
        """Whether the next document goes into another file."""
        return len(self) >= BATCH or self.words >= BATCH_WORDS

    def add(self, each: SetDocument) -> None:
        """Add an annotation set as a document."""
        spelling = spelling_of(each.document.text, each.segmentation)
        doc = self._doc(
            self._vocab,
            words=spelling.words,
            spaces=spelling.spaces,
            sent_starts=_sentence_starts(each.segmentation, spelling),
        )
        self._add_spans(doc, each, spelling.places)
        record = build_record(each.document, each.content, each.segmentation, self._context)
        said = {name: record[name] for name in LAYERS}
        if not spelling.is_ours:
            said = _replaced(said, spelling)
        doc.user_data["gold"] = {"doc_id": each.name, **said}
        self._bin.add(doc)
        self.words += len(spelling.words)

    def to_bytes(self) -> bytes:
        """The file."""
        made: bytes = self._bin.to_bytes()
        return made

    def _add_spans(self, doc: _Doc, each: SetDocument, places: list[int]) -> None:
        annotations, scheme = each.content.annotations, self._context.scheme
        names = {entity.id: dict(entity.kb) for entity in annotations.entities()}

        def span(run: TokenRun, label: str, record: RecordId, entity: RecordId | None) -> _Span:
            known = {} if entity is None else names[entity]
            kb = next(iter(known.values()), "")
            first, last = places[run.first], places[run.last - 1] + 1
            return self._span(doc, first, last, label=label, span_id=record, kb_id=kb)

        flat = Runs(each.unheard).flat(
            scheme,
            innermost=self._context.chosen(NESTING) == "innermost",
            names_only=self._context.chosen(LEVELS) == "names",
        )
        doc.set_ents(
            [
                span(one.run, one.label, RecordId(one.record), _entity(annotations, one))
                for one in flat
            ]
        )
        groups = {
            "mentions": [
                span(run, mention.label, mention.id, mention.entity)
                for mention, run in _mention_runs(each)
            ],
            "triggers": [
                span(run, event.type, event.id, None) for event, run in _trigger_runs(each)
            ],
            "quotes": [
                span(run, quote.type.value, quote.id, None) for quote, run in _quote_runs(each)
            ],
        }
        for name, spans in groups.items():
            doc.spans[name] = spans


def _entity(annotations: AnnotationSet, one: TaggedRun) -> RecordId | None:
    return annotations.mention(one.record).entity


def _mention_runs(each: SetDocument) -> Iterator[tuple[Mention, TokenRun]]:
    runs = Runs(each)
    for mention in ordered_mentions(each.content.annotations):
        run = runs.of(mention.fragments, mention.id)
        if run is not None:
            yield mention, run


def _trigger_runs(each: SetDocument) -> Iterator[tuple[Event, TokenRun]]:
    """The one piece of each trigger; what else there is of it is in gold."""
    runs = Runs(each)
    for event in ordered_events(each.content.annotations):
        if not event.trigger.is_contiguous:
            runs.lose(event.id, LossKind.HEAD, "trigger")
        run = runs.of(Fragments((trigger_span(event.trigger),)), event.id, "trigger")
        if run is not None:
            yield event, run


def _quote_runs(each: SetDocument) -> Iterator[tuple[Quote, TokenRun]]:
    """A run for each piece of what is said."""
    runs = Runs(each)
    for quote in ordered_quotes(each.content.annotations):
        for span in quote.content.spans:
            run = runs.of(Fragments((span,)), quote.id, "content")
            if run is not None:
                yield quote, run


class Spelling(Struct, frozen=True):
    """The words of a text for spaCy, whether a space follows each, and where our tokens are."""

    words: list[str]
    spaces: list[bool]
    places: list[int]

    @property
    def is_ours(self) -> bool:
        """Whether the words are our tokens, and their numbers the same."""
        return len(self.words) == len(self.places)

    def place(self, token: int) -> int:
        """Where the token of this number is; behind the last one the end."""
        return self.places[token] if token < len(self.places) else len(self.words)


def spelling_of(text: str, segmentation: Segmentation) -> Spelling:
    """The words that give exactly `text`: a space behind a word belongs to it, others are words."""
    made = Spelling([], [], [])
    end = 0
    for token in segmentation.tokens:
        _fill_gap(made, text[end : token.start])
        made.places.append(len(made.words))
        made.words.append(text[token.start : token.end])
        made.spaces.append(False)
        end = token.end
    _fill_gap(made, text[end:])
    return made


def _fill_gap(made: Spelling, gap: str) -> None:
    if gap.startswith(" ") and made.spaces:
        made.spaces[-1] = True
        gap = gap[1:]
    if gap:
        made.words.append(gap)
        made.spaces.append(False)


def _sentence_starts(segmentation: Segmentation, spelling: Spelling) -> list[bool]:
    """Which words begin a sentence; spaces before the first one belong to it."""
    starts = {spelling.places[run.first] for run in sentence_runs(segmentation)}
    if spelling.places:
        starts = starts - {spelling.places[0]} | {0}
    return [number in starts for number in range(len(spelling.words))]


def _replaced(value: JsonValue, spelling: Spelling) -> JsonValue:
    """Part of a gold record whose numbers of tokens are those of spaCy."""
    if isinstance(value, list):
        return [_replaced(one, spelling) for one in value]
    if not isinstance(value, dict):
        return value
    made = {name: _replaced(one, spelling) for name, one in value.items()}
    if "token_start" in made:
        first, last = made["token_start"], made["token_end"]
        made["token_start"] = spelling.place(first)
        made["token_end"] = spelling.places[last - 1] + 1 if first < last else spelling.place(last)
    return made


def write_docbin(
    items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
) -> ExportReport:
    """Write files of `BATCH` annotation sets each. Raises `UserError` where spaCy is missing."""
    spacy = _spacy()
    sets = SetDocuments(items, context.lose)
    for number, batch in enumerate(_batches(spacy, sets, context), 1):
        sets.write_file(folder, f"part-{number:05}{SUFFIX}", batch.to_bytes())
    return sets.report()


def _spacy() -> ModuleType:
    try:
        import spacy
    except ImportError as error:
        raise package_missing(PACKAGE) from error
    return spacy


def _batches(
    spacy: ModuleType, sets: Iterable[SetDocument], context: ExportContext
) -> Iterator[_Batch]:
    batch = None
    for each in sets:
        batch = batch or _Batch(spacy, context)
        batch.add(each)
        if batch.is_full:
            yield batch
            batch = None
    if batch is not None:
        yield batch


SPACY_DOCBIN = Format(
    id="spacy-docbin",
    title="formats.title_spacy_docbin",
    suffixes=(SUFFIX,),
    write_files=write_docbin,
    holds=frozenset(Holds) - {Holds.SUBTOKEN, Holds.DISCONTINUOUS},
    options=(NESTING, LEVELS),
    needs=PACKAGE,
)
