"""Hint letters: nothing begins anything else, and the nearest are the shortest."""

import pytest
from hypothesis import given, strategies as st

from annotator.ui.editing.hints import ALPHABET, hint_codes


@given(st.integers(0, 800), st.integers(2, 26))
def test_codes_are_distinct_prefix_free_and_shortest_first(count, letters):
    alphabet = ALPHABET[:letters]
    codes = hint_codes(count, alphabet)
    assert len(codes) == len(set(codes)) == min(count, letters**2)
    assert [len(code) for code in codes] == sorted(len(code) for code in codes)
    begun = {code[:1] for code in codes if len(code) == 2}
    assert begun.isdisjoint(codes)
    assert set("".join(codes)) <= set(alphabet)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, []),
        (3, ["A", "B", "C"]),
        (4, ["A", "B", "CA", "CB"]),
        (5, ["A", "B", "CA", "CB", "CC"]),
        (6, ["A", "BA", "BB", "BC", "CA", "CB"]),
        (10, ["AA", "AB", "AC", "BA", "BB", "BC", "CA", "CB", "CC"]),
    ],
)
def test_as_few_letters_as_needed_are_kept_back(count, expected):
    assert hint_codes(count, "ABC") == expected


def test_the_alphabet_is_every_letter_once():
    assert sorted(ALPHABET) == sorted("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
