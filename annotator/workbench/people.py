"""Annotators by name, and by the ids that gold files give them."""

from __future__ import annotations

from annotator.core.history import Act
from annotator.core.ids import AnnotatorId
from annotator.core.project_edits import Presence, ProjectEdit
from annotator.core.set_header import Annotator
from annotator.foundation.errors import Refused
from annotator.foundation.late_pattern import LatePattern
from annotator.store.connection import Transaction
from annotator.store.meta import LAST_ANNOTATOR
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.presences import write_project_edit

FIRST_ANNOTATOR = "a1"
"""Name of whoever opens a project that knows nobody yet."""

_PROJECT_ID = LatePattern("a[1-9][0-9]{0,8}")
_UNSTORABLE = LatePattern("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_name(name: str) -> str:
    """A person's name as it is stored: one line, single spaces.

    Raises `Refused` for one that says nothing.
    """
    cleaned = " ".join(_UNSTORABLE.ready.sub(" ", name).split())
    if not cleaned:
        raise Refused("refused.annotator_name_empty")
    return cleaned


def known_annotator(project: ProjectFile, name: str) -> Annotator | None:
    """The annotator of this name, or None. Raises `Refused` for an empty name."""
    return project.people.by_name(clean_name(name))


def annotator_named(project: ProjectFile, name: str, clock: Clock) -> Annotator:
    """The annotator of this name, added to the project when unknown.

    Raises `Refused` for an empty name.
    """
    from annotator.workbench.trash import RESTORE_PERSON

    known = known_annotator(project, name)
    if known is not None and known not in project.people.removed():
        return known
    if known is not None and project.is_read_only:
        return known
    at = stamp(clock())
    with project.transaction() as transaction:
        person, presences = ensure_annotator(project, transaction, name, at=at)
        if presences:
            edit = ProjectEdit(RESTORE_PERSON, (("name", person.name),), presences)
            project.project_journal.append(transaction, Act.DO, edit, at=at)
        return person


def ensure_annotator(
    project: ProjectFile, transaction: Transaction, name: str, *, at: str
) -> tuple[Annotator, tuple[Presence, ...]]:
    """Like `annotator_named`, inside a transaction that is already open.

    Also gives what it took out of the trash, for the project edit that this belongs to.
    """
    known = known_annotator(project, name)
    if known is None:
        return project.people.add(transaction, clean_name(name), at=at), ()
    return known, _brought_back(project, transaction, known, at=at)


def annotator_told(
    project: ProjectFile, identifier: AnnotatorId, called: str | None = None
) -> Annotator | None:
    """The annotator whom a file knows by `identifier`, or by what it calls that person; or None."""
    name = clean_name(called or identifier)
    people = (*project.people.all(), *project.people.removed())
    known = next((person for person in people if person.id == identifier), None)
    return known or next((person for person in people if person.name == name), None)


def ensure_annotator_id(
    project: ProjectFile,
    transaction: Transaction,
    identifier: AnnotatorId,
    *,
    at: str,
    called: str | None = None,
) -> tuple[AnnotatorId, tuple[Presence, ...]]:
    """The project's id for an annotator whom a file knows by `identifier`.

    The same id means the same person, so that an export comes back as it was. Somebody unknown is
    added, with the id as name where the file calls the person nothing else; an id that no project
    gives (``c1``) becomes the next free one. Also gives what it took out of the trash, like
    `ensure_annotator`.
    """
    name = clean_name(called or identifier)
    known = annotator_told(project, identifier, called)
    if known is not None:
        return known.id, _brought_back(project, transaction, known, at=at)
    wanted = identifier if _PROJECT_ID.ready.fullmatch(identifier) else None
    return project.people.add(transaction, name, at=at, identifier=wanted).id, ()


def _brought_back(
    project: ProjectFile, transaction: Transaction, person: Annotator, *, at: str
) -> tuple[Presence, ...]:
    """Take an annotator out of the trash, with all of the sets: somebody works as this person."""
    from annotator.workbench.trash import RESTORE_PERSON, presences_of

    if person not in project.people.removed():
        return ()
    presences = presences_of(project, person)
    write_project_edit(project, transaction, ProjectEdit(RESTORE_PERSON, (), presences), at=at)
    return presences


def who_works(project: ProjectFile, name: str | None, clock: Clock) -> Annotator:
    """The annotator of this name, else whoever worked in the project last, else its first one.

    Nobody can be added to a project that can only be read.
    """
    if name is not None and not project.is_read_only:
        return annotator_named(project, name, clock)
    people = project.people.all()
    last = project.meta.get(LAST_ANNOTATOR)
    for wanted in (lambda person: person.name == name, lambda person: person.id == last):
        known = next(filter(wanted, people), None)
        if known is not None:
            return known
    if people:
        return people[0]
    if project.is_read_only:
        return Annotator(AnnotatorId(FIRST_ANNOTATOR), FIRST_ANNOTATOR)
    return annotator_named(project, FIRST_ANNOTATOR, clock)
