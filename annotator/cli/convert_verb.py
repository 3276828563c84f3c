"""``annotator convert``: files of one format into another, without a project."""

from __future__ import annotations

import argparse

from annotator.cli.export_words import say_card, say_held, say_losses
from annotator.cli.problems import problem_json, problem_line, say_problem
from annotator.cli.terminal import DONE, FAILED, FOUND, Terminal
from annotator.formats.base import ImportProblem
from annotator.formats.gold_write import GOLD, GOLD_READABLE
from annotator.formats.offset_units import OffsetUnit
from annotator.workbench.clock import system_clock
from annotator.workbench.convert_reading import NothingRead
from annotator.workbench.converting import ConvertChoices, Converted, NamesRead, convert
from annotator.workbench.mapping_choices import TypedMapping
from annotator.workbench.mapping_wording import kind_text


def convert_files(options: argparse.Namespace, terminal: Terminal) -> int:
    """Refused items are a finding, and so are names in gold that the scheme does not have."""
    choices = ConvertChoices(
        source_format=options.source_format,
        target_format=options.target_format,
        encoding=options.encoding,
        unit=OffsetUnit.named(options.unit),
        scheme=options.scheme,
        options=dict(options.option),
        mapping=TypedMapping(tuple(options.map)),
        overwrites=options.overwrite,
    )
    ways = (terminal.progress, terminal.count)
    try:
        result = convert(options.source, options.target, choices, system_clock, *ways)
    except NothingRead as error:
        return _tell_nothing(error.problem, terminal)
    counts = {
        name: getattr(result, name)
        for name in Converted.__struct_fields__
        if name not in ("problems", "names")
    }
    terminal.say("cli.converted", **{**counts, **result.held})
    for problem in result.problems:
        say_problem(problem, terminal)
    _say_names(result, terminal)
    say_held(result, terminal)
    say_losses(result, terminal)
    say_card(result, terminal)
    told = [problem_json(problem, terminal) for problem in result.problems]
    names = _names_json(result.names)
    terminal.answer({**counts, **names, "refused": result.refused, "problems": told})
    is_wrong = bool(result.names.unknown) and result.format in (GOLD.id, GOLD_READABLE.id)
    return FOUND if result.refused or is_wrong else DONE


def _tell_nothing(problem: ImportProblem, terminal: Terminal) -> int:
    """Say why nothing could be read, with file and line."""
    told = problem_json(problem, terminal)
    terminal.answer({"error": problem.key, **told})
    terminal.complain_of(problem_line(problem, terminal))
    return FAILED


def _say_names(result: Converted, terminal: Terminal) -> None:
    catalogue, names = terminal.catalogue, result.names
    for old in names.unused:
        terminal.complain("cli.map_unused", old=old)
    for name, count in names.left_out:
        kind = kind_text(catalogue, name)
        terminal.say("import.left_out", kind=kind, name=name.shown, count=count)
    if names.links:
        terminal.say("import.left_out_links", count=names.links)
    if names.unknown:
        shown = ", ".join(f"{each.name.shown} ({each.count})" for each in names.unknown)
        terminal.say("cli.convert_unknown", names=shown)


def _names_json(names: NamesRead) -> dict[str, object]:
    return {
        "unknown": [
            {
                "kind": each.name.part.value,
                "name": each.name.id,
                "owner": each.name.owner or None,
                "map": each.name.shown,
                "count": each.count,
                "suggestion": each.suggestion,
            }
            for each in names.unknown
        ],
        "left_out": {name.shown: count for name, count in names.left_out},
        "left_out_links": names.links,
        "map_unused": names.unused,
    }
