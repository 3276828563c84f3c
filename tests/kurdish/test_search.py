"""What is found in a text, and where its hits begin and end."""

import time

import hypothesis.strategies as st
import pytest
from hypothesis import given

from annotator.core.span import Span
from annotator.kurdish.clitics import clitic_ladder
from annotator.kurdish.graphemes import is_grapheme_boundary
from annotator.kurdish.normalize import FoldLevel, fold, fold_text
from annotator.kurdish.search import SearchIndex, find_all
from annotator.kurdish.tokens import tokenize
from tests.kurdish.texts import any_texts, awkward_texts, surfaces

STRICT, LOOSE = FoldLevel.ENCODING, FoldLevel.ORTHOGRAPHIC
small_texts = st.text(alphabet="ابوویی ه\u200c\u064eـ…. دا", max_size=24)
haystacks = awkward_texts | any_texts | small_texts
needles = st.text(alphabet="ابویهە .…دا\u064e👧", min_size=1, max_size=3) | awkward_texts.filter(
    bool
)

FOUND = {
    "arabic letters": ("كوردي و کوردی", "کوردی", ["كوردي", "کوردی"]),
    "three digit scripts": ("٢٠ ۲۰ 20", "20", ["٢٠", "۲۰", "20"]),
    "old spelling of the needle": ("بەهار", "به\u200cهار", ["بەهار"]),
    "old spelling of the text": ("به\u200cهار", "بەهار", ["به\u200cهار"]),
    "tatweel": ("کوردســتان", "کوردستان", ["کوردســتان"]),
    "double space": ("هەرێمی  کوردستان", "هەرێمی کوردستان", ["هەرێمی  کوردستان"]),
    "no-break space": ("هەرێمی\u00a0کوردستان", "هەرێمی کوردستان", ["هەرێمی\u00a0کوردستان"]),
    "line break": ("هەرێمی\nکوردستان", "هەرێمی \t کوردستان", ["هەرێمی\nکوردستان"]),
    "spaces at the edges": ("لە شار.", "  شار ", ["شار"]),
    "inside a word": ("کوردستانیش", "ستان", ["ستان"]),
    "no overlaps": ("اااا", "اا", ["اا", "اا"]),
    "mark on the last letter": ("عێراقِدا", "عێراق", ["عێراقِ"]),
    "an ellipsis is one": ("بوو…", ".", ["…"]),
    "h before a letter": ("دهۆک", "ده", ["ده"]),
    "h or e at the end of a word": ("شاه", "شاە", ["شاه"]),
    "half an emoji": ("👩\u200d👧", "👧", []),
    "without its skin tone": ("👧🏽 👧", "👧", ["👧"]),
    "spelling variants": ("سوریا", "سووریا", []),
    "nothing": ("شار", "", []),
    "spaces": ("لە شار", " \n", []),
    "what the fold drops": ("کورد\u200cستان", "\u200c", []),
}


@pytest.mark.parametrize(("text", "needle", "expected"), FOUND.values(), ids=FOUND)
def test_hits(text, needle, expected):
    assert surfaces(text, find_all(text, needle)) == expected


@pytest.mark.parametrize(
    ("text", "needle"),
    [("سوریا", "سووریا"), ("رێگا", "ڕێگا"), ("هەولێر", "ههولێر"), ("سەرۆکایەتیی", "سەرۆکایەتی")],
)
def test_the_looser_level_finds_spelling_variants(text, needle):
    assert find_all(text, needle) == find_all(text, needle, level=STRICT)
    assert surfaces(text, find_all(text, needle, level=LOOSE)) == [text]


WORDS = {
    "whole": ("کوردستان و کوردستانی", "کوردستان", False, ["کوردستان"]),
    "clitics stay outside": (
        "کوردستانیش، کوردستان، کوردستانن",
        "کوردستان",
        True,
        ["کوردستان"] * 3,
    ),
    "several words": ("هەرێمی کوردستانیشدا", "هەرێمی کوردستان", True, ["هەرێمی کوردستان"]),
    "a land is no plural": ("کوردستان", "کوردست", True, []),
    "not the beginning of a longer word": ("کوردەکە بوو کوردستان", "کورد", True, ["کورد"]),
    "not the end of one": ("باشوور", "شوور", True, []),
    "mark before the clitic": ("عێراقِدا", "عێراق", True, ["عێراقِ"]),
    "joiner before the clitic": ("کوردستان\u200cیش", "کوردستان", True, ["کوردستان"]),
    "suffix of a number": ("٢١ی ئاب", "٢١", False, ["٢١"]),
    "not inside a date": ("٢٠٢٠/٩/٢٢", "٩", True, []),
    "tatweel at the end": ("کوردستانـ", "کوردستان", False, ["کوردستانـ"]),
    "two brackets": ("((شار))", "«", False, ["((", "))"]),
    "emoji of parts": ("👩\u200d👧", "👩", True, []),
}


@pytest.mark.parametrize(("text", "needle", "with_clitics", "expected"), WORDS.values(), ids=WORDS)
def test_whole_words(text, needle, with_clitics, expected):
    found = find_all(text, needle, whole_words=True, with_clitics=with_clitics)
    assert surfaces(text, found) == expected


