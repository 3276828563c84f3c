"""``annotator merge``: another copy of a project into a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from msgspec.structs import asdict

from annotator.cli.terminal import DONE, FOUND, Terminal
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import system_clock
from annotator.workbench.label_titles import Titles, titles_in
from annotator.workbench.merge_report import MergeReport
from annotator.workbench.merge_wording import headline, parts
from annotator.workbench.merging import MergeChoices, merger_of
from annotator.workbench.schemes import scheme_of


def merge(
    project: ProjectFile, other: Path, options: argparse.Namespace, terminal: Terminal
) -> int:
    """Merge another project file into an open project, or only tell what would come.

    Conflicts are a finding: they are kept on both sides, and somebody must look at them.
    """
    choices = MergeChoices(accepts_drops=options.accept_deletions, adds_labels=options.add_labels)
    with merger_of(other, project, clock=system_clock) as merger:
        if options.dry_run:
            report = merger.preview(terminal.progress)
        else:
            report = merger.run(choices, terminal.progress)
    titles = titles_in(scheme_of(project), terminal.catalogue.language)
    _tell(report, other, terminal, titles, is_dry=options.dry_run)
    return FOUND if report.conflicts else DONE


def _tell(
    report: MergeReport, path: Path, terminal: Terminal, titles: Titles, *, is_dry: bool
) -> None:
    said = asdict(report)
    terminal.answer({**said, "annotations": report.annotations})
    if terminal.is_json:
        return
    if not report.is_empty:
        terminal.say("cli.would_merge" if is_dry else "cli.merged", path=path)
    terminal.tell(headline(terminal.catalogue, report))
    for title, *lines in parts(terminal.catalogue, report, titles):
        terminal.tell(title)
        for line in lines:
            terminal.tell(f"  {line}")
