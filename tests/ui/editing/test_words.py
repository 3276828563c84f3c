"""Moving among words and sentences, and growing a selection around its anchor."""

import pytest
from hypothesis import given, strategies as st

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.kurdish.segmentation import segment
from annotator.kurdish.sentences import split_text
from annotator.kurdish.tokens import tokenize
from annotator.ui.editing.words import Selection, Words, is_word, runs_right_to_left

TEXT = "سەرۆک گەیشتە هەولێر، و کۆبووەوە. دواتر «باشە» گوتی"
#       0-5   6-12   13-19^20 21 23-31 ^32 33-38 39«40-44»45 46-50
ONE = "یەک دوو سێ چوار پێنج"
#      0-3 4-7 8-10 11-15 16-20
SENTENCES = "یەک دوو.\nسێ چوار. پێنج"


def words(text):
    return Words(text, segment(text))


def marked(selection, text):
    return text[min(selection.anchor, selection.caret) : max(selection.anchor, selection.caret)]


def grown(text, start, moves):
    """The selection after `f`orward, `b`ack, and `F`, `B` for sentences."""
    reader, selection = words(text), start if isinstance(start, Selection) else Selection.at(start)
    acts = {
        "f": reader.extend_forward,
        "b": reader.extend_back,
        "F": reader.extend_sentence_forward,
        "B": reader.extend_sentence_back,
    }
    for move in moves:
        selection = acts[move](selection)
    return selection


def test_selections():
    assert Selection.at(3) == Selection(3, 3)
    assert Selection.at(3).is_empty
    assert Selection.at(3).span is None
    assert Selection(5, 2).span == Selection(2, 5).span == Span(2, 5)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (0, "سەرۆک"),
        (3, "سەرۆک"),
        (5, "سەرۆک"),
        (6, "گەیشتە"),
        (19, "هەولێر"),
        (20, "،"),
        (32, "."),
        (39, "«"),
        (40, "باشە"),
        (44, "باشە"),
        (45, "»"),
        (50, "گوتی"),
    ],
)
def test_the_word_under_the_caret(offset, expected):
    assert words(TEXT).at(offset).of(TEXT) == expected


def test_no_word_between_spaces():
    assert words("یەک   دوو").at(4) is None
    assert words("").at(0) is None


def test_moving_goes_from_word_to_word_past_punctuation():
    reader = words(TEXT)
    forward, offset = [], 0
    while offset < len(TEXT):
        offset = reader.forward(offset)
        forward.append(offset)
    assert forward == [6, 13, 21, 23, 33, 40, 46, 50]
    back = []
    while offset > 0:
        offset = reader.back(offset)
        back.append(offset)
    assert back == [40, 33, 23, 21, 13, 6, 0]


def test_moving_from_inside_a_word_and_from_punctuation():
    reader = words(TEXT)
    assert (reader.forward(2), reader.back(8)) == (6, 0)
    assert (reader.forward(20), reader.back(20)) == (21, 13)
    assert (reader.forward(39), reader.back(39)) == (40, 33)


def test_moving_in_texts_without_words():
    for text in ("", "   ", "…!"):
        reader = words(text)
        assert reader.forward(0) == len(text)
        assert reader.back(len(text)) == 0
        for extend in (reader.extend_forward, reader.extend_back):
            assert extend(Selection.at(0)) == Selection.at(0)
    assert words("").extend_sentence_forward(Selection.at(0)) == Selection.at(0)
    assert words("").extend_sentence_back(Selection.at(0)) == Selection.at(0)


def test_sentences():
    reader = words(SENTENCES)
    assert [reader.sentence_forward(o) for o in (0, 3, 8, 9, 18)] == [9, 9, 9, 18, 22]
    assert [reader.sentence_back(o) for o in (22, 18, 17, 9, 5, 0)] == [18, 9, 9, 0, 0, 0]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_n_words_take_one_extension_less(count):
    many = grown(ONE, 0, "f" * (count - 1))
    if count == 1:
        assert words(ONE).at(many.caret).of(ONE) == "یەک"
    else:
        assert marked(many, ONE).split() == ONE.split()[:count]
    last = grown(ONE, 16, "b" * (count - 1))
    if count > 1:
        assert marked(last, ONE).split() == ONE.split()[-count:]


@pytest.mark.parametrize(
    ("start", "moves", "expected"),
    [
        (8, "f", (8, 15)),
        (8, "ff", (8, 20)),
        (8, "fff", (8, 20)),
        (8, "ffb", (8, 15)),
        (8, "fb", (8, 10)),
        (8, "fbb", (10, 4)),
        (8, "fbbb", (10, 0)),
        (8, "b", (10, 4)),
        (8, "bf", (8, 10)),
        (8, "bff", (8, 15)),
        (8, "bbbbb", (10, 0)),
        (10, "f", (8, 15)),
        (0, "b", (3, 0)),
        (20, "f", (16, 20)),
    ],
)
def test_a_selection_turns_around_the_word_it_was_begun_at(start, moves, expected):
    assert grown(ONE, start, moves) == Selection(*expected)


def test_a_word_begun_by_letters_is_finished_first():
    assert grown(ONE, Selection(4, 9), "f") == Selection(4, 10)
    assert grown(ONE, Selection(4, 9), "b") == Selection(4, 7)
    assert grown(ONE, Selection(15, 5), "b") == Selection(15, 4)
    assert grown(ONE, Selection(15, 5), "f") == Selection(15, 8)


