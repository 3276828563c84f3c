"""Putting the work away in good order, and bringing the window back to what the file holds.

Each step is taken whatever became of the one before: what is typed may not be writable, and still
the project has to be closed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from annotator.foundation.logs import note_error
from annotator.ui.messages import keep_quiet
from annotator.ui.shell import Shell


def put_away(application: QApplication, shell: Shell) -> None:
    """Commit what is being typed and close the project, without asking or telling anything.

    The window takes no more keys: what is typed into a closed project would be lost.
    """
    keep_quiet(application)
    commit_typing(shell)
    if shell.window is not None:
        shell.window.setEnabled(False)
    _try(shell.close)


def commit_typing(shell: Shell) -> None:
    """Commit what is being typed, also what an input method still holds."""
    window = shell.window
    if window is not None:
        method = QApplication.inputMethod()
        _try(method.commit)
        _try(window.settle)


def end(application: QApplication, shell: Shell, code: int) -> None:
    """Have the program end with this code: boxes close, long steps stop, typing is committed."""
    from annotator.ui.progress import ProgressBox

    keep_quiet(application)
    for widget in application.topLevelWidgets():
        for progress in widget.findChildren(ProgressBox):
            if progress.is_running:
                progress.stop()
    if QApplication.activeModalWidget() is None:
        commit_typing(shell)
    application.exit(code)


def mend(shell: Shell) -> None:
    """Show the open document as the file holds it: what an error left half done is forgotten."""
    window = shell.window
    if window is None or window.editor is None or QApplication.activeModalWidget() is not None:
        return
    place = window.editor.focus
    commit_typing(shell)
    _try(window.reopen)
    _try(lambda: window.return_to(place))


def _try(step: Callable[[], object]) -> None:
    try:
        step()
    except Exception as error:
        note_error(error, "putting away")
