"""The format of an export: which one, for whom it is, and what it offers to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from annotator.formats.base import Format, FormatOption
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.paths import is_bundled
from annotator.ui.dialogs.controls import say, snug_label, wrapped_label
from annotator.workbench.format_offers import FormatOffer
from annotator.workbench.format_wording import choice_word, format_note, option_title

_ONE_BELOW_THE_OTHER = 3
"""So many options stand in one column; more of them in two, so that a small screen holds them."""

_FLAGS = Qt.ItemDataRole.UserRole - 1
"""Where the items of a box keep their flags; with none of them an item cannot be chosen."""


class OptionsBox(QWidget):
    """What one format offers to choose, as a box for each option."""

    def __init__(
        self, catalogue: Catalogue, options: Sequence[FormatOption], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QComboBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        columns = 1 if len(options) <= _ONE_BELOW_THE_OTHER else 2
        for number, option in enumerate(options):
            row, column = divmod(number, columns)
            title = option_title(catalogue, option)
            box = QComboBox(self)
            box.setAccessibleName(title)
            for value in option.values:
                box.addItem(choice_word(catalogue, value), value)
            label = wrapped_label(title, self)
            label.setWordWrap(False)
            label.setBuddy(box)
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(box, row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
            self.boxes[option.name] = box

    @property
    def values(self) -> dict[str, str]:
        """What is chosen of each option."""
        return {name: str(box.currentData()) for name, box in self.boxes.items()}

    def choose(self, values: Mapping[str, str]) -> None:
        """Choose these where they are offered."""
        for name, value in values.items():
            if name in self.boxes:
                box = self.boxes[name]
                box.setCurrentIndex(max(box.findData(value), 0))


class FormatBox(QWidget):
    """The formats, gold first and chosen; one that lacks a package says so. Emits `changed`."""

    changed = Signal()

    def __init__(
        self, catalogue: Catalogue, offers: Sequence[FormatOffer], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._formats = {offer.format.id: offer.format for offer in offers}
        self._lacking = {offer.format.id for offer in offers if offer.missing is not None}
        self.box = QComboBox(self)
        self.box.setAccessibleName(catalogue.text("exporting.format"))
        for offer in offers:
            self._add(offer)
        self._note = snug_label("", self)
        self.options_boxes: dict[str, OptionsBox] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.box)
        layout.addWidget(self._note)
        for offer in offers:
            if offer.format.options:
                options = OptionsBox(catalogue, offer.format.options, self)
                self.options_boxes[offer.format.id] = options
                layout.addWidget(options)
        self.box.currentIndexChanged.connect(self._show)
        self._show()

    @property
    def format(self) -> Format:
        """The format that is chosen."""
        return self._formats[str(self.box.currentData())]

    @property
    def options(self) -> dict[str, str]:
        """What is chosen of its options."""
        shown = self.options_boxes.get(self.format.id)
        return {} if shown is None else shown.values

    @property
    def note(self) -> str:
        """For whom the format is, as it is said."""
        return self._note.text()

    def choose(self, identifier: str, options: Mapping[str, str]) -> None:
        """Choose a format and its options, if there is one of this id and it can be written."""
        index = self.box.findData(identifier)
        if index >= 0 and identifier not in self._lacking:
            self.box.setCurrentIndex(index)
            if identifier in self.options_boxes:
                self.options_boxes[identifier].choose(options)

    def _add(self, offer: FormatOffer) -> None:
        known = offer.format
        title = self._catalogue.text(known.title)
        if offer.missing is not None:
            key = "exporting.format_not_bundled" if is_bundled() else "exporting.format_missing"
            title = self._catalogue.text(key, title=title, package=offer.missing)
        self.box.addItem(title, known.id)
        if offer.missing is not None:
            self.box.setItemData(self.box.count() - 1, 0, _FLAGS)

    def _show(self) -> None:
        note = format_note(self._catalogue, self.format)
        say(self._note, note)
        self.box.setAccessibleDescription(note)
        chosen = self.options_boxes.get(self.format.id)
        for options in self.options_boxes.values():
            if options is not chosen:
                options.hide()
        if chosen is not None:  # last: two of them at once would make the dialog higher
            chosen.show()
        self.changed.emit()
