"""The acts that show the keys and change them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from annotator.ui.desk import Desk
from annotator.ui.keyboard.key_table import KeyTable
from annotator.ui.keyboard.user_keys import KEYS_FILE, UserKeys, save_keys
from annotator.ui.messages import show_text
from annotator.workbench.workspace import Workspace


class KeyActs:
    """Runs the key sheet and the key editor; `redress` makes the window anew with other keys."""

    def __init__(
        self,
        desk: Callable[[], Desk],
        workspace: Callable[[], Workspace | None],
        *,
        redress: Callable[[Desk], None],
        present: Callable[[], QWidget | None],
    ) -> None:
        self._desk = desk
        self._workspace = workspace
        self._redress = redress
        self._present = present

    def show_sheet(self) -> None:
        """Show every key; from there one may go on to change them."""
        from annotator.ui.dialogs.key_sheet import KeySheet

        sheet = KeySheet(self._desk().catalogue, self._table(), self._present())
        wanted: list[None] = []
        sheet.edit_wanted.connect(lambda: wanted.append(None))
        sheet.exec()
        if wanted:
            self.edit()

    def edit(self) -> None:
        """Let the user change keys; they hold at once and are kept."""
        from annotator.ui.dialogs.key_editor import KeyEditor

        desk, before = self._desk(), self._table()
        editor = KeyEditor(desk.catalogue, before, self._present(), platform=desk.platform)
        editor.exec()
        is_taken = editor.result() == KeyEditor.DialogCode.Accepted
        if is_taken and editor.table.keys != before.keys:
            self._apply(editor.table.keys)

    def tell_trouble(self) -> None:
        """Say, once, that the keys could not be read."""
        desk = self._desk()
        if desk.trouble is not None:
            path = desk.settings_folder / KEYS_FILE
            reason = self._table().refusal(desk.trouble, desk.catalogue)
            told = desk.catalogue.text("keys.not_used", path=path, reason=reason)
            show_text(self._present(), desk.catalogue, told)

    def _apply(self, keys: UserKeys) -> None:
        desk = replace(self._desk(), keys=keys, trouble=None)
        workspace = self._workspace()
        if workspace is not None:
            workspace.use_keys(keys.of_scheme(workspace.plain_scheme.id))
        self._redress(desk)
        save_keys(desk.settings_folder, keys)

    def _table(self) -> KeyTable:
        workspace = self._workspace()
        scheme = workspace.plain_scheme if workspace is not None else None
        return KeyTable(self._desk().keys, scheme)
