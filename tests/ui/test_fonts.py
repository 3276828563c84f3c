"""The bundled fonts are there and have the letters of Sorani."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from annotator.foundation.catalogue import load_catalogue
from annotator.foundation.errors import Defect
from annotator.ui.fonts import FontFamilies, register_fonts

LETTERS = "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ٠١٢٣٤٥٦٧٨٩،؛؟\u0640"


def test_registering_twice_names_the_same_families(qapp):
    assert register_fonts() == register_fonts()
    assert register_fonts() == FontFamilies("Noto Naskh Arabic", "Vazirmatn")


@pytest.mark.parametrize("kind", ["article", "interface"])
def test_every_sorani_letter_has_a_glyph_of_its_own_font(qapp, kind):
    font = QRawFont.fromFont(QFont(getattr(register_fonts(), kind)))
    assert [letter for letter in LETTERS if not font.supportsCharacter(ord(letter))] == []


def test_a_file_that_is_no_font_is_a_defect(qapp, monkeypatch, tmp_path):
    broken = tmp_path / "NotoNaskhArabic-Regular.ttf"
    broken.write_bytes(b"not a font")
    monkeypatch.setattr("annotator.ui.fonts.resource", lambda *_: broken)
    with pytest.raises(Defect) as caught:
        register_fonts()
    assert caught.value.values == {"path": "NotoNaskhArabic-Regular.ttf"}
    assert caught.value.key in load_catalogue("ckb")


def test_a_file_that_is_missing_is_a_defect(qapp, monkeypatch, tmp_path):
    monkeypatch.setattr("annotator.ui.fonts.resource", lambda *_: tmp_path / "gone.ttf")
    with pytest.raises(Defect) as caught:
        register_fonts()
    assert caught.value.values == {"path": "gone.ttf"}


def test_qt_opens_no_path_itself(qapp, monkeypatch):
    # On Windows without a screen it opens none with letters of Kurdish.
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", lambda _: -1)
    assert register_fonts() == FontFamilies("Noto Naskh Arabic", "Vazirmatn")
