"""The composition root: where application, fonts, words, keys, workspace and window meet."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.foundation.catalogue import load_catalogue, preferred_language
from annotator.ui.desk import Desk
from annotator.ui.editing.marking import marking
from annotator.ui.editing.moving import MOVING
from annotator.ui.editing.shaping import SHAPING
from annotator.ui.fonts import register_fonts
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.shell import LANGUAGE_SETTING, THEME_SETTING, Shell
from annotator.ui.theme import THEMES, system_theme, theme_named
from annotator.workbench.clock import system_clock
from annotator.workbench.lexicons import read_lexicon


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The application, or the one that is already running."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setDesktopFileName("nishan")
    application = QApplication(arguments if arguments is not None else sys.argv[:1])
    application.setOrganizationName("Nishan")
    application.setApplicationName("Nishan")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    return application


def make_desk(*, language: str | None = None, theme: str | None = None) -> Desk:
    """Everything the window is given, from the settings where nothing is said."""
    settings = QSettings()
    chosen_language = language or str(settings.value(LANGUAGE_SETTING) or preferred_language())
    chosen_theme = theme or str(settings.value(THEME_SETTING) or system_theme())
    return Desk(
        catalogue=load_catalogue(chosen_language),
        theme=theme_named(chosen_theme if chosen_theme in THEMES else "light"),
        fonts=register_fonts(),
        keymap=default_keymap(),
        acts={**MOVING, **SHAPING, **marking(read_lexicon())},
        platform=QGuiApplication.platformName(),
    )


def make_shell(application: QApplication, desk: Desk) -> Shell:
    """The running program without a project yet."""
    shell = Shell(application, desk, system_clock)
    shell.dress()
    return shell


def run_window(paths: list[Path]) -> int:
    """Open the window on a project, on articles, or on what was open last."""
    application = make_application()
    shell = make_shell(application, make_desk())
    shell.open_project(paths[0])
    return application.exec()
