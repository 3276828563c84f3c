"""Fonts and page pass here, and a page that is not painted is noticed."""

import pytest
from PySide6.QtCore import QSettings, qInstallMessageHandler
from PySide6.QtGui import QPixmap, QTextLayout
from PySide6.QtWidgets import QWidget

from annotator.foundation.errors import UserError
from annotator.selftest.window_checks import check_fonts, check_page, check_parts
from annotator.ui import font_check, page_check, parts_check


@pytest.fixture(autouse=True)
def _handler_and_settings(qapp):
    """Give back what the hidden application takes for itself."""
    before = qInstallMessageHandler(None)
    qInstallMessageHandler(before)
    yield
    qInstallMessageHandler(before)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "")


def test_the_fonts_join(tmp_path):
    assert check_fonts(tmp_path) == {"families": "Noto Naskh Arabic, Vazirmatn"}


def test_letters_that_stand_alone_are_noticed(tmp_path, monkeypatch):
    """A layout that lays out letter by letter, as a program without shaping would."""

    class Apart(QTextLayout):
        def __init__(self, text, font):
            super().__init__("\u200c".join(text), font)

    monkeypatch.setattr(font_check, "QTextLayout", Apart)
    with pytest.raises(UserError) as caught:
        check_fonts(tmp_path)
    assert caught.value.key == "selftest.fonts"
    assert "Vazirmatn ب" in caught.value.values["faults"]


def test_a_family_that_is_not_there_is_a_fault_by_itself():
    assert list(font_check.shaping_faults("No Such Family")) == ["No Such Family"]


def test_a_letter_that_is_not_there_is_the_box(tmp_path):
    check_fonts(tmp_path)
    assert 0 in font_check.glyphs_of("Vazirmatn", "\u0ba4")
    assert 0 not in font_check.glyphs_of("Vazirmatn", "ڵ")


def test_the_page_is_painted(tmp_path):
    facts = check_page(tmp_path)
    assert (facts["width"], facts["height"]) == page_check.SIZE
    assert facts["qt"] == page_check.qt_version()
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")  # on paper as well


def test_a_blank_page_is_noticed(tmp_path, monkeypatch):
    def blank(window):
        picture = QPixmap(*page_check.SIZE)
        picture.fill("white")
        return picture

    monkeypatch.setattr(QWidget, "grab", blank)
    with pytest.raises(UserError) as caught:
        check_page(tmp_path)
    assert (caught.value.key, caught.value.values) == ("selftest.blank", {"colours": 1})


def test_parts_are_there(tmp_path):
    assert check_parts(tmp_path) == {}


def test_parts_that_are_not_there_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(parts_check, "absent_parts", lambda: iter(("nishan.svg", "lexicons")))
    with pytest.raises(UserError) as caught:
        check_parts(tmp_path)
    assert caught.value.values == {"absent": "nishan.svg, lexicons"}
