"""The acts that change language, theme and look of the page, and remember the choice."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.foundation.settings import COLUMN_WIDTHS, LINE_HEIGHTS, SYSTEM, Settings
from annotator.foundation.settings_file import write_settings
from annotator.ui.desk import Desk
from annotator.ui.i18n import apply_language
from annotator.ui.system_language import system_language
from annotator.ui.theme import apply_theme, next_theme, system_theme, theme_named

INTERFACE_POINTS = 10.0


def dress(application: QApplication, desk: Desk) -> None:
    """Give the application the desk's language, colours and font."""
    apply_language(application, desk.catalogue)
    dye(application, desk)


def dye(application: QApplication, desk: Desk) -> None:
    """Give the application the desk's colours and font alone."""
    apply_theme(application, desk.theme, family=desk.fonts.interface, points=INTERFACE_POINTS)


def with_settings(desk: Desk, settings: Settings) -> Desk:
    """The desk with other settings, and with the language and theme that go with them."""
    if settings.language != desk.settings.language:
        language = settings.chosen_language or system_language()
        desk = replace(desk, catalogue=load_catalogue(language))
    if settings.theme != desk.settings.theme:
        desk = replace(desk, theme=theme_named(settings.chosen_theme or system_theme()))
    return replace(desk, settings=settings)


class SystemLook(QObject):
    """Emits `changed` when the system has become light, dark or high in contrast."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_change)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_change)

    def _on_change(self) -> None:
        self.changed.emit()


class LookActs:
    """Changes the desk. `present` is the window that is there.

    `wear` shows a desk with another look of the page, `redress` one with other words or colours.
    """

    def __init__(
        self,
        application: QApplication,
        desk: Callable[[], Desk],
        *,
        wear: Callable[[Desk], None],
        redress: Callable[[Desk], None],
        present: Callable[[], QWidget | None],
    ) -> None:
        self._application = application
        self._desk = desk
        self._wear = wear
        self._redress = redress
        self._present = present

    def acts(self) -> dict[str, Callable[[], None]]:
        """The acts by their ids."""
        return {
            "language.switch": self.switch_language,
            "theme.switch": self.switch_theme,
            "preferences.open": self.show_preferences,
            "view.code_points": self.switch_code_points,
            "view.suggestions": self.switch_suggestions,
            "view.lines_apart": lambda: self.space_lines(1),
            "view.lines_together": lambda: self.space_lines(-1),
            "view.column_wider": lambda: self.widen_column(1),
            "view.column_narrower": lambda: self.widen_column(-1),
        }

    def follow_system(self, window: QWidget) -> None:
        """While the window lives, change the theme whenever the system does.

        Only if the user has chosen the theme of the system.
        """
        SystemLook(window).changed.connect(self._on_system_look)

    def _on_system_look(self) -> None:
        desk = self._desk()
        name = system_theme()
        if desk.settings.theme == SYSTEM and desk.theme.name != name:
            # The window stays: a dialog may be open over it.
            seen = replace(desk, theme=theme_named(name))
            dye(self._application, seen)
            self._wear(seen)

    def switch_language(self) -> None:
        """Speak the next language, without a restart."""
        current = LANGUAGES.index(self._desk().catalogue.language)
        self._change(language=LANGUAGES[(current + 1) % len(LANGUAGES)])

    def switch_theme(self) -> None:
        """Light, dark, high contrast, and round again."""
        self._change(theme=next_theme(self._desk().theme.name))

    def switch_code_points(self) -> None:
        """Mark invisible and look-alike characters on the page, or stop."""
        self._change(shows_code_points=not self._desk().settings.shows_code_points)

    def switch_suggestions(self) -> None:
        """Suggest, or stop."""
        self._change(suggests=not self._desk().settings.suggests)

    def space_lines(self, steps: int) -> None:
        """Lines further apart, or closer together."""
        height = self._desk().settings.line_height + steps * LINE_HEIGHTS.step
        self._change(line_height=round(LINE_HEIGHTS.clip(height), 2))

    def widen_column(self, steps: int) -> None:
        """A wider column of text, or a narrower one."""
        width = self._desk().settings.column_width + steps * COLUMN_WIDTHS.step
        self._change(column_width=round(COLUMN_WIDTHS.clip(width)))

    def show_preferences(self) -> None:
        """Ask for all of it, and show each choice on the page behind at once."""
        from annotator.ui.dialogs.preferences import PreferencesDialog

        desk = self._desk()
        dialog = PreferencesDialog(desk.catalogue, desk.settings, self._present())
        dialog.changed.connect(self._preview)
        dialog.exec()
        if dialog.result() == PreferencesDialog.DialogCode.Accepted:
            self._apply(desk, dialog.settings)
        else:
            self._preview(desk.settings)

    def _preview(self, settings: Settings) -> None:
        """Show the look of these settings; the language waits until they are taken."""
        desk = self._desk()
        seen = with_settings(desk, replace(settings, language=desk.settings.language))
        if seen.theme != desk.theme:
            dye(self._application, seen)
        self._wear(seen)

    def _change(self, **changes: object) -> None:
        desk = self._desk()
        self._apply(desk, replace(desk.settings, **changes))

    def _apply(self, before: Desk, settings: Settings) -> None:
        """Show the change first: it shall not be lost where it cannot be written down."""
        after = with_settings(before, settings)
        is_same = after.catalogue is before.catalogue and after.theme is before.theme
        (self._wear if is_same else self._redress)(after)
        write_settings(after.settings_folder, settings)
