"""The report on a problem, shown as plain text before anybody saves or copies it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.foundation.atomic import write_text
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import UserError
from annotator.ui.dialogs.controls import (
    fit_to_screen,
    push_button,
    say,
    say_error,
    text_view,
    wrapped_label,
)


class ProblemReportDialog(QDialog):
    """`compose` makes the report, with the article's text if it is called with True.

    `saved` is the file it was written to last, or None. Nothing is sent anywhere.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        compose: Callable[[bool], str],
        *,
        name: str,
        has_document: bool,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._compose = compose
        self._name = name
        self._text = ""
        self.saved: Path | None = None
        text = catalogue.text
        self.setWindowTitle(text("report.title"))
        self.view = text_view(text("report.title"), self)
        self.view.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        option = QTextOption(self.view.document().defaultTextOption())
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.view.document().setDefaultTextOption(option)
        self.with_text = QCheckBox(text("report.with_text"), self)
        self.with_text.setEnabled(has_document)
        self.with_text.toggled.connect(self._show)
        self._notice = wrapped_label("", self, role="faint")
        self._notice.hide()
        self.copy_button = push_button(text("dialog.copy"), self)
        self.copy_button.clicked.connect(self._copy)
        self.save_button = push_button(text("report.save"), self)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save)
        self.close_button = push_button(text("dialog.close"), self)
        self.close_button.clicked.connect(self.accept)
        self._lay_out(wrapped_label(text("report.explained"), self))
        fit_to_screen(self, 820, 600)
        self._show()
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def text(self) -> str:
        """The report that is shown, and saved as it is."""
        return self._text

    @property
    def notice(self) -> str:
        """What is said below the report."""
        return self._notice.text()

    def save(self) -> None:
        """Ask for a file and write what is shown."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = str(Path(folder or Path.home()) / self._name)
        chosen, _ = QFileDialog.getSaveFileName(
            self, self._catalogue.text("report.save"), proposed, "(*.txt)"
        )
        if not chosen:
            return
        try:
            write_text(Path(chosen), self._text)
        except UserError as error:
            say_error(self._notice, self._catalogue, error)
            return
        self.saved = Path(chosen)
        say(self._notice, self._catalogue.text("report.saved", path=chosen))
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, explanation: QWidget) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.close_button)
        policy = explanation.sizePolicy()
        policy.setHeightForWidth(True)
        explanation.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.addWidget(explanation)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.with_text)
        layout.addWidget(self._notice)
        layout.addLayout(buttons)

    def _show(self) -> None:
        self._text = self._compose(self.with_text.isChecked())
        self.view.setPlainText(self._text)
        if self.with_text.isChecked():  # what has been added is to be seen
            self.view.moveCursor(QTextCursor.MoveOperation.End)
            self.view.ensureCursorVisible()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._text)
