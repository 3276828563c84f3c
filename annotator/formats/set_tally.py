"""Counts over annotation sets on their way into an export, for every format alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from annotator.core.annotation_set import AnnotationSet
from annotator.core.ids import AnnotatorId, DocumentId
from annotator.formats.base import Format, Holds, SegmentedBundle

LAYERS = ("mentions", "entities", "events", "quotes", "arguments")
"""The layers as gold calls them, and what arguments of events are."""


class SetTally(Struct):
    """What has passed so far; `labels` by layer, then split, then label, type or role.

    Only numbers, so that a hundred thousand documents take no more memory than one. The bundles of
    a document come one after the other.
    """

    documents: int = 0
    sets: int = 0
    shared: int = 0
    """How many documents have several sets."""
    splits: Counter[str | None] = field(default_factory=Counter)
    """How many documents are in each split."""
    statuses: Counter[str] = field(default_factory=Counter)
    annotators: set[AnnotatorId] = field(default_factory=set)
    licences: Counter[str | None] = field(default_factory=Counter)
    characters: int = 0
    tokens: int = 0
    sentences: int = 0
    labels: dict[str, dict[str | None, Counter[str]]] = field(default_factory=dict)
    _last: DocumentId | None = None

    def add(self, item: SegmentedBundle) -> None:
        """Count a document with its sets."""
        document = item.bundle.document
        split = document.metadata.split
        if document.id != self._last:
            self._last = document.id
            self.documents += 1
            self.splits[split] += 1
        self.licences[document.metadata.license] += 1
        self.characters += len(document.text)
        self.tokens += len(item.segmentation.tokens)
        self.sentences += len(item.segmentation.sentences)
        self.shared += len(item.bundle.sets) > 1
        for content in item.bundle.sets:
            self.sets += 1
            self.annotators.update(content.header.annotators)
            self.statuses[content.annotations.status.status.value] += 1
            for layer, labels in layer_labels(content.annotations).items():
                self.labels.setdefault(layer, {}).setdefault(split, Counter()).update(labels)

    def total(self, layer: str) -> int:
        """How many there are in a layer."""
        return sum(counter.total() for counter in self.labels.get(layer, {}).values())

    def of(self, layer: str, split: str | None) -> Counter[str]:
        """How often each label of a layer occurs in the documents of a split."""
        return self.labels.get(layer, {}).get(split, Counter())

    def counts(self, layer: str) -> Counter[str]:
        """How often each label of a layer occurs."""
        return sum(self.labels.get(layer, {}).values(), Counter())


def repeated(known: Format, tally: SetTally) -> int:
    """How many texts are in the data several times, once with each of their sets.

    What is learnt from such data contradicts itself where the annotators did. Records of gold say
    whose each set is, and are no examples to learn from as they are.
    """
    is_told = Holds.SETS in known.holds
    return 0 if is_told else tally.shared


def layer_labels(annotations: AnnotationSet) -> Mapping[str, Iterable[str]]:
    """The labels, types and roles in a set, each as often as it occurs."""
    return {
        "mentions": (mention.label for mention in annotations.mentions()),
        "entities": (entity.label for entity in annotations.entities()),
        "events": (event.type for event in annotations.events()),
        "quotes": (quote.type.value for quote in annotations.quotes()),
        "arguments": (a.role for event in annotations.events() for a in event.arguments),
    }
