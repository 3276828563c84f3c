"""What an import would bring: counted while files are read, before or without anything written."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import LAYER_OF
from annotator.core.ids import DocumentId, Layer, SetId
from annotator.core.scheme import Scheme
from annotator.core.set_header import SetHeader, SetKind
from annotator.formats.base import Bundle, ImportProblem, SetContent
from annotator.foundation.errors import Refused
from annotator.store.project_file import ProjectFile
from annotator.workbench.foreign_names import (
    FileNames,
    UnknownName,
    count_names,
    undecided,
    unknown_names,
)
from annotator.workbench.label_mapping import NO_MAPPING, LabelMapping
from annotator.workbench.left_overs import LeftOvers
from annotator.workbench.people import annotator_told, known_annotator

MAX_NAMES = 2000
"""Different names that files may use; what has more is no field of labels."""

_SHOWN = 40
"""Names that one sentence lists."""


class ImportPreview(Struct, frozen=True):
    """What files bring: documents that are new or known by their text, and sets to be added.

    `duplicates` are sets that are there already. The annotations are those of the sets to be
    added; `names` are theirs, as the files write them. `wants_owner` says that a set tells nobody
    whose it is. `problems` are what could not be read, or only with a warning.
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
            wants_owner=self.wants_owner,
            problems=tuple(self.problems),
        )


class Look:
    """Tallies bundles as an import into a project would take them, and writes nothing.

    `owner` is the name of whom all sets are to belong to, `present` of who has those of nobody.
    """

    def __init__(self, project: ProjectFile, *, owner: str | None, present: str | None) -> None:
        self.tally = Tally()
        self._project = project
        self._owner = owner
        self._present = present
        self._seen: set[str] = set()
        self._taken: set[tuple[str, str]] = set()
        self._left_overs = LeftOvers(project)

    def take(self, bundle: Bundle) -> None:
        """Look at one document with its sets."""
        digest = bundle.document.sha256
        existing = self._project.documents.find_text(digest)
        is_known = existing is not None or digest in self._seen
        self._seen.add(digest)
        self.tally.known += is_known
        self.tally.documents += not is_known
        for content in bundle.sets:
            if self._is_there(content, digest, existing):
                self.tally.duplicates += 1
            else:
                self.tally.count(content.annotations)

    def _is_there(self, content: SetContent, digest: str, existing: DocumentId | None) -> bool:
        owner, header = self._owner, content.header
        if owner is None and is_nobodys(header):
            owner = self._present
            self.tally.wants_owner = True
        identifier = self._known_as(content)
        if owner is not None:
            person = known_annotator(self._project, owner)
            identifier = SetId(f"+{owner}") if person is None else SetId(person.id)
        if (digest, identifier) in self._taken:
            return True
        self._taken.add((digest, identifier))
        if existing is None or not holds_annotations(self._project, existing, identifier):
            return False
        return identifier not in [left.id for left in self._left_overs.of(existing)]

    def _known_as(self, content: SetContent) -> SetId:
        """The set as the project knows it, which may know its person by another id."""
        header = content.header
        for told in header.annotators[:1]:
            person = annotator_told(self._project, told, content.person)
            if person is not None and header.id == SetId(told):
                return SetId(person.id)
        return header.id


def is_nobodys(header: SetHeader) -> bool:
    """Whether a set is a person's and tells no person."""
    return header.kind is SetKind.ANNOTATOR and not header.annotators


def holds_annotations(project: ProjectFile, document: DocumentId, identifier: SetId) -> bool:
    """Whether the set is there with something in it: what was taken back leaves it empty."""
    header = project.annotations.header(document, identifier)
    return header is not None and len(project.annotations.read(header).records) > 0
