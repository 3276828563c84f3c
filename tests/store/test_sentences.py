"""Every error of the store has its sentence in both languages, and no sentence is left over."""

import re
from pathlib import Path
from string import Formatter

import pytest

import annotator.store
from annotator.foundation.catalogue import load_catalogue

KEY = re.compile(r'"(store\.[a-z_]+)"')


def raised():
    folder = Path(annotator.store.__file__).parent
    sources = (path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    return {key for source in sources for key in KEY.findall(source)}


@pytest.mark.parametrize("language", ["en", "ckb"])
def test_the_catalogue_holds_what_is_raised(language):
    texts = load_catalogue(language).texts
    assert {key for key in texts if key.startswith("store.")} == raised()


def test_both_languages_fill_the_same_fields():
    en, ckb = load_catalogue("en").texts, load_catalogue("ckb").texts
    for key in raised():
        assert fields(en[key]) == fields(ckb[key]), key


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}
