"""Where an export is written: a file or a folder, as the format and the split want it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.formats.base import Format
from annotator.formats.gold_write import GOLD, GOLD_READABLE
from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import path_field, push_button, say, snug_label
from annotator.ui.dialogs.export_wording import target_key
from annotator.workbench.format_offers import file_suffixes, format_offers, is_one_file


class TargetBox(QWidget):
    """The path, two buttons that look for one, and what is written there. Emits `changed`.

    `suggested` is the target that is proposed for gold. `agreed` is the file that the user has
    already allowed to be replaced.
    """

    changed = Signal()

    def __init__(self, catalogue: Catalogue, suggested: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._suggested = suggested
        self._own: Path | None = None
        self._format = GOLD
        self._is_split = False
        self.agreed: Path | None = None
        text = catalogue.text
        self.field = path_field(text("exporting.target"), self)
        self.field.setText(str(suggested))
        self.file_button = push_button(text("dialog.choose_file"), self)
        self.folder_button = push_button(text("dialog.choose_folder"), self)
        self._note = snug_label("", self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self.field, self.file_button, self.folder_button):
            row.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self._note)
        self.field.textChanged.connect(self._on_changed)
        self.file_button.clicked.connect(self._choose_file)
        self.folder_button.clicked.connect(self._choose_folder)

    @property
    def path(self) -> Path | None:
        """Where to write; what is no full path lies beside the suggestion."""
        text = self.field.text().strip()
        return self._suggested.parent / Path(text).expanduser() if text else None

    @property
    def note(self) -> str:
        """What is written there, as it is said."""
        return self._note.text()

    @property
    def is_fitting(self) -> bool:
        """Whether there is a path, and no file where a split needs a folder."""
        path = self.path
        return path is not None and not (self._is_split and is_one_file(self._format, path))

    def follow(self, known: Format, *, is_split: bool) -> None:
        """Propose another target, or give a path of the user's the suffix that is wanted.

        That starts from what the user gave, so that going through the formats loses nothing.
        """
        self._format, self._is_split = known, is_split
        self.file_button.setEnabled(self._writes_file)
        own = self._own
        path = self._proposal() if own is None else self._fitted(own)
        self.field.blockSignals(True)
        self.field.setText(str(path))
        self.field.blockSignals(False)
        self._show()

    @property
    def _writes_file(self) -> bool:
        return self._format.write is not None and not self._is_split

    def _proposal(self) -> Path:
        if self._writes_file:
            return self._suggested.with_suffix(self._format.suffixes[0])
        return self._suggested.with_name(f"{self._suggested.stem}-{self._format.id}")

    def _fitted(self, own: Path) -> Path:
        """A folder stays one: every format can be written into it."""
        if own.suffix.lower() not in _every_suffix():
            return own
        if not self._writes_file:
            return own.with_suffix("")
        fits = is_one_file(self._format, own)
        return own if fits else own.with_suffix(self._format.suffixes[0])

    def _on_changed(self) -> None:
        text = self.field.text().strip()
        self._own = Path(text) if text else None
        self._show()

    def _show(self) -> None:
        path = self.path
        key = "" if path is None else target_key(self._format, path, is_split=self._is_split)
        is_refusal = not self.is_fitting
        say(self._note, self._catalogue.text(key) if key else "", is_refusal=is_refusal)
        self.changed.emit()

    def _choose_file(self) -> None:
        text = self._catalogue.text
        known = (GOLD, GOLD_READABLE) if self._format.id == GOLD.id else (self._format,)
        name, chosen = QFileDialog.getSaveFileName(
            self,
            text("exporting.target"),
            str(self.path or self._suggested),
            ";;".join(_filter(self._catalogue, one) for one in known),
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() in file_suffixes(self._format):
            self.agreed = path
        else:
            one = next((one for one in known if f"(*{one.suffixes[0]}" in chosen), known[0])
            path = path.with_name(path.name + one.suffixes[0])
        self.field.setText(str(path))

    def _choose_folder(self) -> None:
        title = self._catalogue.text("exporting.target")
        name = QFileDialog.getExistingDirectory(self, title, str(self._suggested.parent))
        if name:
            self.field.setText(name)


def _every_suffix() -> frozenset[str]:
    return frozenset(suffix for offer in format_offers() for suffix in file_suffixes(offer.format))


def _filter(catalogue: Catalogue, known: Format) -> str:
    patterns = " ".join(f"*{suffix}" for suffix in known.suffixes)
    return f"{catalogue.text(known.title)} ({patterns})"
