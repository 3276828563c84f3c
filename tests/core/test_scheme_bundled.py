"""A scheme that we ship, read in one go, is the scheme that the careful reading finds."""

import pytest

from annotator.core.scheme_bundled import bundled_scheme
from annotator.foundation.paths import resource
from annotator.workbench.schemes import scheme_from_text

BUNDLED = {path.stem: path for path in sorted(resource("schemes").glob("*.json"))}


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_schemes_are_read_alike(name):
    text = BUNDLED[name].read_text(encoding="utf-8")
    scheme = scheme_from_text(text)
    assert bundled_scheme(text) == scheme
    assert repr(bundled_scheme(text)) == repr(scheme)  # the kinds of values too


def test_they_are_found():
    assert "ckb-news" in BUNDLED
