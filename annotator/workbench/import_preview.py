"""What an import would bring: counted while files are read, before or without anything written."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import LAYER_OF
from annotator.core.ids import Layer
from annotator.core.scheme import Scheme
from annotator.core.set_header import SetHeader, SetKind
from annotator.formats.base import ImportProblem
from annotator.foundation.errors import Refused
from annotator.workbench.foreign_names import (
    FileNames,
    UnknownName,
    count_names,
    undecided,
    unknown_names,
)
from annotator.workbench.label_mapping import NO_MAPPING, LabelMapping

MAX_NAMES = 2000
"""Different names that files may use; what has more is no field of labels."""

_SHOWN = 40
"""Names that one sentence lists."""


class ImportPreview(Struct, frozen=True):
    """What files bring: documents that are new or known by their text, and sets to be added.

    `duplicates` are sets that are there already. The annotations are those of the sets to be
    added; `names` are theirs, as the files write them, and `double_names` those of duplicates.
    `wants_owner` says that a set tells nobody whose it is. `problems` are what could not be read,
    or only with a warning, and what else somebody should know beforehand.
    """

    documents: int = 0
    known: int = 0
    sets: int = 0
    duplicates: int = 0
    mentions: int = 0
    entities: int = 0
    events: int = 0
    quotes: int = 0
    names: FileNames = field(default_factory=Counter)
    double_names: FileNames = field(default_factory=Counter)
    wants_owner: bool = False
    problems: tuple[ImportProblem, ...] = ()

    def unknown(
        self, scheme: Scheme, mapping: LabelMapping = NO_MAPPING
    ) -> tuple[UnknownName, ...]:
        """What the scheme does not have under these decisions (`unknown_names`)."""
        return unknown_names(self.names, scheme, mapping)

    @property
    def annotations(self) -> int:
        """How many mentions, events and quotes there are."""
        return self.mentions + self.events + self.quotes


class UnknownNames(Refused):
    """Files use names that the scheme does not have, and nobody has said what they become."""

    def __init__(self, preview: ImportPreview, names: tuple[UnknownName, ...]) -> None:
        shown = [f"{each.name.shown} ({each.count})" for each in names[:_SHOWN]]
        more = ["…"] if len(names) > _SHOWN else []
        super().__init__("import.unknown_names", names=", ".join(shown + more))
        self.preview = preview
        self.names = names


class Tally:
    """Counts what goes by."""

    def __init__(self) -> None:
        self.documents = 0
        self.known = 0
        self.sets = 0
        self.duplicates = 0
        self.wants_owner = False
        self.problems: list[ImportProblem] = []
        self.names: FileNames = Counter()
        self.double_names: FileNames = Counter()
        self._layers: Counter[Layer] = Counter()

    def count(self, annotations: AnnotationSet) -> None:
        """Count a set that is added, as its file has it.

        Raises `Refused` where there are more names than anybody could decide about.
        """
        records = annotations.records.values()
        self.sets += 1
        for kind, count in Counter(map(type, records)).items():
            self._layers[LAYER_OF[kind]] += count
        count_names(self.names, records)
        if len(self.names) > MAX_NAMES:
            raise Refused("import.too_many_names", count=MAX_NAMES)

    def count_double(self, annotations: AnnotationSet) -> None:
        """Count a set that is there already."""
        self.duplicates += 1
        if len(self.double_names) <= MAX_NAMES:
            count_names(self.double_names, annotations.records.values())

    def require_decisions(self, scheme: Scheme, mapping: LabelMapping) -> None:
        """Raise `UnknownNames` where the scheme lacks something of which nothing is said."""
        names = undecided(self.names, scheme, mapping)
        if names:
            raise UnknownNames(self.preview(), names)

    def preview(self) -> ImportPreview:
        """What was counted."""
        return ImportPreview(
            documents=self.documents,
            known=self.known,
            sets=self.sets,
            duplicates=self.duplicates,
            mentions=self._layers[Layer.MENTION],
            entities=self._layers[Layer.ENTITY],
            events=self._layers[Layer.EVENT],
            quotes=self._layers[Layer.QUOTE],
            names=self.names,
            double_names=self.double_names,
            wants_owner=self.wants_owner,
            problems=tuple(self.problems),
        )


def is_nobodys(header: SetHeader) -> bool:
    """Whether a set is a person's and tells no person."""
    return header.kind is SetKind.ANNOTATOR and not header.annotators
