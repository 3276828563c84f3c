"""The bundled fonts, registered once: every measure of the page is taken with them."""

import pytest

from annotator.ui.fonts import FontFamilies, register_fonts


@pytest.fixture(scope="session")
def families(qapp) -> FontFamilies:
    return register_fonts()


@pytest.fixture(autouse=True)
def _fonts(families):
    return families
