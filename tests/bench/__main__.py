"""``python -m tests.bench [--quick] [--only page,formats]`` runs all benches and prints one report.

Each bench runs in a process of its own and measures its floor in the same run; the report is
Markdown, as kept in ``RESULTS.md``. ``--quick`` takes small numbers, to see that everything runs.
"""

import argparse
import os
import subprocess
import sys
from datetime import UTC, datetime

from tests.bench.rows import machine, markdown, rows_from

BENCHES = {
    "page": (["--events", "100"], ["--events", "3", "--sizes", "0"]),
    "keystrokes": ([], []),
    "startup": (["--rounds", "7"], ["--rounds", "1"]),
    "formats": (["--documents", "1000,10000"], ["--documents", "20", "--formats", "gold,conll"]),
}
"""The options of each bench: in full, and for a quick look."""


def run(name: str, *, is_quick: bool) -> str:
    """The table of one bench. Raises `SystemExit` with what it said when it fails."""
    options = BENCHES[name][is_quick]
    command = [sys.executable, "-m", f"tests.bench.{name}", "--rows", *options]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr}")
    return markdown(f"{name} {' '.join(options)}".strip(), rows_from(done.stdout))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default=",".join(BENCHES))
    given = parser.parse_args()
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "–"
    sys.stdout.write(f"## {datetime.now(UTC):%Y-%m-%d}\n\n{machine()}; load {load}\n\n")
    for name in given.only.split(","):
        sys.stdout.write(run(name, is_quick=given.quick))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
