"""The command line. Imports no Qt unless a window is asked for.

Exit codes: 0 done; 1 done, but errors were found or items refused; 2 wrong usage; 3 not done.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from annotator import __version__
from annotator.formats.base import ImportProblem
from annotator.formats.registry import FORMATS
from annotator.foundation.catalogue import (
    Catalogue,
    load_catalogue,
    preferred_language,
    without_isolates,
)
from annotator.foundation.errors import AnnotatorError
from annotator.store.project_file import ProjectFile
from annotator.workbench.checking import check_project
from annotator.workbench.clock import system_clock
from annotator.workbench.exporting import ExportChoices, Exporter, Scope
from annotator.workbench.gold_checking import CheckedFinding, check_gold_file
from annotator.workbench.importing import ImportChoices, Importer, find_files
from annotator.workbench.projects import SUFFIX, create_project, facts_of
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text

DONE, FOUND, USAGE, FAILED = 0, 1, 2, 3
BAR_WIDTH = 30


class Terminal:
    """Where answers go: lines for people, JSON for machines, a progress bar on a terminal."""

    def __init__(self, catalogue: Catalogue, *, is_json: bool) -> None:
        self.catalogue = catalogue
        self.is_json = is_json

    def say(self, key: str, **values: object) -> None:
        """Print a sentence; silent when the answer is JSON."""
        if not self.is_json:
            sys.stdout.write(without_isolates(self.catalogue.text(key, **values)) + "\n")

    def fail(self, error: AnnotatorError) -> int:
        """Print an error and give the exit code."""
        sentence = without_isolates(self.catalogue.error(error))
        if self.is_json:
            self.answer({"error": error.key, "message": sentence})
        sys.stderr.write(f"{sentence}\n")
        return FAILED

    def answer(self, value: object) -> None:
        """Print JSON when JSON was asked for."""
        if self.is_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")

    def progress(self, done: int, total: int) -> bool:
        """Draw the bar on a terminal; never asks to stop."""
        if sys.stderr.isatty() and total > 1:
            filled = BAR_WIDTH * done // total
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done}/{total}")
            sys.stderr.write("\n" if done == total else "")
            sys.stderr.flush()
        return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; without a verb the window opens."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    catalogue = load_catalogue(preferred_language())
    if not words or (words[0] not in VERBS and not words[0].startswith("-")):
        return _open_window([Path(word) for word in words])
    options = _Parser(catalogue).root.parse_args(words)
    terminal = Terminal(catalogue, is_json=options.json)
    if options.version:
        return _version(terminal)
    if options.verb is None:
        return _open_window([])
    try:
        return VERBS[options.verb](options, terminal)
    except AnnotatorError as error:
        return terminal.fail(error)


def _open_window(paths: list[Path]) -> int:
    from annotator.app import run_window

    return run_window(paths)


def _version(terminal: Terminal) -> int:
    if terminal.is_json:
        terminal.answer(
            {
                "annotator": __version__,
                "python": platform.python_version(),
                "system": platform.platform(),
            }
        )
    else:
        sys.stdout.write(f"annotator {__version__}\n")
    return DONE


def _new(options: argparse.Namespace, terminal: Terminal) -> int:
    path = _project_path(options.project)
    create_project(
        path, clock=system_clock, scheme=options.scheme, annotator=options.annotator
    ).close()
    terminal.say("cli.created", path=path)
    terminal.answer({"project": str(path)})
    return DONE


def _import(options: argparse.Namespace, terminal: Terminal) -> int:
    found = find_files(options.files)
    choices = ImportChoices(
        format_id=options.format,
        encodings=dict.fromkeys(found.files, options.encoding) if options.encoding else {},
        annotator=options.annotator,
    )
    with ProjectFile.open(options.project) as project:
        report = Importer(project, system_clock).run(found, choices, terminal.progress)
    terminal.say(
        "cli.imported",
        documents=len(report.imported),
        sets=report.sets,
        duplicates=len(report.duplicates),
        refused=report.refused,
    )
    for duplicate in report.duplicates:
        terminal.say("cli.duplicate", source=duplicate.source, existing=duplicate.existing)
    for problem in report.problems:
        _say_problem(problem, terminal)
    terminal.answer(dataclasses.asdict(report))
    return FOUND if report.refused else DONE


def _say_problem(problem: ImportProblem, terminal: Terminal) -> None:
    sentence = terminal.catalogue.text(problem.key, **problem.values)
    key = "cli.problem" if problem.line is None else "cli.problem_line"
    values: dict[str, object] = {"source": problem.source, "sentence": sentence}
    if problem.line is not None:
        values["line"] = problem.line
    terminal.say(key, **values)


def _export(options: argparse.Namespace, terminal: Terminal) -> int:
    choices = ExportChoices(
        scope=Scope(options.only),
        annotator=options.annotator,
        is_draft=options.draft,
        is_reproducible=options.reproducible,
    )
    with ProjectFile.open(options.project) as project:
        exporter = Exporter(project, system_clock)
        blocked = [] if options.draft else list(exporter.blocking(choices))
        for item in blocked:
            for finding in item.findings:
                checked = CheckedFinding(
                    item.document.id,
                    finding.record,
                    finding.rule,
                    finding.severity.value,
                    finding.key,
                    dict(finding.values),
                )
                _say_finding(checked, terminal)
        result = exporter.export_gold(options.output, choices, terminal.progress)
    terminal.say("cli.exported", **dataclasses.asdict(result))
    terminal.answer(dataclasses.asdict(result))
    return DONE


def _check(options: argparse.Namespace, terminal: Terminal) -> int:
    findings: list[CheckedFinding] = []
    for path in options.paths:
        if path.suffix.lower() == SUFFIX:
            findings += _project_findings(path)
        else:
            findings += check_gold_file(path, scheme_from_text(read_scheme_text(options.scheme)))
    for finding in findings:
        _say_finding(finding, terminal)
    errors = sum(1 for finding in findings if finding.severity == "E")
    warnings = sum(1 for finding in findings if finding.severity == "W")
    terminal.say("cli.checked", errors=errors, warnings=warnings, files=len(options.paths))
    terminal.answer([dataclasses.asdict(finding) for finding in findings])
    return FOUND if errors else DONE


def _project_findings(path: Path) -> list[CheckedFinding]:
    with ProjectFile.open(path) as project:
        return [
            CheckedFinding(
                checked.document.id,
                finding.record,
                finding.rule,
                finding.severity.value,
                finding.key,
                dict(finding.values),
            )
            for checked in check_project(project)
            for finding in checked.findings
        ]


def _say_finding(finding: CheckedFinding, terminal: Terminal) -> None:
    terminal.say(
        "cli.finding",
        severity=finding.severity,
        rule=finding.rule,
        document=finding.document or "–",
        annotation=finding.annotation or "–",
        sentence=terminal.catalogue.text(finding.key, **finding.values),
    )


def _info(options: argparse.Namespace, terminal: Terminal) -> int:
    with ProjectFile.open(options.project) as project:
        facts = dataclasses.asdict(facts_of(project))
    terminal.answer(facts)
    for name, value in facts.items():
        if isinstance(value, dict):
            counted = (
                f"{terminal.catalogue.text(f'status.{status}')} {terminal.catalogue.number(number)}"
                for status, number in value.items()
                if number
            )
            value = ", ".join(counted) or "–"
        elif isinstance(value, tuple):
            value = ", ".join(value) or "–"
        terminal.say("cli.fact", title=terminal.catalogue.text(f"fact.{name}"), value=value)
    return DONE


def _demo(options: argparse.Namespace, terminal: Terminal) -> int:
    from annotator.app import run_demo, run_headless_demo

    if options.headless is None:
        return run_demo()
    return run_headless_demo(options.headless, terminal.say)


VERBS: dict[str, Callable[[argparse.Namespace, Terminal], int]] = {
    "new": _new,
    "import": _import,
    "export": _export,
    "check": _check,
    "info": _info,
    "demo": _demo,
}


def _project_path(path: Path) -> Path:
    return path if path.suffix else path.with_suffix(SUFFIX)


class _Parser:
    """Builds the parser: every verb with its arguments, help in the language of the interface."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.root = argparse.ArgumentParser(
            prog="annotator",
            description=self._said("program"),
            epilog=self._said("exit_codes"),
            usage="annotator [PROJECT | ARTICLE ...]\n       annotator VERB ...",
        )
        self.root.add_argument("--version", action="store_true", help=self._said("version"))
        self._common = argparse.ArgumentParser(add_help=False)
        said = self._said("json")
        self.root.add_argument("--json", action="store_true", help=said)
        # Suppressed, so that a verb does not take back what was said before it.
        self._common.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help=said
        )
        self._verbs = self.root.add_subparsers(dest="verb", metavar="VERB")
        for add in (self._new, self._import, self._export, self._check, self._info, self._demo):
            add()

    def _said(self, key: str) -> str:
        return self._catalogue.text(f"cli.help.{key}").replace("%", "%%")

    def _verb(self, verb: str, *, takes_project: bool = True) -> argparse.ArgumentParser:
        said = self._said(verb)
        parser = self._verbs.add_parser(verb, help=said, description=said, parents=[self._common])
        if takes_project:
            self._positional(parser, "project", "PROJECT")
        return parser

    def _positional(
        self, parser: argparse.ArgumentParser, name: str, shown: str, *, nargs: str | None = None
    ) -> None:
        parser.add_argument(name, type=Path, metavar=shown, nargs=nargs, help=self._said(name))

    def _option(
        self, parser: argparse.ArgumentParser, flag: str, shown: str, said: str, default: str = ""
    ) -> None:
        parser.add_argument(flag, metavar=shown, help=self._said(said), default=default or None)

    def _new(self) -> None:
        parser = self._verb("new")
        self._option(parser, "--scheme", "ID|FILE", "scheme", DEFAULT_SCHEME)
        self._option(parser, "--annotator", "NAME", "first_annotator")

    def _import(self) -> None:
        parser = self._verb("import")
        self._positional(parser, "files", "FILE", nargs="+")
        readable = [known.id for known in FORMATS if known.can_read]
        parser.add_argument("--format", choices=readable, help=self._said("format"))
        self._option(parser, "--encoding", "ENCODING", "encoding")
        self._option(parser, "--annotator", "NAME", "import_annotator")

    def _export(self) -> None:
        parser = self._verb("export")
        said = self._said
        parser.add_argument(
            "--format", choices=["gold"], default="gold", help=said("export_format")
        )
        parser.add_argument(
            "--output", type=Path, required=True, metavar="PATH", help=said("output")
        )
        self._option(parser, "--annotator", "NAME", "export_annotator")
        scopes = [scope.value for scope in Scope]
        parser.add_argument("--only", choices=scopes, default="complete", help=said("only"))
        parser.add_argument("--draft", action="store_true", help=said("draft"))
        parser.add_argument("--reproducible", action="store_true", help=said("reproducible"))

    def _check(self) -> None:
        parser = self._verb("check", takes_project=False)
        self._positional(parser, "paths", "PROJECT|GOLD", nargs="+")
        self._option(parser, "--scheme", "ID|FILE", "scheme", DEFAULT_SCHEME)

    def _info(self) -> None:
        self._verb("info")

    def _demo(self) -> None:
        parser = self._verb("demo", takes_project=False)
        parser.add_argument("--headless", type=Path, metavar="DIR", help=self._said("headless"))
