"""The choice of what offsets count, for files of programs that may not prove it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from annotator.formats.doccano_write import DOCCANO
from annotator.formats.label_studio_write import LABEL_STUDIO
from annotator.formats.offset_units import OffsetUnit
from annotator.formats.prodigy_write import PRODIGY
from annotator.foundation.catalogue import Catalogue
from annotator.ui.labels import plain_label
from annotator.workbench.candidates import Candidate

_MAY_BE_UNPROVED = (DOCCANO, LABEL_STUDIO, PRODIGY)


class UnitChoice(QWidget):
    """A box that is seen while one of the files is of such a program."""

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        label = plain_label(self, catalogue.text("importing.unit"))
        self.box = QComboBox(self)
        self.box.setAccessibleName(catalogue.text("importing.unit"))
        self.box.addItem(catalogue.text("importing.unit.shown"), None)
        for unit in OffsetUnit:
            text = catalogue.text(f"importing.unit.{unit.value}", unit=unit.shown)
            self.box.addItem(text, unit)
        label.setBuddy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.box)
        layout.addStretch(1)
        self.hide()

    @property
    def unit(self) -> OffsetUnit | None:
        """What was chosen; None lets the files show it."""
        chosen = self.box.currentData()
        return chosen if isinstance(chosen, OffsetUnit) and not self.isHidden() else None

    def show_for(self, candidates: Iterable[Candidate]) -> None:
        """Be seen where one of these files asks for it."""
        self.setVisible(any(one.kind in _MAY_BE_UNPROVED for one in candidates))
