"""Sentences by key, in two languages and on terminals."""

import json
import time
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from annotator.foundation import catalogue as module
from annotator.foundation.catalogue import (
    Catalogue,
    for_terminal,
    isolated,
    load_catalogue,
    preferred_language,
    without_isolates,
)
from annotator.foundation.errors import Defect, UserError
from annotator.workbench.clock import local_time

TEXTS = MappingProxyType({"a.plain": "Done.", "a.count": "{count} of {name}", "a.brace": "{{x}}"})
ENGLISH, SORANI = Catalogue("en", TEXTS), Catalogue("ckb", TEXTS)


def test_fields_are_filled_and_texts_isolated():
    assert ENGLISH.text("a.count", count=12, name="x") == "12 of \u2068x\u2069"
    assert SORANI.text("a.count", count=12, name=True) == "١٢ of \u2068True\u2069"
    assert (
        ENGLISH.text("a.count", count="{name}", name="y") == "\u2068{name}\u2069 of \u2068y\u2069"
    )
    assert (ENGLISH.text("a.plain"), ENGLISH.text("a.brace")) == ("Done.", "{x}")


def test_names_are_listed_as_the_language_lists_them():
    names = ("a", "کار")
    listed = "\u2068a\u2069{}\u2068کار\u2069"
    assert ENGLISH.text("a.count", count=2, name=names) == f"2 of {listed.format(', ')}"
    assert SORANI.text("a.count", count=2, name=names) == f"٢ of {listed.format('، ')}"


@pytest.mark.parametrize(
    ("key", "values", "sentence"),
    [
        ("a.nothing", {}, "defect.message_missing"),
        ("a.count", {"count": 1}, "defect.message_field"),
        ("a.count", {}, "defect.message_field"),
    ],
)
def test_what_is_missing_is_our_fault(key, values, sentence):
    with pytest.raises(Defect) as defect:
        ENGLISH.text(key, **values)
    assert defect.value.key == sentence


def test_an_error_tells_itself():
    assert ENGLISH.error(UserError("a.count", count=1, name=2)) == "1 of 2"
    assert (SORANI.number(-10), ENGLISH.number(7)) == ("-١٠", "7")
    assert (SORANI.is_right_to_left, ENGLISH.is_right_to_left) == (True, False)
    assert "a.plain" in ENGLISH
    assert "a.other" not in ENGLISH


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"NISHAN_LANGUAGE": "ckb", "LANG": "en_GB"}, "ckb"),
        ({"NISHAN_LANGUAGE": "xx", "LANG": "ckb_IQ.UTF-8"}, "ckb"),
        ({"LC_ALL": "C", "LANG": "ckb_IQ"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "ku_IQ"}, "ckb"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_the_language_is_that_of_the_system_or_as_asked(environment, language):
    assert preferred_language(environment) == language


def test_the_environment_is_asked_when_none_is_given(monkeypatch):
    monkeypatch.setenv("NISHAN_LANGUAGE", "ckb")
    assert preferred_language() == "ckb"


def test_both_languages_can_be_loaded():
    assert load_catalogue("en").texts.keys() == load_catalogue("ckb").texts.keys()


def test_a_sentence_that_is_there_twice_is_our_fault(tmp_path, monkeypatch):
    for topic in ("one", "two"):
        (tmp_path / f"{topic}.json").write_text(json.dumps({"a.b": "x"}))
    monkeypatch.setattr(module, "resource", lambda *_: tmp_path)
    with pytest.raises(Defect) as defect:
        list(load_catalogue("en").texts)
    assert defect.value.key == "defect.message_twice"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\u2068a\u2069 b", "a b"),
        ("a\nb\r\tc", "a<U+000A>b<U+000D><U+0009>c"),
        ("\x1b[2J\x9b1m\x7f", "<U+001B>[2J<U+009B>1m<U+007F>"),
        ("\u202etxt.exe\u2066", "<U+202E>txt.exe<U+2066>"),
        ("\udcff\u2028", "<U+DCFF><U+2028>"),
        ("می\u200cخوا 😀", "می\u200cخوا 😀"),
    ],
)
def test_a_terminal_gets_one_line_that_steers_nothing(text, plain):
    assert for_terminal(text) == plain


def test_only_isolates_go_from_a_text_that_is_saved():
    assert without_isolates("\u2068a\u2069\n\u202eb") == "a\n\u202eb"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.txt", "a.txt"),
        ("a\u202egpj.exe", "a<U+202E>gpj.exe"),
        ("a\u2069\u202eb", "a<U+2069><U+202E>b"),
        ("\u2068a", "<U+2068>a"),
        ("\u2067a\u2069", "<U+2067>a<U+2069>"),
        ("\u202ba\u202c", "<U+202B>a<U+202C>"),
        ("x \u2068a \u2068b\u2069\u2069", "x \u2068a \u2068b\u2069\u2069"),  # sentences of our own
        ("\u2068a\u2069\u2068b", "\u2068a\u2069<U+2068>b"),
        ("می\u200cخوا\u200f", "می\u200cخوا\u200f"),
    ],
)
def test_a_name_neither_leaves_its_isolate_nor_hides_its_ending(name, shown):
    assert isolated(name) == f"\u2068{shown}\u2069"
    assert ENGLISH.text("a.count", count=1, name=name) == f"1 of \u2068{shown}\u2069"


@pytest.fixture
def baghdad(monkeypatch):
    """The clock of the wall in Iraq."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone of a process can be changed on POSIX only")
    monkeypatch.setenv("TZ", "<+03>-3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_moment_is_told_in_the_time_of_the_place(baghdad):
    moment = datetime(2026, 11, 25, 22, 5, tzinfo=UTC)
    english, sorani = load_catalogue("en"), load_catalogue("ckb")
    assert english.moment(moment) == "2026-11-26 01:05"
    assert sorani.moment(moment) == "٢٠٢٦-١١-٢٦ ٠١:٠٥"
    assert (english.time_of_day(moment), sorani.time_of_day(moment)) == ("01:05", "٠١:٠٥")


@pytest.mark.parametrize("language", ["ckb", "en"])
def test_sentences_and_lists_tell_moments_alike(language):
    moment = datetime(2026, 11, 25, 22, 5, tzinfo=UTC)
    catalogue = load_catalogue(language)
    said = catalogue.text("store.locked", **OWNER, since=moment)
    assert isolated(local_time(catalogue, moment)) in said


OWNER = {"name": "p.nishan", "user": "x", "host": "y"}
