"""The list of what the rules have to say about the open document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QToolButton, QVBoxLayout, QWidget

from annotator.core.findings import Finding, Severity
from annotator.foundation.catalogue import Catalogue
from annotator.ui.labels import isolated, plain_tooltip

SIGNS: Final = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "•"}
_SHOWN_WORDS = 40

_Index = QModelIndex | QPersistentModelIndex


class FindingModel(QAbstractListModel):
    """Findings as rows; a sign tells the severity, so that colour is not needed."""

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._text = ""
        self._say: Callable[[Finding], str] = lambda said: said.key
        self.findings: tuple[Finding, ...] = ()

    def show_findings(
        self, findings: tuple[Finding, ...], text: str, say: Callable[[Finding], str]
    ) -> None:
        """Show what is found in a text; `say` puts a finding into a sentence."""
        self._say = say
        if (findings, text) != (self.findings, self._text):
            self.beginResetModel()
            self.findings, self._text = findings, text
            self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """As many as there are findings."""
        return 0 if parent.isValid() else len(self.findings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Sign, title of the rule and words; the sentence as tooltip and for screen readers."""
        if not index.isValid():
            return None
        said = self.findings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(said)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            severity = self._catalogue.text(f"severity.{said.severity.value}")
            return f"{severity}: {self._say(said)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._say(said))
        return None

    def _shown(self, said: Finding) -> str:
        title = f"{SIGNS[said.severity]}  {self._catalogue.text(said.title_key)}"
        if said.span is None:
            return title
        words = " ".join(self._text[said.span.start : said.span.end][:_SHOWN_WORDS].split())
        return f"{title}: {isolated(words)}" if words else title


class FindingsPanel(QWidget):
    """The findings under a heading with their number, which folds the list away.

    Emits `finding_chosen` with the row when Enter is pressed on it or it is clicked, and `folded`
    when the list is folded away (True) or shown again.
    """

    finding_chosen = Signal(int)
    folded = Signal(bool)

    def __init__(self, catalogue: Catalogue, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = QToolButton(self)
        self.heading.setObjectName("panelTitle")
        self.heading.setCheckable(True)
        self.heading.setChecked(True)
        self.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.list = QListView(self)
        self._model = FindingModel(catalogue, self)
        self.list.setModel(self._model)
        self.list.setAccessibleName(catalogue.text("panel.findings"))
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self.list, 1)
        self.heading.toggled.connect(self._on_toggled)
        self.list.activated.connect(self._on_chosen)
        self.list.clicked.connect(self._on_chosen)
        self._show_heading()

    @property
    def is_folded(self) -> bool:
        """Whether only the heading is shown."""
        return not self.heading.isChecked()

    @property
    def rows(self) -> list[str]:
        """The rows as shown."""
        count = self._model.rowCount()
        return [str(self._model.index(row, 0).data()) for row in range(count)]

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that are listed."""
        return self._model.findings

    def fold(self, *, is_folded: bool) -> None:
        """Show only the heading, or the list as well."""
        self.heading.setChecked(not is_folded)

    def show_findings(
        self, findings: tuple[Finding, ...], text: str, say: Callable[[Finding], str]
    ) -> None:
        """List these findings in a text; `say` puts a finding into a sentence."""
        self._model.show_findings(findings, text, say)
        self._show_heading()

    def select(self, said: Finding | None) -> None:
        """Let the row of a finding be the current one, if it is listed."""
        if said is not None and said in self._model.findings:
            self.list.setCurrentIndex(self._model.index(self._model.findings.index(said)))

    def _on_toggled(self, is_open: bool) -> None:
        if self.list.hasFocus():
            self.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.setVisible(is_open)
        self._show_heading()
        self.folded.emit(not is_open)

    def _show_heading(self) -> None:
        sign = "▾" if self.heading.isChecked() else "▸"
        count = self._model.rowCount()
        self.heading.setText(f"{sign}  {self._catalogue.text('panel.findings_count', count=count)}")

    def _on_chosen(self, index: QModelIndex) -> None:
        self.finding_chosen.emit(index.row())
