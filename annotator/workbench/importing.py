"""Documents into a project: read files, skip what is there, all in one step.

An import is one transaction: it happens as a whole or not at all. What could not be read is listed
with the reason and never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from annotator.core.scheme import Scheme
from annotator.formats.base import ImportProblem
from annotator.foundation.errors import Refused
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.import_files import chosen_format as chosen_format, items_of
from annotator.workbench.import_look import Look
from annotator.workbench.import_preview import ImportPreview
from annotator.workbench.import_report import (
    IMPORT as IMPORT,
    NO_CHOICES,
    Duplicate as Duplicate,
    ImportChoices as ImportChoices,
    ImportReport as ImportReport,
)
from annotator.workbench.import_step import ImportStep
from annotator.workbench.reading import (
    READABLE as READABLE,
    FoundFiles as FoundFiles,
    find_files as find_files,
)
from annotator.workbench.schemes import scheme_of

Progress = Callable[[int, int], bool]
"""Called with items done and items in all; False asks to stop, and then nothing is imported."""


class Importer:
    """Imports files into one project.

    `on_item` is told how many items have been read so far, of all files together: one file may
    hold all there is, and how many are in it is not known before.
    """

    def __init__(
        self,
        project: ProjectFile,
        clock: Clock,
        on_item: Callable[[int], None] = lambda count: None,
    ) -> None:
        self._project = project
        self._clock = clock
        self._on_item = on_item

    @property
    def scheme(self) -> Scheme:
        """The scheme of the project."""
        return scheme_of(self._project)

    def preview(
        self,
        found: FoundFiles,
        choices: ImportChoices = NO_CHOICES,
        progress: Progress = lambda done, total: True,
    ) -> ImportPreview:
        """Read every file and tell what it would bring; nothing is written.

        Raises `Refused` when `progress` asks to stop.
        """
        look = Look(
            self._project,
            owner=choices.annotator,
            present=choices.present,
            mapping=choices.mapping,
        )
        look.tally.problems.extend(found.skipped)
        numbers = count(1)
        for path in _each(found, progress):
            for item in items_of(path, choices):
                self._on_item(next(numbers))
                if isinstance(item, ImportProblem):
                    look.tally.problems.append(item)
                else:
                    look.take(item, str(path))
        return look.tally.preview()

    def run(
        self,
        found: FoundFiles,
        choices: ImportChoices = NO_CHOICES,
        progress: Progress = lambda done, total: True,
    ) -> ImportReport:
        """Read every file and add what is new.

        Raises `UserError` when the project cannot be written; `UnknownNames` where files use names
        that the scheme does not have and `choices` do not decide; `Refused` when `progress` asked
        to stop, the annotator has no name, or a set is nobody's. All leave the project as it was.
        """
        at = stamp(self._clock())
        with self._project.transaction() as transaction:
            step = ImportStep(self._project, transaction, choices, at)
            step.tally.problems.extend(found.skipped)
            numbers = count(1)
            for path in _each(found, progress):
                step.read_file(path, lambda: self._on_item(next(numbers)))
            step.log()
        return step.report()


def _each(found: FoundFiles, progress: Progress) -> Iterator[Path]:
    """The files, told to `progress` before each and at the end. Raises `Refused` to stop."""
    for done, path in enumerate(found.files):
        if not progress(done, len(found.files)):
            raise Refused("import.cancelled")
        yield path
    progress(len(found.files), len(found.files))
