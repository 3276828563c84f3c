"""What can be decided about a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from annotator.core.ids import SetId


@dataclass(frozen=True, slots=True)
class Take:
    """Let gold say what one annotator says; where that one has nothing, gold has nothing."""

    unit: str
    side: SetId


@dataclass(frozen=True, slots=True)
class Leave:
    """Let gold have nothing there."""

    unit: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Let gold stay as it is there, whatever was said since."""

    unit: str


Choice: TypeAlias = Take | Leave | Keep
