"""A set put right: sound records kept, others taken from the journal, the rest made to fit."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.annotations import Record, detached, last_offset, layer_of, references
from annotator.core.ids import STATUS_ID, Layer, RecordId
from annotator.core.rules.pieces import closing_links
from annotator.store.doctor.ailments import Kind, Remedy, Slowly, Way, Where
from annotator.store.doctor.cases import SetCase
from annotator.store.doctor.check_sets import COUNTED, parents, takers
from annotator.store.doctor.entries import Bodies, Entry, examine_entry
from annotator.store.doctor.histories import Joined, Numbers, joined
from annotator.store.doctor.mending import healed_body, healed_entry
from annotator.store.doctor.records import UNREADABLE, RecordCase, row_values
from annotator.store.doctor.sources import STRAY
from annotator.store.doctor.tables import Row
from annotator.store.record_json import canonical, record_from_json, record_to_json

_LATER = 100


class MendedSet(Struct, frozen=True):
    """What the copy holds of a set, all but its own row."""

    records: dict[RecordId, Record]
    keys: dict[RecordId, int]
    stored: dict[RecordId, Row]
    entries: tuple[Entry, ...]
    journal: Joined

    def rows(self, set_key: int) -> Iterator[Row]:
        """The rows of the records, in order of creation."""
        for identifier in sorted(self.records, key=self.keys.__getitem__):
            # Columns of which the doctor knows nothing stay as they were stored.
            row = dict(self.stored.get(identifier, {}))
            row.update(key=self.keys[identifier], set_key=set_key)
            row.update(row_values(self.records[identifier]))
            yield row


class SetMending(Struct):
    """The repair of one set; what it did stands in `remedies`."""

    case: SetCase
    length: int
    numbers: Numbers
    remedies: list[Remedy]
    now: str
    _told: dict[str, str | None] = field(default_factory=dict)
    _records: dict[RecordId, Record] = field(default_factory=dict)
    _keys: dict[RecordId, int] = field(default_factory=dict)
    _stored: dict[RecordId, Row] = field(default_factory=dict)

    def run(self, set_key: int) -> Slowly[MendedSet]:
        """Put everything right, in an order in which each step finds what it needs."""
        entries, gaps = yield from self._entries()
        for number, record in enumerate(self.case.records):
            if number % _LATER == 0:
                yield
            yield from self._keep(record)
        yield from self._restore(is_whole=not gaps)
        yield from self._fit()
        self._join()
        yield
        self._open_cycles()
        bodies = yield from self._bodies()
        journal = yield from joined(
            entries,
            bodies,
            gaps=gaps,
            numbers=self.numbers,
            now=self.now,
            set_key=set_key,
        )
        self._tell_of(journal)
        return MendedSet(self._records, self._keys, self._stored, tuple(entries), journal)

    def _entries(self) -> Slowly[tuple[list[Entry], list[int]]]:
        """The sound entries, healed ones among them, and the numbers of the others."""
        entries: list[Entry] = []
        gaps: list[int] = []
        for number, judged in enumerate(self.case.entries):
            if number % _LATER == 0:
                yield
            entry = judged.entry
            if entry is None:
                entry = yield from self._healed_entry(judged.row)
            if entry is None:
                seq = judged.row["seq"]
                gaps.append(seq if isinstance(seq, int) else 0)
                self._did(Way.LEFT_OUT, table="journal", seq=gaps[-1])
                continue
            entries.append(entry)
            for identifier, _, after in entry.changes:
                self._told[identifier] = after
        return entries, gaps

    def _healed_entry(self, row: Row) -> Slowly[Entry | None]:
        mended = yield from healed_entry(row)
        entry = None if mended is None else examine_entry(mended, Where()).entry
        if entry is not None:
            self._did(Way.HEALED, table="journal", seq=entry.seq)
        return entry

    def _keep(self, judged: RecordCase) -> Slowly[None]:
        """Take a record as it is stored, else as its digest or the journal tells it."""
        row, record = judged.row, judged.record
        if record is not None and row.get(STRAY) and self._is_old(record):
            record = _readable(self._told[record.id])
            if record is None:
                return
            self._did(Way.FROM_JOURNAL, record=record.id)
        elif record is None:
            record = yield from self._found(row)
        elif any(ailment.kind is Kind.RECORD_COLUMN for ailment in judged.ailments):
            self._did(Way.MADE_ANEW, record=record.id)
        if record is None:
            return
        if record.id in self._records:
            self._choose(record, row)
            return
        self._stored[record.id] = row
        self._add(record, row["key"])

    def _is_old(self, record: Record) -> bool:
        """Whether the journal knows another state of a record to which nothing leads any more."""
        return self._told.get(record.id, "") not in ("", _body(record))

    def _found(self, row: Row) -> Slowly[Record | None]:
        """The record of a row that is not sound: by its digest, else by the journal."""
        record = _readable((yield from healed_body(row["body"], row["digest"])))
        if record is not None:
            self._did(Way.HEALED, record=record.id)
            return record
        record = _readable(self._told.get(str(row["id"])))
        self._did(Way.LEFT_OUT if record is None else Way.FROM_JOURNAL, record=row["id"])
        return record

    def _choose(self, record: Record, row: Row) -> None:
        """Of two records with one id keep the one that the journal knows."""
        if record != self._records[record.id]:
            if self._told.get(record.id) == _body(record):
                self._records[record.id] = record
            self._did(Way.LEFT_OUT, record=record.id)
        else:
            self._did(Way.MADE_ANEW, record=record.id)

    def _restore(self, *, is_whole: bool) -> Slowly[None]:
        """Bring back what only the journal holds, where the counts or a whole journal say so."""
        for number, (identifier, body) in enumerate(self._told.items()):
            if number % _LATER == 0:
                yield
            if body is None or identifier in self._records:
                continue
            record = _readable(body)
            if record is not None and self._is_missed(layer_of(record), is_whole=is_whole):
                self._bring_back(record)

    def _is_missed(self, layer: Layer, *, is_whole: bool) -> bool:
        column = COUNTED.get(layer)
        told = None if column is None else self.case.row[column]
        if not isinstance(told, int):
            return is_whole
        return told > sum(layer_of(record) is layer for record in self._records.values())

    def _bring_back(self, record: Record) -> None:
        self._add(record, None)
        self._did(Way.FROM_JOURNAL, record=record.id)

    def _fit(self) -> Slowly[None]:
        """Every record lies inside the text."""
        for number, (identifier, record) in enumerate(list(self._records.items())):
            if number % _LATER == 0:
                yield
            if last_offset(record) <= self.length:
                continue
            told = _readable(self._told.get(identifier))
            if told is not None and last_offset(told) <= self.length:
                self._records[identifier] = told
                self._did(Way.FROM_JOURNAL, record=identifier)
            else:
                del self._records[identifier]
                self._did(Way.LEFT_OUT, record=identifier)

    def _join(self) -> None:
        """Every reference leads to something: it is brought back, or the reference is cut."""
        rest = list(self._records)
        while rest:
            identifier = rest.pop()
            for reference in tuple(references(self._records[identifier])):
                if reference in self._records:
                    continue
                told = _readable(self._told.get(reference))
                if told is not None and last_offset(told) <= self.length:
                    self._bring_back(told)
                    rest.append(told.id)
                else:
                    self._detach(identifier, reference)

    def _open_cycles(self) -> None:
        """No record is part of itself: the link that closes a circle is cut."""
        for graph_of in (parents, takers):
            links = list(closing_links(graph_of(list(self._records.values()))))
            for source, target in links:
                self._detach(source, target)

    def _detach(self, identifier: RecordId, gone: RecordId) -> None:
        self._records[identifier] = detached(self._records[identifier], gone)
        self._did(Way.CUT, gone, record=identifier)

    def _add(self, record: Record, key: object) -> None:
        self._records[record.id] = record
        self._keys[record.id] = key if isinstance(key, int) else self.numbers.next_key()

    def _bodies(self) -> Slowly[Bodies]:
        bodies: Bodies = {}
        for number, (identifier, record) in enumerate(self._records.items()):
            if number % _LATER == 0:
                yield
            bodies[identifier] = _body(record)
        return bodies

    def _tell_of(self, journal: Joined) -> None:
        if journal.dropped:
            self._did(Way.HISTORY_CUT, len(journal.dropped), table="journal")
        if journal.is_bridged:
            self._did(Way.PUT_IN_ORDER, table="journal")

    def _did(
        self,
        way: Way,
        detail: str | int = "",
        *,
        record: object = None,
        seq: int | None = None,
        table: str = "annotations",
    ) -> None:
        where = replace(self.case.where, table=table, row=None, seq=seq)
        if record is not None:
            where = replace(where, record=str(record))
        remedy = Remedy(way, where, detail or (str(record) if record is not None else "–"))
        self.remedies.append(remedy)


def status_of(records: dict[RecordId, Record]) -> str:
    """The status that the row of a set tells."""
    recorded = records.get(STATUS_ID)
    if recorded is not None:
        return str(row_values(recorded)["label"])
    return "in_progress" if records else "new"


def _readable(body: str | None) -> Record | None:
    if body is None:
        return None
    try:
        record = record_from_json(orjson.loads(body))
    except UNREADABLE:
        return None
    return record if _body(record) == body else None


def _body(record: Record) -> str:
    return canonical(record_to_json(record))
