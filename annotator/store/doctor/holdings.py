"""How much a damaged file still tells of, to be held against what a repair could save."""

from __future__ import annotations

from collections import Counter, defaultdict

from msgspec import Struct

from annotator.core.ids import Layer
from annotator.foundation.errors import UserError
from annotator.store.doctor.ailments import Slowly
from annotator.store.doctor.check_sets import COUNTED
from annotator.store.doctor.sources import STRAY, Source
from annotator.store.doctor.tables import Row, Value
from annotator.store.rows import numbers_from_json

_LATER = 200


class Holdings(Struct, frozen=True):
    """Documents and annotations (mentions, events and quotes), those in the trash among them.

    Of a file that is not `is_whole` parts cannot be read: it may have held more.
    """

    documents: int = 0
    annotations: int = 0
    is_whole: bool = True


NOTHING_HELD = Holdings()


def holdings_of(source: Source) -> Slowly[Holdings]:
    """What a file tells of, whether it can be read or not.

    A set says how many annotations it has, and so tells of those whose rows are lost.
    """
    found: defaultdict[Value, Counter[str]] = defaultdict(Counter)
    for number, row in enumerate(source.rows("annotations")):
        if number % _LATER == 0:
            yield
        layer = str(row["layer"])
        if row.get(STRAY) is None and layer in _COLUMNS:
            found[row["set_key"]][_COLUMNS[layer]] += 1
    documents = {key for (key,) in source.columns("documents", "key")}
    annotations = 0
    for row in source.rows("annotation_sets"):
        documents.add(row["document_key"])
        annotations += _told(row, found.pop(row["key"], Counter()))
    annotations += sum(counted.total() for counted in found.values())
    return Holdings(len(documents - {None}), annotations, source.is_whole)


_COLUMNS = {layer.value: column for layer, column in COUNTED.items()}


def _told(row: Row, found: Counter[str]) -> int:
    """How many annotations a set says to have, where that can be; at least those found."""
    numbers = row["last_numbers"]
    try:
        last = numbers_from_json(
            numbers if isinstance(numbers, str) else "", document="", set_id=""
        )
    except UserError:
        last = dict[Layer, int]()
    total = 0
    for layer, column in COUNTED.items():
        told = row[column]
        # No set has more annotations than numbers were given out in it.
        is_likely = isinstance(told, int) and told <= last.get(layer, 0)
        total += max(found[column], told if is_likely and isinstance(told, int) else 0)
    return total
