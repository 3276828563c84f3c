"""Articles named on the command line: a project of their own, made when there is none yet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.foundation.errors import UserError
from annotator.foundation.paths import state_folder
from annotator.store.project_file import ProjectFile
from annotator.workbench.backups import BackupReason, Backups
from annotator.workbench.clock import Clock
from annotator.workbench.projects import SUFFIX, create_project

if TYPE_CHECKING:
    from annotator.workbench.importing import ImportReport
    from annotator.workbench.reading import FoundFiles


def project_for_articles(paths: list[Path], clock: Clock, *, takes_over: bool = False) -> Path:
    """The project beside the first article, named after it, with the articles imported.

    Raises `UserError` with the reason when none of them could be read; a project that was made
    for them is not left behind. `takes_over` is as for `ProjectFile.open`.
    """
    from annotator.workbench.importing import Importer
    from annotator.workbench.reading import find_files

    found = find_files(paths)
    path = project_path(paths[0].resolve())
    is_new = not path.exists()
    if is_new:
        project = create_project(path, clock=clock)
    else:
        project = ProjectFile.open(path, takes_over=takes_over)
    try:
        with project:
            Backups(project, root=state_folder(), clock=clock).before(BackupReason.IMPORT)
            report = Importer(project, clock).run(found)
        _refuse_nothing(report, found, paths[0])
    except BaseException:
        if is_new:
            path.unlink(missing_ok=True)
        raise
    return path


def project_path(first: Path) -> Path:
    """Where the project of articles lies whose first one, or whose folder, is this."""
    stem = first.name if first.is_dir() else first.stem
    return first.with_name(stem + SUFFIX) if stem else first / f"articles{SUFFIX}"


def _refuse_nothing(report: ImportReport, found: FoundFiles, first: Path) -> None:
    from annotator.workbench.reading import refuse_nothing

    if report.imported or report.duplicates:
        return
    refusals = [problem for problem in report.problems if problem.is_refusal]
    if refusals:
        raise UserError(refusals[0].key, **refusals[0].values)
    refuse_nothing(found, [first])
