"""Passages: how a document is divided, and what is read in one."""

import pytest

from annotator.core.document import Segmentation
from annotator.core.span import Span
from annotator.kurdish.segmentation import segment
from annotator.suggest.passage import LEAST_LENGTH, MOST_LENGTH, Passage, passage_spans
from annotator.suggest.phrases import phrase_key
from tests.suggest.readers import lists, passage

LINE = "شاندەکە گەیشتە دهۆک و گوتی: «باشە».\n"
FIRST = "بارانی زۆر باری.\n"


def words(read):
    return [(word.span.of(read.text), word.follows) for word in read.words]


def spans_of(text):
    return list(passage_spans(text, segment(text)))


def test_a_short_document_is_one_passage():
    assert spans_of(LINE * 3) == [Span(0, len(LINE) * 3 - 1)]
    assert spans_of("") == []


def test_passages_end_with_paragraphs():
    spans = spans_of(LINE * 400)
    assert len(spans) == 8
    assert all(LEAST_LENGTH <= len(span) + 1 < LEAST_LENGTH + 2 * len(LINE) for span in spans[:-1])
    assert all((span.end + 1) % len(LINE) == 0 for span in spans)


def test_nothing_is_segmented_to_find_the_passages_nor_more_than_one_to_read_it():
    text = (LINE * 60 + "\n \n") * 40
    starts = segment(text).stretch_starts
    asked = []

    def find(number):
        asked.append(number)
        return segment(text).stretch(number)

    segmentation = Segmentation.by_stretches(starts, find)
    spans = list(passage_spans(text, segmentation))
    assert (len(spans) > 10, asked) == (True, [])
    read = Passage(text, segmentation, spans[5], lexicon=lists().lexicon)
    assert read.quotations[0].content.of(text) == "باشە"
    assert read.words[-1].span.end == spans[5].end
    assert {segmentation.stretch_at(spans[5].start), segmentation.stretch_at(spans[5].end)} == {
        asked[0],
        asked[-1],
    }
    assert len(asked) == len(set(asked)) <= 3


def test_around_a_paragraph_without_an_end_passages_are_whole():
    sentence = "شاندەکە گەیشتە دهۆک. "
    long = sentence * 600
    text = f"{LINE}{long}\n{LINE * 3}"
    spans = spans_of(" \n" + text)
    assert [span.of(" \n" + text) for span in spans] == [
        text[: len(spans[0])],
        *(span.of(" \n" + text) for span in spans[1:-1]),
        (LINE * 3).strip(),
    ]
    assert sum(map(len, spans)) > len(text) - 2 * len(spans) - 2


def test_a_sentence_without_an_end_is_one_passage():
    text = "شار " * 4000
    assert spans_of(text) == [Span(0, len(text) - 1)]


def test_a_passage_tells_whether_its_words_are_folded():
    read = passage("لە سووریا")
    assert not read.is_folded
    assert read.holds("سوریا")
    assert read.is_folded


def test_a_paragraph_without_an_end_is_cut_between_sentences():
    sentence = "شاندەکە گەیشتە دهۆک. "
    spans = spans_of(sentence * 1000)
    assert len(spans) == 2
    assert MOST_LENGTH <= len(spans[0]) < MOST_LENGTH + len(sentence)
    assert spans[1].start % len(sentence) == 0


@pytest.mark.parametrize("count", [1, 111, 112, 300, 500])
@pytest.mark.parametrize("has_breaks", [True, False])
def test_passages_hold_every_sentence_once(count, has_breaks):
    text = (LINE if has_breaks else LINE.replace("\n", " ")) * count
    spans = spans_of(text)
    for sentence in segment(text).sentences:
        assert [span.contains(sentence) for span in spans].count(True) == 1


def test_words_know_whether_they_follow_in_the_same_line():
    read = passage("دهۆک، زاخۆ\nسوریا  هات")
    assert words(read) == [
        ("دهۆک", True),
        ("،", True),
        ("زاخۆ", True),
        ("سوریا", False),
        ("هات", True),
    ]
    assert read.words[3].key == passage("سووریا").words[0].key


def test_what_is_read_later_in_a_document_has_the_offsets_of_the_document():
    text = FIRST + "ئەمڕۆ گوتی: «باران باری»."
    span = Span(len(FIRST), len(text))
    read, whole = passage(text, span), passage(text)
    assert [date.span.of(text) for date in read.dates] == ["ئەمڕۆ"]
    assert [(c.span.of(text), c.head.of(text)) for c in read.cues] == [("گوتی", "گوتی")]
    assert read.quotations == whole.quotations
    assert [word.span for word in read.words] == [word.span for word in whole.words[4:]]
    assert read.dates is read.dates


def test_marks_that_open_in_another_passage_belong_to_it():
    text = 'گوتی: "باران باری. دواتر هات". کۆتایی.'
    later = passage(text, Span(text.index("دواتر"), len(text)))
    assert later.quotations == ()
    assert len(passage(text).quotations) == 1


def test_sentences_around_a_piece():
    text = "یەک هات. دوو هات. سێ هات."
    read = passage(text)
    second, third = text.index("دوو"), text.index("سێ")
    assert read.sentences_around(Span(second, second + 3)).of(text) == "دوو هات."
    assert read.sentences_around(Span(second, third + 2)).of(text) == "دوو هات. سێ هات."


def test_stems_of_a_word():
    read = passage("عێراقیش")
    assert {5, 7} <= read.stem_ends(read.words[0])
    assert read.stem_ends(read.words[0]) is read.stem_ends(read.words[0])


def test_a_passage_knows_whether_words_may_stand_in_it():
    read = passage("لە سووریا، کوردستانیش")
    assert [read.holds(phrase_key(name)) for name in ("سوریا", "کوردستان", "زاخۆ")] == [
        True,
        True,
        False,
    ]
