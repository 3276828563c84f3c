"""One check after the other, each with what came of it; a check that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct, field

from annotator.foundation.errors import AnnotatorError, UserError
from annotator.foundation.logs import log_error

Facts: TypeAlias = Mapping[str, object]
"""What a check found, by the names of the fields of the sentence that tells it."""

Check: TypeAlias = Callable[[Path], Facts]
"""Looks at one thing, with an empty folder to write into; raises what says that it fails."""


class Outcome(Enum):
    """What came of a check."""

    PASSED = "passed"
    FAILED = "failed"


class Result(Struct, frozen=True):
    """A check by its id, with its facts or with what was wrong."""

    id: str
    facts: Facts = field(default_factory=dict)
    error: AnnotatorError | None = None

    @property
    def outcome(self) -> Outcome:
        """Whether it passed."""
        return Outcome.PASSED if self.error is None else Outcome.FAILED


def run_checks(checks: Mapping[str, Check], folder: Path) -> Iterator[Result]:
    """Run each check in a folder of its own below `folder`."""
    for name, check in checks.items():
        yield _run(name, check, folder / name)


def _run(name: str, check: Check, folder: Path) -> Result:
    try:
        folder.mkdir(parents=True)
        return Result(name, facts=check(folder))
    except AnnotatorError as error:
        return Result(name, error=error)
    except Exception as error:  # whatever is broken here is what the check is for
        log_error(error, "told", is_expected=True)
        return Result(name, error=UserError("selftest.fault", detail=_short(error)))


def _short(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
