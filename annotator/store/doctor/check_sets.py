"""Checks of one annotation set: its header, its records together, and its journal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain

from annotator.core.annotations import Event, EventTarget, Quote, Record, SetStatus, references
from annotator.core.ids import STATUS_ID, Layer, RecordId, layer_and_number
from annotator.core.rules.pieces import closing_links
from annotator.foundation.errors import Defect, UserError
from annotator.store.doctor.ailments import Ailment, Checked, Kind, Slowly, Where, at
from annotator.store.doctor.cases import SetCase
from annotator.store.doctor.entries import Bodies, Stacks, apply_forwards
from annotator.store.doctor.tables import Row
from annotator.store.rows import header_from_row, numbers_from_json

COUNTED = {Layer.MENTION: "mentions", Layer.EVENT: "events", Layer.QUOTE: "quotes"}
_LATER = 200
"""Steps of a check after which others get a turn."""


def check_header(case: SetCase) -> Checked:
    """D30: what the columns say of a set can be read."""
    try:
        header_from_row(header_columns(case.row, case.where.document or ""))
    except UserError:
        yield Ailment(Kind.SET_HEADER, case.where)


def header_columns(row: Row, document: str) -> tuple[object, ...]:
    """The columns of a set as `header_from_row` takes them."""
    names = ("id", "kind", "annotators", "adjudicator", "derived_from", "created", "modified")
    return (document, *(row[name] for name in names))


def check_records(case: SetCase) -> Checked:
    """D40 to D45, D47, D51: each record by itself, as it was judged when it was read."""
    for record in case.records:
        yield from record.ailments


def check_ids(case: SetCase) -> Checked:
    """D48: no id is given twice."""
    counts = Counter(record.row["id"] for record in case.records)
    for record in case.records:
        identifier = record.row["id"]
        if counts[identifier] > 1:
            counts[identifier] = 0
            place = _place(case, record.row)
            yield Ailment(Kind.RECORD_TWICE, place, str(identifier))


def check_references(case: SetCase) -> Checked:
    """D46: whatever a record refers to is there, sound or not."""
    present = {record.row["id"] for record in case.records}
    for number, record in enumerate(case.records):
        if number % _LATER == 0:
            yield None
        for reference in () if record.record is None else references(record.record):
            if reference not in present:
                yield Ailment(Kind.DANGLING, _place(case, record.row), reference)


def check_cycles(case: SetCase) -> Checked:
    """D49, D50: no quote stands in itself, no event takes part in itself."""
    sound = [record.record for record in case.records if record.record is not None]
    for kind, graph in ((Kind.QUOTE_CYCLE, parents(sound)), (Kind.EVENT_CYCLE, takers(sound))):
        for source, target in closing_links(graph):
            place = Where(
                "annotations", document=case.where.document, set=case.where.set, record=source
            )
            yield Ailment(kind, place, target)


def parents(records: Sequence[Record]) -> Mapping[RecordId, Sequence[RecordId]]:
    """The quotes by the quote in which they stand."""
    quotes = (record for record in records if isinstance(record, Quote))
    return {quote.id: () if quote.parent is None else (quote.parent,) for quote in quotes}


def takers(records: Sequence[Record]) -> Mapping[RecordId, Sequence[RecordId]]:
    """The events with the events that take part in them."""
    return {
        event.id: [a.target.event for a in event.arguments if isinstance(a.target, EventTarget)]
        for event in records
        if isinstance(event, Event)
    }


def check_counts(case: SetCase) -> Checked:
    """D33: the counts of a set are those of its records."""
    for layer, held in counts_of(case).items():
        column = COUNTED[layer]
        if isinstance(case.row[column], int) and case.row[column] != held:
            yield Ailment(Kind.SET_COUNTS, case.where, column)


def counts_of(case: SetCase) -> dict[Layer, int]:
    """How many mentions, events and quotes there are, sound or not."""
    held = Counter(record.row["layer"] for record in case.records)
    return {layer: held[layer.value] for layer in COUNTED}


def check_status(case: SetCase) -> Checked:
    """D34: the status in the header is that of the record, or follows from what is there."""
    recorded = [record.row["label"] for record in case.records if record.row["id"] == STATUS_ID]
    begun = SetStatus.IN_PROGRESS if case.records else SetStatus.NEW
    right = recorded[0] if recorded else begun.value
    is_judged = not recorded or all(
        not record.ailments for record in case.records if record.row["id"] == STATUS_ID
    )
    if is_judged and isinstance(case.row["status"], str) and case.row["status"] != right:
        yield Ailment(Kind.SET_STATUS, case.where, right if isinstance(right, str) else "")


def check_numbers(case: SetCase) -> Checked:
    """D35: no number that was ever given to a record will be given again."""
    if not isinstance(case.row["last_numbers"], str):
        return
    try:
        told = numbers_from_json(case.row["last_numbers"], document="", set_id="")
    except UserError:
        yield Ailment(Kind.SET_NUMBERS, case.where)
        return
    for number, (layer, counted) in enumerate(_numbers(case)):
        if number % _LATER == 0:
            yield None
        if told.get(layer, 0) < counted:
            yield Ailment(Kind.SET_NUMBERS, case.where, counted)
            return


def highest_numbers(case: SetCase) -> Slowly[dict[Layer, int]]:
    """The highest number of each layer that a record or an entry of the journal has."""
    highest: dict[Layer, int] = {}
    for count, (layer, number) in enumerate(_numbers(case)):
        if count % _LATER == 0:
            yield
        if number > highest.get(layer, 0):
            highest[layer] = number
    return highest


def _numbers(case: SetCase) -> Iterator[tuple[Layer, int]]:
    """Layer and number of every id that a sound record or an entry of the journal has."""
    ids = (str(record.row["id"]) for record in case.records if not record.ailments)
    named = (change[0] for entry in case.entries if entry.entry for change in entry.entry.changes)
    for identifier in chain(ids, named):
        with suppress(Defect):
            yield layer_and_number(identifier)


def check_entries(case: SetCase) -> Checked:
    """D60, D61: each entry of the journal by itself."""
    for entry in case.entries:
        yield from entry.ailments


def check_journal(case: SetCase) -> Checked:
    """D62 to D64: done again from nothing, the journal gives what is stored.

    Only a journal whose every entry is sound is judged, and only up to the first that does not
    follow, because all that comes after it would be told, too.
    """
    if not case.is_journal_sound:
        return
    bodies: Bodies = {}
    stacks = Stacks()
    for number, judged in enumerate(case.entries):
        if number % _LATER == 0:
            yield None
        entry = judged.entry
        assert entry is not None  # the journal is sound
        follows = stacks.take(entry)
        if not (follows and apply_forwards(bodies, entry)):
            where = Where("journal", document=case.where.document, set=case.where.set)
            kind = Kind.ENTRY_STALE if follows else Kind.ENTRY_ORDER
            yield Ailment(kind, at(where, judged.row))
            return
    yield from _replayed(case, bodies)


def _replayed(case: SetCase, bodies: Bodies) -> Iterator[Ailment]:
    """What is stored otherwise than the journal tells; what is damaged has been told already."""
    told = dict(bodies)
    for record in case.records:
        identifier = str(record.row["id"])
        right = told.pop(identifier, None)
        is_whole = record.record is not None and not record.ailments
        if is_whole and right != record.row["body"]:
            yield Ailment(Kind.REPLAY, _place(case, record.row))
    damaged = any(
        ailment.kind is Kind.RECORD_COLUMN for record in case.records for ailment in record.ailments
    )
    for identifier in () if damaged else told:
        place = Where(
            "annotations", document=case.where.document, set=case.where.set, record=identifier
        )
        yield Ailment(Kind.REPLAY, place)


def _place(case: SetCase, row: Row) -> Where:
    where = Where("annotations", document=case.where.document, set=case.where.set)
    return at(where, row, record=row["id"])


SET_CHECKS: tuple[Callable[[SetCase], Checked], ...] = (
    check_header,
    check_records,
    check_ids,
    check_references,
    check_cycles,
    check_counts,
    check_status,
    check_numbers,
    check_entries,
    check_journal,
)
"""What is asked about every set. A new question is one function more."""
