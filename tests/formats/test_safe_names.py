"""Names become ids that are safe everywhere, stable, and different for different names."""

import re
import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import given

from annotator.formats.safe_names import file_name, file_stem, safe_id

UNCHANGED = ["000_69530e917d6fc09d", "a", "A-b_c.1", "x" * 128, "...a", "-"]


@pytest.mark.parametrize("name", UNCHANGED)
def test_a_safe_name_is_its_own_id(name):
    assert safe_id(name) == name


SPELLED = {
    "هەواڵی کوردستان": "hewally-kwrdstan-",
    "ڕووداو ١٢": "rrwwdaw-12-",
    "a b": "a-b-",
    "../../etc/passwd": "etc-passwd-",
    "رێبوار\u200cئازاد": "rebwar-azad-",
    "Café": "Cafe-",
    "x" * 129: "x" * 119 + "-",
}


@pytest.mark.parametrize(("name", "start"), SPELLED.items())
def test_other_names_are_spelled_in_latin_with_a_hash(name, start):
    assert re.fullmatch(re.escape(start) + "[0-9a-f]{8}", safe_id(name))


@pytest.mark.parametrize("name", ["", ".", "..", "😀", "،؛", "\udcff"])
def test_a_name_without_letters_is_its_hash(name):
    assert re.fullmatch("[0-9a-f]{8}", safe_id(name))


def test_a_name_taken_apart_by_a_file_system_gives_the_same_id():
    name = "ئازادێ"
    assert unicodedata.normalize("NFD", name) != name
    assert safe_id(unicodedata.normalize("NFD", name)) == safe_id(name)


@given(st.text())
def test_every_name_gives_a_lawful_id(name):
    identifier = safe_id(name)
    assert re.fullmatch(r"[A-Za-z0-9_.-]{1,128}", identifier, re.ASCII)
    assert safe_id(identifier) == identifier
    assert identifier.strip(".")


def test_the_names_in_a_path():
    assert file_name("C:\\data/هەواڵ.txt") == "هەواڵ.txt"
    assert file_name("a\udcff.txt") == "a\\udcff.txt"
    assert file_stem("x/y.z.txt") == "y.z"
    assert file_stem("x/.hidden") == ".hidden"
    assert file_stem("plain") == "plain"
