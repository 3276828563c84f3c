"""Articles named on the command line: a project of their own, made when there is none yet."""

from __future__ import annotations

from pathlib import Path

from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.projects import SUFFIX, create_project


def project_for_articles(paths: list[Path], clock: Clock, *, takes_over: bool = False) -> Path:
    """The project beside the first article, named after it, with the articles imported.

    Raises `UserError` with the reason when none of them could be read; a project made for them is
    gone then. `takes_over` is as for `ProjectFile.open`.
    """
    path = paths[0].resolve().with_suffix(SUFFIX)
    found = find_files(paths)
    is_known = path.exists()
    if is_known:
        project = ProjectFile.open(path, takes_over=takes_over)
    else:
        project = create_project(path, clock=clock)
    with project:
        report = Importer(project, clock).run(found)
    refusals = [problem for problem in report.problems if problem.is_refusal]
    if refusals and not report.imported and not report.duplicates:
        if not is_known:
            path.unlink()
        raise UserError(refusals[0].key, **refusals[0].values)
    return path
