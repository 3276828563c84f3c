"""``annotator evaluate``: what was predicted against gold."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from annotator.cli.projects import named
from annotator.cli.terminal import DONE, FOUND, Terminal
from annotator.formats.base import ImportProblem
from annotator.formats.offset_units import OffsetUnit
from annotator.foundation.atomic import atomic_write
from annotator.foundation.errors import UserError
from annotator.workbench.clock import system_clock
from annotator.workbench.evaluating import DocumentScores, evaluate
from annotator.workbench.evaluation_reading import Side
from annotator.workbench.evaluation_wording import (
    COLUMNS,
    csv_line,
    document_rows,
    evaluation_json,
    layer_lines,
    unscored_lines,
)
from annotator.workbench.scored_layers import ALL_LAYERS, ScoredLayer


def tell_evaluation(options: argparse.Namespace, terminal: Terminal) -> int:
    """Score one file against another one, and tell it as a table or in JSON.

    The exit code says whether something was left out.
    """
    gold = _side(options.gold, options.gold_set, options)
    predicted = _side(options.predicted, options.predicted_set, options)
    layers = ALL_LAYERS if options.layer == "all" else (ScoredLayer(options.layer),)
    with _table(options.per_document) as table:

        def hear(scores: DocumentScores) -> None:
            if table is not None:
                table.writelines(map(csv_line, document_rows(scores)))

        evaluation = evaluate(gold, predicted, layers, hear)
    problems = (*evaluation.gold.problems, *evaluation.predicted.problems)
    for scores in evaluation.layers:
        for line in layer_lines(terminal.catalogue, scores, with_labels=options.labels):
            terminal.tell(line)
    if not options.labels:
        terminal.say("evaluate.labels_left")
    for line in unscored_lines(terminal.catalogue, evaluation):
        terminal.tell(line)
    for problem in problems:
        sentence = terminal.sentence(problem.key, problem.values)
        terminal.say("cli.problem", source=problem.source, sentence=sentence)
    told = [_problem_json(problem, terminal) for problem in problems]
    terminal.answer({**evaluation_json(evaluation), "problems": told})
    return DONE if evaluation.is_whole else FOUND


def _side(path: Path, wanted: str | None, options: argparse.Namespace) -> Side:
    place = path if path.exists() else named(path)
    if not place.exists():
        raise UserError("evaluate.no_such_path", path=str(path))
    unit = OffsetUnit.named(options.unit)
    return Side(place, clock=system_clock, format_id=options.read_as, wanted=wanted, unit=unit)


@contextmanager
def _table(path: Path | None) -> Iterator[BinaryIO | None]:
    """The table by document, which takes its name when everything is scored."""
    if path is None:
        yield None
        return
    with atomic_write(path) as stream:
        stream.write(csv_line(COLUMNS))
        yield stream


def _problem_json(problem: ImportProblem, terminal: Terminal) -> dict[str, object]:
    return {
        "source": problem.source,
        "line": problem.line,
        "key": problem.key,
        "is_refusal": problem.is_refusal,
        "message": terminal.sentence(problem.key, problem.values),
    }
