"""What each verb of the command line does."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from msgspec.structs import asdict

from annotator import __version__
from annotator.cli.adjudicate_verb import adjudicate
from annotator.cli.backup_verbs import BACKUP_VERBS, back_up_before
from annotator.cli.doctor import run_doctor
from annotator.cli.evaluate_verb import tell_evaluation
from annotator.cli.export_verbs import EXPORT_VERBS
from annotator.cli.findings import finding_json, say_finding
from annotator.cli.format_verbs import tell_formats
from annotator.cli.import_verb import import_files
from annotator.cli.keeping import tell_history, tell_trash
from annotator.cli.merge_verb import merge
from annotator.cli.projects import named, opened as _opened, with_suffix as _with_suffix
from annotator.cli.terminal import DONE, FOUND, Terminal
from annotator.cli.window import open_demo_window
from annotator.foundation.atomic import write_text
from annotator.foundation.errors import UserError
from annotator.foundation.paths import settings_folder
from annotator.foundation.settings_file import read_settings
from annotator.workbench.backups import BackupReason
from annotator.workbench.checking import check_project
from annotator.workbench.clock import system_clock
from annotator.workbench.gold_checking import CheckedFinding, check_gold_file, checked
from annotator.workbench.problem_report import ReportFacts, report_text
from annotator.workbench.projects import SUFFIX, create_project, facts_of
from annotator.workbench.schemes import read_scheme_text, scheme_from_text
from annotator.workbench.versions import installed_toolkit, program_versions


def tell_version(terminal: Terminal) -> int:
    """Print the version; as JSON also what is at work besides, for reports."""
    terminal.answer(program_versions())
    if not terminal.is_json:
        sys.stdout.write(f"annotator {__version__}\n")
    return DONE


def _new(options: argparse.Namespace, terminal: Terminal) -> int:
    path = _with_suffix(options.project)
    create_project(
        path, clock=system_clock, scheme=options.scheme, annotator=options.annotator
    ).close()
    terminal.say("cli.created", path=path)
    terminal.answer({"project": str(path)})
    return DONE


def _check(options: argparse.Namespace, terminal: Terminal) -> int:
    findings: list[CheckedFinding] = []
    answers = []
    for path in options.paths:
        if len(options.paths) > 1:
            terminal.say("cli.checking", path=path)
        for finding in _findings(path, options.scheme):
            say_finding(finding, terminal)
            findings.append(finding)
            answers.append({"path": str(path), **finding_json(finding, terminal)})
    errors = sum(1 for finding in findings if finding.severity == "E")
    warnings = sum(1 for finding in findings if finding.severity == "W")
    terminal.say("cli.checked", errors=errors, warnings=warnings, files=len(options.paths))
    terminal.answer(answers)
    return FOUND if errors else DONE


def _findings(path: Path, scheme: str) -> Iterable[CheckedFinding]:
    if path.suffix.lower() != SUFFIX:
        return check_gold_file(path, scheme_from_text(read_scheme_text(scheme)))
    with _opened(path) as project:
        return [finding for found in check_project(project) for finding in checked(found)]


def _info(options: argparse.Namespace, terminal: Terminal) -> int:
    with _opened(options.project) as project:
        facts = asdict(facts_of(project))
    terminal.answer(facts)
    for name, value in facts.items():
        title = terminal.catalogue.text(f"fact.{name}")
        terminal.say("cli.fact", title=title, value=_shown(value, terminal))
    return DONE


def _shown(value: object, terminal: Terminal) -> object:
    catalogue = terminal.catalogue
    if isinstance(value, dict):
        counted = (
            f"{catalogue.text(f'status.{status}')} {catalogue.number(number)}"
            for status, number in value.items()
            if number
        )
        return ", ".join(counted) or "–"
    if isinstance(value, tuple):
        return ", ".join(value) or "–"
    return value


def _doctor(options: argparse.Namespace, terminal: Terminal) -> int:
    target = None if options.output is None else _with_suffix(options.output)
    return run_doctor(named(options.project), target, terminal, repairs=options.repair)


def _demo(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.headless is None:
        return open_demo_window()
    try:
        from annotator.app import run_headless_demo
    except ImportError as error:
        raise UserError("cli.no_window", reason=str(error)) from error
    return run_headless_demo(options.headless, terminal.say)


def _report(options: argparse.Namespace, terminal: Terminal) -> int:
    with ExitStack() as stack:
        project = options.project and stack.enter_context(_opened(options.project))
        facts = ReportFacts(
            settings=read_settings(settings_folder()),
            moment=system_clock(),
            toolkit=installed_toolkit(),
            project=project,
        )
        text = report_text(terminal.catalogue, facts)
    write_text(options.output, text)
    terminal.say("cli.reported", path=options.output)
    terminal.answer({"report": str(options.output)})
    return DONE


def _merge(options: argparse.Namespace, terminal: Terminal) -> int:
    with _opened(options.project) as project:
        other = options.other if options.other.exists() else _with_suffix(options.other)
        if not options.dry_run:
            back_up_before(project, BackupReason.MERGE, terminal)
        return merge(project, other, options, terminal)


VERBS: dict[str, Callable[[argparse.Namespace, Terminal], int]] = {
    "new": _new,
    "import": import_files,
    "merge": _merge,
    "check": _check,
    "doctor": _doctor,
    "info": _info,
    "demo": _demo,
    "report": _report,
    **EXPORT_VERBS,
    "formats": tell_formats,
    "evaluate": tell_evaluation,
    "adjudicate": lambda options, terminal: adjudicate(options, terminal, _opened),
    **BACKUP_VERBS,
    "history": lambda options, terminal: tell_history(options, terminal, _opened),
    "trash": lambda options, terminal: tell_trash(options, terminal, _opened),
}
