"""The files that shall be imported, as a table, and what is known and was chosen about each."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.formats.base import FieldMapping, ImportProblem
from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import Table
from annotator.ui.dialogs.import_wording import candidate_row
from annotator.workbench.candidates import Candidate, examine
from annotator.workbench.importing import FoundFiles, ImportChoices, Progress, find_files
from annotator.workbench.reading import refuse_nothing

_COLUMNS = ("name", "format", "size", "note")


class FileTable(Table):
    """The chosen files. Emits `changed` when there are other files or other choices."""

    changed = Signal()

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        titles = [catalogue.text(f"importing.column.{column}") for column in _COLUMNS]
        super().__init__(catalogue.text("importing.files"), titles, parent, wide=3)
        self._catalogue = catalogue
        self._candidates: list[Candidate] = []
        self._encodings: dict[Path, str] = {}
        self._mappings: dict[Path, FieldMapping] = {}
        self._skipped: tuple[ImportProblem, ...] = ()
        self.format_id: str | None = None
        self.set_widths((220, 190, 90))

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The files with what is known about them, in the order of the rows."""
        return tuple(self._candidates)

    @property
    def current(self) -> Candidate | None:
        """The file of the present row."""
        row = self.currentRow()
        return self._candidates[row] if 0 <= row < len(self._candidates) else None

    @property
    def found(self) -> FoundFiles:
        """The files as the importer takes them."""
        return FoundFiles(tuple(one.path for one in self._candidates), self._skipped)

    @property
    def choices(self) -> ImportChoices:
        """What was chosen about them."""
        return ImportChoices(
            format_id=self.format_id,
            encodings=dict(self._encodings),
            mappings={
                one.path: chosen for one in self._candidates if (chosen := self.mapping(one))
            },
        )

    def mapping(self, candidate: Candidate) -> FieldMapping | None:
        """The mapping that was chosen for a file, else the one its records propose."""
        if not candidate.is_news:
            return None
        return self._mappings.get(candidate.path, candidate.mapping)

    def encoding(self, candidate: Candidate) -> str | None:
        """The encoding that was chosen for a file."""
        return self._encodings.get(candidate.path)

    def add(self, paths: Iterable[Path], progress: Progress) -> None:
        """Add files and what folders hold; a file that is there already is not added again.

        Raises `UserError` for a path that cannot be taken, and where nothing can. Nothing is added
        when `progress` asks to stop.
        """
        named = list(paths)
        found = find_files(named)
        refuse_nothing(found, named)
        known = {one.path for one in self._candidates}
        new = [path for path in found.files if path not in known]
        examined = self._examined(new, progress)
        if examined is None:
            return
        self._candidates.extend(examined)
        self._skipped += found.skipped
        self._show()

    def read_as(self, format_id: str | None, progress: Progress) -> None:
        """Look at every file again, as one of a format; None goes by the names."""
        before, self.format_id = self.format_id, format_id
        examined = self._examined([one.path for one in self._candidates], progress)
        if examined is None:
            self.format_id = before
            return
        self._candidates = examined
        self._show()

    def choose_encoding(self, encoding: str) -> None:
        """Read the present file in another encoding; an empty one takes the choice back."""
        candidate = self.current
        if candidate is None:
            return
        if encoding:
            self._encodings[candidate.path] = encoding
        else:
            self._encodings.pop(candidate.path, None)
        self._candidates[self.currentRow()] = self._look(candidate.path)
        self._show()

    def choose_mapping(self, mapping: FieldMapping | None) -> None:
        """Read the present file with other fields; None goes back to the proposal."""
        candidate = self.current
        if candidate is None:
            return
        if mapping is None:
            self._mappings.pop(candidate.path, None)
        else:
            self._mappings[candidate.path] = mapping
        self.show_row(self.currentRow(), self._row(candidate))

    def remove_current(self) -> None:
        """Leave the present file out."""
        if self.current is not None:
            del self._candidates[self.currentRow()]
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete leaves the present file out."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_current()
            return
        super().keyPressEvent(event)

    def _examined(self, paths: list[Path], progress: Progress) -> list[Candidate] | None:
        examined = []
        for done, path in enumerate(paths):
            if not progress(done, len(paths)):
                return None
            examined.append(self._look(path))
        return examined

    def _look(self, path: Path) -> Candidate:
        return examine(path, format_id=self.format_id, encoding=self._encodings.get(path))

    def _row(self, candidate: Candidate) -> tuple[str, str, str, str]:
        return candidate_row(
            self._catalogue,
            candidate,
            mapping=self.mapping(candidate),
            encoding=self.encoding(candidate),
        )

    def _show(self) -> None:
        self.blockSignals(True)
        self.show_rows([self._row(one) for one in self._candidates])
        self.blockSignals(False)
        self.changed.emit()
