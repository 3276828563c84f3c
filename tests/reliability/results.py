"""What the tests of reliability have shown, as one table at the end of the run.

A test tells a row by the fixture `tell_result`, and a whole table of its own by `tell_table`. Both
travel in the properties of the test's report, so they arrive from the processes of xdist as well.
The row of a test that failed says so, whatever the test had to tell before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, replace

import pytest

_RESULT = "reliability.result"
_TABLE = "reliability.table"
_HEADER = ("promise", "technique", "scale in CI", "scale in full", "result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row: a promise, how it was tested, how often by default and in full, what was seen.

    `ci` and `full` are scales such as ``300 kills``; a test that runs in full puts what it really
    did into `result`.
    """

    promise: str
    technique: str
    ci: str
    full: str
    result: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one test, below the common one."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@pytest.fixture
def tell_result(request: pytest.FixtureRequest) -> Callable[..., None]:
    """``tell_result(promise=…, technique=…, ci=…, full=…, result=…)`` adds a row to the table."""

    def tell(**values: str) -> None:
        request.node.user_properties.append((_RESULT, list(astuple(Result(**values)))))

    return tell


@pytest.fixture
def tell_table(request: pytest.FixtureRequest) -> Callable[..., None]:
    """``tell_table(title, header, rows)`` shows a table of the test's own; cells become text."""

    def tell(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        cells = [[str(cell) for cell in row] for row in rows]
        request.node.user_properties.append((_TABLE, [title, list(header), cells]))

    return tell


def results(reports: Iterable[pytest.TestReport]) -> list[Result]:
    """The rows in the reports of tests, by promise."""
    found = []
    for report, value in _told(reports, _RESULT):
        row = Result(**dict(zip(Result.__dataclass_fields__, value, strict=True)))
        found.append(replace(row, result="FAILED, see above") if report.failed else row)
    return sorted(found, key=lambda row: (_number(row.promise), row.promise, row.technique))


def tables(reports: Iterable[pytest.TestReport]) -> list[Table]:
    """The tables in the reports of tests, by title."""
    found = (value for _, value in _told(reports, _TABLE))
    made = (Table(title, tuple(head), tuple(map(tuple, rows))) for title, head, rows in found)
    return sorted(made, key=lambda table: table.title)


def as_markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a Markdown table whose columns are aligned."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    ruler = ["-" * width for width in widths]
    return [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in (header, ruler, *rows)
    ]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tables; `tests/conftest.py` hands this hook to pytest."""
    reports = [
        report
        for kind in terminalreporter.stats.values()
        for report in kind
        if getattr(report, "when", None) == "call"
    ]
    rows = [astuple(row) for row in results(reports)]
    shown = [Table("promises", _HEADER, tuple(rows))] if rows else []
    for table in (*shown, *tables(reports)):
        terminalreporter.section(f"reliability: {table.title}")
        for line in as_markdown(table.header, table.rows):
            terminalreporter.write_line(line)


def _told(
    reports: Iterable[pytest.TestReport], name: str
) -> Iterable[tuple[pytest.TestReport, list]]:
    for report in reports:
        for told, value in report.user_properties:
            if told == name:
                yield report, value


def _number(promise: str) -> int:
    digits = "".join(filter(str.isdecimal, promise.split("–")[0].split(",")[0]))
    return int(digits or 0)
