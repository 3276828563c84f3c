"""The menus, made from one table of action ids; keys are shown as text and handled elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from annotator.core.history import Step
from annotator.ui.desk import Desk
from annotator.ui.editing.legend import cap_of

SEPARATOR = ""

Menus: TypeAlias = Sequence[tuple[str, Sequence[str]]]
"""The key of each menu's title with its action ids."""

MENUS: Menus = (
    (
        "menu.project",
        (
            "project.new",
            "project.open",
            "project.demo",
            SEPARATOR,
            "project.save_copy",
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
        "menu.go",
        (
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
            SEPARATOR,
            "theme.switch",
            "language.switch",
            "preferences.open",
        ),
    ),
    ("menu.help", ("help.guide", "help.keys", "keys.edit", "help.about")),
)

START_MENUS: Menus = (
    ("menu.project", ("project.new", "project.open", "project.demo", SEPARATOR, "app.quit")),
    ("menu.view", ("theme.switch", "language.switch", "preferences.open")),
    ("menu.help", ("help.guide", "help.keys", "keys.edit", "help.about")),
)
"""What can be done while no project is open."""


def fill_menu_bar(
    bar: QMenuBar, desk: Desk, run: Callable[[str], None], menus: Menus = MENUS
) -> dict[str, QAction]:
    """Fill the bar; `run` is called with the action's id. Returns the actions by id."""
    actions: dict[str, QAction] = {}
    for title, identifiers in menus:
        menu = bar.addMenu(desk.catalogue.text(title))
        for identifier in identifiers:
            if identifier == SEPARATOR:
                menu.addSeparator()
            else:
                actions[identifier] = _add(menu, desk, identifier, run)
    return actions


class StepTitles:
    """Names in the menu what can be undone and redone; touches it only when that is another."""

    def __init__(self, actions: Mapping[str, QAction], desk: Desk) -> None:
        self._actions = actions
        self._desk = desk
        self._shown: tuple[Step | None, Step | None] | None = None

    def show(self, undo: Step | None, redo: Step | None) -> None:
        """Show what the next undo and the next redo are about."""
        if (undo, redo) == self._shown:
            return
        self._shown = undo, redo
        text = self._desk.catalogue.text
        for direction, step in (("undo", undo), ("redo", redo)):
            action = self._actions[f"edit.{direction}"]
            action.setEnabled(step is not None)
            title = text(f"action.edit.{direction}")
            if step is not None:
                title = text(f"menu.{direction}", what=text(step.edit.name))
            entitle(action, self._desk, title)


def entitle(action: QAction, desk: Desk, title: str) -> None:
    """Give an action of the menus another title; its key stays beside it."""
    chords = desk.keymap.chords_of(action.objectName())
    shown = title.replace("&", "&&")
    action.setText(f"{shown}\t{cap_of(desk.catalogue, chords[0])}" if chords else shown)


def _add(menu: QMenu, desk: Desk, identifier: str, run: Callable[[str], None]) -> QAction:
    action = QAction(menu)
    action.setObjectName(identifier)
    entitle(action, desk, desk.catalogue.text(f"action.{identifier}"))
    action.triggered.connect(lambda: run(identifier))
    menu.addAction(action)
    return action
