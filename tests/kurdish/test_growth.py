"""What a selection grows to, step by step."""

from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.kurdish.growth import growth_ladder
from annotator.kurdish.segmentation import segment
from tests.kurdish.test_speed import MOST, ratio
from tests.kurdish.texts import any_texts, span_of

STATEMENT = "وەزیر ڕایگەیاند، سبەی دەچن."
QUOTED = 'گوتی: "ئێمە ئامادەین، کات کەمە. دێین" و ڕۆیشت.'
TITLE = 'کتێبی "گوڵ؛ بەهار" و فیلمەکە، هەردووکیان.'
NESTED = "گوتی «ئەو «نا» ی گوت» و چوو."
LADDERS = {
    "part of a word": (STATEMENT, "گەیا", ["ڕایگەیاند", "وەزیر ڕایگەیاند", STATEMENT]),
    "clause without its full stop": (STATEMENT, "دەچن", ["سبەی دەچن", STATEMENT]),
    "clause mark alone": (STATEMENT, "،", [STATEMENT[:-1], STATEMENT]),
    "full stop alone": (STATEMENT, ".", [STATEMENT]),
    "across a clause mark": (
        STATEMENT,
        "ڕایگەیاند، سبەی",
        [STATEMENT[:-1], STATEMENT],
    ),
    "date and weekday": (
        "لە ڕۆژی سێشەممە ٢٢ - ٩ - ٢٠٢٠ دا، هات.",
        "٩",
        [
            "٢٢ - ٩ - ٢٠٢٠",
            "سێشەممە ٢٢ - ٩ - ٢٠٢٠",
            "ڕۆژی سێشەممە ٢٢ - ٩ - ٢٠٢٠",
            "لە ڕۆژی سێشەممە ٢٢ - ٩ - ٢٠٢٠ دا",
            "لە ڕۆژی سێشەممە ٢٢ - ٩ - ٢٠٢٠ دا، هات.",
        ],
    ),
    "ordinal": ("کۆنگرەی ١٧ ـیەم.", "١٧", ["١٧ ـیەم", "کۆنگرەی ١٧ ـیەم", "کۆنگرەی ١٧ ـیەم."]),
    "inside a quotation of two sentences": (
        QUOTED,
        "ئامادەین",
        [
            "ئێمە ئامادەین",
            "ئێمە ئامادەین، کات کەمە.",
            "ئێمە ئامادەین، کات کەمە. دێین",
            '"ئێمە ئامادەین، کات کەمە. دێین" و ڕۆیشت',
            QUOTED,
        ],
    ),
    "what is quoted beside it is one piece": (
        TITLE,
        "فیلمەکە",
        ['کتێبی "گوڵ؛ بەهار" و فیلمەکە', TITLE],
    ),
    "nested quotations": (
        NESTED,
        "نا",
        ["ئەو «نا» ی گوت", NESTED[:-1], NESTED],
    ),
    "paragraph of several sentences": (
        "یەک هات. دوو هات.\nسێ هات.",
        "یەک",
        ["یەک هات", "یەک هات.", "یەک هات. دوو هات."],
    ),
    "two paragraphs": ("یەک.\nدوو.\nسێ.", "ک.\nد", ["یەک.\nدوو", "یەک.\nدوو."]),
    "a space": ("یەک دوو.", " ", ["یەک دوو", "یەک دوو."]),
    "nothing but spaces": ("یەک.\n   \nدوو.", "   ", []),
    "everything": ("یەک.", "یەک.", []),
}


@pytest.mark.parametrize(("text", "start", "steps"), LADDERS.values(), ids=LADDERS)
def test_ladder(text, start, steps):
    ladder = growth_ladder(text, segment(text), span_of(text, start))
    assert [one.of(text) for one in ladder] == steps


def test_a_text_without_segmentation_has_no_steps():
    assert growth_ladder("یەک دوو.", Segmentation((), (), ()), Span(1, 2)) == ()


def test_only_words_are_known_where_there_are_no_sentences():
    tokens = (Span(0, 3), Span(4, 7))
    paragraph = Segmentation(tokens, (), (Span(0, 8),))
    assert growth_ladder("یەک دوو.", paragraph, Span(1, 2)) == (Span(0, 3), Span(0, 8))


sentences = st.lists(
    st.sampled_from([*'«»"،؛:.؟\n', " ", "یەک ", "٢٢ - ٩ - ٢٠٢٠ ", "١٧ ـیەم", "سێشەممە "]),
    min_size=1,
    max_size=24,
).map("".join)


@given(sentences | any_texts.filter(bool), st.data())
def test_the_ladder_grows_strictly_and_ends_with_the_paragraph(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    whole = segment(text)
    ladder = (span, *growth_ladder(text, whole, span))
    assert all(b.contains(a) and a != b for a, b in pairwise(ladder))
    assert ladder[-1].end <= len(text)
    touched = [one for one in whole.paragraphs if one.overlaps(span)]
    if touched and touched[0].start <= span.start and span.end <= touched[-1].end:
        assert ladder[-1].contains(Span(touched[0].start, touched[-1].end))


@given(sentences | any_texts.filter(bool), st.data())
def test_growing_on_from_a_step_reaches_the_same_steps(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    whole = segment(text)
    ladder = growth_ladder(text, whole, Span(start, start + 1))
    for place, step in enumerate(ladder):
        assert set(ladder[place + 1 :]) <= set(growth_ladder(text, whole, step))


@pytest.mark.parametrize("run", ["ا ", "،", "«", '" ', "1 - ", "ا. ", "\n"])
def test_runs_are_linear(run):
    def work(length):
        text = (run * length)[:length]
        growth_ladder(text, segment(text), Span(length // 2, length // 2 + 1))

    assert ratio(work) < MOST
