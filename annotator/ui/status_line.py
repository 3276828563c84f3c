"""The status line: what just happened, where the caret is, saved or not, and who works."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.core.ids import SetId
from annotator.core.set_header import SetKind
from annotator.foundation.catalogue import Catalogue
from annotator.ui.editing.words import Selection
from annotator.ui.labels import ElidedLabel
from annotator.ui.window_state import LINE_MARGIN
from annotator.workbench.workspace import Workspace


class StatusLine(QWidget):
    """Plain texts in a row.

    A notice stays until something else is done, a refusal until a key helps.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, LINE_MARGIN, 12, LINE_MARGIN)
        layout.setSpacing(18)
        self._notice = self._label(layout, stretch=1)
        self._findings = self._label(layout)
        self._position = self._label(layout)
        self._document = self._label(layout)
        self._place = self._label(layout)
        self._saved = self._label(layout)
        self._annotator = self._label(layout)
        self._place.hide()

    def show_notice(self, text: str, *, is_refusal: bool = False) -> None:
        """Say what happened, or why something did not."""
        name = "refusal" if is_refusal else "faint"
        if self._notice.objectName() != name:
            self._notice.setObjectName(name)
            self._notice.style().unpolish(self._notice)
            self._notice.style().polish(self._notice)
        self._notice.setText(text)

    def clear_notice(self, _: object = None) -> None:
        """Take back what was said, because something else has been done or is on the page now."""
        self.show_notice("")

    def clear_refusal(self) -> None:
        """Take back a refusal, because something else is being tried."""
        if self._notice.objectName() == "refusal":
            self._notice.setText("")

    def show_findings(self, text: str) -> None:
        """Say how many errors, warnings and hints there are."""
        self._findings.setText(text)

    def show_position(self, text: str) -> None:
        """Say where the caret is and what is selected."""
        self._position.setText(text)

    def show_document(self, text: str) -> None:
        """Say which document it is and how many there are."""
        self._document.setText(text)

    def show_saved(self, text: str) -> None:
        """Say whether everything is in the project file."""
        self._saved.setText(text)

    def show_place(self, text: str) -> None:
        """Say where the work lies, when that is not the project file itself."""
        self._place.setText(text)
        self._place.setVisible(bool(text))

    def show_annotator(self, text: str) -> None:
        """Say who works."""
        self._annotator.setText(text)

    @property
    def notice(self) -> str:
        """The notice as shown."""
        return self._notice.text()

    @property
    def findings(self) -> str:
        """The number of findings as shown."""
        return self._findings.text()

    @property
    def saved(self) -> str:
        """The saved sign as shown."""
        return self._saved.text()

    @property
    def place(self) -> str:
        """Where the work lies, as shown."""
        return self._place.text()

    @property
    def document(self) -> str:
        """Which document it is, as shown."""
        return self._document.text()

    @property
    def annotator(self) -> str:
        """Who works, as shown."""
        return self._annotator.text()

    @property
    def position(self) -> str:
        """The position as shown."""
        return self._position.text()

    def _label(self, layout: QHBoxLayout, *, stretch: int = 0) -> ElidedLabel:
        label = ElidedLabel(self, name="faint")
        layout.addWidget(label, stretch)
        return label


def position_text(catalogue: Catalogue, selection: Selection) -> str:
    """Where the caret is, or what is selected and how long it is, in code points."""
    span = selection.span
    if span is None:
        return catalogue.text("status.caret", offset=selection.caret)
    return catalogue.text("status.selection", start=span.start, end=span.end, length=len(span))


def saved_key(*, is_saved: bool, is_typing: bool, is_read_only: bool) -> str:
    """The key of the saved sign: everything is in the file, something is not, or nothing can be.

    What is being typed is not there yet, but will be in a moment.
    """
    if is_read_only:
        return "status.read_only"
    if is_typing:
        return "status.typing"
    return "status.saved" if is_saved else "status.not_saved"


def annotator_text(catalogue: Catalogue, workspace: Workspace) -> str:
    """Who works; on gold, that it is gold and who adjudicates it."""
    opened = workspace.open_document
    if opened is None or opened.header.kind is not SetKind.ADJUDICATED:
        return catalogue.text("status.annotator", name=workspace.annotator.name)
    adjudicator = workspace.person_of(SetId(opened.header.adjudicator or ""))
    return catalogue.text("status.gold", name=(adjudicator or workspace.annotator).name)
