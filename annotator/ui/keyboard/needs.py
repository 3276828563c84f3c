"""What must be open before an action can run."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Need(Enum):
    """What has to be open."""

    NOTHING = "nothing"
    PROJECT = "project"
    DOCUMENT = "document"


_NOTHING: Final = frozenset(
    {"project.new", "project.open", "project.demo", "project.doctor"}
    | {"preferences", "theme", "language", "help", "keys", "palette", "menu", "app"}
    | {f"view.{act}" for act in ("code_points", "suggestions", "lines_apart", "lines_together")}
    | {f"view.{act}" for act in ("column_wider", "column_narrower")}
)
_PROJECT: Final = frozenset({"project", "annotator", "people", "scheme", "pane", "view"})


def need_of(action: str) -> Need:
    """What an action needs: said for it alone, else for its kind, else an open document."""
    kind = action.partition(".")[0]
    if action in _NOTHING or kind in _NOTHING:
        return Need.NOTHING
    return Need.PROJECT if kind in _PROJECT else Need.DOCUMENT
