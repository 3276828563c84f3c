"""A process with a real window that something happens to; run by ``test_ends``.

``python -m tests.reliability.ended PROJECT HAPPENING`` opens the project, marks the first word,
types letter after letter into the name of its entity, and tells each with the time; then it does
what `HAPPENING` says. Boxes tell what they say instead of waiting, unless it is ``box``.
"""

import faulthandler
import os
import signal
import sys
import threading
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer, qFatal
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.app import make_application, make_desk, make_shell, run_shell
from annotator.ui.demo.typist import Typist

LETTER_MS = 60
LETTERS_BEFORE = 12
REPAINTS = 20
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def tell(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def told_box(box):
    tell("BOX", repr(box.text()), [button.text() for button in box.buttons()])
    return 0


class Hands:
    """Types, and lets it happen after some letters."""

    def __init__(self, shell, happening):
        self.shell = shell
        self.happening = happening
        self.typed = ""
        self.typist = None

    def begin(self, path):
        self.shell.open_project(path)
        QTimer.singleShot(0, self.go_to_work)

    def go_to_work(self):
        window = self.shell.window
        self.typist = Typist(window)
        self.typist.press("Ctrl+Home 3")
        assert window.inspector.focus_field("entity")
        self.typist.type_text("")
        self.field = window.inspector.row("entity").editor
        self.timer = QTimer(self.shell)
        self.timer.timeout.connect(self.type_letter)
        self.timer.start(LETTER_MS)

    def type_letter(self):
        self.typist.press(LETTERS[len(self.typed) % len(LETTERS)].upper())
        if len(self.field.text()) <= len(self.typed):  # the window takes no keys any more
            return
        self.typed = self.field.text()
        tell("TYPED", self.typed, time.monotonic())
        if len(self.typed) == LETTERS_BEFORE:
            HAPPENINGS[self.happening](self)

    def wait(self):
        """What happens comes from outside."""

    def segfault(self):
        faulthandler._sigsegv()

    def abort(self):
        os.abort()

    def qt_gives_up(self):
        qFatal("nothing goes any more")

    def quit(self):
        QApplication.quit()

    def close_window(self):
        self.shell.window.close()

    def session_asks(self):
        self.timer.stop()
        QApplication.instance().commitDataRequest.emit(None)
        tell("ASKED")
        os.kill(os.getpid(), 9)

    def ask(self):
        """A box that waits for somebody who does not come."""
        self.timer.stop()
        QTimer.singleShot(50, lambda: tell("WAITING"))
        self.shell.reports.ready.tell_fault()

    def fault(self):
        """An act in which the program makes a mistake after it has begun to write, twice."""
        self.timer.stop()
        self.typist.press("Escape Ctrl+Home Left Left")
        project, opened = self.shell.workspace.project, self.shell.workspace.open_document
        before, append = len(opened.annotations), project.journal.append

        def break_down(*_, **__):
            raise ZeroDivisionError(self.typed)

        project.journal.append = break_down
        for _ in range(2):
            QTimer.singleShot(0, lambda: self.typist.press("3"))
        QTimer.singleShot(300, lambda: self.look_back(before, append))

    def look_back(self, before, append):
        self.shell.workspace.project.journal.append = append
        now = self.shell.workspace.open_document
        left = len(now.annotations)
        self.typist.press("Ctrl+Home Left Left 3")
        tell("AFTER", left - before, len(now.annotations) - before)
        self.shell.quit()

    def fault_in_paint(self):
        """A mistake at every repaint, which every box over the page asks for."""
        self.timer.stop()
        page = self.shell.window.view.page.viewport()
        counted = []

        def paint(*_, **__):
            counted.append(1)
            raise ZeroDivisionError(self.typed)

        type(self.shell.window.view.page.canvas).paint = paint
        ticking = QTimer(self.shell)

        def repaint():
            if len(counted) < REPAINTS:
                page.update()
                return
            ticking.stop()
            QTimer.singleShot(300, lambda: (tell("PAINTED", len(counted)), self.shell.quit()))

        ticking.timeout.connect(repaint)
        ticking.start(5)

    def fault_in_thread(self):
        self.timer.stop()

        def run():
            raise KeyError(self.typed)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        QTimer.singleShot(200, self.shell.quit)


HAPPENINGS = {
    name: getattr(Hands, name)
    for name in (
        "wait",
        "segfault",
        "abort",
        "qt_gives_up",
        "quit",
        "close_window",
        "session_asks",
        "ask",
        "fault",
        "fault_in_paint",
        "fault_in_thread",
    )
}


def main(project, happening):
    if happening != "ask":
        QMessageBox.exec = told_box
    application = make_application()
    shell = make_shell(application, make_desk(language="en", theme="light"))
    hands = Hands(shell, happening)
    return run_shell(application, shell, lambda: hands.begin(Path(project)))


if __name__ == "__main__":
    # What is begun in the background may have been told to ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main(*sys.argv[1:]))
