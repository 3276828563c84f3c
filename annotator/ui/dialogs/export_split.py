"""Training, development and test data: whether an export divides the documents, and how."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from annotator.core.splits import DataSplit, Shares
from annotator.foundation.catalogue import Catalogue
from annotator.ui.labels import leading_edge, plain_label, plain_tooltip
from annotator.workbench.exporting import SplitChoices

_SHARES = {DataSplit.TRAIN: 80, DataSplit.DEV: 10, DataSplit.TEST: 10}
_MOST_SHARE, _MOST_SEED = 999_999, 2_147_483_647


class SplitBox(QWidget):
    """One box to tick; what there is to say besides is seen when it is. Emits `changed`."""

    changed = Signal()

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        text = catalogue.text
        self.divide_box = QCheckBox(text("exporting.split"), self)
        self._details = QWidget(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.share_boxes: dict[DataSplit, QSpinBox] = {}
        for split, share in _SHARES.items():
            # Training data there must be; so the shares are never all nothing.
            least = 1 if split is DataSplit.TRAIN else 0
            title = text(f"exporting.split.{split.value}")
            self.share_boxes[split] = self._number(title, row, least, _MOST_SHARE, share)
        self.seed_box = self._number(text("exporting.split.seed"), row, 0, _MOST_SEED, 0)
        self.seed_box.setToolTip(plain_tooltip(text("exporting.split.seed_note")))
        row.addStretch(1)
        self.ignore_box = QCheckBox(text("exporting.split.ignore"), self._details)
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(6)
        details.addLayout(row)
        details.addWidget(self.ignore_box, 0, Qt.AlignmentFlag.AlignLeading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.divide_box, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._details)
        self._details.hide()
        self.divide_box.toggled.connect(self._on_toggled)

    @property
    def choices(self) -> SplitChoices | None:
        """How the documents are divided, or None where they are not."""
        if not self.divide_box.isChecked():
            return None
        train, dev, test = (self.share_boxes[split].value() for split in DataSplit)
        return SplitChoices(
            Shares(train=train, dev=dev, test=test),
            self.seed_box.value(),
            ignores_given=self.ignore_box.isChecked(),
        )

    def choose(self, split: SplitChoices | None) -> None:
        """Choose this."""
        if split is not None:
            shares = split.shares
            for box, share in zip(
                self.share_boxes.values(), (shares.train, shares.dev, shares.test), strict=True
            ):
                box.setValue(share)
            self.seed_box.setValue(split.seed)
            self.ignore_box.setChecked(split.ignores_given)
        self.divide_box.setChecked(split is not None)

    def _number(
        self, title: str, row: QHBoxLayout, least: int, most: int, present: int
    ) -> QSpinBox:
        box = QSpinBox(self._details)
        box.setRange(least, most)
        box.setValue(present)
        box.setAlignment(leading_edge() | Qt.AlignmentFlag.AlignVCenter)
        box.setAccessibleName(title)
        box.setMinimumWidth(76)
        label = plain_label(self._details, title)
        label.setBuddy(box)
        row.addWidget(label)
        row.addWidget(box)
        return box

    def _on_toggled(self, is_checked: bool) -> None:
        self._details.setVisible(is_checked)
        self.changed.emit()
