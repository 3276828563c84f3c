"""What an import that was taken back has left in the trash, and that another one need not heed.

A document in the trash keeps its sets. Where it came by imports alone that were all taken back, and
nobody has worked in a set since, the set says nothing that anybody wants: who imports the document
again may have decided otherwise about its labels. What somebody has worked in stays as it is.
"""

from __future__ import annotations

from functools import cached_property

from annotator.core.ids import DocumentId
from annotator.core.project_edits import Thing, steps_of
from annotator.core.set_header import SetHeader
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.import_report import IMPORT
from annotator.workbench.turning import LATER


class LeftOvers:
    """Tells the sets of documents in the trash that only imports have written."""

    def __init__(self, project: ProjectFile) -> None:
        self._project = project

    def of(self, document: DocumentId) -> tuple[SetHeader, ...]:
        """The sets of a document that hold nothing but what imports wrote that were taken back."""
        if self._project.documents.removed_at(document) is None or document not in self._unwanted:
            return ()
        headers = self._project.annotations.every_header(document)
        return tuple(header for header in headers if self._is_untouched(header))

    def _is_untouched(self, header: SetHeader) -> bool:
        try:
            entries = self._project.journal.entries(header)
        except UserError:
            return False  # of what cannot be read nobody knows whose work it is
        return all(entry.edit.name in (IMPORT, *LATER) for entry in entries)

    @cached_property
    def _unwanted(self) -> frozenset[str]:
        """The documents that came by imports alone, all of which were taken back."""
        wanted: set[str] = set()
        unwanted: set[str] = set()
        try:
            steps = steps_of(self._project.project_journal.entries())
        except UserError:
            return frozenset()
        for step in steps:
            ids = {
                each.id for each in step.edit.presences
                if each.thing is Thing.DOCUMENT and each.is_here
            }  # fmt: skip
            is_unwanted = step.edit.name == IMPORT and not step.is_done
            (unwanted if is_unwanted else wanted).update(ids)
        return frozenset(unwanted - wanted)
