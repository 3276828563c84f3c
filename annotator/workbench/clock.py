"""The clock, passed in where time is needed, so that tests can hold it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

from annotator.foundation.catalogue import Catalogue

Clock: TypeAlias = Callable[[], datetime]


def system_clock() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as it is written into files: ``2026-11-21T09:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_time(catalogue: Catalogue, moment: datetime) -> str:
    """A moment for a list, as sentences have it, too."""
    return catalogue.moment(moment)


def monotonic() -> float:
    """Seconds of a clock that never jumps, for telling how far two key presses are apart."""
    return time.monotonic()
