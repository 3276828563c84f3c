"""The rows of documents and sets made to fit: ids, positions, people, counts, numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.annotations import layer_of
from annotator.core.ids import Layer, layer_and_number
from annotator.core.set_header import SetKind
from annotator.foundation.errors import UserError
from annotator.store.doctor.ailments import Remedy, Slowly, Way, Where, at
from annotator.store.doctor.cases import SetCase
from annotator.store.doctor.check_project import DOCUMENT_ID, names_in
from annotator.store.doctor.check_sets import COUNTED, highest_numbers
from annotator.store.doctor.mending_sets import MendedSet, status_of
from annotator.store.doctor.tables import Row, Value
from annotator.store.record_json import canonical
from annotator.store.rows import numbers_from_json, numbers_to_json

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+", re.ASCII)
_KINDS = frozenset(kind.value for kind in SetKind)
_LONGEST = 120
_LATER = 500


class Names(Struct):
    """The ids and positions of the documents that are in the copy."""

    ids: set[str] = field(default_factory=set)
    positions: set[int] = field(default_factory=set)

    def fit(self, row: Row, remedies: list[Remedy]) -> Row:
        """The row with an id and a position that no other document has."""
        told = str(row["id"])
        identifier = told
        if not DOCUMENT_ID.fullmatch(told) or told.casefold() in self.ids:
            identifier = _free(_UNSAFE.sub("-", told)[:_LONGEST] or "doc", self.ids)
        position = row["position"]
        if not isinstance(position, int) or position < 1 or position in self.positions:
            position = max(self.positions, default=0) + 1
        self.ids.add(identifier.casefold())
        self.positions.add(position)
        mended: Row = {**row, "id": identifier, "position": position}
        for name in ("id", "position"):
            if mended[name] != row[name]:
                place = at(Where("documents", document=told), row)
                remedies.append(Remedy(Way.MADE_ANEW, place, name))
        return mended


def _free(stem: str, taken: Collection[str]) -> str:
    number = 2
    while f"{stem}-{number}".casefold() in taken:
        number += 1
    return f"{stem}-{number}"


def mended_header(
    case: SetCase,
    remedies: list[Remedy],
    *,
    people: Collection[Value],
    siblings: Sequence[Row],
    taken: set[str],
    now: str,
) -> Row:
    """The row of a set, but what follows from its records. `taken` are ids of sets before it."""
    row = case.row
    told = row["id"] if isinstance(row["id"], str) and row["id"] else "set"
    identifier = told if told not in taken else _free(told, taken)
    taken.add(identifier)
    listed = names_in(row["annotators"]) or [told]
    annotators = [name for name in listed if name in people]
    others = {sibling["id"] for sibling in siblings}
    adjudicator = row["adjudicator"]
    times = [entry.row["made"] for entry in case.entries if isinstance(entry.row["made"], str)]
    mended: Row = {
        **row,
        "id": identifier,
        "kind": row["kind"] if row["kind"] in _KINDS else SetKind.ANNOTATOR.value,
        "annotators": canonical(annotators),
        "adjudicator": adjudicator if adjudicator in people else None,
        "derived_from": canonical([n for n in names_in(row["derived_from"]) if n in others]),
        "created": row["created"] if isinstance(row["created"], str) else min(times, default=now),
        "modified": row["modified"]
        if isinstance(row["modified"], str)
        else max(times, default=now),
    }
    remedies.extend(
        Remedy(Way.MADE_ANEW, case.where, name) for name in mended if mended[name] != row[name]
    )
    return mended


def mended_numbers(case: SetCase, mended: MendedSet, remedies: list[Remedy]) -> Slowly[Row]:
    """What of the row of a set follows from its records."""
    held = Counter(layer_of(record) for record in mended.records.values())
    numbers: Row = {column: held[layer] for layer, column in COUNTED.items()}
    numbers["status"] = status_of(mended.records)
    numbers["last_numbers"] = numbers_to_json((yield from _last_numbers(case, mended)))
    for name, number in numbers.items():
        told = case.row[name]
        if isinstance(told, int) and isinstance(number, int) and told > number:
            place = replace(case.where, column=name)
            remedies.append(Remedy(Way.MISSING, place, told - number))
        elif told != number:
            remedies.append(Remedy(Way.MADE_ANEW, case.where, name))
    return numbers


def _last_numbers(case: SetCase, mended: MendedSet) -> Slowly[dict[Layer, int]]:
    told = case.row["last_numbers"]
    try:
        last = numbers_from_json(told if isinstance(told, str) else "", document="", set_id="")
    except UserError:
        last = {}
    changed = (change[0] for entry in mended.entries for change in entry.changes)
    for count, identifier in enumerate(chain(mended.records, changed)):
        if count % _LATER == 0:
            yield
        layer, number = layer_and_number(identifier)
        if layer is not Layer.STATUS:
            last[layer] = max(last.get(layer, 0), number)
    highest = yield from highest_numbers(case)
    for layer, number in highest.items():
        last[layer] = max(last.get(layer, 0), number)
    return last
