"""Checks of what was done to the project as a whole: its journal, its trash, what belongs to both.

Files from before there was a trash have nothing of it, and are asked nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

from annotator.core.project_edits import ProjectEntry
from annotator.store.doctor.acts import TABLE, ActCase, Acts, examine_act, things_in
from annotator.store.doctor.ailments import Ailment, Checked, Kind, Where, at
from annotator.store.doctor.cases import SetCase
from annotator.store.doctor.sources import Source
from annotator.store.doctor.tables import Value

_LATER = 50
_MANY = 200


def has_acts(source: Source) -> bool:
    """Whether the file is of a version that knows a trash and a journal of the project."""
    return TABLE in source.layout.tables


def is_time(value: Value) -> bool:
    """Whether a cell says when something was."""
    if not isinstance(value, str):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def check_trash(source: Source) -> Checked:
    """D90: what is in the trash says since when."""
    for table in ("documents", "annotation_sets", "people") if has_acts(source) else ():
        for number, (identifier, removed) in enumerate(source.columns(table, "id", "removed")):
            if number % _MANY == 0:
                yield None
            if isinstance(removed, str) and not is_time(removed):
                place = Where(table, str(identifier), "removed")
                yield Ailment(Kind.TRASH_TIME, place, str(identifier))


def check_acts(source: Source) -> Checked:
    """D91 to D94: each act by itself, in their order, and what they concern is there."""
    if not has_acts(source):
        return
    things = things_in(source)
    yield None
    cases: list[ActCase] = []
    for judged in acts_in(source):
        if judged is None:
            yield None
        else:
            cases.append(judged)
    things.learn_deletions(_following(cases))
    acts: Acts | None = Acts()
    for judged in cases:
        yield from judged.ailments
        entry = judged.entry
        if entry is None:
            acts = None  # what follows from what is damaged is not judged
            continue
        place = at(Where(TABLE), judged.row)
        if acts is not None and not acts.take(entry):
            acts = None
            yield Ailment(Kind.PROJECT_ENTRY_ORDER, place)
        for name in dict.fromkeys(things.missing(entry)):
            yield Ailment(Kind.PROJECT_ENTRY_DANGLING, place, name)


def _following(cases: Iterable[ActCase]) -> list[ProjectEntry]:
    """The acts that are sound and follow from each other, as a repair keeps them."""
    acts = Acts()
    entries = (judged.entry for judged in cases)
    return [entry for entry in entries if entry is not None and acts.take(entry)]


def done_acts(source: Source) -> frozenset[Value]:
    """The numbers of the acts that were done, of which entries of sets can be part."""
    listed = source.columns(TABLE, "seq", "act") if has_acts(source) else ()
    return frozenset(seq for seq, act in listed if act == "do")


def check_parts(case: SetCase, done: Collection[Value]) -> Checked:
    """D95: what is part of an act names one that was done."""
    for number, judged in enumerate(case.entries):
        if number % _MANY == 0:
            yield None
        project = judged.row.get("project")
        if judged.entry is not None and isinstance(project, int) and project not in done:
            where = Where("journal", document=case.where.document, set=case.where.set)
            yield Ailment(Kind.ENTRY_PART, at(where, judged.row), project)


def acts_in(source: Source) -> Iterator[ActCase | None]:
    """The entries of the journal of the project, judged; None where others get a turn."""
    for number, row in enumerate(source.rows(TABLE)):
        if number % _LATER == 0:
            yield None
        yield examine_act(row)


ACT_CHECKS: tuple[Callable[[Source], Checked], ...] = (
    check_trash,
    check_acts,
)
"""What is asked about the journal of the project and the times of what is in the trash."""
