"""``annotator adjudicate``: gold from the annotation sets of several annotators."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import asdict

from annotator.adjudication.strategies import Strategy, all_agree, first_of, majority
from annotator.cli.backup_verbs import back_up_before
from annotator.cli.terminal import DONE, Terminal
from annotator.core.ids import DocumentId, SetId
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.adjudicating_project import AdjudicationReport, adjudicator_of
from annotator.workbench.adjudication_wording import report_lines
from annotator.workbench.backups import BackupReason
from annotator.workbench.clock import system_clock
from annotator.workbench.people import annotator_named, known_annotator, who_works


def adjudicate(
    options: argparse.Namespace, terminal: Terminal, opened: Callable[[Path], ProjectFile]
) -> int:
    """Decide in a whole project by one rule, or only tell what would be decided."""
    documents = [DocumentId(each) for each in options.document]
    with opened(options.project) as project:
        if project.is_read_only and not options.dry_run:
            raise UserError("store.read_only", name=project.path.name)
        strategy = _strategy(project, options)
        adjudicator = adjudicator_of(project, system_clock, takes_unfinished=options.unfinished)
        if options.dry_run:
            report = adjudicator.preview(strategy, documents, terminal.progress)
        else:
            report = _run(project, options, terminal, strategy, documents)
        people = {SetId(person.id): person.name for person in project.people.all()}
    for line in report_lines(terminal.catalogue, report, people, is_dry=options.dry_run):
        terminal.tell(line)
    terminal.answer(_told(report))
    return DONE


def _run(
    project: ProjectFile,
    options: argparse.Namespace,
    terminal: Terminal,
    strategy: Strategy,
    documents: Sequence[DocumentId],
) -> AdjudicationReport:
    back_up_before(project, BackupReason.WORK, terminal)
    name = options.adjudicator
    person = (
        who_works(project, None, system_clock)
        if name is None
        else annotator_named(project, name, system_clock)
    )
    adjudicator = adjudicator_of(project, system_clock, takes_unfinished=options.unfinished)
    return adjudicator.run(strategy, documents, adjudicator=person.id, progress=terminal.progress)


def _strategy(project: ProjectFile, options: argparse.Namespace) -> Strategy:
    if options.majority:
        return majority
    if options.first is None:
        return all_agree
    person = known_annotator(project, options.first)
    if person is None:
        known = ", ".join(each.name for each in project.people.all())
        raise UserError("export.no_annotator", name=options.first, known=known)
    return first_of(SetId(person.id))


def _told(report: AdjudicationReport) -> dict[str, object]:
    """The report for machines: the sums, and every document."""
    names = ("units", "agreed", "before", "decided", "open", "along", "left_out")
    documents = []
    for each in report.documents:
        told = asdict(each)
        told["voteless"] = [
            {"set": one.side, "layer": None if one.layer is None else one.layer.value}
            for one in each.voteless
        ]
        documents.append(told)
    sums = {name: sum(int(each[name]) for each in documents) for name in names}
    return {**sums, "documents": documents, "alone": report.alone, "step": report.step}
