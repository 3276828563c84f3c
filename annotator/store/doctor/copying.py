"""The new file, filled table by table with what is sound or could be made so."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from itertools import chain

from msgspec import Struct, field

from annotator.core.annotations import layer_of
from annotator.foundation.errors import Defect
from annotator.foundation.paths import resource
from annotator.store import meta
from annotator.store.connection import Transaction
from annotator.store.doctor.acts import TABLE
from annotator.store.doctor.ailments import NOWHERE, UNKNOWN, Remedy, Slowly, Way, Where, at
from annotator.store.doctor.cases import Reading
from annotator.store.doctor.check_project import (
    NEEDED,
    PERSON_ID,
    digest_is_right,
    names_in,
    usable_scheme,
    wrong_cells,
)
from annotator.store.doctor.check_sets import COUNTED
from annotator.store.doctor.headers import Names, mended_header, mended_numbers
from annotator.store.doctor.histories import Numbers
from annotator.store.doctor.mending import as_bytes, healed_body, mended_document
from annotator.store.doctor.mending_acts import ActMending, kept_things, trashed
from annotator.store.doctor.mending_sets import SetMending
from annotator.store.doctor.sources import STRAY, Source
from annotator.store.doctor.tables import Row, Value
from annotator.store.rows import digest_of

DEFAULT_SCHEME = "ckb-news"
"""The scheme of a project that has lost its own."""

_LATER = 100


class Copy(Struct):
    """A new file that is being filled from a source; `remedies` say what was done."""

    source: Source
    tx: Transaction
    now: str
    remedies: list[Remedy] = field(default_factory=list)
    documents: int = 0
    sets: int = 0
    records: int = 0
    annotations: int = 0
    in_trash: int = 0
    _kept: dict[tuple[str, str], set[Value]] = field(default_factory=dict)
    _sets: set[tuple[str, str]] = field(default_factory=set)

    def fill(self, *, name: str) -> Slowly[None]:
        """Fill every table. `name` is that of a project which has lost its own."""
        if not self.source.is_whole:
            self._did(Way.PAGES_LOST, NOWHERE, UNKNOWN)
        self._fill_meta(name)
        yield from self._fill_schemes()
        self._fill_people()
        acts = ActMending(self.source, self.remedies)
        yield from acts.run()
        yield from self._fill_documents(acts)
        yield from self._fill_acts(acts)
        for table in self.source.layout.tables:
            if table not in _MENDED:
                yield from self._fill_other(table)
        yield from self._tell_of_orphans()

    def _fill_meta(self, name: str) -> None:
        """What the project says of itself, under an id of its own.

        Backups lie under the id of their project, and those of what a repair has left must not
        stand among those of the whole. Lineages are told by journals and know nothing of the id.
        """
        found = {row["key"]: row for row in self.source.rows("meta")}
        stand_ins = {
            meta.UUID: str(uuid.uuid4()),
            meta.NAME: name,
            meta.CREATED: self.now,
            meta.GENERATION: "1",
        }
        for key, row in found.items():
            if key not in stand_ins and self._has_right_cells("meta", row):
                self._insert("meta", row)
        for key in NEEDED:
            value = found[key]["value"] if key in found else None
            is_number = isinstance(value, str) and value.isascii() and value.isdigit()
            is_there = isinstance(value, str) and value != ""
            is_there = is_there and (key != meta.GENERATION or is_number)
            if is_there and key != meta.UUID:
                self._insert("meta", found[key])
            else:
                self._insert("meta", {"key": key, "value": stand_ins[key]})
            if not is_there:
                self._did(Way.REPLACED, Where("meta", key), key)

    def _fill_schemes(self) -> Slowly[None]:
        usable: Row | None = None
        row: Row | None = None
        for row in self.source.rows("schemes"):
            place = at(Where("schemes"), row)
            if not digest_is_right(row):
                body = yield from healed_body(row["body"], row["digest"])
                way = Way.HEALED
                if body is None and usable_scheme(row["body"]) is not None:
                    body, way = str(row["body"]), Way.UNPROVEN
                self._did(Way.LEFT_OUT if body is None else way, place, "scheme")
                if body is None:
                    row = None
                    continue
                row = {**row, "body": body, "digest": digest_of(body)}
            if not isinstance(row["added"], str):
                row = {**row, "added": self.now}
            self._insert("schemes", row)
            usable = row if usable_scheme(row["body"]) is not None else usable
        if row is None or usable is not row:
            self._replace_scheme(usable)

    def _replace_scheme(self, usable: Row | None) -> None:
        """Let an earlier scheme be used again, or the one that comes with the program."""
        if usable is None:
            body = resource("schemes", f"{DEFAULT_SCHEME}.json").read_text(encoding="utf-8")
        else:
            body = str(usable["body"])
        digest = digest_of(body)
        self._insert("schemes", {"body": body, "digest": digest, "added": self.now})
        self._did(Way.REPLACED, Where("schemes"), "scheme")

    def _fill_people(self) -> None:
        """Those who are there, and those of whom only sets tell, with their id as name."""
        names: set[str] = set()
        for row in self.source.rows("people"):
            place = at(Where("people"), row)
            name = _readable(row["name"]).strip() or str(row["id"])
            if not PERSON_ID.fullmatch(str(row["id"])):
                self._did(Way.LEFT_OUT, place, name)
                continue
            if name in names:
                name = f"{name} {row['id']!s}"
            if name != row["name"]:
                self._did(Way.PATCHED, place, name)
            names.add(name)
            added = row["added"] if isinstance(row["added"], str) else self.now
            row = trashed(row, place, self.remedies, now=self.now)
            self._insert("people", {**row, "name": name, "added": added})
        for row in self.source.rows("annotation_sets"):
            listed: list[Value] = [*names_in(row["annotators"])] or [row["id"]]
            for person in (*listed, row["adjudicator"]):
                if isinstance(person, str) and PERSON_ID.fullmatch(person):
                    self._add_person(person, names)

    def _add_person(self, person: str, names: set[str]) -> None:
        if person in self._known("people", "id"):
            return
        name = person if person not in names else f"{person} {person}"
        names.add(name)
        self._insert("people", {"id": person, "name": name, "added": self.now})
        self._did(Way.REPLACED, Where("people", person), person)

    def _fill_acts(self, acts: ActMending) -> Slowly[None]:
        known = self._known
        things = kept_things(
            known("documents", "id"), self._sets, known("people", "id"), known("schemes", "key")
        )
        for row in acts.rows(things):
            yield
            self._insert(TABLE, row)

    def _fill_documents(self, acts: ActMending) -> Slowly[None]:
        seqs = {seq for (seq,) in self.source.columns("journal", "seq") if isinstance(seq, int)}
        keys = {key for (key,) in self.source.columns("annotations", "key") if isinstance(key, int)}
        numbers, reading, names = Numbers(seqs, keys), Reading(self.source), Names()
        for row in self.source.rows("documents"):
            mended = yield from mended_document(row, self.remedies, now=self.now)
            mended = names.fit(mended, self.remedies)
            place = at(Where("documents", document=str(mended["id"])), row)
            mended = trashed(mended, place, self.remedies, now=self.now)
            if not self._insert("documents", mended):
                continue
            self.documents += 1
            self.in_trash += mended.get("removed") is not None
            yield from self._fill_sets(reading, row, mended, numbers, acts)

    def _fill_sets(
        self, reading: Reading, row: Row, document: Row, numbers: Numbers, acts: ActMending
    ) -> Slowly[None]:
        length = len(str(document["text"]))
        rows = list(reading.sets_of(row))
        taken: set[str] = set()
        people = self._known("people", "id")
        for set_row in rows:
            case = yield from reading.read_set(set_row, row)
            key = set_row["key"]
            assert isinstance(key, int)  # it numbers the rows
            mending = SetMending(case, length, numbers, self.remedies, self.now)
            mended = yield from mending.run(key)
            header = mended_header(
                case, self.remedies, people=people, siblings=rows, taken=taken, now=self.now
            )
            header.update((yield from mended_numbers(case, mended, self.remedies)))
            header = trashed(header, case.where, self.remedies, now=self.now)
            if not self._insert("annotation_sets", header):
                continue
            self.sets += 1
            self._sets.add((str(document["id"]), str(header["id"])))
            self.records += len(mended.records)
            self.annotations += sum(layer_of(each) in COUNTED for each in mended.records.values())
            for number, found in enumerate(chain(mended.rows(key), mended.journal.rows)):
                if number % _LATER == 0:
                    yield
                if "seq" in found:
                    self._insert("journal", acts.part(found, case.where))
                else:
                    self._insert("annotations", found)

    def _fill_other(self, table: str) -> Slowly[None]:
        """Rows of which the doctor knows only what they may hold and to what they belong."""
        references = self.source.layout.tables[table].references
        lengths = {k: size for k, size in self.source.columns("documents", "key", "length")}
        for number, row in enumerate(self.source.rows(table)):
            if number % _LATER == 0:
                yield
            is_owned = all(
                row[found.column] is None
                or row[found.column] in self._known(found.table, found.target)
                for found in references
            )
            is_inside = table != "places" or _is_inside(row, lengths.get(row["document_key"]))
            if is_owned and is_inside and self._has_right_cells(table, row):
                self._insert(table, row)
            else:
                self._did(Way.LEFT_OUT, at(Where(table), row), table)

    def _tell_of_orphans(self) -> Slowly[None]:
        """Name what belongs to nothing that is in the copy."""
        for table, column, names in (
            ("annotation_sets", "document_key", "id"),
            ("annotations", "set_key", "id"),
            ("journal", "set_key", "seq"),
        ):
            owner = "documents" if table == "annotation_sets" else "annotation_sets"
            known = self._known(owner, "key")
            for number, (value, name) in enumerate(self.source.columns(table, column, names)):
                if number % _LATER == 0:
                    yield
                if value not in known:
                    self._did(Way.LEFT_OUT, Where(table, str(name)), str(name))

    def _has_right_cells(self, table: str, row: Row) -> bool:
        return not any(wrong_cells(self.source.layout.tables[table], row))

    def _insert(self, table: str, row: Mapping[str, Value]) -> bool:
        """Write a row; one that no table takes is left out, and told."""
        values = {name: value for name, value in row.items() if name != STRAY}
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"
        try:
            self.tx.execute(sql, tuple(values.values()))
        except Defect:
            self._did(Way.LEFT_OUT, at(Where(table), row), table)
            return False
        for column in _REFERRED.get(table, ()):
            self._known(table, column).add(values.get(column))
        return True

    def _known(self, table: str, column: str) -> set[Value]:
        """The values of a column that are in the copy."""
        return self._kept.setdefault((table, column), set())

    def _did(self, way: Way, where: Where, detail: str) -> None:
        self.remedies.append(Remedy(way, where, detail))


_MENDED = frozenset(
    {"meta", "people", "schemes", "documents", "annotation_sets", "annotations", "journal", TABLE}
)
_REFERRED = {
    "documents": ("key", "id"),
    "annotation_sets": ("key",),
    "people": ("id",),
    "schemes": ("key",),
}


def _readable(value: Value) -> str:
    raw = as_bytes(value)
    return "" if raw is None else raw.decode("utf-8", errors="replace")


def _is_inside(row: Row, length: Value) -> bool:
    offsets = (row["anchor"], row["caret"])
    return isinstance(length, int) and all(isinstance(o, int) and o <= length for o in offsets)
