"""The menus, made from one table of action ids; keys are shown as text and handled elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.core.annotations import Annotation, Event, Mention, Quote
from annotator.ui.desk import Desk
from annotator.ui.editing.editor import Editor
from annotator.ui.keyboard.wording import cap_of
from annotator.ui.menu_table import BOUNDARIES, CONTEXT, MENUS, SEPARATOR, Menus
from annotator.ui.scheme_acts import label_act, scheme_keymap

_OF_QUOTES = frozenset({"quote.speaker", "quote.cue", "quote.addressee"})
_OF_MENTIONS = frozenset({"entity.link", "mention.level"})
_OF_ANNOTATIONS = frozenset(
    {"annotation.open", "annotation.outer", "attribute.pick", "annotation.delete", "span.head"}
)


def fill_menu_bar(
    bar: QMenuBar, desk: Desk, run: Callable[[str], None], menus: Menus = MENUS
) -> dict[str, QAction]:
    """Fill the bar; `run` is called with the action's id. Returns the actions by id."""
    return fill_menus(add_menus(bar, desk, menus), desk, run)


def add_menus(bar: QMenuBar, desk: Desk, menus: Menus) -> list[tuple[QMenu, Sequence[str]]]:
    """Empty menus in the bar, each with the ids of what it is to hold; titles go before them."""
    bar.clear()
    return [(bar.addMenu(desk.catalogue.text(title)), actions) for title, actions in menus]


def fill_menus(
    menus: Sequence[tuple[QMenu, Sequence[str]]], desk: Desk, run: Callable[[str], None]
) -> dict[str, QAction]:
    """Fill the menus of a bar, as `fill_menu_bar` does."""
    actions: dict[str, QAction] = {}
    for menu, identifiers in menus:
        for identifier in identifiers:
            if identifier == SEPARATOR:
                menu.addSeparator()
            else:
                actions[identifier] = _add(menu, desk, identifier, run)
    tick(actions, desk)
    return actions


def tick(actions: Mapping[str, QAction], desk: Desk) -> None:
    """Show by a tick what is switched on."""
    for identifier, is_on in (
        ("view.code_points", desk.settings.shows_code_points),
        ("view.suggestions", desk.settings.suggests),
    ):
        if identifier in actions:
            actions[identifier].setCheckable(True)
            actions[identifier].setChecked(is_on)


def context_menu(parent: QWidget, desk: Desk, editor: Editor, run: Callable[[str], None]) -> QMenu:
    """The menu of the page, for what is under the caret; `run` is called with the act's id.

    The labels of the scheme come first, the one that is there with a tick; then the same actions
    with the same keys as everywhere, but those that concern another kind of annotation.
    """
    menu = QMenu(parent)
    text = desk.catalogue.text
    keymap = scheme_keymap(desk.keymap, editor.scheme)
    labels = menu.addMenu(text("menu.labels"))
    present = editor.current.label if isinstance(editor.current, Mention) else None
    for label in editor.scheme.labels:
        if label.is_enabled:
            chords = keymap.chords_of(f"label.{label.key}")
            shown = _titled(desk, editor.say(label.name), chords)
            action = _entry(labels, label_act(label), shown, run)
            action.setCheckable(True)
            action.setChecked(label.id == present)
    menu.addSeparator()
    left_out = _foreign(editor.current)
    for identifier in CONTEXT:
        if identifier == SEPARATOR:
            menu.addSeparator()
        elif identifier not in left_out:
            _add(menu, desk, identifier, run)
    if editor.current is not None:
        boundaries = menu.addMenu(text("menu.boundaries"))
        for identifier in BOUNDARIES:
            _add(boundaries, desk, identifier, run)
    return menu


def documents_menu(parent: QWidget, desk: Desk, run: Callable[[str], None]) -> QMenu:
    """The menu of the list of documents, about those that are selected there."""
    menu = QMenu(parent)
    shown = desk.catalogue.text("panel.remove")
    _entry(menu, "document.remove", shown, run)
    return menu


def _foreign(current: Annotation | None) -> frozenset[str]:
    """The actions that concern another kind of annotation than the one that is there."""
    match current:
        case Mention():
            return _OF_QUOTES
        case Quote():
            return _OF_MENTIONS
        case Event():
            return _OF_QUOTES | _OF_MENTIONS
        case None:
            return _OF_QUOTES | _OF_MENTIONS | _OF_ANNOTATIONS


def entitle(action: QAction, desk: Desk, title: str) -> None:
    """Give an action of the menus another title; its key stays beside it."""
    action.setText(_titled(desk, title, desk.keymap.chords_of(action.objectName())))


def _titled(desk: Desk, title: str, chords: Sequence[str]) -> str:
    shown = title.replace("&", "&&")
    return f"{shown}\t{cap_of(desk.catalogue, chords[0])}" if chords else shown


def _add(menu: QMenu, desk: Desk, identifier: str, run: Callable[[str], None]) -> QAction:
    title = desk.catalogue.text(f"action.{identifier}")
    return _entry(menu, identifier, _titled(desk, title, desk.keymap.chords_of(identifier)), run)


def _entry(menu: QMenu, identifier: str, shown: str, run: Callable[[str], None]) -> QAction:
    action = QAction(menu)
    action.setText(shown)
    action.setObjectName(identifier)
    action.triggered.connect(lambda: run(identifier))
    menu.addAction(action)
    return action
