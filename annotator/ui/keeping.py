"""While a project is open: life signs for others, and putting a working copy back to its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.foundation.errors import UserError
from annotator.ui.main_window import MainWindow
from annotator.ui.messages import show_error, show_text
from annotator.workbench.opening import Opened

if TYPE_CHECKING:
    from annotator.workbench.working_copy import Sentence, WorkingCopy

HEARTBEAT_MS = 10_000
PUBLISHING_MS = 180_000
_LOOKS_MS = 100
_LOUD = frozenset({"place.lost", "place.conflict"})
"""What is told in a box, for somebody has to do something about it."""


class Keeping(QObject):
    """Begun with each project that is opened. `window` is the one it is in, if there is one."""

    def __init__(self, parent: QObject, window: Callable[[], MainWindow | None]) -> None:
        super().__init__(parent)
        self._window = window
        self._opened: Opened | None = None
        self._was_asked = False
        self.heartbeat = self._timer(HEARTBEAT_MS, self._on_heartbeat)
        self.publishing = self._timer(PUBLISHING_MS, self._on_publishing)
        self._looking = self._timer(_LOOKS_MS, self._on_look)

    @property
    def copy(self) -> WorkingCopy | None:
        """The working copy that is open, if one is."""
        return self._opened.working if self._opened is not None else None

    def begin(self, opened: Opened) -> None:
        """Watch over a project from now on."""
        self._opened = opened
        self.heartbeat.start()
        if opened.working is not None:
            self.publishing.start()

    def end(self) -> None:
        """Put back what is left and remove what is no longer needed; the project is closed."""
        for timer in (self.heartbeat, self.publishing, self._looking):
            timer.stop()
        opened, self._opened = self._opened, None
        if opened is None:
            return
        if opened.reading is not None:
            opened.reading.close()
        if opened.working is not None:
            told = opened.working.close()
            window = self._window()
            if told is not None and told.key != "place.back" and window is not None:
                text = window.desk.catalogue.text
                show_text(window, window.desk.catalogue, text(told.key, **told.values))

    def show(self) -> None:
        """Say in the window where the work lies, and what there was to tell when it opened."""
        window, opened = self._window(), self._opened
        if window is None or opened is None:
            return
        text = window.desk.catalogue.text
        if opened.reading is not None:
            time = window.desk.catalogue.time_of_day(opened.reading.taken)
            window.status.show_place(text("place.reading", time=time))
        elif opened.workspace.is_read_only:
            window.tell("place.read_only")
        self._show_sign()
        if opened.working is not None and opened.working.news is not None:
            news, opened.working.news = opened.working.news, None
            show_text(window, window.desk.catalogue, text(news.key, **news.values))

    def publish(self, window: MainWindow) -> None:
        """Put the work back now, because the user asks for it in a window."""
        if self.copy is not None and self.copy.is_sending:
            self._was_asked = True
            return
        sent = self._send(is_asked=True)
        self._was_asked = bool(sent)
        if sent is False:
            window.tell("place.all_saved")

    def _on_publishing(self) -> None:
        self._send(is_asked=False)

    def _send(self, *, is_asked: bool) -> bool | None:
        """Whether there was something to put back; None where that failed, which was told."""
        try:
            is_sent = self.copy is not None and self.copy.send(is_asked=is_asked)
        except UserError as error:
            self._fail(error)
            return None
        if is_sent:
            self._looking.start()
        return is_sent

    def _on_look(self) -> None:
        """See whether what was sent has arrived."""
        if self.copy is None:
            return
        try:
            told = self.copy.arrived()
        except UserError as error:
            self._looking.stop()
            self._fail(error)
            return
        if self.copy.is_sending:
            return
        self._looking.stop()
        self._show_sign()
        if told is not None:
            self._tell(told)
        elif self._was_asked:
            self._tell(self.copy.sign)
        self._was_asked = False

    def _on_heartbeat(self) -> None:
        """Tell other computers that somebody still works in the project."""
        if self._opened is None:
            return
        try:
            self._opened.workspace.project.refresh_lock()
        except UserError as error:
            self.heartbeat.stop()
            window = self._window()
            if window is not None:
                window.fail(error)
            return
        told = self.copy.beat() if self.copy is not None else None
        if told is not None:
            self._tell(told)

    def _show_sign(self) -> None:
        window = self._window()
        if window is not None and self.copy is not None:
            window.status.show_place(self._said(window, self.copy.sign))

    def _tell(self, sentence: Sentence) -> None:
        window = self._window()
        if window is not None and sentence.key in _LOUD:
            show_text(window, window.desk.catalogue, self._said(window, sentence))
        elif window is not None:
            window.status.show_notice(self._said(window, sentence))

    def _said(self, window: MainWindow, sentence: Sentence) -> str:
        catalogue = window.desk.catalogue
        values = dict(sentence.values)
        moment = values.pop("moment", None)
        if moment is not None:
            values["time"] = catalogue.time_of_day(moment)  # type: ignore[arg-type]  # a moment
        return catalogue.text(sentence.key, **values)

    def _fail(self, error: UserError) -> None:
        window = self._window()
        if window is not None:
            show_error(window, window.desk.catalogue, error)

    def _timer(self, interval: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(act)
        return timer
