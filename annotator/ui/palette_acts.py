"""Opens the command palette and runs what is chosen there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from annotator.core.ids import DocumentId
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.ui.desk import Desk
from annotator.ui.editing.editor import Editor
from annotator.ui.keyboard.actions import action_ids
from annotator.ui.keyboard.needs import Need, need_of
from annotator.ui.main_window import MainWindow
from annotator.ui.menu_table import MENUS, SEPARATOR
from annotator.ui.palette_entries import (
    DOCUMENT,
    PaletteEntry,
    action_entries,
    document_entries,
    scheme_entries,
)
from annotator.ui.scheme_acts import scheme_keymap
from annotator.workbench.workspace import Workspace

RECENT_SETTING, RECENT_LIMIT = "palette/recent", 12

_ITSELF = "palette.open"


class PaletteActs:
    """The palette over the present window; `run` does an act where there is no project."""

    def __init__(
        self,
        desk: Callable[[], Desk],
        *,
        workspace: Callable[[], Workspace | None],
        window: Callable[[], MainWindow | None],
        present: Callable[[], QWidget | None],
        run: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._workspace = workspace
        self._window = window
        self._present = present
        self._run = run

    def open(self) -> None:
        """Let the user choose an act by its name, and do it with the keys back on the page."""
        from annotator.ui.dialogs.palette import CommandPalette

        desk = self._desk()
        palette = CommandPalette(
            desk.catalogue,
            self._entries(desk),
            self._documents,
            recent=recent_choices(),
            platform=desk.platform,
            parent=self._present(),
        )
        palette.exec()
        if palette.chosen is None:
            return
        remember_choice(palette.chosen)
        self.do(palette.chosen)

    def do(self, identifier: str) -> None:
        """Do what an entry stands for."""
        window, workspace = self._window(), self._workspace()
        if window is None or workspace is None:
            self._run(identifier)
            return
        window.focus_page()
        if identifier.startswith(DOCUMENT):
            window.settle()
            workspace.open(DocumentId(identifier.removeprefix(DOCUMENT)))
        else:
            window.run_action(identifier)

    def _entries(self, desk: Desk) -> list[PaletteEntry]:
        others = (name for name in LANGUAGES if name != desk.catalogue.language)
        catalogues = (desk.catalogue, *map(load_catalogue, others))
        window = self._window()
        editor = window.editor if window is not None else None
        acts = offered_actions(has_scheme=editor is not None)
        can_run = frozenset(each for each in acts if self._can_run(each, editor))
        entries = action_entries(acts, catalogues, desk.keymap, can_run)
        if editor is not None:
            keymap = scheme_keymap(desk.keymap, editor.scheme)
            entries += scheme_entries(editor.scheme, catalogues, keymap)
        return entries

    def _can_run(self, action: str, editor: Editor | None) -> bool:
        if editor is not None:
            steps = {"edit.undo": editor.document.next_undo, "edit.redo": editor.document.next_redo}
            return action not in steps or steps[action] is not None
        match need_of(action):
            case Need.NOTHING:
                return True
            case Need.PROJECT:
                return self._workspace() is not None
            case Need.DOCUMENT:
                return False

    def _documents(self) -> Iterable[PaletteEntry]:
        workspace = self._workspace()
        if workspace is None:
            return ()
        entries = workspace.project.documents.entries()
        named = ((str(entry.id), entry.title or str(entry.id)) for entry in entries)
        return document_entries(named, self._desk().catalogue)


def offered_actions(*, has_scheme: bool) -> tuple[str, ...]:
    """The actions of the palette: first in the order of the menus, then the others.

    Where the scheme says what the digits mark, its labels stand in place of them.
    """
    in_menus = [action for _, actions in MENUS for action in actions if action != SEPARATOR]
    ordered = dict.fromkeys((*in_menus, *action_ids()))
    return tuple(
        action
        for action in ordered
        if action != _ITSELF and not (has_scheme and action.startswith("label."))
    )


def recent_choices() -> list[str]:
    """The entries chosen last, the newest first."""
    stored = QSettings().value(RECENT_SETTING)
    listed = stored if isinstance(stored, list) else [stored] if stored else []
    return [str(each) for each in listed]


def remember_choice(identifier: str) -> None:
    """Put an entry at the head of the recent ones."""
    others = [known for known in recent_choices() if known != identifier]
    QSettings().setValue(RECENT_SETTING, [identifier, *others][:RECENT_LIMIT])
