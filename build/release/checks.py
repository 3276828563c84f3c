"""What is said of packages, and what is asked of the program in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from release.work import Stopped, Work

SUMS = "SHA256SUMS"


def write_sums(folder: Path) -> Path:
    """Write `SUMS` for every package in the folder, as ``sha256sum --check`` reads it."""
    sums = folder / SUMS
    files = sorted(path for path in folder.iterdir() if path.is_file() and path != sums)
    lines = (f"{sha256_of(path)}  {path.name}\n" for path in files)
    sums.write_text("".join(lines), encoding="utf-8", newline="\n")
    return sums


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def self_test(
    work: Work,
    program: Sequence[str | Path],
    where: str,
    *,
    environment: Mapping[str, str] | None = None,
) -> Mapping[str, str]:
    """Let a program test itself, `program` being how it is started; the versions it tells.

    Raises `Stopped` where a check fails, or the version is not the one that was built.
    """
    told = work.run(
        [*program, "--self-test", "--json"],
        f"The self-test {where} failed",
        environment={"QT_QPA_PLATFORM": "offscreen", **(environment or {})},
    )
    return require_passed(told, work.version, where)


def require_passed(told: str, version: str, where: str) -> Mapping[str, str]:
    """The versions in the JSON of a self-test, that of Qt among them.

    Raises `Stopped` unless it says that everything passed.
    """
    try:
        report = json.loads(told[told.index("{") : told.rindex("}") + 1])
        checks = {check["id"]: check for check in report["checks"]}
        failed = [name for name, check in checks.items() if check["outcome"] != "passed"]
        versions = {**report["versions"], "qt": checks["page"]["facts"].get("qt", "")}
        is_same = versions["annotator"] == version
    except (ValueError, KeyError, TypeError) as error:
        raise Stopped(f"The self-test {where} did not answer: {told[-500:]}") from error
    if failed:
        raise Stopped(f"The self-test {where} failed: {', '.join(failed)}.")
    if not is_same:
        raise Stopped(f"The program {where} is of another version than {version}.")
    return versions
