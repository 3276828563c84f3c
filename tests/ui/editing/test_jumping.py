"""Jumping by letters on the page: to annotations and to words in sight."""

from annotator.core.span import Span
from annotator.ui.editing.words import Selection

MARKED = "[هەولێر]GPE=E1 و [ئەحمەد]PER=E2 هات. ئەو گوتی: «[ڕێگاکە باشە]direct»"


def letters(d):
    return {mark.letters: mark.offset for mark in d.editor.mode.hints}


def test_letters_stand_over_every_annotation_in_sight_the_nearest_first(desk):
    d = desk(MARKED)
    d.at("گوتی").press("J")
    hints = d.editor.mode.hints
    assert [mark.letters for mark in hints] == ["A", "S", "D"]
    assert [mark.record for mark in hints] == ["Q1", "T2", "T1"]


def test_a_letter_leads_there_and_selects_it(desk):
    d = desk(MARKED)
    d.at("گوتی").press("J D")
    assert (d.editor.selection, d.editor.selected) == (Selection.at(0), "T1")
    assert d.mode() == "NoneType"


def test_an_annotation_that_began_above_the_page_has_its_letters_at_the_top(desk):
    d = desk("[یەک دوو سێ چوار]direct")
    d.sight.visible = Span(8, 12)
    d.at("سێ").press("J")
    assert letters(d) == {"A": 8}
    d.press("A")
    assert d.editor.selection == Selection.at(0)


def test_nothing_in_sight(desk):
    d = desk("یەک")
    d.press("J")
    assert d.refusal() == "refused.no_annotation_in_sight"
    d = desk("")
    d.press("J")
    assert d.refusal() == "refused.no_annotation_in_sight"
    d.press("Shift+J")
    assert d.refusal() == "refused.no_word_in_sight"


def test_any_word_in_sight_is_three_keys_away(desk):
    d = desk(" ".join(["وشە"] * 300))
    d.press("Shift+J")
    places = letters(d)
    assert len(places) == 300
    assert max(map(len, places)) == 2
    code = next(code for code, offset in places.items() if offset == 299 * 4)
    d.press(" ".join(code))
    assert d.editor.selection == Selection.at(299 * 4)
    assert d.mode() == "NoneType"


def test_words_are_no_punctuation_and_begin_on_the_page(desk):
    d = desk("یەک، دوو (سێ) چوار")
    d.sight.visible = Span(1, 11)
    d.press("Shift+J")
    assert sorted(letters(d).values()) == [5, 10]


def test_a_letter_can_be_taken_back(desk):
    d = desk(" ".join(["وشە"] * 60))
    d.press("Shift+J")
    before = letters(d)
    first = next(code[0] for code in before if len(code) == 2)
    d.press(first)
    assert all(len(code) == 1 for code in letters(d))
    assert 0 < len(letters(d)) < len(before)
    d.press("Backspace")
    assert letters(d) == before
    d.press("Backspace")
    assert d.mode() == "NoneType"


def test_escape_leaves_without_a_jump(desk):
    d = desk(MARKED)
    d.at("گوتی")
    before = d.state()
    d.press("J Escape")
    assert d.state() == before


def test_a_letter_that_leads_nowhere_is_refused(desk):
    d = desk(MARKED)
    d.press("J Z")
    assert d.refusal() == "refused.no_such_choice"
    assert d.mode() == "JumpPicker"


def test_in_an_open_event_it_points_at_what_fills_a_role(desk):
    d = desk("[ئەحمەد]PER=E1 لە [هەولێر]GPE=E2 [کۆبووەوە]Contact.Meet")
    d.at("کۆبووەوە").press("Enter J")
    code = next(m.letters for m in d.editor.mode.hints if m.record == "T1")
    d.press(code)
    assert d.mode() == "EventFrame"
    role = next(r for r in d.editor.scheme.event_type("Contact.Meet").roles if r.is_required)
    d.press(role.key)
    (argument,) = d.set.event("EV1").arguments
    assert (argument.role, argument.target.mention) == (role.id, "T1")


def test_the_letters_stand_on_the_page_and_not_in_the_legend(desk):
    d = desk(MARKED)
    d.press("J")
    assert d.titles()["A"] == "هەولێر"
    legend = d.legend()
    assert legend.heading == d.editor.sentence("legend.jump_annotation")
    assert [entry.title for entry in legend.entries] == [d.editor.sentence("choice.back")] * 2
