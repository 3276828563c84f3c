"""The menus, made from one table of action ids; keys are shown as text and handled elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from annotator.ui.desk import Desk
from annotator.ui.editing.legend import cap_of

SEPARATOR = ""

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "menu.project",
        (
            "project.new",
            "project.open",
            SEPARATOR,
            "project.import",
            "project.export",
            SEPARATOR,
            "annotator.change",
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
            "set.complete",
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
            SEPARATOR,
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
        "menu.go",
        (
            "annotation.next",
            "annotation.previous",
            "annotation.open",
            "annotation.outer",
            SEPARATOR,
            "document.next",
            "document.previous",
        ),
    ),
    (
        "menu.view",
        (
            "view.zoom_in",
            "view.zoom_out",
            "view.zoom_reset",
            SEPARATOR,
            "theme.switch",
            "language.switch",
        ),
    ),
    ("menu.help", ("help.guide", "help.keys", "help.about")),
)


def fill_menu_bar(bar: QMenuBar, desk: Desk, run: Callable[[str], None]) -> dict[str, QAction]:
    """Fill the bar; `run` is called with the action's id. Returns the actions by id."""
    actions: dict[str, QAction] = {}
    for title, identifiers in MENUS:
        menu = bar.addMenu(desk.catalogue.text(title))
        for identifier in identifiers:
            if identifier == SEPARATOR:
                menu.addSeparator()
            else:
                actions[identifier] = _add(menu, desk, identifier, run)
    return actions


def _add(menu: QMenu, desk: Desk, identifier: str, run: Callable[[str], None]) -> QAction:
    chords = desk.keymap.chords_of(identifier)
    title = desk.catalogue.text(f"action.{identifier}").replace("&", "&&")
    shown = f"{title}\t{cap_of(desk.catalogue, chords[0])}" if chords else title
    action = QAction(shown, menu)
    action.setObjectName(identifier)
    action.triggered.connect(lambda: run(identifier))
    menu.addAction(action)
    return action
