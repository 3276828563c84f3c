"""Where a text is cut for layout, and in which direction a paragraph runs."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.kurdish.segmentation import segment
from annotator.ui.textview.blocks import LONGEST_BLOCK, Block, is_right_to_left, split_blocks

PLAIN = Segmentation((), (), ())


@given(st.text(alphabet="سڵ ab\n", max_size=60))
def test_blocks_cover_the_text_and_leave_out_only_line_feeds(text):
    blocks = split_blocks(text, PLAIN)
    assert "\n".join(text[b.start : b.end] for b in blocks) == text


def test_paragraphs_of_the_segmentation_begin_blocks_and_keep_their_spaces():
    text = "یەک.  دوو.\nsix"
    segmentation = Segmentation((), (), (Span(0, 4), Span(6, 10), Span(11, 14)))
    assert tuple(split_blocks(text, segmentation)) == (
        Block(0, 6),
        Block(6, 10),
        Block(11, 14, is_right_to_left=False),
    )


def test_a_long_line_is_cut_at_spaces_and_is_still_one_paragraph():
    text = "وشەیەک " * 3000
    blocks = split_blocks(text, PLAIN)
    assert all(0 < b.end - b.start <= LONGEST_BLOCK for b in blocks)
    assert "".join(text[b.start : b.end] for b in blocks) == text
    assert all(text[b.end - 1] == " " for b in blocks)
    assert [b.starts_paragraph for b in blocks] == [True] + [False] * (len(blocks) - 1)


def test_a_long_line_is_cut_at_sentences_where_there_are_any():
    sentence = "ئەمە ڕستەیەکە. "
    text = sentence * 600
    starts = range(0, len(text), len(sentence))
    segmentation = Segmentation((), tuple(Span(n, n + len(sentence) - 1) for n in starts), ())
    blocks = split_blocks(text, segmentation)
    assert len(blocks) > 1
    assert all(b.start % len(sentence) == 0 for b in blocks)


def test_a_word_without_end_is_cut_before_a_letter_not_before_its_mark():
    text = "ب" + "ب\u0650" * LONGEST_BLOCK
    blocks = split_blocks(text, PLAIN)
    assert all(text[b.start] == "ب" for b in blocks)
    assert sum(b.end - b.start for b in blocks) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سڵاو abc", True),
        ("abc سڵاو", False),
        ("٢٠٢٠ - (", True),
        ("", True),
        ("12 سڵاو", True),
        ("\u2066abc\u2069 سڵاو", True),
        ("\u2067سڵاو\u2069 abc", False),
    ],
)
def test_the_first_strong_letter_decides_the_direction(text, expected):
    assert is_right_to_left(text, 0, len(text)) is expected


SPACED = st.lists(
    st.sampled_from(["ئەو کرد", "هات.", "!", '"', " ", "  ", "\u00a0", "\t", "\x85", "\n", "12"]),
    max_size=30,
).map("".join)


@given(SPACED)
def test_blocks_begin_where_paragraphs_do_though_most_lines_are_not_segmented(text):
    segmentation = segment(text, shortest=0)
    starts = {block.start for block in split_blocks(text, segmentation)}
    lines = {0, *(index + 1 for index, char in enumerate(text) if char == "\n")}
    inside = {paragraph.start for paragraph in segmentation.paragraphs}
    lead = {text.rfind("\n", 0, start) + 1 for start in inside}
    assert starts >= lines
    # Spaces before the first paragraph of a line belong to it.
    leading = {min(s for s in inside if text.rfind("\n", 0, s) + 1 == one) for one in lead}
    assert starts - lines == inside - leading - lines


def test_a_text_of_plain_lines_is_not_segmented_to_be_cut():
    def never(number):
        raise AssertionError(number)

    text = "12 - یەک دوو.\nsix\n\nسێ " * 50
    assert len(split_blocks(text, Segmentation.by_stretches((0,), never))) == 151


@given(st.text(alphabet="12 -(«é٢aZسڕ\u064bـ", max_size=12))
def test_the_quick_look_at_a_line_tells_what_the_long_one_tells(text):
    strong = [unicodedata.bidirectional(char) for char in text]
    first = next((kind for kind in strong if kind in ("L", "R", "AL")), "R")
    assert is_right_to_left(text, 0, len(text)) is (first != "L")
