import time
import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import assume, example, given

from annotator.core.span import Span
from annotator.kurdish.normalize import FoldLevel, fold, fold_lines, fold_text
from tests.kurdish.texts import any_texts, awkward_texts, span_of

levels = st.sampled_from(FoldLevel)

ENCODING_CASES = {
    "arabic yeh": ("پشتگيری", "پشتگیری"),
    "alef maksura": ("سلێمانى", "سلێمانی"),
    "two different yehs": ("کەسايەتيی", "کەسایەتیی"),
    "urdu yehs": ("ےېۍ", "ییی"),
    "arabic kaf": ("كورد ڪورد", "کورد کورد"),
    "heh with zwnj": ("هه\u200cرێم", "هەرێم"),
    "final heh": ("ئێمه هاتین", "ئێمە هاتین"),
    "final heh before a mark": ("ئێمه، ئه\u064e", "ئێمە, ئە"),
    "heh with vowel inside": ("مه\u064eر", "مهر"),
    "heh before a hidden mark": ("مه\u200fر", "مهر"),
    "heh with tatweel": ("هـ", "ه"),
    "heh with zwj": ("ه\u200d.", "ه."),
    "heh doachashmee": ("ھەینی شاھ", "هەینی شاه"),
    "heh goal": ("ہات", "هات"),
    "teh marbuta": ("سورة", "سورە"),
    "yeh with hamza": ("ی\u0654ي\u0654ى\u0654", "ئئئ"),
    "tatweel": ("کــورد ١٧ ـیەم", "کورد 17 یەم"),
    "zwnj": ("لە\u200cگەڵ", "لەگەڵ"),
    "deleted formats": ("ک\u200b\ufeff\u2060\u00ad\u00acو", "کو"),
    "bidi": ("\u200eک\u200f\u061c\u202aو\u202e\u2066ر\u2069", "کور"),
    "harakat": ("کُورْد\u0670", "کورد"),
    "presentation forms": ("ﮐﻮرد ﻻ", "کورد لا"),
    "fullwidth": ("ＡＢ（１）", "AB(1)"),
    "digits": ("٠١٩ ۰۱۹ 019", "019 019 019"),
    "punctuation": ("٪٫٬،؛؟۔", "%.,,;?."),
    "double quotes": ("«a» “b” „c‟ ‹d› ″e″ ((f))", '"a" "b" "c" "d" "e" "f"'),
    "fullwidth brackets": ("（（a））", '"a"'),
    "brackets parted by a joiner": ("(\u200c(a", '"a'),
    "single quotes": ("‘’‚′`´", "''''''"),
    "hyphens": ("‐‑‒–—―−", "-------"),
    "ellipsis": ("هات…", "هات..."),
    "spaces": ("a\u00a0b  c\t\r\nd \u3000\u2028e", "a b c d e"),
    "letters of their own": ("ڕۆژ ڵێ", "ڕۆژ ڵێ"),
}


@pytest.mark.parametrize(("raw", "folded"), ENCODING_CASES.values(), ids=ENCODING_CASES)
def test_encoding_is_folded(raw, folded):
    assert fold(raw).text == folded


ORTHOGRAPHIC_CASES = {
    "initial r": ("ڕووبەڕوو", "روبەرو"),
    "the same with plain r": ("رووبەڕوو", "روبەرو"),
    "double waw": ("سووریا سوریا", "سوریا سوریا"),
    "lam": ("دەوڵەت", "دەولەت"),
    "vowels": ("ێۆ", "یو"),
    "yehs run together": ("هاوپەیمانێی", "ەاوپەیمانی"),
    "waws run together": ("وۆو", "و"),
    "heh": ("شاه شاھ", "شاە شاە"),
    "hamzas": ("أإآؤۀ", "اااوە"),
}


@pytest.mark.parametrize(("raw", "folded"), ORTHOGRAPHIC_CASES.values(), ids=ORTHOGRAPHIC_CASES)
def test_spelling_is_folded(raw, folded):
    assert fold(raw, FoldLevel.ORTHOGRAPHIC).text == folded


