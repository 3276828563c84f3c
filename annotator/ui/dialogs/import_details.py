"""What is known of one file that may be imported: its fields, its text, or why it cannot be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.formats.gold_write import GOLD, GOLD_READABLE
from annotator.foundation.atomic import file_error
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import UserError
from annotator.ui.dialogs.controls import wrapped_label
from annotator.ui.dialogs.import_fields import FieldsPanel
from annotator.ui.dialogs.import_files import FileTable
from annotator.ui.dialogs.import_text import TextPanel
from annotator.workbench.candidates import Candidate, news_head, read_head
from annotator.workbench.format_wording import format_note

_GOLD = (GOLD, GOLD_READABLE)


class FileDetails(QStackedWidget):
    """Shows the present file of `files` when it is told to."""

    def __init__(self, catalogue: Catalogue, files: FileTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._files = files
        self._hint = wrapped_label("", self, role="faint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.fields = FieldsPanel(catalogue, self)
        self.text_panel = TextPanel(catalogue, self)
        for panel in (self._hint, self.fields, self.text_panel):
            self.addWidget(panel)

    @property
    def hint(self) -> str:
        """The sentence that stands in place of a preview."""
        return self._hint.text()

    def show_present(self) -> None:
        """Show what is known of the present file."""
        candidate = self._files.current
        if candidate is None:
            self._say_hint(self._catalogue.text("importing.hint"))
            return
        try:
            if candidate.is_news:
                self._show_fields(candidate)
            elif candidate.wants_encoding or (candidate.is_text and candidate.problem is None):
                self._show_text(candidate)
            elif candidate.problem is not None:
                self._say_hint(self._catalogue.error(candidate.problem))
            elif candidate.kind is not None and candidate.kind not in _GOLD:
                self._say_hint(format_note(self._catalogue, candidate.kind))
            else:
                self._say_hint(self._catalogue.text("importing.hint_gold"))
        except OSError as error:
            self._say_hint(self._catalogue.error(file_error(error, candidate.path)))
        except UserError as error:
            self._say_hint(self._catalogue.error(error))

    def _say_hint(self, sentence: str) -> None:
        self._hint.setText(sentence)
        self.setCurrentWidget(self._hint)

    def _show_fields(self, candidate: Candidate) -> None:
        head, encoding = read_head(candidate.path), self._files.encoding(candidate)
        data = news_head(head, encoding, is_whole=candidate.size <= len(head))
        mapping = self._files.mapping(candidate)
        self.fields.show_file(candidate.path.name, data, candidate.paths, mapping)
        self.setCurrentWidget(self.fields)

    def _show_text(self, candidate: Candidate) -> None:
        encoding = self._files.encoding(candidate) or ""
        is_choice = candidate.wants_encoding or bool(encoding)
        self.text_panel.show_file(read_head(candidate.path), encoding, is_choice=is_choice)
        self.setCurrentWidget(self.text_panel)
