"""What was chosen for an import, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from annotator.core.ids import DocumentId, SetId

if TYPE_CHECKING:
    from annotator.formats.base import FieldMapping, ImportProblem
    from annotator.formats.offset_units import OffsetUnit
    from annotator.workbench.label_mapping import LabelMapping, Name

IMPORT = "edit.import"
"""The name of an import, in the journal of the project and in those of sets."""


def _no_mapping() -> LabelMapping:
    from annotator.workbench.label_mapping import NO_MAPPING

    return NO_MAPPING


class ImportChoices(Struct, frozen=True):
    """What the user chose where bytes alone do not tell.

    `encodings` and `mappings` are by file; `annotator` owns imported annotations instead of the
    annotators named in the file, `present` only those that a file names nobody for. `mapping` says
    what becomes of names that the scheme does not have, `unit` what offsets count where files do
    not prove it.
    """

    format_id: str | None = None
    encodings: Mapping[Path, str] = field(default_factory=dict)
    mappings: Mapping[Path, FieldMapping] = field(default_factory=dict)
    annotator: str | None = None
    present: str | None = None
    mapping: LabelMapping = field(default_factory=_no_mapping)
    unit: OffsetUnit | None = None


class Duplicate(Struct, frozen=True):
    """A document that was skipped because its text is already in the project.

    With a `set`, its annotation set of this id is already there and was skipped; `differs` says
    that the one in the file holds something else, `is_of_run` that the same import added it, and
    `is_of_file` that it came from the same file.
    """

    source: str
    existing: DocumentId
    set: SetId | None = None
    differs: bool = False
    is_of_run: bool = False
    is_of_file: bool = False


class ImportReport(Struct, frozen=True):
    """What an import did: new documents, sets with annotations, duplicates, problems.

    `restored` are documents that were in the trash, and came back with what had been done in them.
    `left_out` are names of the files with how many annotations had them, `links` what pointed at
    those. `has_new_scheme` says that the scheme has got more, and `renamed` which names of the
    files it has under another id.
    """

    imported: tuple[DocumentId, ...]
    sets: int
    duplicates: tuple[Duplicate, ...]
    problems: tuple[ImportProblem, ...]
    restored: tuple[DocumentId, ...] = ()
    left_out: tuple[tuple[Name, int], ...] = ()
    links: int = 0
    has_new_scheme: bool = False
    renamed: tuple[tuple[Name, str], ...] = ()

    @property
    def refused(self) -> int:
        """How many items were left out for a reason."""
        return sum(1 for problem in self.problems if problem.is_refusal)

    @property
    def is_whole(self) -> bool:
        """Whether the project has now all that the files tell, but for what was left out by choice.

        A set that is there with something else in it is not what its file tells.
        """
        return self.refused == 0 and not any(double.differs for double in self.duplicates)
