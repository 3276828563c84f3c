"""What the import dialog says about files and about what came of them."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.formats.base import FieldMapping, ImportProblem
from annotator.foundation.catalogue import Catalogue
from annotator.workbench.candidates import Candidate
from annotator.workbench.importing import ImportReport
from annotator.workbench.mapping_wording import duplicate_lines, left_out_lines, restored_lines
from annotator.workbench.reading import PASSED_OVER
from annotator.workbench.renamed_names import renamed_lines

_KILO, _MEGA = 1024, 1024 * 1024


def size_text(catalogue: Catalogue, size: int) -> str:
    """A number of bytes as people say it, rounded up to whole KB or MB."""
    if size < _KILO:
        return catalogue.text("importing.size_bytes", size=size)
    if size < _MEGA:
        return catalogue.text("importing.size_kilobytes", size=-(-size // _KILO))
    return catalogue.text("importing.size_megabytes", size=-(-size // _MEGA))


def candidate_row(
    catalogue: Catalogue,
    candidate: Candidate,
    *,
    mapping: FieldMapping | None,
    encoding: str | None,
) -> tuple[str, str, str, str]:
    """Name, format, size and note of a file, as a row of the table."""
    kind = catalogue.text(candidate.kind.title) if candidate.kind is not None else ""
    return (
        candidate.path.name,
        kind,
        size_text(catalogue, candidate.size),
        _note(catalogue, candidate, mapping, encoding),
    )


def _note(
    catalogue: Catalogue, candidate: Candidate, mapping: FieldMapping | None, encoding: str | None
) -> str:
    if candidate.is_news and mapping is not None:
        return catalogue.text("importing.note_fields", field=".".join(mapping.text))
    if candidate.problem is not None:
        return catalogue.error(candidate.problem)
    if encoding is not None:
        name = catalogue.text(f"importing.encoding.{encoding.replace('-', '_')}")
        return catalogue.text("importing.note_encoding", encoding=name)
    return ""


def report_text(catalogue: Catalogue, report: ImportReport) -> tuple[str, str]:
    """The headline and the lines of a report: what was left out, warnings, what was there."""
    headline = catalogue.text(
        "cli.imported",
        documents=len(report.imported) + len(report.restored),
        sets=report.sets,
        duplicates=len(report.duplicates),
        refused=report.refused,
    )
    refused = problem_lines(catalogue, [one for one in report.problems if one.is_refusal])
    told_of = [one for one in report.problems if not one.is_refusal]
    warnings = problem_lines(catalogue, [one for one in told_of if one.key != PASSED_OVER])
    passed_over = problem_lines(catalogue, [one for one in told_of if one.key == PASSED_OVER])
    doubles = duplicate_lines(catalogue, report)
    parts = []
    left_out = left_out_lines(catalogue, report)
    told = {
        "refused": refused,
        "left_out": left_out,
        "renamed": renamed_lines(catalogue, report.renamed),
        "warnings": warnings,
        "passed_over": passed_over,
        "duplicates": doubles,
        "restored": restored_lines(catalogue, report),
    }
    for key, lines in told.items():
        if lines:
            title = catalogue.text(f"importing.report.{key}", count=len(lines))
            parts.append("\n".join((title, *lines)))
    if not parts:
        parts.append(catalogue.text("importing.report.clean"))
    if report.has_new_scheme:
        parts.append(catalogue.text("importing.report.scheme"))
    return headline, "\n\n".join(parts)


def problem_lines(catalogue: Catalogue, problems: Iterable[ImportProblem]) -> list[str]:
    """What is wrong with items, one a line."""
    return [_problem(catalogue, one) for one in problems]


def _problem(catalogue: Catalogue, problem: ImportProblem) -> str:
    sentence = catalogue.text(problem.key, **problem.values)
    if problem.line is None:
        return catalogue.text("cli.problem", source=problem.source, sentence=sentence)
    return catalogue.text(
        "cli.problem_line", source=problem.source, line=problem.line, sentence=sentence
    )
