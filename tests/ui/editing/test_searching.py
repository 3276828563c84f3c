"""The hits of a search, and the way from one to another."""

import pytest

from annotator.core.span import Span
from annotator.kurdish.segmentation import segment
from annotator.ui.editing.searching import Search, Wanted

TEXT = "ئاو و كاروبار و ئاوی پاک، ئاو"


@pytest.fixture
def search():
    made = Search(TEXT, segment(TEXT))
    made.look_for(Wanted("ئاو"))
    return made


def test_it_begins_with_nothing():
    made = Search(TEXT, segment(TEXT))
    assert (made.wanted.words, made.hits, made.origin) == ("", (), None)
    assert (made.after(0), made.before(99), made.number_of(Span(0, 3))) == (None, None, 0)


def test_hits_after_and_before_an_offset(search):
    first, second, third = search.hits
    assert [search.after(offset) for offset in (0, 1, third.start, third.start + 1)] == [
        first,
        second,
        third,
        None,
    ]
    assert [search.before(offset) for offset in (0, 1, second.start, 99)] == [
        None,
        first,
        first,
        third,
    ]


def test_hits_have_numbers_and_other_spans_none(search):
    assert [search.number_of(hit) for hit in search.hits] == [1, 2, 3]
    second = search.hits[1]
    others = [None, Span(second.start, second.end + 1), Span(1, 3), Span(90, 95)]
    assert [search.number_of(span) for span in others] == [0] * 4


def test_the_same_is_not_looked_for_twice(search, monkeypatch):
    hits = search.hits
    search.look_for(Wanted("ئاو"))
    assert search.hits is hits
    search.look_for(Wanted("ئاو", is_whole=True))
    assert len(search.hits) == 2
    search.look_for(Wanted("  "))
    assert search.hits == ()


@pytest.mark.parametrize(
    ("words", "is_loose"), [("کاروبار", False), ("ئاوي", False), ("کارووبار", True)]
)
def test_encodings_are_always_alike_and_spellings_when_asked(search, words, is_loose):
    search.look_for(Wanted(words, is_loose=is_loose))
    assert len(search.hits) == 1
