"""Texts are read file by file, until one has what is asked for."""

import json

import pytest

from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.foundation.errors import Defect
from annotator.foundation.late_texts import FIRST, LateTexts
from annotator.ui.i18n import apply_language


@pytest.fixture
def folder(tmp_path):
    for number, name in enumerate((*FIRST, "b.json", "a.json")):
        (tmp_path / name).write_text(json.dumps({f"text.{number}": name}), encoding="utf-8")
    return tmp_path


def test_every_text_is_found(folder):
    texts = LateTexts(folder)
    assert texts["text.2"] == "b.json"
    assert dict(texts) == {f"text.{n}": name for n, name in enumerate((*FIRST, "b.json", "a.json"))}
    assert len(texts) == 4


def test_what_is_not_asked_for_is_not_read(folder):
    texts = LateTexts(folder)
    (folder / "a.json").write_text("no JSON", encoding="utf-8")
    assert texts["text.1"] == FIRST[1]
    assert "text.0" in texts


def test_what_no_file_has_is_missing(folder):
    texts = LateTexts(folder)
    assert texts.get("text.9") is None
    assert texts.get("text.9", "else") == "else"
    assert "text.9" not in texts
    with pytest.raises(KeyError):
        texts["text.9"]


def test_a_text_that_two_files_have_is_our_fault(folder):
    (folder / "a.json").write_text('{"text.0": "again"}', encoding="utf-8")
    texts = LateTexts(folder)
    assert texts["text.0"] == FIRST[0]
    with pytest.raises(Defect) as defect:
        list(texts)
    assert defect.value.key == "defect.message_twice"


def test_without_the_first_files_the_others_are_read(folder):
    for name in FIRST:
        (folder / name).unlink()
    assert set(LateTexts(folder)) == {"text.2", "text.3"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_dressing_a_window_asks_for_no_text_of_a_later_file(language, qapp, monkeypatch):
    read = []
    reading = LateTexts._read_on
    monkeypatch.setattr(LateTexts, "_read_on", lambda texts: read.append(1) or reading(texts))
    apply_language(qapp, load_catalogue(language))
    assert len(read) <= len(FIRST)
    apply_language(qapp, load_catalogue("en"))