def test_spans_lead_back_to_the_raw_text():
    raw = "لە  هه\u200cرێمی كـوردستان…"
    folded = fold(raw)
    assert folded.text == "لە هەرێمی کوردستان..."
    for part, origin in {
        "هەرێم": "هه\u200cرێم",
        "ە": "ە",
        "کورد": "كـورد",
        " ه": "  ه",
        ".": "…",
    }.items():
        found = span_of(folded.text, part)
        assert folded.raw_span(found.start, found.end).of(raw) == origin


def test_raw_offsets_lead_to_the_unit_that_holds_them():
    folded = fold("a\u200cه\u200cb…")  # a, deleted, two for one, b, one for three
    assert folded.text == "aەb..."
    assert [folded.folded_offset(raw) for raw in range(7)] == [0, 1, 1, 1, 2, 3, 6]


def test_lines_are_folded_apart_and_mapped_to_the_whole():
    text = "يەک\r\n\n ٢\u2028سێ"
    lines = list(fold_lines(text))
    assert [line.text for line in lines] == ["یەک", " 2", "سێ"]
    assert [line.raw_span(0, len(line.text)) for line in lines] == [
        Span(0, 3),
        Span(6, 8),
        Span(9, 11),
    ]


@given(any_texts, levels)
@example("", FoldLevel.ENCODING)
def test_the_map_is_monotone_and_in_range(text, level):
    folded = fold(text, level)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True)
    )


@given(any_texts, levels)
def test_the_offset_of_a_unit_is_found_from_every_raw_offset_in_it(text, level):
    folded = fold(text, level)
    for start, end in zip(folded.starts, folded.ends, strict=True):
        for raw in range(start, end):
            at = folded.folded_offset(raw)
            assert (folded.starts[at], folded.ends[at]) == (start, end)


@given(any_texts, levels)
def test_the_text_alone_is_the_text_with_its_map(text, level):
    assert fold_text(text, level) == fold(text, level).text


@given(any_texts)
def test_the_orthographic_fold_is_idempotent(text):
    once = fold_text(text, FoldLevel.ORTHOGRAPHIC)
    assert fold_text(once, FoldLevel.ORTHOGRAPHIC) == once


@given(any_texts)
def test_the_encoding_fold_is_idempotent_but_for_a_marked_h_at_a_word_end(text):
    once = fold_text(text)
    twice = fold_text(once)
    assert fold_text(twice) == twice
    if once != twice:
        plain = "".join(unicodedata.normalize("NFKC", ch) for ch in text)
        assert not set("ھہـ\u200d").isdisjoint(plain)
        pairs = zip(once, twice, strict=True)
        assert {pair for pair in pairs if pair[0] != pair[1]} == {("ه", "ە")}


@given(awkward_texts)
def test_the_levels_nest(text):
    assume(fold_text(text) == fold_text(fold_text(text)))
    once = fold_text(text)
    assert fold_text(once, FoldLevel.ORTHOGRAPHIC) == fold_text(text, FoldLevel.ORTHOGRAPHIC)


def test_a_megabyte_is_folded_within_the_aim():
    text = "لە هه\u200cرێمی كوردستان، ٢٢ - ٩ - ٢٠٢٠ گوتي: «ڕۆژ».  " * 20_000
    begin = time.process_time()
    fold(text, FoldLevel.ORTHOGRAPHIC)
    seconds = time.process_time() - begin
    assert seconds / len(text) * 1e6 < 1.2


def test_the_seed_articles_keep_their_words(articles):
    for article in articles:
        assert fold_text(fold_text(article)) == fold_text(article)
    both = fold_text(articles[0], FoldLevel.ORTHOGRAPHIC)
    assert both.count(fold_text("ڕووبەڕووبوونەوەی", FoldLevel.ORTHOGRAPHIC)) == 4
