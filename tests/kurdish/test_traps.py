"""The traps that the design found in the seed articles, by number, in our own sentences."""

import pytest

from annotator.core.span import Span
from annotator.kurdish.clitics import clitic_ladder
from annotator.kurdish.cues import find_cues
from annotator.kurdish.normalize import FoldLevel, fold, fold_text
from annotator.kurdish.numbers import find_dates, find_numbers
from annotator.kurdish.quotation import find_quotations
from annotator.kurdish.segmentation import segment
from tests.kurdish.texts import span_of, surfaces

SAME_BY_ENCODING = {
    "1 arabic kaf": ("کتێبێك", "کتێبێک"),
    "2 arabic yeh": ("نووسەرايەتيی", "نووسەرایەتیی"),
    "3 tatweel": ("١٢ ـیەم", "١٢ یەم"),
}
SAME_BY_SPELLING = {
    "15 quote told again": ("بەهۆی هەمەڕەنگیی", "بەهۆی هەمەرەنگی"),
    "16 initial r": ("ڕێگا", "رێگا"),
    "17 name variants": ("سووریا", "سوریا"),
}
DIFFERENT = {
    "17 not foldable": ("ئەمریکا", "ئەمەریکا"),
    "20 preposition spacing": ("لە گەڵ", "لەگەڵ"),
}


@pytest.mark.parametrize(("left", "right"), SAME_BY_ENCODING.values(), ids=SAME_BY_ENCODING)
def test_encodings_compare_equal(left, right):
    assert left != right
    assert fold_text(left) == fold_text(right)


@pytest.mark.parametrize(("left", "right"), SAME_BY_SPELLING.values(), ids=SAME_BY_SPELLING)
def test_spellings_compare_equal_only_when_loose(left, right):
    assert fold_text(left) != fold_text(right)
    assert fold_text(left, FoldLevel.ORTHOGRAPHIC) == fold_text(right, FoldLevel.ORTHOGRAPHIC)


@pytest.mark.parametrize(("left", "right"), DIFFERENT.values(), ids=DIFFERENT)
def test_other_words_stay_different(left, right):
    assert fold_text(left, FoldLevel.ORTHOGRAPHIC) != fold_text(right, FoldLevel.ORTHOGRAPHIC)


TOKENS = {
    "3, 5 detached suffix": ("لە ١٢ ـیەم خول", ["لە", "١٢", "ـیەم", "خول"]),
    "4 digit and suffix": ("٨ی ئازار", ["٨", "ی", "ئازار"]),
    "6 spaced date": ("٣ - ٤ - ٢٠٢٢", ["٣", "-", "٤", "-", "٢٠٢٢"]),
    "7 slash date": ("٢٠٢٢/٤/٣", ["٢٠٢٢/٤/٣"]),
    "9 hyphen between names": ("هەولێر - سلێمانی", ["هەولێر", "-", "سلێمانی"]),
    "14 period placement": ('هات". هات. "', ["هات", '"', ".", "هات", ".", '"']),
    "18 typos stay": ("کۆبونەوە کۆبونەوە", ["کۆبونەوە", "کۆبونەوە"]),
    "19 glued conjunction": ("هەولێر ودهۆک", ["هەولێر", "ودهۆک"]),
}


@pytest.mark.parametrize(("text", "tokens"), TOKENS.values(), ids=TOKENS)
def test_traps_of_tokens(text, tokens):
    assert surfaces(text, segment(text).tokens) == tokens


def test_3_the_tatweel_stays_in_the_raw_span():
    text = "خولی ١٢ ـیەم"
    folded = fold(text)
    found = span_of(folded.text, "12 یەم")
    assert folded.raw_span(found.start, found.end) == Span(5, 12)


def test_5_ordinals_are_one_number():
    text = "١٢ ـیەم و ٣٠ مین"
    assert [one.span.of(text) for one in find_numbers(text)] == ["١٢ ـیەم", "٣٠ مین"]


def test_6_7_8_dates_and_ranges_are_told_apart():
    text = "٣ - ٤ - ٢٠٢٢، ٢٠٢٢/٤/٣ و ٣ - ٤ی ئاب"
    assert [(one.span.of(text), one.value) for one in find_dates(text)] == [
        ("٣ - ٤ - ٢٠٢٢", "2022-04-03"),
        ("٢٠٢٢/٤/٣", "2022-04-03"),
        ("٣ - ٤ی ئاب", None),
    ]


def test_10_11_spaces_end_a_paragraph_only_after_a_sentence():
    text = "هەولێر  و دهۆک.     ئەوان هاتن.   ئێمە چووین. کۆتایی."
    whole = segment(text)
    assert len(whole.sentences) == 4
    assert surfaces(text, whole.paragraphs) == [
        "هەولێر  و دهۆک.",
        "ئەوان هاتن.",
        "ئێمە چووین. کۆتایی.",
    ]


def test_12_13_14_straight_marks_pair_by_parity():
    text = 'کۆڕی "ژینگە ٢٠٢٢ " کرایەوە، گوتی "باشە". ئەو "دەمێنێت. "'
    whole = segment(text)
    found = find_quotations(text, whole.paragraphs)
    assert [one.content.of(text) for one in found] == ["ژینگە ٢٠٢٢", "باشە", "دەمێنێت."]
    assert surfaces(text, whole.sentences) == [
        'کۆڕی "ژینگە ٢٠٢٢ " کرایەوە، گوتی "باشە".',
        'ئەو "دەمێنێت. "',
    ]


@pytest.mark.parametrize("cue", ["ئاماژەی بەوەدا", "ئاماژەی بەوە دا", "باسکرد"])
def test_21_light_verbs_are_cues_however_spaced(cue, lexicon):
    text = f"ئەو {cue}، دێت"
    assert [one.span.of(text) for one in find_cues(text, lexicon)] == [cue]


@pytest.mark.parametrize("suffix", ["یش", "ن", "ی", "دا", "ە"])
def test_22_names_lose_their_clitics_on_the_ladder(suffix):
    text = f"هەرێمی کوردستان{suffix}"
    assert clitic_ladder(text, Span(0, len(text)))[-1] == len("هەرێمی کوردستان")


def test_23_speech_without_marks_has_its_cue(lexicon):
    text = "وەزیر رایگەیاند، ڕێگاکە دەکرێتەوە."
    assert find_quotations(text, segment(text).paragraphs) == ()
    assert [one.span.of(text) for one in find_cues(text, lexicon)] == ["رایگەیاند"]
