"""The language of the window: our catalogue, Qt's own few strings, and the layout direction."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from annotator.foundation.catalogue import Catalogue

QT_PREFIX = "qt."

_STRINGS = "strings of Qt"
"""The property of the application that keeps them."""


_DIRECTION = "QT_LAYOUT_DIRECTION"
"""By this Qt asks for the direction of a language."""


class QtStrings(QTranslator):
    """Answers for the strings that Qt's own dialogs and menus show (OK, Cancel, Copy …).

    Qt ships no Sorani translation. Keys of the catalogue are ``qt.`` and the English text without
    its mnemonic sign, in one line.
    """

    def __init__(self, catalogue: Catalogue, parent: QObject) -> None:
        super().__init__(parent)
        self._catalogue = catalogue

    def translate(
        self,
        context: str,
        source_text: str,
        /,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """The translation of a string of Qt, or the string itself.

        Qt would show an empty answer as it is.
        """
        if source_text == _DIRECTION:  # asked for first of all, and told by `apply_language`
            return source_text
        key = " ".join(source_text.replace("&", "").split())
        return self._catalogue.texts.get(QT_PREFIX + key, source_text)

    def isEmpty(self) -> bool:  # noqa: N802 - overrides Qt
        """Whether there is nothing to translate with."""
        return False


def apply_language(application: QApplication, catalogue: Catalogue) -> None:
    """Make the whole window speak the language, in its direction and with its digits."""
    # To look through the children of the application takes as long as a fifth of the window.
    old = application.property(_STRINGS)
    if isinstance(old, QtStrings):
        application.removeTranslator(old)
        old.deleteLater()
    strings = None if catalogue.language == "en" else QtStrings(catalogue, application)
    application.setProperty(_STRINGS, strings)
    if strings is not None:
        application.installTranslator(strings)
    direction = (
        Qt.LayoutDirection.RightToLeft
        if catalogue.is_right_to_left
        else Qt.LayoutDirection.LeftToRight
    )
    application.setLayoutDirection(direction)
    QLocale.setDefault(QLocale("ckb_IQ" if catalogue.language == "ckb" else "en_US"))
