"""When a CAS is taken to count characters, and when not."""

import pytest

from annotator.formats.cas_counting import counts_characters

TEXT = "😀 ab cd (ef) gh"
WORDS = [(2, 4), (5, 7), (13, 15)]


@pytest.mark.parametrize(
    ("places", "is_shown"),
    [
        (WORDS, True),
        (WORDS[:1], False),
        ([(one + 1, other + 1) for one, other in WORDS], False),
        ([(0, 0), (0, 0)], False),
        ([*WORDS, (2, 3)], False),
    ],
    ids=["words", "one alone", "as they should be", "nowhere", "inside of a word"],
)
def test_places_show_it_where_all_are_clean_so_and_most_are_not_otherwise(places, is_shown):
    assert counts_characters(TEXT, places) is is_shown


def test_places_that_are_clean_in_both_ways_show_nothing():
    assert not counts_characters("😀 (((((( ab", [(3, 4), (4, 5), (5, 6)])
