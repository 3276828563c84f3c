"""The field that takes the next key as it is pressed, whatever it would do elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.ui.keyboard.from_qt import key_press_from

_CANCEL = "Escape"


class KeyRecorder(QLineEdit):
    """Waits for one chord while it has the focus, and emits `recorded` with it.

    Tab and Enter are chords like others here. Escape emits `left`, and so does losing the focus.
    """

    recorded = Signal(str)
    left = Signal()

    def __init__(self, catalogue: Catalogue, parent: QWidget, *, platform: str) -> None:
        super().__init__(parent)
        self._platform = platform
        self.setReadOnly(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # Qt shows no placeholder in the middle of a field that has the focus.
        self.setText(catalogue.text("keys.press_now"))
        self.setAccessibleName(catalogue.text("keys.press_now"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def event(self, event: QEvent) -> bool:
        """Every key comes here before it is a shortcut or leads to the next field."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere has thought better of it."""
        super().focusOutEvent(event)
        self.left.emit()

    def _take(self, event: QKeyEvent) -> None:
        event.accept()
        press = key_press_from(event, self._platform)
        if press is None or press.is_repeat:
            return
        if press.chord == _CANCEL:
            self.left.emit()
        else:
            self.recorded.emit(press.chord)
