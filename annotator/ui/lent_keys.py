"""Keys of editing for the fields of Qt's own dialogs, which know nothing of ours."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QApplication, QWidget

_LENT: Final = "hasEditingKeys"


def lend_editing_keys(application: QApplication) -> None:
    """Give `EditingKeys` also to the fields of Qt's own dialogs, once they are typed in."""
    if not application.property(_LENT):
        application.setProperty(_LENT, True)
        application.focusChanged.connect(_on_focus)


def _on_focus(_: QWidget | None, field: QWidget | None) -> None:
    if field is None or not field.inherits("QLineEdit"):
        return
    # Fields are loaded when the first one is typed in, and not for the first picture of a window.
    from annotator.ui.fields import lend_to

    lend_to(field)