def test_inside_a_token_the_selection_begins_at_the_caret():
    text = "کورد وسوریا هات"
    #       0-4  5-11    12-15
    assert marked(grown(text, 6, "f"), text) == "سوریا"
    assert grown(text, 6, "ff") == Selection(6, 15)
    assert grown(text, 6, "ffb") == Selection(6, 11)
    assert grown(text, 6, "fb") == Selection(6, 6)
    assert grown(text, 6, "fbb") == grown(text, 6, "b") == Selection(6, 5)
    assert grown(text, 6, "bb") == Selection(6, 0)
    assert grown(text, 6, "bbf") == Selection(6, 5)
    assert grown(text, 6, "bbff") == Selection(6, 6)


def test_from_between_words_the_next_one_is_taken():
    text = "یەک «دوو» سێ"
    #       0-3 4 5-8 9-11
    assert grown(text, 9, "f") == Selection(10, 12)
    assert grown(text, 9, "b") == Selection(8, 5)
    assert grown("یەک …", 5, "f") == Selection(5, 5)
    assert grown("… یەک", 0, "b") == Selection(0, 0)


def test_punctuation_is_stepped_over():
    assert marked(grown(TEXT, 13, "f"), TEXT) == "هەولێر، و"
    assert marked(grown(TEXT, 23, "f"), TEXT) == "کۆبووەوە. دواتر"


@pytest.mark.parametrize(
    ("start", "moves", "expected"),
    [
        (4, "F", (4, 8)),
        (4, "FF", (4, 17)),
        (4, "FFF", (4, 22)),
        (4, "FFFF", (4, 22)),
        (4, "FFB", (4, 8)),
        (4, "FB", (4, 4)),
        (4, "FBB", (4, 0)),
        (4, "B", (4, 0)),
        (4, "BB", (4, 0)),
        (9, "B", (9, 0)),
        (8, "F", (8, 17)),
        (20, "BBF", (20, 18)),
        (20, "BF", (20, 20)),
    ],
)
def test_sentences_are_taken_from_the_caret(start, moves, expected):
    assert grown(SENTENCES, start, moves) == Selection(*expected)


@given(st.text("یەک دوو.،«»🙂\n", max_size=25), st.data())
def test_a_selection_never_leaves_the_text_and_forward_and_back_never_stick(text, data):
    reader = words(text)
    offset = data.draw(st.integers(0, len(text)))
    moves = data.draw(st.text("fbFB", max_size=8))
    selection = grown(text, offset, moves)
    assert min(selection.anchor, selection.caret) >= 0
    assert max(selection.anchor, selection.caret) <= len(text)
    assert reader.extend_forward(selection).caret >= selection.caret
    assert reader.extend_back(selection).caret <= selection.caret
    assert reader.extend_sentence_forward(selection).caret >= selection.caret
    assert reader.extend_sentence_back(selection).caret <= selection.caret


def test_trimming():
    text = "«یەک دوو؟»  "
    assert words(text).trimmed(Span(0, len(text))).of(text) == "یەک دوو"
    assert words(text).trimmed(Span(8, 12)) is None
    hidden = "\u2067\u200fیەک\u2069"
    assert words(hidden).trimmed(Span(0, len(hidden))).of(hidden) == "یەک"
    assert words("یه\u200c").trimmed(Span(0, 3)) == Span(0, 3)


def test_snapping_to_tokens():
    reader = words(ONE)
    assert reader.snapped(Span(5, 9)) == Span(4, 10)
    assert reader.snapped(Span(4, 10)) == Span(4, 10)
    assert words("یەک   دوو").snapped(Span(4, 5)) == Span(4, 5)


def test_emoji_are_words_and_whole():
    text = "باشە 👩‍💻 هات"
    reader = words(text)
    assert reader.forward(0) == 5
    assert reader.at(5).of(text) == "👩‍💻"
    assert marked(grown(text, 0, "f"), text) == "باشە 👩‍💻"


@pytest.mark.parametrize(
    ("token", "expected"),
    [("یەک", True), ("٢٠", True), ("🙂", True), ("»", False), ("…", False), ("-", False)],
)
def test_what_is_a_word(token, expected):
    assert is_word(token, Span(0, len(token))) is expected


def test_the_direction_of_a_paragraph():
    text = "١. کورد\nABC کورد\n12 !?\n(x"
    assert [runs_right_to_left(text, offset) for offset in (0, 7, 8, 17, 21, 24)] == [
        True,
        True,
        False,
        True,
        True,
        False,
    ]
    assert runs_right_to_left("", 0)


PIECES = st.sampled_from(["یەک", "دوو", "سێ.", "«", "…", "  ", " ", "\n", "\n\n", ".  "])
LINES = st.lists(PIECES, max_size=25).map("".join)


@given(LINES, st.integers(0, 60), st.integers(0, 60))
def test_stretches_are_never_noticed(text, anchor, caret):
    tokens = tokenize(text)
    whole = Words(text, Segmentation(tokens, *split_text(text, tokens)))
    cut = Words(text, segment(text, shortest=0))
    anchor, caret = min(anchor, len(text)), min(caret, len(text))
    for question in (Words.at, Words.forward, Words.back, Words.sentence_forward):
        assert question(cut, caret) == question(whole, caret)
    assert cut.sentence_back(caret) == whole.sentence_back(caret)
    for grow in (
        Words.extend_forward,
        Words.extend_back,
        Words.extend_sentence_forward,
        Words.extend_sentence_back,
    ):
        for selection in (Selection(anchor, caret), Selection.at(caret)):
            assert grow(cut, selection) == grow(whole, selection)
    if anchor != caret:
        span = Selection(anchor, caret).span
        assert cut.snapped(span) == whole.snapped(span)
