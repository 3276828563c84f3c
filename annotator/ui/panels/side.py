"""The column beside the page: the inspector, and under it what the rules have to say."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from annotator.core.findings import Finding, Severity
from annotator.foundation.errors import UserError
from annotator.ui.checking import Checker
from annotator.ui.desk import Desk
from annotator.ui.editing.editor import Editor
from annotator.ui.first_pause import FIRST_PAUSE_MS, FirstPaint
from annotator.ui.late_editing import finding_sentence, inspect, show_finding
from annotator.ui.panels.findings import FindingsPanel
from annotator.ui.panels.inspector import InspectorPanel

QWIDGETSIZE_MAX = 16_777_215
"""Qt's word for no limit."""

INSPECT_MS = 20
"""So long after a key the inspector follows; several keys share one turn."""

SIDE_SETTING, FOLDED_SETTING = "window/side", "window/findings_folded"


class SideColumn(QSplitter):
    """Inspector and findings of the open document.

    Emits `left` when the keys should go back to the page, `counted` with how many findings there
    are, in words, and `failed` with the damage the inspector meets.
    """

    left = Signal()
    counted = Signal(str)
    failed = Signal(UserError)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._catalogue = desk.catalogue
        self._editor: Editor | None = None
        self._open_sizes = [3, 1]
        self._listed: tuple[Finding, ...] = ()
        self._inspector = InspectorPanel(desk.catalogue, self, platform=desk.platform)
        self._inspected: Editor | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._pause_ms = FIRST_PAUSE_MS
        self._soon.timeout.connect(self._inspect)
        FirstPaint(self, self._hurry)
        self.findings = FindingsPanel(desk.catalogue, self)
        self.checker = Checker(self)
        self.addWidget(self._inspector)
        self.addWidget(self.findings)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 1)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._inspector.left.connect(self.left)
        self.findings.finding_chosen.connect(self._on_chosen)
        self.findings.folded.connect(self._on_folded)
        self.checker.checked.connect(self.show_findings)
        self.checker.failed.connect(self.failed)
        self._restore()

    def watch(self, editor: Editor | None) -> None:
        """Show what concerns this editor's document from now on; None for no document."""
        self._editor = editor
        header = editor.document.header if editor is not None else None
        self._inspector.turn_to((header.document, header.id) if header is not None else None)
        self.checker.watch(editor)
        if editor is None:
            self._soon.stop()
            self._inspector.show_rows(())
            self.findings.show_findings((), "", str)
            self.counted.emit("")
        else:
            editor.changed.add(self._on_changed)
            self.show_findings()

    @property
    def inspector(self) -> InspectorPanel:
        """The inspector, showing what is to be shown now."""
        if self._soon.isActive():
            self._soon.stop()
            self._inspect()
        return self._inspector

    def inspect_soon(self, editor: Editor) -> None:
        """Let the inspector follow the editor a moment later, so that no key waits for it."""
        self._inspected = editor
        if not self._soon.isActive():
            self._soon.start(self._pause_ms)

    def _hurry(self) -> None:
        """The window is there: what waits need not wait longer."""
        if self._soon.isActive():
            self._soon.start(0)

    def _inspect(self) -> None:
        self._pause_ms = INSPECT_MS
        if self._inspected is None:
            return
        try:
            self._inspector.show_rows(inspect(self._inspected))
        except UserError as error:
            self.failed.emit(error)

    def show_findings(self) -> None:
        """List what the last check has found, and say how much it is."""
        editor = self._editor
        if editor is None:
            return
        self._listed = editor.findings.findings
        self.findings.show_findings(
            editor.findings.by_weight(), editor.text, partial(finding_sentence, editor)
        )
        self.findings.select(editor.finding)
        counts = editor.findings.counts()
        if not editor.findings.findings and editor.findings.is_stale:
            self.counted.emit("")
        elif not editor.findings.findings:
            self.counted.emit(self._catalogue.text("status.no_findings"))
        else:
            text = self._catalogue.text
            shown = (
                text(f"status.findings.{severity.value}", count=counts[severity])
                for severity in Severity
                if counts[severity]
            )
            self.counted.emit("  ".join(shown))

    def save_layout(self) -> None:
        """Remember sizes for the next window."""
        settings = QSettings()
        settings.setValue(SIDE_SETTING, self.saveState())
        settings.setValue(FOLDED_SETTING, "1" if self.findings.is_folded else "")

    def _restore(self) -> None:
        settings = QSettings()
        state = settings.value(SIDE_SETTING)
        if isinstance(state, QByteArray):
            self.restoreState(state)
        self.findings.fold(is_folded=settings.value(FOLDED_SETTING) == "1")

    def _on_changed(self, _: None) -> None:
        editor = self._editor
        if editor is not None and editor.findings.findings is not self._listed:
            self.show_findings()

    def _on_chosen(self, row: int) -> None:
        editor = self._editor
        if editor is not None:
            editor.attempt(partial(show_finding, editor, self.findings.shown[row]))
            self.left.emit()

    def _on_folded(self, is_folded: bool) -> None:
        """A folded list takes no more room than its heading."""
        if is_folded:
            self._open_sizes = self.sizes()
            heading = self.findings.minimumSizeHint().height()
            self.findings.setMaximumHeight(heading)
            self.setSizes([max(self.height() - heading, 0), heading])
        else:
            self.findings.setMaximumHeight(QWIDGETSIZE_MAX)
            self.setSizes(self._open_sizes)
