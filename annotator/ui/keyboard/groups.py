"""The groups in which the key sheet, the key editor and the palette show the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_BEGINNINGS: Final = (
    ("moving", ("move",)),
    ("selecting", ("select",)),
    (
        "marking",
        (
            *("label", "event", "quote", "repeat", "mark_all", "suggestion"),
            *("entity", "mention", "attribute"),
        ),
    ),
    ("shaping", ("boundary", "fragment", "span", "clitic", "grow", "growth")),
    ("annotations", ("annotation", "edit", "mode")),
    (
        "going",
        ("document", "find", "finding", "findings", "search", "pane", "menu", "jump", "hint"),
    ),
    ("project", ("project", "set", "annotator", "app", "document.print", "document.pdf")),
    ("look", ("view", "theme", "language", "preferences")),
    ("helping", ("help", "keys", "palette")),
)
GROUPS: Final = tuple(name for name, _ in _BEGINNINGS)
_OTHERS: Final = "annotations"


def group_of(action: str) -> str:
    """The group of an action: by its id, else by the first word of it."""
    for beginning in (action, action.partition(".")[0]):
        for name, beginnings in _BEGINNINGS:
            if beginning in beginnings:
                return name
    return _OTHERS


def grouped(actions: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The actions by group, in the order of `GROUPS`; groups without any are left out."""
    listed = list(actions)
    groups = ((group, [each for each in listed if group_of(each) == group]) for group in GROUPS)
    return [(group, members) for group, members in groups if members]
