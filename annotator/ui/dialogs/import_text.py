"""The beginning of a text file, and the choice of its encoding where its bytes do not tell."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from annotator.formats.decode import ENCODINGS, preview
from annotator.foundation.catalogue import Catalogue
from annotator.ui.dialogs.controls import show_data, text_view, wrapped_label


class TextPanel(QWidget):
    """The preview of one text file. Emits `encoding_chosen` with one of `ENCODINGS`, or ""."""

    encoding_chosen = Signal(str)

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._data = b""
        title = wrapped_label(catalogue.text("importing.text_start"), self, role="panelTitle")
        self._label = wrapped_label(catalogue.text("importing.encoding"), self)
        self._label.setWordWrap(False)
        self.box = QComboBox(self)
        self.box.setAccessibleName(catalogue.text("importing.encoding"))
        self.box.addItem(catalogue.text("importing.encoding_unchosen"), "")
        for encoding in ENCODINGS:
            key = encoding.replace("-", "_")
            self.box.addItem(catalogue.text(f"importing.encoding.{key}"), encoding)
        self._label.setBuddy(self.box)
        self.box.currentIndexChanged.connect(self._on_chosen)
        self._view = text_view(catalogue.text("importing.text_start"), self)
        line = QHBoxLayout()
        line.addWidget(self._label)
        line.addWidget(self.box)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(title)
        layout.addLayout(line)
        layout.addWidget(self._view, 1)

    def show_file(self, data: bytes, encoding: str, *, is_choice: bool) -> None:
        """Show the beginning of a file; `is_choice` offers other encodings."""
        self._data = data
        self.box.blockSignals(True)
        self.box.setCurrentIndex(self.box.findData(encoding))
        self.box.blockSignals(False)
        self._label.setVisible(is_choice)
        self.box.setVisible(is_choice)
        show_data(self._view, preview(data, encoding or _apparent(data)))

    @property
    def text(self) -> str:
        """The beginning as shown."""
        return self._view.toPlainText()

    def _on_chosen(self) -> None:
        encoding = str(self.box.currentData())
        show_data(self._view, preview(self._data, encoding or _apparent(self._data)))
        self.encoding_chosen.emit(encoding)


def _apparent(data: bytes) -> str:
    return "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
