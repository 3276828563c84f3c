import re
import unicodedata

import pytest

from annotator.kurdish import characters
from annotator.kurdish.characters import (
    closing_marks,
    digit_value,
    is_invisible,
    is_joiner,
    is_letter,
    is_mark,
    is_variation_selector,
    opening_marks,
)


@pytest.mark.parametrize("digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_digits_of_three_scripts_have_values(digits):
    assert [digit_value(digit) for digit in digits] == list(range(10))


@pytest.mark.parametrize("ch", ["ا", "x", "½", "०", " "])
def test_other_characters_are_no_digits(ch):
    assert digit_value(ch) is None


def test_letters_are_letters_but_the_tatweel_is_none():
    assert all(is_letter(ch) for ch in characters.SORANI_LETTERS)
    assert is_letter("q")
    assert not any(is_letter(ch) for ch in "ـ٢-\u200c\u064e ")


def test_look_alikes_are_foreign_letters_for_sorani_ones():
    assert characters.LOOK_ALIKES.keys().isdisjoint(characters.SORANI_LETTERS)
    assert set(characters.LOOK_ALIKES.values()) <= characters.SORANI_LETTERS


def test_joiners():
    assert [ch for ch in "a\u200c\u200dـ\u200e " if is_joiner(ch)] == ["\u200c", "\u200d", "ـ"]


@pytest.mark.parametrize("ch", list("\u200c\u200d\u200e\u202b\u2068\ufeff\u00ad\u2060\ufe0f\u3164"))
def test_invisible_characters(ch):
    assert is_invisible(ch)


@pytest.mark.parametrize("ch", list("aه ـ\u00a0\n\u064e\u0600\u06dd\u00ac"))
def test_visible_characters_and_spaces_are_not_invisible(ch):
    assert not is_invisible(ch)


def test_variation_selectors():
    assert is_variation_selector("\ufe0f")
    assert is_variation_selector("\U000e0101")
    assert not is_variation_selector("\u200d")


def test_quotation_marks_open_and_close():
    assert opening_marks == frozenset("«“„‹‘\"'")
    assert closing_marks == frozenset("»”‟“›’\"'")


def test_mark_ranges_hold_every_mark_and_nothing_else():
    pattern = re.compile(f"[{characters.mark_ranges()}]")
    everything = (chr(code) for code in range(0x110000))
    wrong = [ch for ch in everything if is_mark(ch) != bool(pattern.match(ch))]
    assert [f"{ord(ch):04X} {unicodedata.name(ch, '')}" for ch in wrong] == []


def test_common_mark_ranges_hold_every_mark_among_common_characters():
    pattern = re.compile(f"[{characters.common_mark_ranges()}]")
    common = re.compile(f"[{characters.COMMON_CHARACTERS}]")
    everything = (chr(code) for code in range(0x110000))
    wrong = [
        ch for ch in filter(common.match, everything) if is_mark(ch) != bool(pattern.match(ch))
    ]
    assert wrong == []
    assert all(common.match(ch) for ch in "aەئ\u0301\u200c«…،\u2069")
    assert not any(common.match(ch) for ch in "\u0900\u2070\ufeff\ufe0f😀")
