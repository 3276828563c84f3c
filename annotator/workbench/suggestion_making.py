"""How the suggestions of one document are made: what is known of its set, followed edit by edit.

It brings every suggester along, and is loaded when the first passage is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress

from msgspec import Struct

from annotator.core.annotations import (
    Event,
    Mention,
    Quote,
    Record,
    SuggestionDecision,
    spans_of,
)
from annotator.core.commands.suggestions import decisions
from annotator.core.edits import Edit
from annotator.core.ids import DocumentId, SetId
from annotator.core.span import Span
from annotator.core.span_index import SpanIndex
from annotator.foundation.errors import UserError
from annotator.kurdish.lexicon import Lexicon
from annotator.store.project_file import ProjectFile
from annotator.store.suggestions import MarkedText
from annotator.suggest import ranking, registry
from annotator.suggest.base import Suggestion
from annotator.suggest.knowledge import Knowledge, word_lists
from annotator.suggest.memory import Marked, Memory, marks_of
from annotator.suggest.passage import Passage, passage_spans
from annotator.suggest.phrases import phrase_key
from annotator.suggest.ranking import Marks, Place
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.precision import Outcome, Outcomes


class Reading(Struct):
    """A passage and what was suggested in it last."""

    passage: Passage
    found: tuple[Suggestion, ...] = ()
    is_stale: bool = True
    was_read: bool = False


class Settled(Struct):
    """What is known of the set while suggestions are made: followed edit by edit."""

    document: OpenDocument
    knowledge: Knowledge
    spans: SpanIndex
    refused: set[Place]
    outcomes: Outcomes

    def suggest(self, passage: Passage) -> tuple[Suggestion, ...]:
        """What is suggested in a passage now."""
        return registry.suggest(passage, self._marks(passage), self.knowledge)

    def ranked(self, reading: Reading) -> tuple[Suggestion, ...]:
        """What is left of the suggestions of a passage after an edit in it."""
        return ranking.ranked(reading.found, self._marks(reading.passage), self.knowledge.scheme)

    def follow(self, edit: Edit) -> tuple[list[Span], set[str]]:
        """Learn from an edit; where it has changed something, and the keys of the words."""
        text = self.document.document.text
        self.spans = self.spans.updated(edit.changes)
        keys: set[str] = set()
        for record, times in _sides(edit):
            self.outcomes.learn(record, times)
            for marked in marks_of(record, text):
                self.knowledge.document.learn(marked, times)
                keys.add(phrase_key(marked.surface))
            if isinstance(record, SuggestionDecision):
                settle = self.refused.add if times > 0 else self.refused.discard
                settle(record.proposal.place)
        return [span for record, _ in _sides(edit) for span in spans_of(record)], keys

    def _marks(self, passage: Passage) -> Marks:
        near = self.spans.overlapping(passage.span)
        records = [self.document.annotations.records[identifier] for identifier in near]
        annotations = [one for one in records if isinstance(one, Mention | Event | Quote)]
        return Marks(annotations, self.refused)


def readings_of(opened: OpenDocument, lexicon: Lexicon) -> list[Reading]:
    """The passages of a document, in none of which anything was suggested yet."""
    text = opened.document.text
    return [
        Reading(Passage(text, opened.segmentation, span, lexicon=lexicon))
        for span in passage_spans(text, opened.segmentation)
    ]


def gathered(opened: OpenDocument, project: ProjectFile, lexicon: Lexicon) -> Settled:
    """What is known of a set as it is now."""
    here, header = opened.annotations, opened.header
    own = (m for r in here.records.values() for m in marks_of(r, opened.document.text))
    return Settled(
        opened,
        Knowledge(
            scheme=opened.scheme,
            lists=word_lists(lexicon),
            project=_remembered(project, header.id, header.document),
            document=Memory(own),
        ),
        SpanIndex(here.annotations()),
        {one.proposal.place for one in decisions(here)},
        Outcomes(_told(project, header.id, header.document), here.records.values()),
    )


def _sides(edit: Edit) -> Iterator[tuple[Record, int]]:
    """What an edit takes away, counted -1, and what it puts there, counted 1."""
    for change in edit.changes:
        if change.before is not None:
            yield change.before, -1
        if change.after is not None:
            yield change.after, 1


def _remembered(project: ProjectFile, set_id: SetId, but: DocumentId) -> Memory:
    """What was marked in other documents; one that is damaged ends it, and is told when opened."""
    counts: Counter[MarkedText] = Counter()
    with suppress(UserError):
        counts.update(project.suggestions.marked(set_id, but=but))
    memory = Memory()
    for one, times in counts.items():
        marked = Marked(one.layer, one.label, one.surface, one.level, one.is_refused)
        memory.learn(marked, times)
    return memory


def _told(project: ProjectFile, set_id: SetId, but: DocumentId) -> Mapping[Outcome, int]:
    """What became of suggestions in other documents; nothing where the file is damaged."""
    with suppress(UserError):
        return project.suggestions.tally(set_id, but=but)
    return {}
