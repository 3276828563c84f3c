"""Which annotations the caret is on: also at the end of their last word."""

from annotator.ui.editing.words import Selection


def under(d, offset):
    d.editor.place(Selection.at(offset), select=None)
    return [record.id for record in d.editor.at_caret()]


def test_at_the_end_of_its_word_the_caret_is_still_on_an_annotation(desk):
    d = desk("[ئەحمەد]PER هات.")
    assert [under(d, offset) for offset in (0, 3, 6, 7)] == [["T1"], ["T1"], ["T1"], []]


def test_at_the_end_of_the_first_piece_too(desk):
    d = desk("[ئەحمەد]PER و باوکی کاوە")
    d.press("Shift+Enter")
    d.select("کاوە").press("Shift+Equal")
    assert under(d, 6) == ["T1"]
    assert under(d, 8) == []
    assert under(d, len(d.editor.text)) == ["T1"]


def test_inside_of_a_word_the_end_of_an_annotation_is_not_it(desk):
    d = desk("[کوردستان]GPEیش دوورە.")
    assert under(d, 7) == ["T1"]
    assert under(d, 8) == []
