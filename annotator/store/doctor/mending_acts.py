"""The journal of the project and the trash put right: what is sound stays, and stays in the trash.

An act that cannot be read is left out with those that take it back or bring it back again. What it
put into the trash stays there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import orjson
from msgspec import Struct, field

from annotator.core.history import Act
from annotator.core.project_edits import ProjectEntry
from annotator.store.doctor.acts import TABLE, Acts, Things, act_head, examine_act, is_act_proved
from annotator.store.doctor.ailments import Remedy, Slowly, Way, Where, at
from annotator.store.doctor.check_acts import has_acts, is_time
from annotator.store.doctor.digests import digest_of_bytes
from annotator.store.doctor.entries import without_act
from annotator.store.doctor.mending import healed_line
from annotator.store.doctor.sources import Source
from annotator.store.doctor.tables import Row, Value
from annotator.store.project_journal import edit_to_json, project_entry_digest
from annotator.store.record_json import canonical


class ActMending(Struct):
    """The repair of what was done to the project; what it did stands in `remedies`."""

    source: Source
    remedies: list[Remedy]
    _kept: list[tuple[Row, ProjectEntry]] = field(default_factory=list)
    _done: set[int] = field(default_factory=set)

    def run(self) -> Slowly[None]:
        """Find the acts that are sound and follow from each other."""
        acts = Acts()
        for row in self.source.rows(TABLE) if has_acts(self.source) else ():
            yield
            judged = examine_act(row)
            if judged.entry is None:
                mended = yield from _healed_act(row)
                judged = judged if mended is None else examine_act(mended)
                if judged.entry is not None:
                    self._did(Way.HEALED, judged.row)
            if judged.entry is None:
                self._did(Way.LEFT_OUT, row)
                continue
            if not acts.take(judged.entry):
                self._did(Way.HISTORY_CUT, row, 1)
                continue
            self._kept.append((judged.row, judged.entry))
            if judged.entry.act is Act.DO:
                self._done.add(judged.entry.seq)

    def rows(self, things: Things) -> Iterator[Row]:
        """The rows of the journal; what was lost is named no more."""
        things.learn_deletions([entry for _, entry in self._kept])
        for row, entry in self._kept:
            missing = list(dict.fromkeys(things.missing(entry)))
            for name in missing:
                self._did(Way.CUT, row, name)
            if missing:
                body = canonical(edit_to_json(things.kept(entry)))
                digest = project_entry_digest(entry.act.value, entry.target, entry.at, body)
                row = {**row, "body": body, "digest": digest}
            yield row

    def part(self, row: Row, where: Where) -> Row:
        """An entry of a set, as part of an act that is kept or of none."""
        project = row.get("project")
        if project is None or project in self._done:
            return row
        place = at(Where("journal", document=where.document, set=where.set), row)
        self.remedies.append(Remedy(Way.CUT, place, f"{TABLE}/{project!s}"))
        return without_act(row)

    def _did(self, way: Way, row: Row, detail: str | int | None = None) -> None:
        place = at(Where(TABLE), row)
        self.remedies.append(Remedy(way, place, detail or f"{TABLE}/{row['seq']!s}"))


def trashed(row: Row, place: Where, remedies: list[Remedy], *, now: str) -> Row:
    """The row, whose time in the trash is one; what was in the trash stays there."""
    if "removed" not in row or row["removed"] is None or is_time(row["removed"]):
        return row
    remedies.append(Remedy(Way.REPLACED, place, "removed"))
    return {**row, "removed": now}


def _healed_act(row: Row) -> Slowly[Row | None]:
    """An act that its digest proves, where at most one byte has changed."""
    line = yield from healed_line(row, act_head)
    if line is None:
        return None
    try:
        act, target, made = orjson.loads(line[0])
        body = line[1].decode("utf-8")
    except (ValueError, TypeError):
        return None
    mended = {**row, "act": act, "target": target, "made": made, "body": body}
    mended["digest"] = digest_of_bytes(b"".join(line))
    return mended if is_act_proved(mended) else None


def kept_things(
    documents: Collection[Value],
    sets: Collection[tuple[str, str]],
    people: Collection[Value],
    schemes: Collection[Value],
) -> Things:
    """What there is in the copy."""
    return Things(
        documents=frozenset(str(name).casefold() for name in documents),
        sets=frozenset((document.casefold(), name) for document, name in sets),
        people=frozenset(map(str, people)),
        schemes=frozenset(key for key in schemes if isinstance(key, int)),
    )
