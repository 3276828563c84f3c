"""Which field of news records holds what: a choice for each part, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from annotator.formats.base import FieldMapping, ImportProblem
from annotator.formats.news_json import NewsPreview, preview
from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import Table, isolated, wrapped_label

PARTS = ("text", "title", "id", "outlet", "url", "published", "author")
EXCERPT = 160
"""Code points of a text that the preview shows."""

_COLUMNS = 2
_NARROWEST_BOX = 150


class FieldsPanel(QWidget):
    """The mapping of one news file. Emits `mapping_changed` with a `FieldMapping` or None."""

    mapping_changed = Signal(object)

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._data = b""
        self._name = ""
        title = wrapped_label(catalogue.text("importing.fields"), self, role="panelTitle")
        self.boxes = {part: self._make_box(part) for part in PARTS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        for number, part in enumerate(PARTS):
            label = wrapped_label(catalogue.text(f"importing.part.{part}"), self)
            label.setWordWrap(False)
            label.setBuddy(self.boxes[part])
            row, column = divmod(number, _COLUMNS)
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(self.boxes[part], row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        titles = [
            catalogue.text(f"importing.preview.{column}")
            for column in ("number", "title", "text", "published")
        ]
        self.table = Table(catalogue.text("importing.preview"), titles, self, wide=2)
        self.table.set_widths((60, 220, 0, 170))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(title)
        layout.addLayout(grid)
        layout.addWidget(self.table, 1)

    def show_file(
        self,
        name: str,
        data: bytes,
        paths: tuple[tuple[str, ...], ...],
        mapping: FieldMapping | None,
    ) -> None:
        """Show the fields of a file and the mapping that is proposed or was chosen for it."""
        self._name, self._data = name, data
        for part, box in self.boxes.items():
            box.blockSignals(True)
            box.clear()
            box.addItem(self._catalogue.text(f"importing.no_field.{_need(part)}"), None)
            for path in paths:
                box.addItem(isolated(".".join(path)), path)
            chosen = getattr(mapping, part) if mapping is not None else None
            box.setCurrentIndex(1 + paths.index(chosen) if chosen in paths else 0)
            box.blockSignals(False)
        self._show_preview()

    @property
    def mapping(self) -> FieldMapping | None:
        """The mapping as chosen, or None without a field for the text."""
        chosen = {part: self._path(box) for part, box in self.boxes.items()}
        text = chosen.pop("text")
        return None if text is None else FieldMapping(text=text, **chosen)

    def _path(self, box: QComboBox) -> tuple[str, ...] | None:
        path = box.currentData()
        return None if path is None else tuple(path)

    def _make_box(self, part: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self._catalogue.text(f"importing.part.{part}"))
        box.setMinimumWidth(_NARROWEST_BOX)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.currentIndexChanged.connect(self._on_chosen)
        return box

    def _on_chosen(self) -> None:
        self._show_preview()
        self.mapping_changed.emit(self.mapping)

    def _show_preview(self) -> None:
        mapping = self.mapping
        shown = preview(self._data, mapping, source=self._name) if mapping is not None else ()
        self.table.show_rows([self._row(one) for one in shown])

    def _row(self, one: NewsPreview) -> tuple[str, str, str, str]:
        number = self._catalogue.number(one.number)
        if isinstance(one.result, ImportProblem):
            return number, "", self._catalogue.text(one.result.key, **one.result.values), ""
        document = one.result
        text = " ".join(document.text[:EXCERPT].split())
        metadata = document.metadata
        return number, metadata.title or "", text, metadata.published or ""


def _need(part: str) -> str:
    return "text" if part == "text" else "other"
