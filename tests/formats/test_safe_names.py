"""Names become ids that are safe everywhere, stable, and different for different names."""

import re
import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import given

from annotator.formats.safe_names import (
    MAX_FILE_NAME,
    file_name,
    file_stem,
    safe_file_name,
    safe_id,
)

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


DEVICES = ["CON", "prn", "Aux", "nul", "COM1", "lpt9", "con.txt", "nul.tar.gz"]
ids = st.from_regex(r"[A-Za-z0-9_.-]{1,128}", fullmatch=True) | st.sampled_from(DEVICES)
suffixes = st.sampled_from([".pdf", ".jsonl", ".tsv", ""])


@given(ids, suffixes)
def test_every_id_gives_a_name_that_every_file_system_can_have(identifier, suffix):
    name = safe_file_name(identifier, suffix)
    assert len(name.encode()) <= MAX_FILE_NAME
    assert name.endswith(suffix)
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", name, re.ASCII)
    assert not name.endswith((".", "-", " "))
    assert name.split(".")[0].lower() not in {d.lower() for d in DEVICES}
    assert unicodedata.normalize("NFC", name) == unicodedata.normalize("NFD", name)


@given(st.lists(ids, unique_by=str.lower, max_size=30), suffixes)
def test_ids_that_a_project_tells_apart_give_names_that_a_file_system_tells_apart(found, suffix):
    names = [safe_file_name(identifier, suffix).lower() for identifier in found]
    assert len(set(names)) == len(found)


@given(st.text(), suffixes)
def test_no_name_leads_out_of_its_folder(name, suffix):
    made = safe_file_name(name, suffix)
    assert not set(made) & set('/\\:*?"<>|\0\n')
    assert made.strip(".")


@pytest.mark.parametrize("identifier", ["a", "A-b_c.1", "x" * 96])
def test_a_name_that_fits_stays(identifier):
    assert safe_file_name(identifier, ".pdf") == f"{identifier}.pdf"


@pytest.mark.parametrize("identifier", ["nul.txt", "CON", "a.", "-rf", ".hidden", "x" * 97, "../x"])
def test_a_name_that_does_not_fit_gets_a_hash(identifier):
    made = safe_file_name(identifier, ".pdf")
    assert re.fullmatch(r"[A-Za-z0-9_]+-[0-9a-f]{8}(\.txt)?\.pdf", made)


@given(
    st.lists(st.text(min_size=1, max_size=20), unique_by=lambda t: unicodedata.normalize("NFC", t))
)
def test_different_names_give_different_ids(names):
    """But for case and the composition of letters, which file systems change on their own."""
    made = {}
    for name in names:
        made.setdefault(safe_id(name), []).append(unicodedata.normalize("NFC", name))
    assert [clash for clash in made.values() if len(clash) > 1] == []
