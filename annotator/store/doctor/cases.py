"""Documents and sets under examination, read one after the other with all their rows."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from annotator.store.doctor.ailments import Slowly, Where, at
from annotator.store.doctor.entries import EntryCase, examine_entry
from annotator.store.doctor.records import RecordCase, examine_record
from annotator.store.doctor.sources import Source
from annotator.store.doctor.tables import Row, Value

_AT_ONCE = 100
"""Rows that are judged before others get a turn."""


class SetCase(Struct, frozen=True):
    """One set with its rows; `length` is that of its text in code points, where it is known."""

    row: Row
    where: Where
    length: int | None
    records: tuple[RecordCase, ...]
    entries: tuple[EntryCase, ...]

    @property
    def is_journal_sound(self) -> bool:
        """Whether every entry is what was written; else what it tells together is not judged."""
        return all(case.entry is not None for case in self.entries)


class Reading(Struct):
    """Reads the sets of a source; `done` counts the rows that have been read."""

    source: Source
    done: int = 0

    def sets_of(self, document: Row) -> Iterator[Row]:
        """The rows of the sets of one document."""
        return self.source.rows("annotation_sets", document_key=document["key"])

    def read_set(self, row: Row, document: Row) -> Slowly[SetCase]:
        """Judge every record and every entry of a set by itself."""
        where = Where(document=_name(document["id"]), set=_name(row["id"]))
        length, key = length_of(document), row["key"]
        records: list[RecordCase] = []
        entries: list[EntryCase] = []
        of_records = replace(where, table="annotations")
        for found in self.source.rows("annotations", set_key=key):
            records.append(examine_record(found, of_records, length=length))
            yield from self._counted()
        of_entries = replace(where, table="journal")
        for found in self.source.rows("journal", set_key=key):
            entries.append(examine_entry(found, of_entries))
            yield from self._counted()
        place = at(replace(where, table="annotation_sets"), row)
        return SetCase(row, place, length, tuple(records), tuple(entries))

    def _counted(self) -> Iterator[None]:
        self.done += 1
        if self.done % _AT_ONCE == 0:
            yield


def length_of(document: Row) -> int | None:
    """The length of a text in code points; of one that cannot be read, as its column says."""
    text, told = document["text"], document["length"]
    if isinstance(text, str):
        return len(text)
    return told if isinstance(told, int) else None


def _name(value: Value) -> str | None:
    return value if isinstance(value, str) else None
