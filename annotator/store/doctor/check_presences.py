"""The check whether the trash holds what the acts put there, and what may stand elsewise.

How to think about it: the steps tell what is in the project, as they tell the program
(`is_in_project`). A set or a person stays all the same where somebody works with it, and a set
comes back when somebody goes on working in it; neither is written down as an act.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from annotator.core.ids import AnnotatorId, DocumentId, SetId
from annotator.core.project_edits import PURGE, Presence, ProjectEntry, Thing
from annotator.store.doctor.acts import Acts, step_of
from annotator.store.doctor.ailments import Ailment, Checked, Kind, Slowly, Where
from annotator.store.doctor.check_acts import acts_in, has_acts
from annotator.store.doctor.sources import Source
from annotator.store.doctor.tables import Row, Value
from annotator.store.doctor.told import Told, name_in_acts, told_by_acts

_MANY = 200


def check_presences(source: Source) -> Checked:
    """D96: what is in the trash is what the acts put there, but for what is used.

    Only a journal whose every entry is sound is asked.
    """
    entries = (yield from _entries(source)) if has_acts(source) else None
    if entries is None:
        return
    uses = Uses(source, told_by_acts(entries), _last_purge(entries))
    for number, (presence, place, row) in enumerate(_things(source)):
        if number % _MANY == 0:
            yield None
        if uses.told.is_here(presence) is not presence.is_here and not uses.has(presence, row):
            yield Ailment(Kind.PRESENCE, place, str(place.row))


class Uses(Struct, frozen=True):
    """Why things are in the project although the acts let them go; `purge` is the last deletion."""

    source: Source
    told: Told
    purge: int

    def has(self, presence: Presence, row: Row) -> bool:
        """Whether somebody uses, or used when it would have gone, what is in the project."""
        last = self.told.last.get(name_in_acts(presence))
        if not presence.is_here or last is None:
            return False
        match presence.thing:
            case Thing.SET:
                return self._is_worked_in(row, last)
            case Thing.PERSON:
                return self._has_sets(presence, last) or self._is_only(presence, last)
            case Thing.DOCUMENT:
                return False

    def _is_worked_in(self, row: Row, last: ProjectEntry) -> bool:
        """Whether a set holds anything, or was written into after it went."""
        if any(row[counted] for counted in ("mentions", "events", "quotes")):
            return True
        return any(
            str(entry["made"]) >= last.at and entry["project"] != step_of(last)
            for entry in self.source.rows("journal", set_key=row["key"])
        )

    def _has_sets(self, person: Presence, last: ProjectEntry) -> bool:
        """Whether a set of a person is in the project, or went only after the person stayed.

        Sets that were deleted for ever since can no longer be asked.
        """
        if last.seq < self.purge:
            return True
        own = (each for each, _, _ in _sets(self.source) if each.id == person.id)
        return any(each.is_here or self._turned_after(each, last) for each in own)

    def _is_only(self, person: Presence, last: ProjectEntry) -> bool:
        """Whether there was nobody else when a person stayed."""
        others = (each for each in _people(self.source) if each[0].id != person.id)
        return all(
            str(row["added"]) >= last.at or self._turned_after(each, last)
            for each, _, row in others
            if each.is_here
        )

    def _turned_after(self, presence: Presence, last: ProjectEntry) -> bool:
        """Whether a thing came or went after an act."""
        about = self.told.last.get(name_in_acts(presence))
        return about is not None and about.seq > last.seq


def _entries(source: Source) -> Slowly[list[ProjectEntry] | None]:
    """Every act; None where they are not sound or do not follow from each other."""
    acts = Acts()
    entries: list[ProjectEntry] = []
    for judged in acts_in(source):
        if judged is None:
            yield
        elif judged.entry is None or not acts.take(judged.entry):
            return None
        else:
            entries.append(judged.entry)
    return entries


def _last_purge(entries: list[ProjectEntry]) -> int:
    return max((entry.seq for entry in entries if entry.edit.name == PURGE), default=0)


def _things(source: Source) -> Iterator[tuple[Presence, Where, Row]]:
    """Everything that can be in the trash, whether it is in the project, and its row."""
    for name, removed in source.columns("documents", "id", "removed"):
        presence = Presence.of_document(DocumentId(str(name)), is_here=removed is None)
        yield presence, Where("documents", str(name)), {}
    yield from _people(source)
    yield from _sets(source)


def _people(source: Source) -> Iterator[tuple[Presence, Where, Row]]:
    for row in source.rows("people"):
        name = AnnotatorId(str(row["id"]))
        presence = Presence.of_person(name, is_here=row["removed"] is None)
        yield presence, Where("people", name), row


def _sets(source: Source) -> Iterator[tuple[Presence, Where, Row]]:
    documents: dict[Value, Value] = {
        k: name for k, name in source.columns("documents", "key", "id")
    }
    for row in source.rows("annotation_sets"):
        document = DocumentId(str(documents.get(row["document_key"], "")))
        name = SetId(str(row["id"]))
        presence = Presence.of_set(document, name, is_here=row["removed"] is None)
        yield presence, Where("annotation_sets", name, document=document, set=name), row
