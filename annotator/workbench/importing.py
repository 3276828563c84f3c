"""Documents into a project: read files, skip what is there, all in one step.

An import is one transaction: it happens as a whole or not at all. What could not be read is listed
with the reason and never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from annotator.core.scheme import Scheme
from annotator.formats.base import ImportProblem
from annotator.foundation.errors import Refused
from annotator.store.meta import UUID
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.credited_sets import SetCredits
from annotator.workbench.import_files import chosen_format as chosen_format, items_of
from annotator.workbench.import_look import Look
from annotator.workbench.import_preview import ImportPreview
from annotator.workbench.import_report import (
    IMPORT as IMPORT,
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

OnItem = Callable[[int], bool]
"""Called with the number of items read where nobody knows of how many; False asks to stop."""

NO_CHOICES = ImportChoices()


class Importer:
    """Imports files into one project.

    While files are read, `progress` is told how many of them are done, and `on_item` how many items
    of all of them: one file may hold all there is, and how many are in it nobody knows before. Both
    say whether to go on.
    """

    def __init__(self, project: ProjectFile, clock: Clock) -> None:
        self._project = project
        self._clock = clock

    @property
    def scheme(self) -> Scheme:
        """The scheme of the project."""
        return scheme_of(self._project)

    def preview(
        self,
        found: FoundFiles,
        choices: ImportChoices = NO_CHOICES,
        progress: Progress = lambda done, total: True,
        on_item: OnItem = lambda count: True,
    ) -> ImportPreview:
        """Read every file and tell what it would bring; nothing is written.

        Raises `Refused` when it shall stop.
        """
        look = Look(
            self._project,
            owner=choices.annotator,
            present=choices.present,
            mapping=choices.mapping,
        )
        _go_through(self._project, found, choices, look, progress, on_item)
        return look.tally.preview()

    def run(
        self,
        found: FoundFiles,
        choices: ImportChoices = NO_CHOICES,
        progress: Progress = lambda done, total: True,
        on_item: OnItem = lambda count: True,
    ) -> ImportReport:
        """Read every file and add what is new.

        Raises `UserError` when the project cannot be written; `UnknownNames` where files use names
        that the scheme does not have and `choices` do not decide; `Refused` when it shall stop, the
        annotator has no name, or a set is nobody's. All leave the project as it was.
        """
        at = stamp(self._clock())
        with self._project.transaction() as transaction:
            step = ImportStep(self._project, transaction, choices, at)
            _go_through(self._project, found, choices, step, progress, on_item)
            step.log()
        return step.report()


def counter(on_item: OnItem, stopped: str = "import.cancelled") -> Callable[[], None]:
    """To be called for every item; raises `Refused` (`stopped`) when `on_item` asks to stop."""
    numbers = count(1)

    def counted() -> None:
        if not on_item(next(numbers)):
            raise Refused(stopped)

    return counted


def _go_through(
    project: ProjectFile,
    found: FoundFiles,
    choices: ImportChoices,
    taker: Look | ImportStep,
    progress: Progress,
    on_item: OnItem,
) -> None:
    """Have every document of the files taken, and every problem tallied."""
    problems, counted = taker.tally.problems, counter(on_item)
    people = (*project.people.all(), *project.people.removed())
    # Whoever is called by an id has come in by such a file, and nobody knows more of them.
    named = [one.id for one in people if one.name != one.id]
    credits = SetCredits(project.meta.get(UUID), named)
    problems.extend(found.skipped)
    for path in _each(found, progress):
        with closing(items_of(path, choices)) as items:
            for item in items:
                counted()
                if isinstance(item, ImportProblem):
                    problems.append(item)
                else:
                    taker.take(credits.credited(item, path), str(path))


def _each(found: FoundFiles, progress: Progress) -> Iterator[Path]:
    """The files, told to `progress` before each and at the end. Raises `Refused` to stop."""
    for done, path in enumerate((*found.files, None)):
        if not progress(done, len(found.files)):
            raise Refused("import.cancelled")
        if path is not None:
            yield path
