"""The key editor: every action and every label, type and role of the scheme, with other keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.atomic import write_text
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError, Refused
from annotator.ui.dialogs.controls import fit_to_screen, push_button, say, wrapped_label
from annotator.ui.dialogs.key_recorder import KeyRecorder
from annotator.ui.dialogs.key_tree import LIST_KEYS, KeyTree, filter_field, key_groups
from annotator.ui.keyboard.key_table import KeyTable
from annotator.ui.keyboard.user_keys import UserKeys, read_keys
from annotator.ui.keyboard.wording import cap_of

_SUFFIX = ".json"


class KeyEditor(QDialog):
    """Changes a `KeyTable`, which is `table`; nothing holds before the dialog is accepted.

    Enter on a row waits for a key. A key that is taken is refused with the name of its owner, and
    may be taken from there.
    """

    def __init__(
        self, catalogue: Catalogue, table: KeyTable, parent: QWidget | None, *, platform: str
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.table = table
        self._offered: tuple[str, str] | None = None
        self.setWindowTitle(catalogue.text("keys.title"))
        self.filter = filter_field(catalogue, self)
        self.tree = KeyTree(catalogue, self)
        self.recorder = KeyRecorder(catalogue, self, platform=platform)
        self.message = wrapped_label("", self)
        self._foot = self._make_foot()
        self.buttons = {
            name: self._button(name, act)
            for name, act in (
                ("record", self.record),
                ("drop", self._on_drop),
                ("reset", self._on_reset),
                ("take", self._on_take),
                ("reset_all", self._on_reset_all),
                ("import", self._on_import),
                ("export", self._on_export),
            )
        }
        # None is the default one: Enter is for the rows.
        self.ok = push_button(catalogue.text("keys.ok"), self)
        self.cancel = push_button(catalogue.text("dialog.cancel"), self)
        self._lay_out()
        self._connect()
        self._show()
        self._say("")
        fit_to_screen(self, 760, 700)
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def record(self) -> None:
        """Wait for the key that the present row shall have."""
        if self.tree.present is None:
            return
        self._say("")
        self._foot.setCurrentWidget(self.recorder)
        self.recorder.setFocus(Qt.FocusReason.OtherFocusReason)

    def load(self, path: Path) -> None:
        """Take the keys of a file in place of these, or say why not."""
        try:
            keys = read_keys(path)
        except AnnotatorError as error:
            self._refuse(error)
            return
        self.table = replace(self.table, keys=keys)
        self._show()
        self._say(self._catalogue.text("keys.imported", path=path))

    def save(self, path: Path) -> None:
        """Write the keys into a file, or say why not."""
        try:
            write_text(path, self.table.keys.to_text())
        except AnnotatorError as error:
            self._refuse(error)
            return
        self._say(self._catalogue.text("keys.exported", path=path))

    def _make_foot(self) -> QStackedWidget:
        """The place of recorder and message, always there: else the list would jump."""
        foot = QStackedWidget(self)
        foot.addWidget(self.message)
        foot.addWidget(self.recorder)
        foot.setFixedHeight(max(self.recorder.sizeHint().height(), 3 * foot.fontMetrics().height()))
        return foot

    def _button(self, name: str, act: Callable[[], None]) -> QPushButton:
        button = push_button(self._catalogue.text(f"keys.do.{name}"), self)
        button.clicked.connect(act)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go through the list while one types in the filter."""
        if event.key() in LIST_KEYS:
            self.tree.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row, foot = QHBoxLayout(), QHBoxLayout()
        for name in ("record", "drop", "reset", "take"):
            row.addWidget(self.buttons[name])
        row.addStretch(1)
        for name in ("reset_all", "import", "export"):
            foot.addWidget(self.buttons[name])
        foot.addStretch(1)
        foot.addWidget(self.ok)
        foot.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        note = wrapped_label(self._catalogue.text("keys.note"), self, role="faint")
        note.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.addWidget(note)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._foot)
        layout.addLayout(row)
        layout.addSpacing(8)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.tree.want)
        self.filter.returnPressed.connect(self.record)
        self.tree.row_chosen.connect(self.record)
        self.tree.present_changed.connect(self._on_present)
        self.recorder.recorded.connect(self._on_recorded)
        self.recorder.left.connect(self._on_left)
        self.ok.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def _show(self) -> None:
        self.tree.show_groups(key_groups(self.table, self._catalogue))

    def _say(self, text: str, *, is_refusal: bool = False) -> None:
        self._offered = None
        self.buttons["take"].hide()
        say(self.message, text, is_refusal=is_refusal)
        self._foot.setCurrentWidget(self.message)

    def _refuse(self, error: AnnotatorError) -> None:
        self._say(self.table.refusal(error, self._catalogue), is_refusal=True)

    def _change(self, change: Callable[[], KeyTable]) -> bool:
        """Take a changed table, or say why there is none."""
        try:
            self.table = change()
        except Refused as refusal:
            self._refuse(refusal)
            return False
        self._show()
        return True

    def _on_present(self) -> None:
        self._say("")

    def _on_left(self) -> None:
        if self._foot.currentWidget() is self.recorder:
            self._foot.setCurrentWidget(self.message)
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_recorded(self, chord: str) -> None:
        slot = self.tree.present
        self._foot.setCurrentWidget(self.message)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        if slot is None:
            return
        if self._change(lambda: self.table.with_chord(slot, chord)):
            self._tell(slot, chord)
            return
        if self._is_taken(slot, chord):
            self._offered = (slot, chord)
            self.buttons["take"].show()

    def _is_taken(self, slot: str, chord: str) -> bool:
        """Whether the chord was refused only because another has it."""
        try:
            self.table.taking(slot, chord)
        except Refused:
            return False
        return True

    def _on_take(self) -> None:
        if self._offered is not None:
            slot, chord = self._offered
            if self._change(lambda: self.table.taking(slot, chord)):
                self._tell(slot, chord)
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, slot: str, chord: str) -> None:
        cap, title = cap_of(self._catalogue, chord), self.table.title(slot, self._catalogue)
        self._say(self._catalogue.text("keys.given", chord=cap, action=title))

    def _on_drop(self) -> None:
        """Take the last chord of the present row away."""
        slot = self.tree.present
        chords = self.table.chords(slot) if slot is not None else ()
        if slot is not None and chords:
            self._change(lambda: self.table.without_chord(slot, chords[-1]))

    def _on_reset(self) -> None:
        slot = self.tree.present
        if slot is not None:
            self._change(lambda: self.table.with_default(slot))

    def _on_reset_all(self) -> None:
        self._change(lambda: replace(self.table, keys=UserKeys()))
        self._say(self._catalogue.text("keys.all_reset"))

    def _on_import(self) -> None:
        title = self._catalogue.text("keys.do.import")
        chosen, _ = QFileDialog.getOpenFileName(self, title, "", self._kinds)
        if chosen:
            self.load(Path(chosen))

    def _on_export(self) -> None:
        title = self._catalogue.text("keys.do.export")
        chosen, _ = QFileDialog.getSaveFileName(self, title, f"nishan-keys{_SUFFIX}", self._kinds)
        if chosen:
            path = Path(chosen)
            self.save(path if path.suffix else path.with_suffix(_SUFFIX))

    @property
    def _kinds(self) -> str:
        return f"{self._catalogue.text('keys.file')} (*{_SUFFIX})"
