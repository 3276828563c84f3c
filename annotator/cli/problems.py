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
    """Print a problem as a line."""
    terminal.tell(problem_line(problem, terminal))


def problem_line(problem: ImportProblem, terminal: Terminal) -> str:
    """A problem as a line: where, and what."""
    told = {
        "source": problem.source,
        "sentence": terminal.catalogue.text(problem.key, **problem.values),
    }
    if problem.line is None:
        return terminal.catalogue.text("cli.problem", **told)
    return terminal.catalogue.text("cli.problem_line", line=problem.line, **told)
