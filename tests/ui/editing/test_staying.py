"""The caret stays on what it stood on when a key moves the boundary under it."""

from annotator.ui.editing.words import Selection

TEXT = "لە هەرێمی کوردستانیش بوو"


def test_shortening_twice_and_back_after_marking(desk):
    d = desk(TEXT)
    d.at("هەرێمی").press("Shift+Left 3")
    assert d.words_of(d.set.mention("T1").fragments) == "هەرێمی کوردستانیش"
    for chord, expected in (
        ("W", "هەرێمی کوردستانی"),
        ("W", "هەرێمی کوردستان"),
        ("Shift+W", "هەرێمی کوردستانی"),
    ):
        d.press(chord)
        assert d.words_of(d.set.mention("T1").fragments) == expected
        assert d.editor.current.id == "T1"


def test_a_start_moved_past_the_caret_takes_it_along(desk):
    d = desk(TEXT)
    d.at("کوردستانیش").press("3 Ctrl+Alt+Shift+Left Ctrl+Alt+Shift+Left")
    start = d.set.mention("T1").fragments.start
    assert d.editor.selection == Selection.at(start)


def test_a_quote_made_of_a_sentence_stays_current_when_its_frame_closes(desk):
    text = "وەزیر گوتی کە ئاو کەمە."
    d = desk(text)
    d.at("وەزیر").press("Ctrl+Shift+Left Q Escape")
    assert d.editor.current.id == "Q1"
