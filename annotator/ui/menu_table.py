"""What stands in which menu: one table of titles and action ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from annotator.foundation.catalogue import Catalogue

SEPARATOR = ""

Menus: TypeAlias = Sequence[tuple[str, Sequence[str]]]
"""The key of each menu's title with its action ids."""

_HELP = (
    "menu.help",
    (
        "palette.open",
        SEPARATOR,
        "help.guide",
        "help.keys",
        "keys.edit",
        SEPARATOR,
        "help.report",
        "help.about",
    ),
)

MENUS: Menus = (
    (
        "menu.project",
        (
            "project.new",
            "project.open",
            "project.demo",
            SEPARATOR,
            "project.save_copy",
            "project.publish",
            "project.place",
            "project.backups",
            "project.doctor",
            SEPARATOR,
            "project.import",
            "project.export",
            SEPARATOR,
            "document.print",
            "document.pdf",
            "document.remove",
            SEPARATOR,
            "project.undo",
            "project.redo",
            "project.history",
            "project.trash",
            SEPARATOR,
            "app.quit",
        ),
    ),
    (
        "menu.edit",
        (
            "edit.undo",
            "edit.redo",
            SEPARATOR,
            "annotation.delete",
            "repeat.last",
            SEPARATOR,
            "find.open",
            "find.next",
            "find.previous",
            SEPARATOR,
            "set.complete",
            "set.approve",
            "set.reopen",
        ),
    ),
    (
        "menu.annotate",
        (
            "event.new",
            "quote.new",
            "quote.speaker",
            "quote.cue",
            "quote.addressee",
            SEPARATOR,
            "entity.link",
            "mention.level",
            "attribute.pick",
            "mark_all.start",
            "mark_all.project",
            SEPARATOR,
            "grow.wider",
            "grow.narrower",
            "fragment.add",
            "span.head",
            "clitic.shorten",
            "clitic.restore",
            "boundary.end_left",
            "boundary.end_right",
            "boundary.start_left",
            "boundary.start_right",
        ),
    ),
    (
        "menu.team",
        (
            "annotator.change",
            "people.manage",
            SEPARATOR,
            "project.merge",
            "project.adjudicate",
            "project.adjudicate_all",
            SEPARATOR,
            "scheme.labels",
            "scheme.replace",
        ),
    ),
    (
        "menu.go",
        (
            "suggestion.next",
            "suggestion.previous",
            SEPARATOR,
            "annotation.next",
            "annotation.previous",
            "annotation.open",
            "annotation.outer",
            SEPARATOR,
            "finding.next",
            "finding.previous",
            SEPARATOR,
            "jump.annotation",
            "jump.word",
            SEPARATOR,
            "document.next",
            "document.previous",
            SEPARATOR,
            "pane.next",
            "pane.previous",
            "menu.open",
        ),
    ),
    (
        "menu.view",
        (
            "view.zoom_in",
            "view.zoom_out",
            "view.zoom_reset",
            SEPARATOR,
            "view.lines_apart",
            "view.lines_together",
            "view.column_wider",
            "view.column_narrower",
            SEPARATOR,
            "view.code_points",
            "view.suggestions",
            SEPARATOR,
            "theme.switch",
            "language.switch",
            "preferences.open",
        ),
    ),
    _HELP,
)

START_MENUS: Menus = (
    (
        "menu.project",
        (
            "project.new",
            "project.open",
            "project.demo",
            SEPARATOR,
            "project.doctor",
            SEPARATOR,
            "app.quit",
        ),
    ),
    ("menu.view", ("theme.switch", "language.switch", "preferences.open", "menu.open")),
    _HELP,
)
"""What can be done while no project is open."""

CONTEXT: Sequence[str] = (
    "event.new",
    "quote.new",
    SEPARATOR,
    "annotation.open",
    "annotation.outer",
    SEPARATOR,
    "entity.link",
    "mention.level",
    "attribute.pick",
    "quote.speaker",
    "quote.cue",
    "quote.addressee",
    SEPARATOR,
    "mark_all.start",
    "mark_all.project",
    "repeat.last",
    "fragment.add",
    "span.head",
    "clitic.shorten",
    "clitic.restore",
    SEPARATOR,
    "annotation.delete",
)
"""What the menu of the page offers below the labels."""

BOUNDARIES: Sequence[str] = (
    "boundary.end_left",
    "boundary.end_right",
    "boundary.start_left",
    "boundary.start_right",
)


def menu_titles(catalogue: Catalogue, menus: Menus = MENUS) -> list[str]:
    """What stands in the bar."""
    return [catalogue.text(title) for title, _ in menus]
