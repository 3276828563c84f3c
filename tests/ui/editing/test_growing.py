"""Growing the selection and shrinking it again."""

from annotator.core.span import Span
from annotator.ui.editing.words import Selection

DATE = "ئەمڕۆ ٢٢ - ٩ - ٢٠٢٠ لە هەولێر، کۆبوونەوە کرا. دواتر هات.\nئەوانی تر"


def selected(d):
    span = d.editor.selection.span
    return None if span is None else span.of(d.text)


def test_it_climbs_from_the_word_to_date_clause_sentence_and_paragraph(desk):
    d = desk(DATE)
    d.at("٩")
    climbed = []
    for _ in range(4):
        d.press("G")
        climbed.append(selected(d))
    assert climbed[0] == "٢٢ - ٩ - ٢٠٢٠"
    assert climbed[1] == "ئەمڕۆ ٢٢ - ٩ - ٢٠٢٠ لە هەولێر"
    assert climbed[2] == "ئەمڕۆ ٢٢ - ٩ - ٢٠٢٠ لە هەولێر، کۆبوونەوە کرا."
    assert climbed[3] == DATE.split("\n")[0]
    d.press("G")
    assert d.refusal() == "refused.nothing_wider"
    assert selected(d) == climbed[3]


def test_it_comes_down_the_rungs_it_climbed_to_where_it_began(desk):
    d = desk(DATE)
    d.at("٩").press("G G G")
    rungs = []
    for _ in range(3):
        d.press("Shift+G")
        rungs.append(selected(d))
    assert rungs == ["ئەمڕۆ ٢٢ - ٩ - ٢٠٢٠ لە هەولێر", "٢٢ - ٩ - ٢٠٢٠", None]
    assert d.editor.selection == Selection.at(d.span("٩").start)
    d.press("Shift+G")
    assert d.refusal() == "refused.nothing_narrower"


def test_a_selection_that_was_changed_in_between_begins_anew(desk):
    d = desk(DATE)
    d.at("٩").press("G G")
    d.select("لە هەولێر").press("Shift+G")
    assert d.refusal() == "refused.nothing_narrower"
    d.press("G Shift+G")
    assert selected(d) == "لە هەولێر"


def test_growing_can_go_on_after_shrinking(desk):
    d = desk(DATE)
    d.at("٩").press("G G Shift+G G")
    assert selected(d) == "ئەمڕۆ ٢٢ - ٩ - ٢٠٢٠ لە هەولێر"
    d.press("Shift+G Shift+G")
    assert selected(d) is None


def test_it_begins_with_the_annotation_that_is_selected(desk):
    d = desk("لە [هەرێمی کوردستان]GPE، هات. ڕۆیشت")
    d.press("N G")
    assert selected(d) == "لە هەرێمی کوردستان"
    d.at("کوردستان").press("Escape G")
    assert selected(d) == "لە هەرێمی کوردستان"


def test_but_not_with_one_that_only_lies_under_the_caret(desk):
    d = desk("ئەو [هات، ڕۆیشت]GPE و گوتی. دواتر")
    d.at("ڕۆیشت").press("G")
    assert selected(d) == "ڕۆیشت و گوتی"
    d.editor.place(Selection.at(0))
    d.press("N G")
    assert selected(d) == "ئەو هات، ڕۆیشت و گوتی"


def test_and_not_with_one_that_the_caret_has_left(desk):
    d = desk("[هات]GPE (ئەو) ڕۆیشت، دواتر")
    d.press("N")
    d.at("ڕۆیشت").press("G")
    assert selected(d) == "هات (ئەو) ڕۆیشت"


def test_what_has_grown_can_be_marked(desk):
    d = desk(DATE)
    d.at("٩").press("G 9")
    (mention,) = d.set.mentions()
    assert d.words_of(mention.fragments) == "٢٢ - ٩ - ٢٠٢٠"


def test_there_must_be_a_word(desk):
    d = desk("   ")
    d.press("G")
    assert d.refusal() == "refused.nothing_to_mark"


def test_a_count_climbs_several_rungs(desk):
    d = desk(DATE)
    d.at("٩").press("Alt+2 G")
    assert selected(d) == "ئەمڕۆ ٢٢ - ٩ - ٢٠٢٠ لە هەولێر"
    d.press("Alt+9 G")
    assert d.refusal() == "refused.nothing_wider"
    assert d.editor.selection.span == Span(0, DATE.index("\n"))
