import hypothesis.strategies as st
import pytest
from hypothesis import given

from annotator.core.span import Span
from annotator.kurdish.quotation import Quotation, find_quotations, quotation_at
from annotator.kurdish.sentences import split_paragraphs
from tests.kurdish.texts import any_texts, span_of


def quotations(text):
    return find_quotations(text, split_paragraphs(text))


CASES = {
    "none": ("گوتی باشە", []),
    "straight": ('گوتی "باشە" و "نا".', ["باشە", "نا"]),
    "straight with a spaced closing mark": ('گوتی "باشە " و " نا "', ["باشە", "نا"]),
    "straight odd": ('"باشە" و " نا', ["باشە"]),
    "parity in each paragraph": ('ئا " با.\n"دا" و', ["دا"]),
    "guillemets": ("«باشە»", ["باشە"]),
    "curly": ("“باشە”", ["باشە"]),
    "low and high": ("„باشە” „نا‟ „دا“", ["باشە", "نا", "دا"]),
    "only right marks": ("”باشە” و ”نا”", ["باشە", "نا"]),
    "single guillemets": ("‹باشە›", ["باشە"]),
    "double brackets": ("((باشە)) (نا)", ["باشە"]),
    "single straight": ("'باشە' و don't", ["باشە"]),
    "single curly": ("‘باشە’ و don’t", ["باشە"]),
    "nested kinds": ('«ئەو گوتی "باشە" و چوو»', ['ئەو گوتی "باشە" و چوو', "باشە"]),
    "nested same kind": ("«ئا «با» دا»", ["ئا «با» دا", "با"]),
    "crossing": ('«ئا "با» دا"', ['ئا "با']),
    "side by side": ("«ئا»«با»", ["ئا", "با"]),
    "empty": ('"" « » ئا', []),
    "closing first": ("»ئا« باشە›", []),
    "across paragraphs": ("«ئا\nبا»", []),
}


@pytest.mark.parametrize(("text", "contents"), CASES.values(), ids=CASES)
def test_quotations(text, contents):
    assert [one.content.of(text) for one in quotations(text)] == contents


def test_marks_are_spans_of_their_own():
    text = "گوتی (( باشە))."
    assert quotations(text) == (
        Quotation(content=Span(8, 12), opening=Span(5, 7), closing=Span(12, 14)),
    )
    assert quotations(text)[0].whole == Span(5, 14)


def test_the_innermost_quotation_is_found():
    text = '«ئەو گوتی "باشە" و چوو» هات'
    outer, inner = quotations(text)
    found = {at: quotation_at((outer, inner), at) for at in range(len(text) + 1)}
    assert {at for at, one in found.items() if one == inner} == set(range(10, 16))
    assert {at for at, one in found.items() if one == outer} == {*range(10), *range(16, 23)}
    assert quotation_at((), 0) is None


@given(any_texts)
def test_quotations_stand_between_their_marks_and_never_cross(text):
    found = quotations(text)
    for one in found:
        assert one.opening.end <= one.content.start < one.content.end <= one.closing.start
        assert one.content.of(text) == one.content.of(text).strip()
    assert not any(left.whole.crosses(right.whole) for left in found for right in found)


@given(st.lists(st.sampled_from(["ئا", '"با"', "«دا»", " "])))
def test_every_closed_pair_is_found(parts):
    text = " ".join(parts)
    assert len(quotations(text)) == sum(part not in ("ئا", " ") for part in parts)


def test_the_seed_articles_have_eleven_pairs(articles):
    found = [
        [(one.opening.start, one.closing.end) for one in quotations(article)]
        for article in articles
    ]
    assert found == [
        [(457, 607), (1566, 1718)],
        [(214, 345), (1028, 1134), (2045, 2062)],
        [(92, 108), (441, 452), (742, 765), (1316, 1333), (1699, 1752), (2615, 2725)],
    ]
    assert span_of(articles[2], '"', nth=12) == Span(2724, 2725)
