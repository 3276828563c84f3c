"""Labels and roles in the columns of a table whose cells must not hold spaces."""

from __future__ import annotations

import re

_SPACES = re.compile(r"\s+")
_SIGNS = re.compile(r"[\s|=:]+")


def without_spaces(name: str) -> str:
    """The name with ``_`` for every run of spaces; ids of a scheme have none."""
    return _SPACES.sub("_", name)


def without_signs(name: str) -> str:
    """The name with ``_`` for spaces and for the signs between the parts of a cell."""
    return _SIGNS.sub("_", name)
