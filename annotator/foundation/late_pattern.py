"""Regular expressions that are compiled when they are first used.

Compiling takes a hundred times as long as reading the source of the pattern, and most patterns of
the program are for work that no start of it does.
"""

from __future__ import annotations

import re
from functools import cached_property

from msgspec import Struct


class LatePattern(Struct, frozen=True, dict=True):
    """The source of a pattern; `ready` is the pattern."""

    source: str

    @cached_property
    def ready(self) -> re.Pattern[str]:
        """The compiled pattern. Raises `re.error` for a source that is none."""
        return re.compile(self.source)
