"""Both Windows programs side by side: the one put together from files, and the frozen one."""

from __future__ import annotations

import json
import shutil
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from release.checks import require_passed
from release.wine import Wine
from release.work import Stopped, Work, say

ROUNDS = 5
_BY_CHANCE = frozenset({"keeping"})
"""Checks whose facts differ from run to run: how much was written when the process was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was found out about one of them.

    `size` is in bytes. The times are in seconds from the start of the process to its end: of one
    self-test, and the median of several starts that only tell the version.
    """

    files: int
    size: int
    report: Mapping[str, object]
    test_time: float
    start_time: float


def compare(work: Work, wine: Wine, bundles: Mapping[str, Path]) -> Mapping[str, Told]:
    """Use bundles in turn, by the names they are told by. Raises `Stopped` where they differ."""
    homes = {}
    for number, name in enumerate(bundles):
        homes[name] = rf"C:\side{number}\annotator.exe"
        shutil.copytree(bundles[name], wine.drive / f"side{number}")
    tests = {name: _test(work, wine, home) for name, home in homes.items()}
    first, *others = tests
    for other in others:
        if wrong := differences(tests[first][0], tests[other][0]):
            raise Stopped(f"{first} and {other} tell different things: {', '.join(wrong)}.")
    starts = _in_turn({name: _start_of(wine, home) for name, home in homes.items()})
    found = {}
    for name, bundle in bundles.items():
        files, size = size_of(bundle)
        found[name] = Told(
            files=files,
            size=size,
            report=tests[name][0],
            test_time=tests[name][1],
            start_time=starts[name],
        )
    return found


def differences(one: Mapping[str, object], other: Mapping[str, object]) -> tuple[str, ...]:
    """Where two self-tests tell different things: versions and checks, by name."""
    return tuple(sorted({f"{kind} {name}" for kind, name, _ in _facts(one) ^ _facts(other)}))


def _facts(report: Mapping[str, object]) -> set[tuple[str, str, str]]:
    """All that a self-test tells; what differs in two of them stands there twice."""
    versions, checks = report["versions"], report["checks"]
    assert isinstance(versions, dict)
    assert isinstance(checks, list)
    told = {("version", name, json.dumps(value)) for name, value in versions.items()}
    lasting = ({**one, "facts": {}} if one["id"] in _BY_CHANCE else one for one in checks)
    return told | {("check", one["id"], json.dumps(one, sort_keys=True)) for one in lasting}


def size_of(folder: Path) -> tuple[int, int]:
    """How many files a folder has, and how many bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def tell(work: Work, found: Mapping[str, Told]) -> None:
    """Say what was found out, and keep it as ``comparison.txt``."""
    lines = []
    for name, told in found.items():
        lines.append(
            f"  {name}: {told.files} files, {told.size / 1e6:.1f} MB; "
            f"under Wine a start {told.start_time:.1f} s, the self-test {told.test_time:.1f} s"
        )
    target = work.folder("comparison") / "comparison.txt"
    target.write_text("\n".join((*lines, "")), encoding="utf-8")
    say("\n".join(lines))


def _test(work: Work, wine: Wine, program: str) -> tuple[Mapping[str, object], float]:
    """What a self-test told, and how long it took."""
    begun = time.monotonic()
    answer = wine.run(program, "--self-test", "--json", is_alone=False)
    taken = time.monotonic() - begun
    require_passed(answer.text, work.version, f"of {program}")
    report: dict[str, object] = json.loads(answer.text[answer.text.index("{") :])
    return report, taken


def _start_of(wine: Wine, program: str) -> Callable[[], float]:
    """Something that starts the program, waits for its end, and tells how long that took."""

    def start() -> float:
        begun = time.monotonic()
        answer = wine.run(program, "--version", is_alone=False)
        if answer.code != 0:
            raise Stopped(f"{program} --version ended with {answer.code}:\n{answer.text}")
        return time.monotonic() - begun

    return start


def _in_turn(starts: Mapping[str, Callable[[], float]]) -> Mapping[str, float]:
    """The medians of several rounds, in which each has its turn; the first round is not counted."""
    rounds = [{name: start() for name, start in starts.items()} for _ in range(ROUNDS + 1)]
    return {name: statistics.median(one[name] for one in rounds[1:]) for name in starts}
