"""Chrome colours: a theme file names the base colours once, roles of the palette refer to them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from msgspec import Struct, json
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator.foundation.paths import resource
from annotator.foundation.settings import THEMES

HIGH_CONTRAST = "high-contrast"


class Theme(Struct, frozen=True, forbid_unknown_fields=True):
    """The colours of the chrome, each ``#rrggbb``; data colours are in the scheme."""

    name: str
    window: str
    panel: str
    ink: str
    faint: str
    line: str
    accent: str
    accent_ink: str
    hover: str
    field: str
    cap: str
    cap_line: str
    good: str
    bad: str

    @property
    def is_dark(self) -> bool:
        """Whether the page shall be dark too."""
        return QColor(self.window).lightness() < 128


def read_theme(path: Path) -> Theme:
    """A theme from its file."""
    return json.decode(path.read_bytes(), type=Theme)


def theme_named(name: str) -> Theme:
    """One of the bundled themes of `foundation.settings`."""
    return read_theme(resource("themes", f"{name}.json"))


def system_theme() -> str:
    """The name of the theme the system asks for: high contrast before light or dark."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"


STYLE: Final = "Fusion"
BEGUN_IN_STYLE: Final = "isBegunInStyle"
"""The property of an application that was given the style with its arguments."""


def next_theme(name: str) -> str:
    """The theme after this one, going round."""
    return THEMES[(THEMES.index(name) + 1) % len(THEMES)]


def apply_theme(application: QApplication, theme: Theme, *, family: str, points: float) -> None:
    """Give every widget the colours of the theme and the font of the interface.

    An application that was begun in `STYLE`, and says so, keeps it the first time: `setStyle` gives
    the style back, and with it Python makes all there is to know of styles.
    """
    if application.styleSheet() or not application.property(BEGUN_IN_STYLE):
        application.setStyle(STYLE)
    font = QFont(family, round(points))
    application.setFont(font)
    application.setPalette(_palette(theme))
    sheets = [_sheet(theme), _views_sheet(theme), _scroll_bar_sheet(theme), _choices_sheet(theme)]
    if theme.is_dark:
        sheets.append(_file_dialog_sheet(theme))
    application.setStyleSheet("".join((_font_sheet(font), *sheets)))


def _font_sheet(font: QFont) -> str:
    """The font for those kinds of widgets to which a system gives fonts of its own, as Windows."""
    return f"""
    QMenuBar, QMenu, QAbstractItemView, QHeaderView, QMessageBox, QToolTip, QStatusBar {{
        font-family: "{font.family()}"; font-size: {font.pointSize()}pt; }}"""


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, color in (
        (role.Window, theme.window),
        (role.WindowText, theme.ink),
        (role.Base, theme.field),
        (role.AlternateBase, theme.panel),
        (role.Text, theme.ink),
        (role.PlaceholderText, theme.faint),
        (role.Button, theme.panel),
        (role.ButtonText, theme.ink),
        (role.ToolTipBase, theme.panel),
        (role.ToolTipText, theme.ink),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.accent_ink),
        (role.Link, theme.accent),
    ):
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.faint))
    return palette


def _sheet(theme: Theme) -> str:
    chevron = resource("icons", f"chevron-{theme.name}.svg").as_posix()
    chevron_up = resource("icons", f"chevron-up-{theme.name}.svg").as_posix()
    return f"""
    QMainWindow, QDialog {{ background: {theme.window}; }}
    QMenuBar {{ background: {theme.window}; padding: 2px; }}
    QMenuBar::item {{ padding: 4px 10px; border-radius: 4px; }}
    QMenuBar::item:selected, QMenu::item:selected {{ background: {theme.hover};
        color: {theme.ink}; }}
    QMenu {{ background: {theme.panel}; border: 1px solid {theme.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 24px; border-radius: 4px; }}
    QMenu::item:disabled {{ color: {theme.faint}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 8px; }}
    QSplitter::handle {{ background: {theme.line}; }}
    #panel {{ background: {theme.panel}; }}
    #panelTitle {{ color: {theme.faint}; font-weight: bold; }}
    #faint {{ color: {theme.faint}; }}
    #refusal {{ color: {theme.bad}; }}
    #paletteFrame {{ background: {theme.panel}; border: 1px solid {theme.cap_line}; }}
    #good {{ color: {theme.good}; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox {{ background: {theme.field};
        border: 1px solid {theme.line}; border-radius: 5px; padding: 4px 6px;
        selection-background-color: {theme.accent}; selection-color: {theme.accent_ink}; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus {{
        border: 1px solid {theme.accent}; }}
    QLineEdit#missed, QLineEdit#missed:focus {{ border: 2px solid {theme.bad};
        color: {theme.bad}; padding: 3px 5px; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url("{chevron}"); width: 12px; height: 12px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 22px; }}
    QAbstractSpinBox::up-arrow {{ image: url("{chevron_up}"); width: 10px; height: 10px; }}
    QAbstractSpinBox::down-arrow {{ image: url("{chevron}"); width: 10px; height: 10px; }}
    QPushButton {{ background: {theme.panel}; border: 1px solid {theme.cap_line};
        border-radius: 5px; padding: 5px 14px; }}
    QPushButton:hover {{ background: {theme.hover}; }}
    QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 4px 13px; }}
    QPushButton:default:focus {{ border: 3px double {theme.accent}; padding: 3px 12px;
        background-clip: padding; }}
    QPushButton:default {{ background: {theme.accent}; color: {theme.accent_ink}; }}
    QPushButton:default:disabled {{ background: {theme.panel}; color: {theme.faint}; }}
    QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 1px 5px; }}
    QToolButton:hover {{ background: {theme.hover}; }}
    QToolButton:focus {{ border: 1px solid {theme.accent}; }}
    QStatusBar {{ background: {theme.window}; }}
    QStatusBar::item {{ border: none; }}
    QScrollArea {{ border: none; background: {theme.panel}; }}
    QToolTip {{ background: {theme.panel}; color: {theme.ink}; border: 1px solid {theme.line}; }}
    """


def _views_sheet(theme: Theme) -> str:
    """Lists and tables. Where the keys go is told by an edge, never by colour alone."""
    mark = theme.accent if theme.name == HIGH_CONTRAST else "transparent"
    return f"""
    QListView, QTreeView {{ background: {theme.panel}; border: 1px solid transparent;
        border-radius: 5px; outline: none; }}
    QListView:focus, QTreeView:focus, QScrollArea:focus, QTextBrowser:focus {{
        border: 1px solid {theme.accent}; }}
    QListView::item {{ padding: 6px 8px; border-radius: 5px; color: {theme.ink};
        border: 1px solid transparent; }}
    #palette QListView::item:hover {{ background: transparent; }}
    #palette QListView::item:selected {{ background: {theme.hover};
        border: 1px solid {theme.accent}; }}
    QTreeView::item {{ padding: 4px 6px; color: {theme.ink}; border: 1px solid transparent; }}
    QListView::item:hover, QTreeView::item:hover {{ background: {theme.hover}; }}
    QListView::item:selected {{ background: {theme.hover}; color: {theme.ink};
        border: 1px solid {mark}; }}
    QTreeView {{ show-decoration-selected: 1; }}
    QTreeView::item:selected {{ background: {theme.accent}; color: {theme.accent_ink}; }}
    QTableView::item {{ padding: 3px 6px; }}
    QTableView::item:selected {{ background: {theme.accent}; color: {theme.accent_ink}; }}
    QTableView {{ background: {theme.field}; gridline-color: {theme.line};
        border: 1px solid {theme.line}; }}
    QTableView:focus {{ border: 1px solid {theme.accent}; }}
    QHeaderView::section {{ background: {theme.panel}; color: {theme.faint}; border: none;
        padding: 4px 8px; }}
    """


def _scroll_bar_sheet(theme: Theme) -> str:
    """Scroll bars without buttons, in the colours of the theme."""
    return f"""
    QScrollBar {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ width: 12px; }}
    QScrollBar:horizontal {{ height: 12px; }}
    QScrollBar::handle {{ background: {theme.cap_line}; border-radius: 4px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 28px; }}
    QScrollBar::handle:horizontal {{ min-width: 28px; }}
    QScrollBar::handle:hover {{ background: {theme.faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _file_dialog_sheet(theme: Theme) -> str:
    """A light ground for the buttons of Qt's own file dialog, whose black signs are pictures."""
    return f"""
    QFileDialog QToolButton {{ background: {theme.faint}; }}
    QFileDialog QToolButton:disabled {{ background: transparent; }}
    QFileDialog QToolButton:focus {{ border: 2px solid {theme.accent}; }}
    """


def _choices_sheet(theme: Theme) -> str:
    """Signs of choices, which Fusion draws nearly invisible on a dark window."""
    return f"""
    QRadioButton, QCheckBox {{ spacing: 8px; padding: 3px; border: 1px solid transparent;
        border-radius: 4px; }}
    QRadioButton:focus, QCheckBox:focus {{ border: 1px solid {theme.accent}; }}
    QRadioButton::indicator, QCheckBox::indicator {{ width: 14px; height: 14px;
        border: 1px solid {theme.faint}; background: {theme.field}; }}
    QRadioButton::indicator {{ border-radius: 8px; }}
    QCheckBox::indicator {{ border-radius: 3px; }}
    QRadioButton::indicator:checked, QCheckBox::indicator:checked {{ width: 6px; height: 6px;
        border: 5px solid {theme.accent}; background: {theme.accent_ink}; }}
    """
