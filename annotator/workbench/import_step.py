"""One running import inside its transaction: what it writes, and what the report will tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.edits import Change, Edit
from annotator.core.history import Act
from annotator.core.ids import AnnotatorId, DocumentId, Layer, SetId
from annotator.core.project_edits import Presence, ProjectEdit
from annotator.core.set_header import Annotator, SetHeader, SetKind
from annotator.formats.base import Bundle, ImportProblem, SetContent
from annotator.foundation.errors import Refused, UserError
from annotator.store.connection import Transaction
from annotator.store.project_file import ProjectFile
from annotator.workbench.doubles import annotations_there, differs
from annotator.workbench.given_sets import GivenSets
from annotator.workbench.import_preview import Tally, is_nobodys
from annotator.workbench.import_report import IMPORT, Duplicate, ImportChoices, ImportReport
from annotator.workbench.label_mapping import Name, values_of
from annotator.workbench.left_overs import LeftOvers
from annotator.workbench.people import ensure_annotator, ensure_annotator_id
from annotator.workbench.renamed_names import renamed
from annotator.workbench.scheme_additions import with_added
from annotator.workbench.schemes import scheme_of


class ImportStep:
    """One running import inside its transaction."""

    def __init__(
        self, project: ProjectFile, transaction: Transaction, choices: ImportChoices, at: str
    ) -> None:
        self.tally = Tally()
        self._project = project
        self._transaction = transaction
        self._choices = choices
        self._scheme = scheme_of(project)
        self._mapping = replace(choices.mapping, values=values_of(self._scheme))
        self._at = at
        self._people: list[Presence] = []
        self._known: dict[tuple[AnnotatorId, str | None], AnnotatorId] = {}
        self._given = GivenSets()
        self._imported = self._given.documents
        self._told: list[ImportProblem] = []
        self._restored: list[DocumentId] = []
        self._restored_sets: list[Presence] = []
        self._seq = project.project_journal.next_seq()
        self._duplicates: list[Duplicate] = []
        self._left_out: Counter[Name] = Counter()
        self._links = 0
        self._left_overs = LeftOvers(project)
        self._added: set[tuple[DocumentId, SetId]] = set()
        self._schemes: tuple[int, int] | None = None
        self._owner = None if choices.annotator is None else self._person(choices.annotator)

    def report(self) -> ImportReport:
        """What has been done."""
        return ImportReport(
            tuple(self._imported),
            self.tally.sets,
            tuple(self._duplicates),
            (*self.tally.problems, *self._told),
            tuple(self._restored),
            tuple(self._left_out.items()),
            self._links,
            self._schemes is not None,
            () if self._schemes is None else renamed(self.tally.names, self._mapping),
        )

    def log(self) -> None:
        """Add to the scheme what is wished, and write what was done into the project's journal.

        Nothing where nothing was done. Raises `UnknownNames` where names are not decided.
        """
        came = (*self._imported, *self._restored)
        others = (*self._people, *self._restored_sets)
        if not came and not self.tally.sets and not others:
            return
        self._change_scheme()
        details = (("documents", len(came)), ("sets", self.tally.sets))
        edit = ProjectEdit(IMPORT, details, others, self._schemes)
        self._project.project_journal.append_import(self._transaction, edit, came, at=self._at)

    def _change_scheme(self) -> None:
        schemes, names, mapping = self._project.schemes, self.tally.names, self._mapping
        self.tally.require_decisions(self._scheme, mapping)
        text = with_added(schemes.current(), names, mapping)
        if text is not None:
            before = schemes.number
            self._schemes = before, schemes.replace(self._transaction, text, at=self._at)

    def _person(self, name: str) -> Annotator:
        """Somebody by name. Raises `Refused` for an empty one."""
        person, presences = ensure_annotator(self._project, self._transaction, name, at=self._at)
        self._people.extend(presences)
        return person

    def take(self, bundle: Bundle, source: str) -> None:
        """Add a document of the file `source` with its sets, as far as they are not there."""
        existing = self._project.documents.find_text(bundle.document.sha256)
        if existing is not None and self._project.documents.removed_at(existing) is not None:
            self._bring_back(existing)
        elif existing is not None and not bundle.sets:
            self.tally.known += 1
            self._duplicates.append(Duplicate(f"{source}: {bundle.document.name}", existing))
            return
        self.tally.known += existing is not None
        identifier = existing
        if identifier is None:
            identifier = self._add_document(bundle, source)
            if identifier is None:
                return
        for number, content in enumerate(bundle.sets):
            header = self._header(content, identifier)
            there, is_new = None, existing is None and number == 0
            if not is_new:  # else nothing is there yet
                there = annotations_there(self._project, header.document, header.id)
            if there is None:
                self._add_set(header, content.annotations, is_new=is_new)
                self._given.add_set(source, header)
                self._tell_predictions(content.header, header, source)
            else:
                self._bring_back_set(header, source)
                self._skip(header, there, content.annotations, source)

    def _bring_back(self, document: DocumentId) -> None:
        """Take a document out of the trash, without what imports left in it that were undone."""
        for header in self._left_overs.of(document):
            there = self._project.annotations.read(header).records.values()
            self._write(header, Edit(IMPORT, tuple(Change(record, None) for record in there)), {})
        self._project.documents.restore(self._transaction, document)
        self._restored.append(document)

    def _bring_back_set(self, header: SetHeader, source: str) -> None:
        """Take a set out of the trash, where it is, with what had been done in it."""
        document, identifier = header.document, header.id
        if self._project.annotations.removed_at(document, identifier) is None:
            return
        self._project.annotations.restore(self._transaction, document, identifier)
        self._restored_sets.append(Presence.of_set(document, identifier, is_here=True))
        self._tell(source, "import.set_restored", document=document, set=identifier)

    def _skip(
        self, header: SetHeader, there: AnnotationSet, told: AnnotationSet, source: str
    ) -> None:
        """Leave out a set that is there, whatever the file has in its place."""
        is_other = differs(there, told, self._mapping, self._scheme)
        document = header.document
        is_of_run = document in self._imported or (document, header.id) in self._added
        is_of_file = self._given.are_of(source, header)
        double = Duplicate(source, document, header.id, is_other, is_of_run, is_of_file)
        self.tally.duplicates += 1
        self._duplicates.append(double)

    def _add_document(self, bundle: Bundle, source: str) -> DocumentId | None:
        """Add a document under a free id; None where it is too big for a project."""
        told = bundle.document.id
        identifier = self._project.documents.free_id(told)
        document = replace(bundle.document, id=identifier)
        try:
            self._project.documents.add(self._transaction, document, at=self._at)
        except UserError as error:
            # The one refusal of the store that is about the document and not about the file.
            if error.key != "store.too_big":
                raise
            self.tally.problems.append(ImportProblem.from_error(error, source=source))
            return None
        if bundle.sets and identifier != told:  # whoever has annotations goes by the id
            self._tell(source, "import.other_id", told=told, document=identifier)
        self._given.add_document(source, identifier)
        self.tally.documents += 1
        return identifier

    def _tell_predictions(self, told: SetHeader, header: SetHeader, source: str) -> None:
        """Say that what a program predicted is now somebody's, where it was given to a person."""
        if told.kind is SetKind.PREDICTION and header.kind is SetKind.ANNOTATOR:
            values = {"document": header.document, "name": told.id, "set": header.id}
            self._tell(source, "import.predictions", **values)

    def _tell(self, source: str, key: str, **values: object) -> None:
        """Say something of what was imported, which is no refusal."""
        self._told.append(ImportProblem(source, key, values, is_refusal=False))

    def _header(self, content: SetContent, document: DocumentId) -> SetHeader:
        """The header in this project: the owner's working set, or that of the people it names.

        Raises `Refused` for a set that is nobody's, where nobody is present.
        """
        owner, header = self._owner, content.header
        if owner is None and is_nobodys(header):
            self.tally.wants_owner = True
            if self._choices.present is None:
                raise Refused("import.nobodys")
            owner = self._person(self._choices.present)
        if owner is not None:
            return replace(
                header,
                id=SetId(owner.id),
                document=document,
                kind=SetKind.ANNOTATOR,
                annotators=(owner.id,),
                adjudicator=None,
                derived_from=(),
            )
        people = {told: self._known_as(told, content.person) for told in header.annotators}
        adjudicator = header.adjudicator
        # A person's set carries the person's id, so it moves along when that has to change.
        sets = {SetId(told): SetId(here) for told, here in people.items()}
        return replace(
            header,
            id=sets.get(header.id, header.id),
            document=document,
            annotators=tuple(people.values()),
            adjudicator=None if adjudicator is None else self._known_as(adjudicator),
            derived_from=tuple(sets.get(told, told) for told in header.derived_from),
        )

    def _known_as(self, identifier: AnnotatorId, called: str | None = None) -> AnnotatorId:
        """Somebody's id in the project, which is asked for once and not for each document."""
        known = self._known.get((identifier, called))
        if known is None:
            known, presences = ensure_annotator_id(
                self._project, self._transaction, identifier, at=self._at, called=called
            )
            self._people.extend(presences)
            self._known[identifier, called] = known
        return known

    def _add_set(self, header: SetHeader, told: AnnotationSet, *, is_new: bool) -> None:
        self.tally.count(told)
        mapped = self._mapping.apply(told)
        self._left_out += mapped.left_out
        self._links += mapped.links
        annotations = mapped.annotations
        changes = tuple(Change(None, record) for record in annotations.records.values())
        edit = Edit(IMPORT, changes)
        project, transaction = self._project, self._transaction
        if is_new or project.annotations.header(header.document, header.id) is None:
            project.annotations.add_set(transaction, header)
        elif project.annotations.removed_at(header.document, header.id) is not None:
            project.annotations.restore(transaction, header.document, header.id)
        self._write(header, edit, annotations.last_numbers)
        if header.document not in self._imported:  # all of a new document is of this run
            self._added.add((header.document, header.id))

    def _write(self, header: SetHeader, edit: Edit, numbers: Mapping[Layer, int]) -> None:
        """Write an edit of a set, with its entry in the journal."""
        project, transaction = self._project, self._transaction
        project.annotations.write(transaction, header, edit, numbers=numbers, at=self._at)
        # A set of a new document goes and comes with its document.
        is_part = header.document not in self._imported
        project.journal.append(
            transaction,
            header,
            act=Act.DO,
            edit=edit,
            at=self._at,
            project=self._seq if is_part else None,
        )