def test_words_are_what_the_tokens_say():
    whole = SearchIndex("کوردستان", (Span(0, 8),))
    cut = SearchIndex("کوردستان", (Span(0, 4), Span(4, 8)))
    none = SearchIndex("کوردستان", ())
    half = SearchIndex("کورد", (Span(0, 2),))
    choices = {"whole_words": True, "with_clitics": True}
    assert [index.find_all("کورد", **choices) for index in (whole, cut, none, half)] == [
        (),
        (Span(0, 4),),
        (),
        (),
    ]


def forms(needle, level):
    """What a needle may look like when folded; its last ه may be in the middle of a word."""
    found = {fold_text(needle, level).strip(), fold_text(f"{needle}ب", level)[:-1].strip()}
    return found - {""}


def expected_hits(text, needle, level, allowed):
    """The hits by their definition: every place, from left to right, that is allowed."""
    folded = fold(text, level)
    hits, done, covered = [], 0, 0
    for start in range(len(folded.text)):
        for form in sorted(forms(needle, level), key=lambda one: (-len(one), one)):
            if start >= done and folded.text.startswith(form, start):
                hit = allowed(text, folded, start, start + len(form))
                if hit is not None and hit.start >= covered:
                    hits.append(hit)
                    done, covered = start + len(form), hit.end
                break
    return tuple(hits)


def behind_marks(text, folded, end):
    """The raw end of a folded piece, moved to the next boundary where only dropped marks lie."""
    raw = folded.ends[end - 1]
    limit = folded.starts[end] if end < len(folded.text) else len(text)
    while raw < limit and not is_grapheme_boundary(text, raw):
        raw += 1
    return raw


def whole_graphemes(text, start, end):
    is_whole = is_grapheme_boundary(text, start) and is_grapheme_boundary(text, end)
    return Span(start, end) if is_whole else None


def anywhere(text, folded, start, end):
    return whole_graphemes(text, folded.starts[start], behind_marks(text, folded, end))


def as_words(text, folded, start, end):
    raw = folded.raw_span(start, end)
    touched = [token for token in tokenize(text) if token.overlaps(raw)]
    words = Span(touched[0].start, touched[-1].end)
    held = [i for i in range(len(folded.text)) if words.overlaps(folded.raw_span(i, i + 1))]
    return whole_graphemes(text, words.start, words.end) if held == [*range(start, end)] else None


def as_stems(text, folded, start, end):
    whole = as_words(text, folded, start, end)
    if whole is not None:
        return whole
    raw = folded.raw_span(start, end)
    touched = [token for token in tokenize(text) if token.overlaps(raw)]
    words = Span(touched[0].start, touched[-1].end)
    held = [i for i in range(len(folded.text)) if words.overlaps(folded.raw_span(i, i + 1))]
    stem = behind_marks(text, folded, end)
    rungs = clitic_ladder(text, Span(touched[-1].start, words.end))[1:]
    if held[0] != start or not {raw.end, stem} & set(rungs):
        return None
    return whole_graphemes(text, words.start, stem)


@given(haystacks, needles, st.sampled_from(FoldLevel))
def test_hits_are_those_of_the_definition(text, needle, level):
    assert find_all(text, needle, level=level) == expected_hits(text, needle, level, anywhere)


@given(haystacks, needles, st.sampled_from(FoldLevel))
def test_whole_words_are_those_of_the_definition(text, needle, level):
    found = find_all(text, needle, level=level, whole_words=True)
    assert found == expected_hits(text, needle, level, as_words)


@given(haystacks, needles, st.sampled_from(FoldLevel))
def test_stems_are_those_of_the_definition(text, needle, level):
    found = find_all(text, needle, level=level, whole_words=True, with_clitics=True)
    assert found == expected_hits(text, needle, level, as_stems)


@given(haystacks, st.data(), st.sampled_from(FoldLevel), st.booleans(), st.booleans())
def test_hits_never_overlap_nor_tear_graphemes(text, data, level, whole_words, with_clitics):
    start = data.draw(st.integers(0, len(text)))
    needle = text[start : data.draw(st.integers(start, len(text)))]
    hits = find_all(text, needle, level=level, whole_words=whole_words, with_clitics=with_clitics)
    edges = [edge for hit in hits for edge in (hit.start, hit.end)]
    assert edges == sorted(edges)
    assert all(is_grapheme_boundary(text, edge) for edge in edges)


@given(haystacks, st.lists(st.tuples(needles, st.sampled_from(FoldLevel)), max_size=4))
def test_an_index_answers_again_and_again(text, questions):
    index = SearchIndex(text)
    assert [find_all(index, one, level=level) for one, level in questions] == [
        find_all(text, one, level=level) for one, level in questions
    ]


@pytest.mark.parametrize("run", ["ا", "ی", "ه\u200c", "(", "…", "a\u0301", "👩\u200d", "ان ", "1."])
@pytest.mark.parametrize("needle_length", [1, 20])
def test_runs_are_linear(run, needle_length):
    text = (run * 60_000)[:60_000]
    index = SearchIndex(text)
    needle = (run * needle_length)[:needle_length]
    begin = time.process_time()
    index.find_all(needle)
    index.find_all(needle, level=LOOSE, whole_words=True, with_clitics=True)
    assert time.process_time() - begin < 2
