"""The only place that shows message boxes; every text in them is plain text.

What Qt needs for a box is loaded with the first one: no start is to wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError, Defect, UserError
from annotator.foundation.logs import note_error

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

_QUIET, _UNATTENDED, _UNSAID = "isQuiet", "isUnattended", "unsaid"
SAVE_COPY = "action.project.save_copy"
_COPY_HELPS = frozenset(
    {
        "store.read_only",
        "store.broken",
        "store.io",
        "store.lock_lost",
        "store.gone",
        "store.replaced",
    }
)
"""What is wrong with the place of a project, not with the project."""

RIGHT_TO_LEFT_MARK, LEFT_TO_RIGHT_MARK = "\u200f", "\u200e"


def keep_quiet(application: QApplication, *, is_quiet: bool = True) -> None:
    """Show no more boxes: the program ends, and nobody is there to answer."""
    application.setProperty(_QUIET, is_quiet)


@contextmanager
def unattended(application: QApplication) -> Iterator[None]:
    """Show no box, for nobody would ever close it; see `require_nothing_unsaid`."""
    application.setProperty(_UNATTENDED, True)
    application.setProperty(_UNSAID, None)
    try:
        yield
    finally:
        application.setProperty(_UNATTENDED, False)
        application.setProperty(_UNSAID, None)


def require_nothing_unsaid() -> None:
    """Raise `UserError` with what a box would have said, had somebody been there to read it."""
    application = QApplication.instance()
    said = None if application is None else application.property(_UNSAID)
    if said:
        raise UserError("demo.stopped", reason=said)


def is_asking() -> bool:
    """Whether a box waits for an answer."""
    modal = QApplication.activeModalWidget()
    return modal is not None and modal.inherits("QMessageBox")


def show_error(parent: QWidget | None, catalogue: Catalogue, error: AnnotatorError) -> None:
    """Say what went wrong, where, and what to do."""
    note_error(error, "told", is_expected=not isinstance(error, Defect))
    show_text(parent, catalogue, catalogue.error(error))


def show_text(parent: QWidget | None, catalogue: Catalogue, text: str) -> None:
    """Say a sentence that must not be overlooked."""
    _ask(_box(parent, catalogue, text))


def offer(parent: QWidget | None, catalogue: Catalogue, text: str, *, act: str) -> bool:
    """Say a sentence with a button that does something about it; True when that was pressed."""
    box = _box(parent, catalogue, text)
    button = box.addButton(act, box.ButtonRole.ActionRole)
    box.setDefaultButton(box.StandardButton.Ok)
    _ask(box)
    return box.clickedButton() is button


def confirm(
    parent: QWidget | None,
    catalogue: Catalogue,
    text: str,
    *,
    accept: str,
    decline: str = "",
    is_risky: bool = False,
) -> bool:
    """Ask; True when the button titled `accept` was pressed. Escape and closing mean no.

    The other button is titled `decline`; without such a title it cancels what was begun.

    Enter means yes, unless the act `is_risky`.
    """
    box = _box(parent, catalogue, text, asks=True)
    box.setStandardButtons(box.StandardButton.Cancel)
    if decline:
        box.button(box.StandardButton.Cancel).setText(decline)
    yes = box.addButton(accept, box.ButtonRole.AcceptRole)
    if is_risky:
        box.setDefaultButton(box.StandardButton.Cancel)
    else:
        box.setDefaultButton(yes)
    _ask(box)
    return box.clickedButton() is yes


def choose(
    parent: QWidget | None,
    catalogue: Catalogue,
    text: str,
    choices: Sequence[str],
    *,
    is_risky: bool = False,
) -> str | None:
    """Ask which of some ways to go, by the keys of their titles; None for none of them.

    Escape and closing mean none. Enter means the first one, unless it `is_risky`.
    """
    box = _box(parent, catalogue, text, asks=True)
    box.setStandardButtons(box.StandardButton.Cancel)
    buttons = {
        box.addButton(catalogue.text(key), box.ButtonRole.AcceptRole): key for key in choices
    }
    if is_risky:
        box.setDefaultButton(box.StandardButton.Cancel)
    else:
        box.setDefaultButton(next(iter(buttons)))
    _ask(box)
    clicked = box.clickedButton()
    return next((key for button, key in buttons.items() if button is clicked), None)


def show_failure(
    parent: QWidget | None,
    catalogue: Catalogue,
    error: AnnotatorError,
    run: Callable[[str], None],
) -> None:
    """Like `show_error`, with a way out where the project cannot be written any more."""
    if error.key not in _COPY_HELPS:
        show_error(parent, catalogue, error)
        return
    note_error(error, "told", is_expected=True)
    if confirm(parent, catalogue, catalogue.error(error), accept=catalogue.text(SAVE_COPY)):
        run(SAVE_COPY.removeprefix("action."))


def ask_text(
    parent: QWidget, catalogue: Catalogue, question: str, *, present: str = ""
) -> str | None:
    """Ask for one line of text; None when cancelled or left empty."""
    from PySide6.QtWidgets import QInputDialog, QLabel, QLineEdit

    from annotator.ui.fields import EditingKeys

    dialog = QInputDialog(parent)
    dialog.setWindowTitle(catalogue.text("app.name"))
    dialog.setLabelText(question)
    dialog.setTextValue(present)
    for label in dialog.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
    for field in dialog.findChildren(QLineEdit):
        EditingKeys(field)
    is_given = dialog.exec() == QInputDialog.DialogCode.Accepted
    return dialog.textValue().strip() or None if is_given else None


def _ask(box: QMessageBox) -> None:
    """Wait for an answer; at the end of the program there is none, nor where nobody is."""
    application = QApplication.instance()
    if application is not None and application.property(_UNATTENDED):
        marks = f"{RIGHT_TO_LEFT_MARK}{LEFT_TO_RIGHT_MARK}"
        application.setProperty(_UNSAID, box.text().lstrip(marks))
    elif application is None or not application.property(_QUIET):
        box.exec()


def _box(
    parent: QWidget | None, catalogue: Catalogue, text: str, *, asks: bool = False
) -> QMessageBox:
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setWindowTitle(catalogue.text("app.name"))
    box.setIcon(QMessageBox.Icon.Question if asks else QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    # A sentence that begins with a name in other letters still runs as its language does.
    mark = RIGHT_TO_LEFT_MARK if catalogue.is_right_to_left else LEFT_TO_RIGHT_MARK
    box.setText(f"{mark}{text}")
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    return box
