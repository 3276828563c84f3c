"""Every text of the chrome can be read on what it stands on, in every theme."""

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QListView,
    QMenu,
    QMenuBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from annotator.foundation.paths import resource
from annotator.ui.buttons import push_button
from annotator.ui.fonts import register_fonts
from annotator.ui.textview.style import contrast
from annotator.ui.theme import (
    HIGH_CONTRAST,
    THEMES,
    apply_theme,
    next_theme,
    system_theme,
    theme_named,
)

READABLE, WELL_READABLE = 4.5, 7.0
"""WCAG 2.1, 1.4.3 and 1.4.6: the least contrast of text, and of text in high contrast."""
VISIBLE = 1.2


@pytest.fixture(params=THEMES)
def theme(request):
    return theme_named(request.param)


def test_texts_can_be_read(theme):
    least = WELL_READABLE if theme.name == HIGH_CONTRAST else READABLE
    pairs = [
        (ink, paper)
        for ink in ("ink", "faint", "bad", "good")
        for paper in ("window", "panel", "field", "hover", "cap")
    ] + [("accent_ink", "accent")]
    found = {pair: contrast(*(getattr(theme, name) for name in pair)) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least} == {}


def test_edges_of_high_contrast_stand_out_as_much_as_its_texts():
    theme = theme_named(HIGH_CONTRAST)
    edges = (theme.line, theme.cap_line, theme.accent)
    papers = (theme.window, theme.panel, theme.field, theme.cap)
    assert min(contrast(edge, paper) for edge in edges for paper in papers) >= WELL_READABLE


def test_the_place_of_the_keys_can_be_seen(theme):
    """WCAG 2.1, 1.4.11."""
    papers = (theme.window, theme.panel, theme.field)
    assert min(contrast(theme.accent, paper) for paper in papers) >= 3.0


def test_edges_and_signs_can_be_seen(theme):
    assert contrast(theme.accent, theme.field) >= 3.0
    assert contrast(theme.line, theme.panel) >= VISIBLE
    assert contrast(theme.cap_line, theme.panel) >= 1.6


def test_dark_is_dark():
    assert [theme_named(name).is_dark for name in THEMES] == [False, True, True]
    assert system_theme() in THEMES


def test_themes_go_round():
    assert [next_theme(name) for name in THEMES] == [*THEMES[1:], THEMES[0]]


def test_every_theme_has_its_sign_for_choices(theme):
    assert resource("icons", f"chevron-{theme.name}.svg").is_file()
    assert resource("icons", f"chevron-up-{theme.name}.svg").is_file()


def test_the_application_takes_the_colours(qapp, theme):
    apply_theme(qapp, theme, family="Vazirmatn", points=10.0)
    palette = qapp.palette()
    assert palette.color(QPalette.ColorRole.Window) == QColor(theme.window)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == QColor(theme.faint)
    assert qapp.font().family() == "Vazirmatn"
    assert "{" in qapp.styleSheet()
    assert "{{" not in qapp.styleSheet()


def test_a_button_that_does_nothing_now_does_not_look_like_the_one_to_press(qtbot, theme, qapp):
    apply_theme(qapp, theme, family="Vazirmatn", points=10.0)
    button = QPushButton("x")
    qtbot.addWidget(button)
    button.setDefault(True)
    button.show()
    grounds = []
    for is_enabled in (True, False):
        button.setEnabled(is_enabled)
        image = button.grab().toImage()
        grounds.append(image.pixelColor(image.width() // 2, 4).name())
    assert grounds == [QColor(theme.accent).name(), QColor(theme.panel).name()]


@pytest.mark.parametrize("kind", [QListView, QMenu, QMenuBar])
def test_fonts_that_a_system_gives_some_widgets_do_not_show(qapp, qtbot, theme, kind):
    """Windows gives fonts by kinds of widgets, and again whenever its colours change."""
    family = register_fonts().interface
    apply_theme(qapp, theme, family=family, points=10.0)
    qapp.setFont(QFont("Noto Naskh Arabic", 20), kind.__name__)
    widget = kind()
    qtbot.addWidget(widget)
    widget.ensurePolished()
    assert (widget.font().family(), widget.font().pointSize()) == (family, 10)
    apply_theme(qapp, theme, family=family, points=10.0)


def test_the_button_with_the_keys_is_seen_also_where_it_is_the_default(qtbot, theme, qapp):
    apply_theme(qapp, theme, family="Vazirmatn", points=10.0)
    pictures = []
    for has_keys in (True, False):
        box = QDialog()
        qtbot.addWidget(box)
        layout = QVBoxLayout(box)
        buttons = [push_button("x", box) for _ in range(2)]
        for button in buttons:
            layout.addWidget(button)
        buttons[0].setDefault(True)
        box.show()
        box.activateWindow()
        QApplication.processEvents()
        buttons[not has_keys].setFocus()
        pictures.append(buttons[0].grab().toImage())
    for picture, is_ringed in zip(pictures, (True, False), strict=True):
        edge = [picture.pixelColor(picture.width() // 2, y).name() for y in range(4)]
        assert (max(contrast(theme.accent, each) for each in edge[1:]) >= 3.0) is is_ringed


def test_the_signs_of_the_file_dialog_can_be_seen(qtbot, theme, qapp):
    """Where the system has no file dialog of its own, Qt's has black arrows in every theme."""
    apply_theme(qapp, theme, family="Vazirmatn", points=10.0)
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    picture = dialog.findChild(QToolButton, "toParentButton").grab().toImage()
    middle, ground = picture.rect().center(), picture.pixelColor(3, 3).name()
    assert contrast(picture.pixelColor(middle).name(), ground) >= 3.0
