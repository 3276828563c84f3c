"""Problems of reading files, for people and for machines."""

from __future__ import annotations

from annotator.cli.terminal import Terminal
from annotator.formats.base import ImportProblem


def problem_json(problem: ImportProblem, terminal: Terminal) -> dict[str, object]:
    """A problem for a machine, with its sentence."""
    return {
        "source": problem.source,
        "line": problem.line,
        "key": problem.key,
        "values": dict(problem.values),
        "is_refusal": problem.is_refusal,
        "message": terminal.sentence(problem.key, problem.values),
    }


def say_problem(problem: ImportProblem, terminal: Terminal) -> None:
    """A problem as a line."""
    sentence = terminal.sentence(problem.key, problem.values)
    if problem.line is None:
        terminal.say("cli.problem", source=problem.source, sentence=sentence)
    else:
        terminal.say(
            "cli.problem_line", source=problem.source, line=problem.line, sentence=sentence
        )
