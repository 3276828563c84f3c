"""What can be decided about a unit."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from annotator.core.ids import SetId


class Take(Struct, frozen=True):
    """Let gold say what one annotator says; where that one has nothing, gold has nothing."""

    unit: str
    side: SetId


class Leave(Struct, frozen=True):
    """Let gold have nothing there."""

    unit: str


class Keep(Struct, frozen=True):
    """Let gold stay as it is there, whatever was said since."""

    unit: str


Choice: TypeAlias = Take | Leave | Keep
