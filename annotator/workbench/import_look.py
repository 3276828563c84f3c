"""A look at what an import would do in a project, without writing anything."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.ids import DocumentId, SetId
from annotator.core.renaming import content_of
from annotator.formats.base import Bundle, ImportProblem, SetContent
from annotator.store.project_file import ProjectFile
from annotator.workbench.doubles import annotations_there, differs
from annotator.workbench.import_preview import Tally, is_nobodys
from annotator.workbench.label_mapping import NO_MAPPING, LabelMapping, values_of
from annotator.workbench.left_overs import LeftOvers
from annotator.workbench.people import annotator_told, known_annotator
from annotator.workbench.schemes import scheme_of


class Look:
    """Tallies bundles as an import into a project would take them.

    `owner` is the name of whom all sets are to belong to, `present` of who has those of nobody.
    Sets that are there are compared as `mapping` would bring them in.
    """

    def __init__(
        self,
        project: ProjectFile,
        *,
        owner: str | None,
        present: str | None,
        mapping: LabelMapping = NO_MAPPING,
    ) -> None:
        self.tally = Tally()
        self._project = project
        self._scheme = scheme_of(project)
        self._mapping = replace(mapping, values=values_of(self._scheme))
        self._owner = owner
        self._present = present
        self._names: dict[str, DocumentId] = {}
        self._given: set[str] = set()
        self._numbers: Counter[str] = Counter()
        self._taken: dict[tuple[str, SetId], tuple[int, str]] = {}
        self._left_overs = LeftOvers(project)

    def take(self, bundle: Bundle, source: str) -> None:
        """Look at one document of the file `source` with its sets."""
        digest = bundle.document.sha256
        existing = self._project.documents.find_text(digest)
        is_known = existing is not None or digest in self._names
        if digest not in self._names:
            self._names[digest] = self._name(bundle, existing, source)
        self.tally.known += is_known
        self.tally.documents += not is_known
        for content in bundle.sets:
            identifier = self._identifier(content)
            if self._comes_twice(content, identifier, digest, source) or (
                existing is not None and self._is_there(content, existing, identifier, source)
            ):
                self.tally.count_double(content.annotations)
            else:
                self.tally.count(content.annotations)

    def _name(self, bundle: Bundle, existing: DocumentId | None, source: str) -> DocumentId:
        """The id of a document in the project; what is unlike the file or the list is told."""
        if existing is not None:
            if self._project.documents.removed_at(existing) is not None:
                self._tell(source, "import.would_restore", document=existing)
            return existing
        told = bundle.document.id
        name = self._project.documents.free_id(told)
        while name.lower() in self._given:  # ids that differ in case alone are one
            self._numbers[told] += 1
            name = self._project.documents.free_id(f"{told}-{self._numbers[told] + 1}")
        self._given.add(name.lower())
        if bundle.sets and name != told:
            self._tell(source, "import.other_id", told=told, document=name)
        return name

    def _identifier(self, content: SetContent) -> SetId:
        """The set as the project knows it, or will know it, which may call its person otherwise."""
        owner, header = self._owner, content.header
        if owner is None and is_nobodys(header):
            owner = self._present
            self.tally.wants_owner = True
        if owner is not None:
            person = known_annotator(self._project, owner)
            return SetId(f"+{owner}") if person is None else SetId(person.id)
        for told in header.annotators[:1]:
            person = annotator_told(self._project, told, content.person)
            if person is not None and header.id == SetId(told):
                return SetId(person.id)
        return header.id

    def _comes_twice(
        self, content: SetContent, identifier: SetId, digest: str, source: str
    ) -> bool:
        """Whether the files have given the document such a set; it is told where it is another."""
        said = _fingerprint(content.annotations)
        before = self._taken.get((digest, identifier))
        if before is None:
            self._taken[digest, identifier] = said, source
            return False
        if before[0] != said:
            end = "_of_file" if before[1] == source else ""
            self._refuse(source, f"import.would_leave_out{end}", self._names[digest], identifier)
        return True

    def _is_there(
        self, content: SetContent, document: DocumentId, identifier: SetId, source: str
    ) -> bool:
        """Whether the project has the set; what would become of it then is told."""
        there = annotations_there(self._project, document, identifier)
        left = [header.id for header in self._left_overs.of(document)]
        if there is None or identifier in left:
            return False
        if self._project.annotations.removed_at(document, identifier) is not None:
            values = {"document": document, "set": identifier}
            self._tell(source, "import.would_restore_set", **values)
        if differs(there, content.annotations, self._mapping, self._scheme):
            self._refuse(source, "import.would_skip", document, identifier)
        return True

    def _refuse(self, source: str, key: str, document: DocumentId, identifier: SetId) -> None:
        """Say that a set would not come in."""
        values = {"source": source, "existing": document, "set": identifier.removeprefix("+")}
        self.tally.problems.append(ImportProblem(source, key, values))

    def _tell(self, source: str, key: str, **values: object) -> None:
        self.tally.problems.append(ImportProblem(source, key, values, is_refusal=False))


def _fingerprint(annotations: AnnotationSet) -> int:
    """What tells a set from another one, without keeping it."""
    said = ((key, content_of(record)) for key, record in annotations.records.items())
    return hash(frozenset(said))
