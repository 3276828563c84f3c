import hypothesis.strategies as st
import pytest
from hypothesis import given

from annotator.core.span import Span
from annotator.kurdish.graphemes import is_grapheme_boundary, orphans_joiner, torn_offsets
from tests.kurdish.texts import any_texts

# Each text is cut at every grapheme boundary.
CLUSTERS = {
    "letters": ["ک", "و", "ر"],
    "vowel marks": ["کُ", "ر\u0651\u064e", "د"],
    "combining hamza": ["ی\u0654", "a\u0301"],
    "variation selector": ["❤\ufe0f", "x"],
    "crlf": ["a", "\r\n", "\u064e", "b"],
    "line feed and return": ["\n", "\r"],
    "mark after a separator": ["\u2028", "\u0301"],
    "flags": ["🇮🇶", "🇹🇷", "🇮", "x"],
    "odd flags": ["🇮🇶", "🇹"],
    "skin tone": ["👍🏽", "👍"],
    "joined emoji": ["👩🏽\u200d👧", "👧"],
    "heart in a joined emoji": ["👩\u200d❤\ufe0f\u200d👩", "x"],
    "joiner without a picture before": ["ه\u200d", "👧"],
    "joiner without a picture after": ["👩\u200d", "ه"],
    "joiner first": ["\u200d", "👧"],
    "regional flag": ["🏴\U000e0067\U000e007f", "x"],
    "zwnj and tatweel stand alone": ["ه", "\u200c", "ر", "ـ", "ک"],
}


@pytest.mark.parametrize("clusters", CLUSTERS.values(), ids=CLUSTERS)
def test_text_is_cut_between_clusters_only(clusters):
    text = "".join(clusters)
    edges, offset = {0}, 0
    for cluster in clusters:
        offset += len(cluster)
        edges.add(offset)
    assert {at for at in range(len(text) + 1) if is_grapheme_boundary(text, at)} == edges


def test_there_is_no_boundary_outside_the_text():
    assert [is_grapheme_boundary("ab", at) for at in (-1, 0, 2, 3)] == [False, True, True, False]
    assert is_grapheme_boundary("", 0)


# The span is what stands between the bars.
ORPHANS = {
    "word": ("|کورد|", False),
    "word in text": ("لە |کورد| هات", False),
    "ends with zwnj": ("|لە\u200c|گەڵ", True),
    "begins with zwnj": ("لە|\u200cگەڵ|", True),
    "zwnj left outside": ("|کوردستان|\u200cیش", False),
    "only a joiner": ("کورد|\u200c|", True),
    "heh with its zwnj": ("|مه\u200c|ڕ", False),
    "heh with its zwj": ("|ه\u200d|", False),
    "heh without its zwnj": ("|مه|\u200cڕ", True),
    "heh alone": ("|مه| ڕ", False),
    "heh at the end": ("|مه|", False),
    "suffix with tatweel": ("١٧ |ـیەم|", False),
    "suffix glued to digits": ("٢٦|ـی|", False),
    "tatweel after a letter outside": ("کورد|ـی|", True),
    "tatweel before a letter outside": ("|کوردـ|ی", True),
    "tatweel closing a word": ("|هـ| ١٤٤٥", False),
    "tatweel at the end": ("|هـ|", False),
}


@pytest.mark.parametrize(("marked", "is_orphaned"), ORPHANS.values(), ids=ORPHANS)
def test_joiners_are_orphaned_at_edges(marked, is_orphaned):
    before, inside, after = marked.split("|")
    span = Span(len(before), len(before) + len(inside))
    assert orphans_joiner(before + inside + after, span) is is_orphaned


@given(any_texts.filter(bool), st.data())
def test_any_text_can_be_asked(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert orphans_joiner(text, Span(start, end)) in (True, False)
    assert is_grapheme_boundary(text, start) in (True, False)


@given(any_texts)
def test_torn_offsets_are_all_that_are_no_boundaries(text):
    expected = {at for at in range(len(text) + 1) if not is_grapheme_boundary(text, at)}
    assert torn_offsets(text) == expected
