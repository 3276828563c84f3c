"""A count before a key: what it repeats, what takes so many words, and how it is dropped."""

import pytest

from annotator.ui.editing.words import Selection

WORDS = "یەک دوو سێ چوار پێنج شەش حەوت هەشت نۆ دە یازدە دوازدە سێزدە"


def where(d):
    return d.text[d.editor.selection.caret :].split(" ")[0]


def test_a_motion_is_done_so_often(desk):
    d = desk(WORDS)
    d.press("Alt+3 Left")
    assert where(d) == "چوار"
    d.press("Left")
    assert where(d) == "پێنج"


def test_two_digits_make_one_number(desk):
    d = desk(WORDS)
    d.press("Alt+1 Alt+2 Left")
    assert where(d) == "سێزدە"
    d.editor.place(Selection.at(0))
    d.press("Alt+1 Alt+0 Left")
    assert where(d) == "یازدە"


def test_an_extension_is_done_so_often(desk):
    d = desk(WORDS)
    d.press("Alt+2 Shift+Left")
    assert d.editor.selection.span.of(d.text) == "یەک دوو سێ"


@pytest.mark.parametrize(("chords", "words"), [("Alt+3 1", "دوو سێ چوار"), ("Alt+1 1", "دوو")])
def test_a_label_takes_so_many_words(desk, chords, words):
    d = desk(WORDS)
    d.at("دوو").press(chords)
    (mention,) = d.set.mentions()
    assert d.words_of(mention.fragments) == words


def test_so_do_an_event_a_repetition_and_selecting(desk):
    d = desk(WORDS)
    d.press("Alt+2 E M Escape")
    assert d.words_of(d.set.event("EV1").trigger) == "یەک دوو"
    d.at("سێ").press("1")
    d.at("چوار").press("Alt+2 R")
    assert [d.words_of(m.fragments) for m in d.set.mentions()] == ["سێ", "چوار پێنج"]
    d.at("شەش").press("Alt+4 Space")
    assert d.editor.selection.span.of(d.text) == "شەش حەوت هەشت نۆ"


def test_a_label_takes_new_words_though_a_mention_is_there(desk):
    d = desk("[یەک]PER دوو سێ")
    d.press("Alt+2 2")
    assert [(m.label, d.words_of(m.fragments)) for m in d.set.mentions()] == [
        ("PER", "یەک"),
        ("ORG", "یەک دوو"),
    ]


def test_what_is_selected_stays_what_is_marked(desk):
    d = desk(WORDS)
    d.select("دوو سێ").press("Alt+5 1")
    (mention,) = d.set.mentions()
    assert d.words_of(mention.fragments) == "دوو سێ"


def test_fewer_words_than_counted_are_taken_where_the_text_ends(desk):
    d = desk("یەک دوو")
    d.press("Alt+9 1")
    (mention,) = d.set.mentions()
    assert d.words_of(mention.fragments) == "یەک دوو"


def test_annotations_are_gone_through(desk):
    d = desk("[یەک]PER [دوو]PER [سێ]PER چوار")
    d.press("Alt+2 N")
    assert where(d) == "سێ"
    d.press("Alt+9 P")
    assert where(d) == "یەک"
    assert d.refusal() == "refused.no_more_annotations"


def test_steps_are_taken_back(desk):
    d = desk(WORDS)
    d.press("1 Left 1 Left 1 Alt+2 Ctrl+Z")
    assert len(list(d.set.mentions())) == 1


def test_an_act_that_knows_no_count_is_done_once(desk):
    d = desk("[یەک]PER دوو")
    d.press("Alt+2 M")
    assert d.set.mention("T1").level.value == "NOM"
    d.press("Left Alt+7 Ctrl+Enter")
    assert d.wishes == ["set.complete"]
    assert d.editor.count == 0


def test_it_stops_where_nothing_changes_any_more(desk):
    d = desk(WORDS)
    told = []
    d.editor.changed.add(told.append)
    d.press("Alt+9 Alt+9")
    told.clear()
    d.press("Right")
    assert len(told) <= 2


def test_escape_drops_only_the_count(desk):
    d = desk(WORDS)
    d.press("Shift+Left Alt+3 Escape")
    assert (d.editor.count, d.editor.selection.is_empty) == (0, False)
    d.press("E Alt+3 Escape")
    assert d.mode() == "EventTypePicker"
    d.press("Escape")
    assert d.mode() == "NoneType"


def test_an_answer_drops_it(desk):
    d = desk(WORDS)
    d.press("E Alt+3 M")
    assert d.mode() == "EventFrame"
    d.press("Escape Left")
    assert where(d) == "دوو"


def test_how_far_it_goes(desk):
    d = desk(WORDS)
    d.press("Alt+0")
    assert d.refusal() == "refused.count_of_none"
    d.press("Alt+9 Alt+9 Alt+1")
    assert d.refusal() == "refused.count_too_large"
    assert d.editor.count == 99


@pytest.mark.parametrize(("language", "sign"), [("en", "×12"), ("ckb", "×١٢")])
def test_the_legend_shows_it(desk, language, sign):
    d = desk(WORDS, language=language)
    d.press("Alt+1 Alt+2")
    assert d.legend().heading.startswith(sign)
    d.press("E")
    assert sign not in d.legend().heading
    d.press("Alt+1 Alt+2")
    assert d.legend().heading.startswith(sign)
