"""The bundled fonts are there and have the letters of Sorani."""

import pytest
from PySide6.QtGui import QFont, QRawFont

from annotator.ui.fonts import FontFamilies, register_fonts

LETTERS = "ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ٠١٢٣٤٥٦٧٨٩،؛؟\u0640"


def test_registering_twice_names_the_same_families(qapp):
    assert register_fonts() == register_fonts()
    assert register_fonts() == FontFamilies("Noto Naskh Arabic", "Vazirmatn")


@pytest.mark.parametrize("kind", ["article", "interface"])
def test_every_sorani_letter_has_a_glyph_of_its_own_font(qapp, kind):
    font = QRawFont.fromFont(QFont(getattr(register_fonts(), kind)))
    assert [letter for letter in LETTERS if not font.supportsCharacter(ord(letter))] == []
