"""DyGIE++: a document a line, with mentions, events and coreference by tokens of the document.

Ends are included. Mentions may nest; of two on the same tokens one is written. A trigger is one
token. Arguments are any tokens of the sentence that the trigger stands in, so free pieces of text
are written, too. DyGIE++ refuses keys that it does not know, unless they begin with an underscore
and tell one thing a sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import BinaryIO, TypeAlias

from annotator.core.annotations import Argument, Event, Mention, MentionTarget, SpanTarget
from annotator.core.ids import RecordId
from annotator.core.span import Fragments
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Format,
    Holds,
    JsonObject,
    SegmentedBundle,
)
from annotator.formats.details import (
    argument_name,
    tell_details,
    tell_entities,
    tell_head,
    tell_quotes,
)
from annotator.formats.event_instances import trigger_span
from annotator.formats.gold_order import ordered_arguments, ordered_events, ordered_mentions
from annotator.formats.losses import LossKind
from annotator.formats.set_documents import SetDocument, SetDocuments
from annotator.formats.token_view import Runs, TokenRun, run_of, sentence_runs

_Place: TypeAlias = tuple[int, int]
"""First and last token."""


class _Sentences:
    """The sentences of a set, and what is put into each."""

    def __init__(self, each: SetDocument, context: ExportContext) -> None:
        self._each = each
        self._scheme = context.scheme
        self._runs = Runs(each)
        self.runs = sentence_runs(each.segmentation)
        self._starts = [run.first for run in self.runs]
        self.ner: list[list[list[object]]] = [[] for _ in self.runs]
        self.events: list[list[list[list[object]]]] = [[] for _ in self.runs]
        self._places: dict[RecordId, _Place] = {}
        self._members: defaultdict[RecordId, list[_Place]] = defaultdict(list)

    def fill(self) -> None:
        """Put in what the set holds, and tell what it does not."""
        annotations = self._each.content.annotations
        self._add_mentions(ordered_mentions(annotations))
        self._add_events(ordered_events(annotations))
        tell_entities(self._runs, annotations, self._members)
        tell_quotes(self._runs, annotations)

    def clusters(self) -> list[list[_Place]]:
        """The places of the entities that several mentions refer to."""
        return [places for places in self._members.values() if len(places) > 1]

    def _add_mentions(self, mentions: Iterable[Mention]) -> None:
        taken: set[_Place] = set()
        for mention in mentions:
            run = run_of(self._each.segmentation, mention.fragments.envelope)
            sentence = None if run is None else self._sentence(run)
            if run is None or sentence is None:
                self._runs.lose(mention.id, LossKind.MENTION if run else LossKind.NO_TOKEN)
            elif _place(run) in taken:
                self._runs.lose(mention.id, LossKind.OVERLAP)
            else:
                taken.add(_place(run))
                self.ner[sentence].append([*_place(run), mention.label])
                self._places[mention.id] = _place(run)
                self._tell(mention)

    def _tell(self, mention: Mention) -> None:
        self._runs.of(mention.fragments, mention.id)
        tell_details(self._runs, mention, "entity")
        if mention.entity is not None:
            self._members[mention.entity].append(self._places[mention.id])

    def _add_events(self, events: Iterable[Event]) -> None:
        taken: set[int] = set()
        for event in events:
            span = event.trigger.head or trigger_span(event.trigger)
            run = run_of(self._each.segmentation, span)
            if run is None or run.first in taken:
                self._runs.lose(event.id, LossKind.EVENT)
                continue
            taken.add(run.first)
            self._runs.of(Fragments((span,)), event.id, "trigger")
            if len(run) > 1 or event.trigger.envelope != span:
                self._runs.lose(event.id, LossKind.HEAD, "trigger")
            # Where a trigger has a head, that is what is written.
            tell_details(self._runs, event, "head")
            sentence = bisect_right(self._starts, run.first) - 1
            trigger: list[object] = [run.first, event.type]
            self.events[sentence].append([trigger, *self._arguments(event, sentence)])

    def _arguments(self, event: Event, sentence: int) -> list[list[object]]:
        roles: dict[_Place, str] = {}
        for argument in ordered_arguments(event, self._each.content.annotations, self._scheme):
            place = self._filler(argument, sentence)
            if place is None or roles.get(place, argument.role) != argument.role:
                self._runs.lose(event.id, LossKind.ARGUMENT, argument_name(argument))
                continue
            roles[place] = argument.role
            if isinstance(argument.target, SpanTarget):
                self._tell_free(event, argument, argument.target)
        return [[*place, role] for place, role in roles.items()]

    def _filler(self, argument: Argument, sentence: int) -> _Place | None:
        match argument.target:
            case MentionTarget(identifier):
                place = self._places.get(identifier)
            case SpanTarget(fragments):
                run = run_of(self._each.segmentation, fragments.envelope)
                place = None if run is None else _place(run)
            case _:
                place = None
        run = self.runs[sentence]
        is_inside = place is not None and run.first <= place[0] and place[1] < run.last
        return place if is_inside else None

    def _tell_free(self, event: Event, argument: Argument, target: SpanTarget) -> None:
        self._runs.of(target.fragments, event.id, argument.role)
        tell_head(self._runs, event.id, argument.role, target)
        if target.entity is not None:
            self._runs.lose(event.id, LossKind.DETAIL, f"{argument.role}.entity")

    def _sentence(self, run: TokenRun) -> int | None:
        """The number of the sentence that holds all of a run."""
        number = bisect_right(self._starts, run.first) - 1
        return number if run.last <= self.runs[number].last else None


def _place(run: TokenRun) -> _Place:
    return run.first, run.last - 1


def _document(each: SetDocument, context: ExportContext) -> JsonObject | None:
    """A set as JSON; None where the text has no token, for DyGIE++ cannot read that."""
    sentences = _Sentences(each, context)
    sentences.fill()
    if not sentences.runs:
        return None
    words = each.words
    return {
        "doc_key": each.name,
        "dataset": context.scheme.id,
        "sentences": [words[run.first : run.last] for run in sentences.runs],
        "_sentence_start": [run.first for run in sentences.runs],
        "ner": sentences.ner,
        "relations": [[] for _ in sentences.runs],
        "events": sentences.events,
        "clusters": sentences.clusters(),
    }


def write_dygie(
    items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
) -> ExportReport:
    """Write every annotation set as a line."""
    sets = SetDocuments(items, context.lose)
    made = (_document(each, context) for each in sets)
    return sets.write_lines((one for one in made if one is not None), target)


DYGIE = Format(
    id="dygie",
    title="formats.title_dygie",
    suffixes=(".jsonl", ".json"),
    write=write_dygie,
    holds=frozenset({Holds.NESTED, Holds.OVERLAYS, Holds.ENTITIES, Holds.EVENTS}),
)
