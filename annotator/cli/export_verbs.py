"""The verbs that write data for other programs, and count it: export, convert, stats."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import asdict

from annotator.cli.convert_verb import convert_files
from annotator.cli.export_words import say_card, say_held, say_losses
from annotator.cli.findings import finding_json, say_finding
from annotator.cli.projects import opened
from annotator.cli.terminal import DONE, FAILED, Terminal
from annotator.formats.base import Format
from annotator.formats.gold_write import GOLD
from annotator.formats.plain_text import PLAIN_TEXT
from annotator.formats.registry import format_by_id
from annotator.foundation.errors import WrongUsage
from annotator.workbench.clock import system_clock
from annotator.workbench.exporting import (
    ExportBlocked,
    ExportChoices,
    Exporter,
    ExportResult,
    Scope,
    SplitChoices,
)
from annotator.workbench.format_offers import format_by_suffix
from annotator.workbench.gold_checking import checked
from annotator.workbench.statistics import ProjectStatistics, statistics_of


def _export(options: argparse.Namespace, terminal: Terminal) -> int:
    choices = ExportChoices(
        scope=Scope(options.only),
        annotator=options.annotator,
        is_draft=options.draft,
        is_reproducible=options.reproducible,
        format=_format(options),
        options=dict(options.option),
        split=_split(options),
        overwrites=options.overwrite,
    )
    with opened(options.project) as project:
        try:
            exporter = Exporter(project, system_clock)
            result = exporter.export(options.output, choices, terminal.progress)
        except ExportBlocked as error:
            return _tell_blocked(error, terminal)
    _tell_exported(result, terminal)
    return DONE


def _split(options: argparse.Namespace) -> SplitChoices | None:
    """How the documents are divided. Raises `WrongUsage` where they are not and this is said."""
    if options.split is not None:
        return SplitChoices(options.split, options.seed or 0, ignores_given=options.ignore_splits)
    given = {"--seed": options.seed is not None, "--ignore-splits": options.ignore_splits}
    for option, is_given in given.items():
        if is_given:
            raise WrongUsage("export.only_with_split", option=option)
    return None


def _format(options: argparse.Namespace) -> Format:
    """The format asked for, else the one that the name of the target tells, else gold.

    A text file is more likely an article than a place for tags.
    """
    if options.format is not None:
        return format_by_id(options.format)
    target: Path = options.output
    if target.is_dir() or target.suffix.lower() in PLAIN_TEXT.suffixes:
        return GOLD
    return format_by_suffix(target) or GOLD


def _tell_exported(result: ExportResult, terminal: Terminal) -> None:
    terminal.answer(result)
    terminal.say("cli.exported", **{**asdict(result), **result.held})
    terminal.say("cli.left_out", **asdict(result.left))
    if result.splits:
        told = ", ".join(f"{split} {count}" for split, count in result.splits.items())
        terminal.say("cli.split", splits=told, families=len(result.families))
    for family in result.torn:
        terminal.say("cli.split_torn", documents=", ".join(family))
    if result.empty_splits:
        terminal.say("export.split_empty", splits=result.empty_splits)
    say_held(result, terminal)
    say_losses(result, terminal)
    say_card(result, terminal)


def _tell_blocked(error: ExportBlocked, terminal: Terminal) -> int:
    findings = [finding for found in error.blocked for finding in checked(found)]
    for finding in findings:
        say_finding(finding, terminal)
    sentence = terminal.sentence(error.key, error.values)
    said = [finding_json(finding, terminal) for finding in findings]
    terminal.answer({"error": error.key, "message": sentence, "findings": said})
    terminal.complain(error.key, **error.values)
    return FAILED


def _stats(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options.project) as project:
        found = statistics_of(project, terminal.progress)
    terminal.answer(found)
    _say_statistics(found, terminal)
    return DONE


def _say_statistics(found: ProjectStatistics, terminal: Terminal) -> None:
    catalogue = terminal.catalogue
    facts = {name: getattr(found, name) for name in ("path", "name", "scheme", "scheme_version")}
    facts |= {
        name: getattr(found, name) for name in ("documents", "characters", "tokens", "sentences")
    }
    for name, value in facts.items():
        terminal.say("cli.fact", title=catalogue.text(f"fact.{name}"), value=value)
    sets = {catalogue.text(f"status.{name}"): count for name, count in found.sets.items() if count}
    parts = {"sets": sets, "annotators": found.annotators, "splits": found.splits}
    for name, counts in parts.items():
        _say_counts(catalogue.text(f"fact.{name}"), counts, terminal)
    for layer, counts in found.labels.items():
        title = catalogue.text(f"fact.{layer}")
        terminal.say("cli.fact", title=title, value=found.totals[layer])
        for label, count in counts.items():
            terminal.tell(f"    {label}: {catalogue.number(count)}")


def _say_counts(title: str, counts: Mapping[str, int], terminal: Terminal) -> None:
    number = terminal.catalogue.number
    told = ", ".join(f"{name} {number(count)}" for name, count in counts.items())
    terminal.say("cli.fact", title=title, value=told or "–")


EXPORT_VERBS: Mapping[str, Callable[[argparse.Namespace, Terminal], int]] = MappingProxyType(
    {"export": _export, "convert": convert_files, "stats": _stats}
)
