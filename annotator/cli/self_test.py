"""``annotator --self-test``: whether the program works on this computer, told to people or JSON."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.cli.terminal import DONE, FOUND, Terminal
from annotator.selftest.checks import Check, Outcome, Result, run_checks
from annotator.selftest.companion_check import check_companion
from annotator.selftest.format_checks import check_formats
from annotator.selftest.killing import WRITER_FLAG, write_until_killed
from annotator.selftest.project_checks import check_database, check_export, check_keeping
from annotator.selftest.window_checks import check_fonts, check_page, check_parts
from annotator.workbench.versions import program_versions

CHECKS: Mapping[str, Check] = {
    "database": check_database,
    "keeping": check_keeping,
    "export": check_export,
    "formats": check_formats,
    "fonts": check_fonts,
    "page": check_page,
    "parts": check_parts,
    "companion": check_companion,
}
STATE = "NISHAN_STATE_DIR"


def self_test(terminal: Terminal, checks: Mapping[str, Check] = CHECKS) -> int:
    """Run the checks and tell each; `FOUND` where one failed. Nothing of the user's is touched."""
    versions = program_versions()
    terminal.say("selftest.versions", **versions)
    with TemporaryDirectory(prefix="nishan-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch).resolve()
        with _state_in(folder / "state"):
            results = [_told(result, terminal) for result in run_checks(checks, folder)]
    failed = sum(result.outcome is Outcome.FAILED for result in results)
    terminal.say("selftest.some_failed" if failed else "selftest.all_passed", failed=failed)
    terminal.answer(
        {"versions": versions, "checks": [_answer(result, terminal) for result in results]}
    )
    return FOUND if failed else DONE


def writer(words: list[str]) -> int | None:
    """Be the copy of the program that the self-test kills, where it was started as that."""
    if words[:1] != [WRITER_FLAG] or len(words) != len(("flag", "project", "progress")):
        return None
    return write_until_killed(Path(words[1]), Path(words[2]))


@contextmanager
def _state_in(folder: Path) -> Iterator[None]:
    """Keep log, backups and settings of the self-test apart from the user's."""
    before = os.environ.get(STATE)
    os.environ[STATE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[STATE]
        else:
            os.environ[STATE] = before


def _told(result: Result, terminal: Terminal) -> Result:
    title = terminal.sentence(f"selftest.title.{result.id}", {})
    if result.error is None:
        found = terminal.sentence(f"selftest.passed.{result.id}", result.facts)
        terminal.say("selftest.passed", title=title, found=found)
    else:
        reason = terminal.sentence(result.error.key, result.error.values)
        terminal.say("selftest.failed", title=title, reason=reason)
    return result


def _answer(result: Result, terminal: Terminal) -> dict[str, object]:
    error = result.error
    message = "" if error is None else terminal.sentence(error.key, error.values)
    return {
        "id": result.id,
        "outcome": result.outcome.value,
        "facts": dict(result.facts),
        "message": message,
    }
