"""How long it takes from starting the process to the painted page of the demo project.

``whole`` is until what is around the page is there as well, and can be used: lists, menus, legend.

``python -m tests.bench.startup [--rounds 7] [--bundle FILE] [--platform xcb]`` prints a table in
milliseconds, the median of the rounds, with the ratio to the floor: a bare `QApplication` with an
empty window, by the same interpreter or from the same bundle, in the same round. ``cpu`` is the
time of the processor, user and system, which tells more on a machine that is busy with other
things. Before a cold start the files of interpreter, packages and program, or of the bundle, are
taken out of the page cache; what other processes use of them stays. ``--rounds`` of each are run
in turn. The demo project is there already; the program ends by itself once it has painted.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.rows import Row, print_rows

CHECKOUT = Path(__file__).resolve().parents[2]
BUNDLE = CHECKOUT / ".out" / "linux" / "dist" / "annotator" / "annotator"
DEMO = ("--self-test-paint", "demo")
EMPTY = "import sys; from annotator.ui.first_paint import show_empty_window; show_empty_window()"
BAR = 2.0


@dataclass
class Start:
    """One way to start, and the milliseconds of each round."""

    name: str
    command: list[str]
    files: tuple[Path, ...]
    wall: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def run(self, environment, *, is_cold):
        if is_cold:
            for folder in self.files:
                evict(folder)
        begun = time.monotonic()
        process = subprocess.Popen(
            self.command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True
        )
        told = process.stdout.read()
        process.stdout.close()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        moments = {line.split()[0]: float(line.split()[1]) for line in told.splitlines()}
        if process.returncode or moments.keys() != {"painted", "whole"}:
            sys.exit(f"{self.name} ended with {process.returncode}: {told}")
        self.wall.append((moments["painted"] - begun) * 1000)
        self.whole.append((moments["whole"] - begun) * 1000)
        self.cpu.append((used.ru_utime + used.ru_stime) * 1000)


def evict(folder):
    """Take the files below a folder out of the page cache."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def starts(bundle):
    """Pairs of a floor and the program; from source, and from the bundle where there is one."""
    python = sys.executable
    packages = Path(__import__("PySide6").__file__).resolve().parents[1]
    files = (packages, CHECKOUT / "annotator", CHECKOUT / "resources", Path(os.__file__).parent)
    yield (
        Start("source floor", [python, "-c", EMPTY], files),
        Start("source", [python, "-m", "annotator", *DEMO], files),
    )
    if bundle.is_file():
        inside = (bundle.parent,)
        yield (
            Start("frozen floor", [str(bundle), "--self-test-floor"], inside),
            Start("frozen", [str(bundle), *DEMO], inside),
        )


def measure(rounds, bundle, environment, *, is_cold):
    pairs = list(starts(bundle))
    for number in range(rounds + 1):
        for pair in pairs:
            for start in pair:
                start.run(environment, is_cold=is_cold and number > 0)
                if number == 0:  # it makes the demo project, and warms what is to be warm
                    start.wall.clear()
                    start.whole.clear()
                    start.cpu.clear()
    return pairs


def tell(pairs, temperature):
    for floor, program in pairs:
        for start in (floor, program):
            wall, cpu = statistics.median(start.wall), statistics.median(start.cpu)
            by_wall = wall / statistics.median(floor.wall)
            by_cpu = cpu / statistics.median(floor.cpu)
            sign = "" if start is floor else "within" if by_wall <= BAR else "over"
            sys.stdout.write(
                f"{temperature:5} {start.name:13} {wall:7.0f} {min(start.wall):7.0f}"
                f" {by_wall:5.2f}x {statistics.median(start.whole):7.0f}"
                f" {cpu:7.0f} {by_cpu:5.1f}x {sign}\n"
            )


def rows(pairs, temperature):
    """The table as rows for `tests.bench`."""
    for floor, program in pairs:
        yield Row(act=f"{temperature} {floor.name}", value=statistics.median(floor.wall), unit="ms")
        wall = statistics.median(program.wall)
        yield Row(
            act=f"{temperature} {program.name}, to the painted page",
            value=wall,
            unit="ms",
            ratio=wall / statistics.median(floor.wall),
            floor="bare application, empty window",
            bar=BAR,
        )
        whole = statistics.median(program.whole)
        yield Row(act=f"{temperature} {program.name}, to the whole window", value=whole, unit="ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--bundle", type=Path, default=BUNDLE)
    parser.add_argument("--platform", default="offscreen")
    parser.add_argument("--rows", action="store_true", help="for `python -m tests.bench`")
    options = parser.parse_args()
    if not options.rows:
        sys.stdout.write(
            f"{'':5} {'':13} {'median':>7} {'least':>7} {'':6} {'whole':>7} {'cpu':>7}\n"
        )
    with TemporaryDirectory() as state:
        environment = {
            **os.environ,
            "NISHAN_STATE_DIR": state,
            "QT_QPA_PLATFORM": options.platform,
            "PYTHONPATH": str(CHECKOUT),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a start compiles nothing but the first
        for is_cold in (False, True):
            pairs = measure(options.rounds, options.bundle, environment, is_cold=is_cold)
            temperature = "cold" if is_cold else "warm"
            if options.rows:
                print_rows(rows(pairs, temperature))
            else:
                tell(pairs, temperature)


if __name__ == "__main__":
    main()
