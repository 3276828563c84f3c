"""What a bench measured, as one row of a table, and the bar that it was to keep."""

import json
import platform
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measured act.

    `ratio` is to the `floor` measured in the same run. `bar` is the ratio to be kept (at most, or
    at least with `is_least`); None where nothing was promised.
    """

    act: str
    value: float
    unit: str
    ratio: float | None = None
    floor: str = ""
    bar: float | None = None
    is_least: bool = False

    @property
    def verdict(self) -> str:
        """Whether the bar is kept; empty where there is none."""
        if self.bar is None or self.ratio is None:
            return ""
        is_kept = self.ratio >= self.bar if self.is_least else self.ratio <= self.bar
        sign = "≥" if self.is_least else "≤"
        return f"{'kept' if is_kept else 'missed'} ({sign} {self.bar:g})"


def print_rows(rows: Iterable[Row]) -> None:
    """Print rows as JSON, one a line, for `python -m tests.bench`."""
    for row in rows:
        sys.stdout.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def rows_from(printed: str) -> list[Row]:
    """The rows that another process printed; other lines are passed over."""
    return [Row(**json.loads(line)) for line in printed.splitlines() if line.startswith("{")]


def markdown(title: str, rows: Iterable[Row]) -> str:
    """A table in Markdown."""
    lines = [
        f"### {title}",
        "",
        "| act | value | ratio | to | bar |",
        "| --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        cells = (row.act, f"{row.value:,.4g} {row.unit}", ratio, row.floor, row.verdict)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join((*lines, "", ""))


def machine() -> str:
    """The class of this machine: system, processors, memory and Python."""
    cores = len([line for line in _read("/proc/cpuinfo") if line.startswith("processor")])
    names = {
        line.partition(":")[2].strip() for line in _read("/proc/cpuinfo") if "model name" in line
    }
    memory = next((line.split()[1] for line in _read("/proc/meminfo")), "0")
    told = [platform.platform(), f"{cores} × {', '.join(sorted(names))}" if cores else ""]
    told += [f"{int(memory) / 2**20:.0f} GiB" if int(memory) else ""]
    told += [f"Python {platform.python_version()}"]
    return ", ".join(filter(None, told))


def _read(path: str) -> list[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        return []
