"""The composition root: where application, fonts, words, keys, workspace and window meet."""

from __future__ import annotations

import annotator.ui.before_qt

# isort: split
import annotator.ui.own_modules  # noqa: F401

# isort: split
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QSettings, qInstallMessageHandler
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.foundation.catalogue import load_catalogue, preferred_language
from annotator.foundation.errors import AnnotatorError, UserError
from annotator.foundation.loading import end_loading, look_for_cycles_rarely
from annotator.foundation.paths import portable_folder, settings_folder, state_folder
from annotator.foundation.screens import silent_screen
from annotator.foundation.settings_file import read_settings
from annotator.ui.desk import Desk
from annotator.ui.fonts import register_fonts
from annotator.ui.keyboard.user_keys import load_keys
from annotator.ui.late_editing import LateEditing
from annotator.ui.lent_keys import lend_editing_keys
from annotator.ui.messages import show_error, unattended
from annotator.ui.shell import Shell
from annotator.ui.system_language import system_language
from annotator.ui.theme import BEGUN_IN_STYLE, STYLE, system_theme, theme_named
from annotator.ui.watch import Watch
from annotator.workbench.clock import system_clock

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType
    from PySide6.QtGui import QAccessibleInterface

    from annotator.kurdish.lexicon import Lexicon

FAILED = 3


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The application, or the one that is already running."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setDesktopFileName("nishan")
    words = arguments if arguments is not None else sys.argv[:1]
    application = QApplication([*words, "-style", STYLE])
    application.setProperty(BEGUN_IN_STYLE, True)
    look_for_cycles_rarely()
    application.setOrganizationName("Nishan")
    application.setApplicationName("Nishan")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    if portable_folder() is not None:
        folder = str(settings_folder())
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    QAccessible.installFactory(_accessible)
    return application


def _accessible(kind: str, shown: QObject) -> QAccessibleInterface | None:
    """What a screen reader is told of a page; nothing of it is loaded until one asks."""
    from annotator.ui.textview.accessible import accessible_page

    return accessible_page(kind, shown)


def bundled_lexicon() -> Lexicon:
    """The bundled lexicon, which no first picture needs."""
    from annotator.workbench.lexicons import read_lexicon

    return read_lexicon()


def make_desk(
    *, language: str | None = None, theme: str | None = None, folder: Path | None = None
) -> Desk:
    """Everything the window is given, from the settings in `folder` where nothing is said."""
    folder = settings_folder() if folder is None else folder
    settings = read_settings(folder)
    keys, trouble = load_keys(folder)
    lexicon = cache(bundled_lexicon)
    if language is not None:
        settings = replace(settings, language=language)
    if theme is not None:
        settings = replace(settings, theme=theme)
    return Desk(
        catalogue=load_catalogue(settings.chosen_language or system_language()),
        theme=theme_named(settings.chosen_theme or system_theme()),
        fonts=register_fonts(),
        keys=keys,
        acts=LateEditing(lexicon),
        lexicon=lexicon,
        platform=QGuiApplication.platformName(),
        settings=settings,
        settings_folder=folder,
        trouble=trouble,
    )


def make_shell(application: QApplication, desk: Desk) -> Shell:
    """The running program without a project yet."""
    shell = Shell(application, desk, system_clock)
    shell.dress()
    lend_editing_keys(application)
    return shell


def require_display() -> None:
    """Raise `UserError` where Qt would end the program for want of a screen."""
    if sys.platform.startswith("linux"):
        silent = silent_screen(os.environ)
        if silent == "":
            raise UserError("app.no_display")
        if silent is not None:
            raise UserError("app.silent_display", display=silent)


def run_window(paths: list[Path]) -> int:
    """Open the window on a project, on articles, or on what was open last."""
    require_display()
    application = make_application()
    shell = make_shell(application, make_desk())
    return run_shell(application, shell, lambda: shell.start(paths))


def run_demo() -> int:
    """Open the demo project in the window; it is made the first time."""
    from annotator.workbench.demo import open_demo

    require_display()
    application = make_application()
    shell = make_shell(application, make_desk())

    def begin() -> None:
        shell.open_project(open_demo(state_folder(), system_clock))

    return run_shell(application, shell, begin)


def run_headless_demo(folder: Path, say: Callable[..., None]) -> int:
    """Do the main job without a display into `folder`, telling each step with `say`."""
    from annotator.ui.demo.headless import HeadlessDemo

    with TemporaryDirectory() as settings:
        application = make_hidden_application(Path(settings))
        shell = make_hidden_shell(application, Path(settings), folder)
        with unattended(application):
            HeadlessDemo(shell, folder, system_clock, say).run()
    return 0


def make_hidden_application(settings: Path) -> QApplication:
    """The application on a display that nobody sees, with its settings in a folder of their own.

    The user's settings and keys are not read: the demo presses the keys we ship.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(_without_chatter)
    application = make_application()
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(settings))
    return application


def make_hidden_shell(application: QApplication, settings: Path, project_folder: Path) -> Shell:
    """The running program for projects in one folder, without anything of the user's."""
    desk = make_desk(language=preferred_language(), theme="light", folder=settings)
    # Nobody is there to be asked about a shared folder.
    chosen = replace(desk.settings, direct_folders=(str(project_folder.resolve()),))
    return make_shell(application, replace(desk, settings=chosen))


def _without_chatter(_: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Pass Qt's messages on, but for the one the offscreen platform says of every window."""
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")


def run_shell(application: QApplication, shell: Shell, begin: Callable[[], None]) -> int:
    """Begin, and stay until the window closes; an error at the start is told in a box."""
    with Watch(application, shell) as watch:
        try:
            begin()
        except AnnotatorError as error:
            show_error(None, shell.desk.catalogue, error)
            return FAILED
        except Exception as error:
            # Told over the start page, where one can save a report and open something else.
            watch.faults.take(error)
            shell.show_start_page()
        end_loading()
        return watch.run()
