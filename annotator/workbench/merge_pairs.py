"""Who is who and what is what in two projects: people by name, documents by text, sets by maker."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.project_edits import ProjectStep, Thing
from annotator.core.set_header import Annotator, SetHeader
from annotator.store.documents import DocumentEntry
from annotator.store.project_file import ProjectFile


class DocumentPair(Struct, frozen=True):
    """A document of theirs and its id here; `is_new` while it is not here yet."""

    theirs: DocumentEntry
    id: DocumentId
    is_new: bool
    is_in_trash: bool = False


class People:
    """The people of theirs by our ids: the same name is the same person, others are new."""

    def __init__(self, project: ProjectFile, other: ProjectFile) -> None:
        ours = (*project.people.all(), *project.people.removed())
        self.removed = frozenset(person.id for person in project.people.removed())
        self._by_name = {person.name: person for person in ours}
        self._taken = {person.id for person in ours}
        self._theirs = {p.id: p for p in (*other.people.all(), *other.people.removed())}
        self._known: dict[AnnotatorId, Annotator] = {}
        self.new: list[Annotator] = []

    def here(self, identifier: AnnotatorId) -> Annotator:
        """Whoever this is here; somebody unknown becomes one of the new."""
        if identifier not in self._known:
            self._known[identifier] = self._found(self._theirs[identifier])
        return self._known[identifier]

    def _found(self, theirs: Annotator) -> Annotator:
        known = self._by_name.get(theirs.name)
        if known is not None:
            return known
        person = replace(theirs, id=self._free(theirs.id))
        self._taken.add(person.id)
        self._by_name[person.name] = person
        self.new.append(person)
        return person

    def _free(self, wanted: AnnotatorId) -> AnnotatorId:
        if wanted not in self._taken:
            return wanted
        return AnnotatorId(f"a{max(int(taken[1:]) for taken in self._taken) + 1}")


def paired(project: ProjectFile, other: ProjectFile) -> Iterator[DocumentPair]:
    """Every document of theirs that is not in their trash, with its counterpart here."""
    removed = {entry.id for entry in project.documents.removed()}
    here: dict[str, list[DocumentId]] = {}
    for entry in (*project.documents.entries(), *project.documents.removed()):
        here.setdefault(entry.sha256, []).append(entry.id)
    given: set[str] = set()
    for entry in other.documents.entries():
        alike = here.get(entry.sha256, [])
        if alike:
            # Of two documents with one text it is the one with the same id, if any.
            found = entry.id if entry.id in alike else alike[0]
            alike.remove(found)
            yield DocumentPair(entry, found, is_new=False, is_in_trash=found in removed)
        else:
            identifier = _free_id(project, entry.id, given)
            given.add(identifier.lower())
            yield DocumentPair(entry, identifier, is_new=True)


def _free_id(project: ProjectFile, wanted: str, given: set[str]) -> DocumentId:
    identifier = project.documents.free_id(wanted)
    while identifier.lower() in given:
        identifier = project.documents.free_id(f"{identifier}-2")
    return identifier


def header_here(
    project: ProjectFile, people: People, header: SetHeader, document: DocumentId
) -> SetHeader:
    """The header of a set of theirs in our project.

    A person's set carries the person's id. A set of other making is ours of that id where the same
    people made it; else it gets an id of its own.
    """
    makers = tuple(people.here(each).id for each in header.annotators)
    adjudicator = None if header.adjudicator is None else people.here(header.adjudicator).id
    sets = {SetId(told): SetId(here) for told, here in zip(header.annotators, makers, strict=True)}
    made = replace(
        header,
        id=sets.get(header.id, header.id),
        document=document,
        annotators=makers,
        adjudicator=adjudicator,
        derived_from=tuple(sets.get(told, told) for told in header.derived_from),
    )
    wanted, number = made.id, 1
    while (there := project.annotations.header(document, made.id)) and not _is_same(there, made):
        number += 1
        made = replace(made, id=SetId(f"{wanted}-{number}"))
    return made


def _is_same(ours: SetHeader, theirs: SetHeader) -> bool:
    return (ours.kind, ours.annotators, ours.adjudicator) == (
        theirs.kind,
        theirs.annotators,
        theirs.adjudicator,
    )


def taken_back(steps: tuple[ProjectStep, ...], name: str) -> frozenset[str]:
    """The documents that steps of this name brought and that went with their undoing."""
    return frozenset(
        presence.id
        for step in steps
        if step.edit.name == name and not step.is_done
        for presence in step.edit.presences
        if presence.thing is Thing.DOCUMENT and presence.is_here
    )
