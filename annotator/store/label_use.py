"""How often the labels and types of the scheme are used, without reading the sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.core.ids import DocumentId, Layer, SetId
from annotator.store.connection import Connection

_HERE = """FROM annotations JOIN annotation_sets ON annotation_sets.key = set_key
           JOIN documents ON documents.key = document_key
           WHERE documents.removed IS NULL AND annotation_sets.removed IS NULL"""
_COUNTS = f"""SELECT layer, label, count(*) {_HERE} AND layer IN ('mention', 'event', 'quote')
              GROUP BY layer, label ORDER BY layer, label"""
_SETS = f"""SELECT documents.id, annotation_sets.id, count(*) {_HERE}
            AND layer = ? AND label = ? GROUP BY annotation_sets.key
            ORDER BY documents.position, annotation_sets.key"""


_BY_SET = f"""SELECT documents.id, annotation_sets.id, layer, label, count(*) {_HERE}
              AND layer IN ('mention', 'event', 'quote')
              GROUP BY annotation_sets.key, layer, label ORDER BY annotation_sets.key"""


class LabelUse:
    """Counts over every annotation set that is in the project, not in the trash."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self) -> Mapping[tuple[Layer, str], int]:
        """How many mentions have a label, and how many events and quotes a type."""
        rows = self._connection.rows(_COUNTS)
        return {(Layer(layer), label): count for layer, label, count in rows}

    def sets_with(self, layer: Layer, label: str) -> tuple[tuple[DocumentId, SetId], ...]:
        """The sets in which it is used, in the order of documents."""
        rows = self._connection.rows(_SETS, (layer.value, label))
        return tuple((DocumentId(row[0]), SetId(row[1])) for row in rows)

    def by_set(self) -> Iterator[tuple[DocumentId, SetId, Layer, str, int]]:
        """How often each label and type is used in each set."""
        for document, identifier, layer, label, count in self._connection.rows(_BY_SET):
            yield DocumentId(document), SetId(identifier), Layer(layer), label, count
