"""The language in which the system speaks to its user.

On Linux the environment tells it. Windows and macOS tell it only when they are asked, and what
somebody chose in the installer of Windows counts more: Windows itself hardly ever speaks Sorani.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QLocale, QSettings

from annotator.foundation.catalogue import preferred_language

INSTALLED = "HKEY_CURRENT_USER\\Software\\Nishan"
CHOSEN = "Language of the installer"
LANGUAGES_OF_THE_INSTALLER = {"1170": "ckb", "1033": "en"}
"""By the numbers that Windows has for languages, as the installer keeps its own."""

_KURDISH = ("ckb", "ku")


def system_language() -> str:
    """The language of the window where none was chosen in it."""
    system: str = sys.platform
    if system not in ("win32", "darwin") or os.environ.get("NISHAN_LANGUAGE"):
        return preferred_language()
    chosen = _language_of_the_installer() if system == "win32" else None
    if chosen is not None:
        return chosen
    spoken = QLocale.system().uiLanguages()[:1]
    return "ckb" if any(tag.lower().startswith(_KURDISH) for tag in spoken) else "en"


def _language_of_the_installer() -> str | None:
    registry = QSettings(INSTALLED, QSettings.Format.NativeFormat)
    return LANGUAGES_OF_THE_INSTALLER.get(str(registry.value(CHOSEN, "")))
