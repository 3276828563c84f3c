"""Documents that acts name and that are not there because they were deleted for ever.

How to think about it: the act that deletes says how many documents went, not which. So a document
that is missing was deleted where it lay in the trash when such an act was done, and no more are
missing than went. What is missing beyond that was lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from annotator.core.ids import DocumentId
from annotator.core.project_edits import PURGE, Presence, ProjectEntry, Thing
from annotator.store.doctor.told import name_in_acts, told_by_acts

Deleted: TypeAlias = Mapping[str, int]
"""By document, in small letters, the act before which everything of it was deleted for ever."""

Missing: TypeAlias = Iterable[tuple[Presence, int]]
"""Things that are not there, each with the number of the step that names it."""


def document_of(presence: Presence) -> str:
    """The document with which a thing goes, in small letters; empty for a person."""
    thing, document, name = name_in_acts(presence)
    return name if thing is Thing.DOCUMENT else document


def deletions(entries: Sequence[ProjectEntry], missing: Missing) -> Deleted:
    """Which of what is missing was deleted for ever, as acts that follow from each other allow.

    Where more is missing than was deleted, the acts explain as much of it as they can.
    """
    named: dict[str, set[int]] = {}
    for presence, step in missing:
        if document := document_of(presence):
            named.setdefault(document, set()).add(step)
    purges = list(_purges(entries, named)) if named else []
    until: dict[str, int] = {}
    for place, (seq, count, trash) in enumerate(purges):
        open_ones = [
            document
            for document in trash
            if any(until.get(document, 0) <= step < seq for step in named[document])
        ]
        # What no later act could have deleted was deleted by this one.
        later = [gone for _, _, gone in purges[place + 1 :]]
        open_ones.sort(key=lambda document: sum(document in gone for gone in later))
        until.update((document, seq) for document in open_ones[:count])
    return until


def _purges(
    entries: Sequence[ProjectEntry], documents: Collection[str]
) -> Iterator[tuple[int, int, Mapping[str, None]]]:
    """Each act that deletes: its number, how many it deleted, which of these lay in the trash."""
    for place, entry in enumerate(entries):
        if entry.edit.name == PURGE and entry.target is None:
            told = told_by_acts(entries[:place])
            count = dict(entry.edit.details).get("documents")
            trash = dict.fromkeys(
                each
                for each in documents
                if not told.is_here(Presence.of_document(DocumentId(each), is_here=True))
            )
            yield entry.seq, count if isinstance(count, int) else 0, trash
