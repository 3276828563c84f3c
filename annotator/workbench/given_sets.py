"""Which documents and sets each file of an import has given."""

from __future__ import annotations

from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import SetHeader


class GivenSets:
    """Told of every document and set that is added, file by file.

    A file of very many documents takes no room for each of its sets: only those are noted that a
    file gives to documents of others.
    """

    def __init__(self) -> None:
        self.documents: dict[DocumentId, int] = {}
        """The new documents in their order, each with the number of its file."""
        self._source, self._number = "", 0
        self._elsewhere: set[tuple[DocumentId, SetId]] = set()

    def add_document(self, source: str, document: DocumentId) -> None:
        """Note a new document of the file `source`."""
        self.documents[document] = self._number_of(source)

    def add_set(self, source: str, header: SetHeader) -> None:
        """Note a new set that the file `source` has given."""
        if self.documents.get(header.document) != self._number_of(source):
            self._elsewhere.add((header.document, header.id))

    def are_of(self, source: str, header: SetHeader) -> bool:
        """Whether the file `source`, which is the present one, has given the set before."""
        is_of_new = self.documents.get(header.document) == self._number_of(source)
        return is_of_new or (header.document, header.id) in self._elsewhere

    def _number_of(self, source: str) -> int:
        if source != self._source:
            self._source, self._number, self._elsewhere = source, self._number + 1, set()
        return self._number
