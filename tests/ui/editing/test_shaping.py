"""Boundaries by letters, the clitic ladder, fragments and heads."""

import pytest

from annotator.core.span import Fragments, Span
from annotator.ui.editing.words import Selection

LADDER = "لە کوردستانیش بوو"


def text_of(d, identifier="T1"):
    return d.words_of(d.set.mention(identifier).fragments)


@pytest.mark.parametrize(
    ("chord", "expected"),
    [
        ("Alt+Shift+Left", "سوریا و"),
        ("Alt+Shift+Right", "سوریا"),
        ("Ctrl+Alt+Shift+Left", "وریا "),
        ("Ctrl+Alt+Shift+Right", " سوریا "),
    ],
)
def test_a_boundary_moves_as_it_is_seen_in_a_kurdish_paragraph(desk, chord, expected):
    d = desk("لە [سوریا ]GPEوە")
    d.at("سوریا").press(chord)
    assert text_of(d) == expected


@pytest.mark.parametrize(
    ("chord", "expected"),
    [
        ("Alt+Shift+Right", "Rudaw "),
        ("Alt+Shift+Left", "Ruda"),
        ("Ctrl+Alt+Shift+Right", "udaw"),
        ("Ctrl+Alt+Shift+Left", " Rudaw"),
    ],
)
def test_and_the_other_way_in_a_latin_one(desk, chord, expected):
    d = desk("at [Rudaw]ORG TV")
    d.at("Rudaw").press(chord)
    assert text_of(d) == expected


def test_the_direction_is_that_of_the_annotation_not_of_the_caret(desk):
    d = desk("The [Rudaw]Contact.Meet TV\nلە هەولێر")
    d.at("Rudaw").press("Enter")
    d.at("هەولێر").press("Alt+Shift+Right")
    assert d.words_of(d.set.event("EV1").trigger) == "Rudaw "


def test_a_written_character_is_never_torn(desk):
    d = desk("[باشە]PER 👩‍💻 هات")
    d.press("Alt+Shift+Left Alt+Shift+Left")
    assert text_of(d) == "باشە 👩‍💻"
    d.press("Alt+Shift+Right")
    assert text_of(d) == "باشە "
    d = desk("[بە]PERرد\u0650ی")
    d.press("Alt+Shift+Left Alt+Shift+Left")
    assert text_of(d) == "بەرد\u0650"


@pytest.mark.parametrize(
    ("notation", "chord", "key"),
    [
        ("[و]PER هات", "Alt+Shift+Right", "refused.span_empty"),
        ("[و]PER هات", "Ctrl+Alt+Shift+Left", "refused.span_empty"),
        ("[و]PER هات", "Ctrl+Alt+Shift+Right", "refused.end_of_text"),
        ("[هات]PER", "Alt+Shift+Left", "refused.end_of_text"),
        ("[باش]Contact.Meet [هات]EV1.trigger", "Ctrl+Alt+Shift+Right", "refused.end_of_text"),
    ],
)
def test_a_boundary_that_cannot_move_is_refused(desk, notation, chord, key):
    d = desk(notation)
    before = d.state()
    d.press(chord)
    assert d.refusal() == key
    assert d.state() == before


def test_fragments_do_not_run_into_each_other(desk):
    d = desk("[باش]Contact.Meet و")
    d.press("Enter")
    d.select("و").press("Shift+Equal")
    assert d.set.event("EV1").trigger.spans == (Span(0, 3), Span(4, 5))
    d.press("Alt+Shift+Right")
    assert d.refusal() == "refused.span_empty"


def test_a_quote_moves_only_when_it_was_meant(desk):
    d = desk("«[هەموو شت باشە]direct»")
    d.at("شت").press("Alt+Shift+Right")
    assert d.refusal() == "refused.select_quote"
    d.press("Shift+Enter Alt+Shift+Right")
    assert d.words_of(d.set.quote("Q1").content) == "هەموو شت باش"


def test_nudges_in_a_row_are_one_step_and_slow_ones_are_not(desk):
    d = desk("[سوریا]GPE وە بوو")
    d.press("Alt+Shift+Left")
    d.now += 1.5
    d.press("Alt+Shift+Left")
    d.now += 1.51
    d.press("Alt+Shift+Left")
    assert text_of(d) == "سوریا وە"
    d.press("Ctrl+Z")
    assert text_of(d) == "سوریا و"
    d.press("Ctrl+Z")
    assert text_of(d) == "سوریا"


def test_moving_the_caret_ends_a_row_of_nudges(desk):
    d = desk("[سوریا]GPE وە بوو")
    d.press("Alt+Shift+Left Alt+Left Alt+Right Alt+Shift+Left Ctrl+Z")
    assert text_of(d) == "سوریا "


def test_the_ladder_steps_down_and_up_on_a_mention(desk):
    d = desk("لە [کوردستانیش]GPE بوو")
    d.at("کوردستانیش")
    seen = []
    while d.press("W") and not d.told:
        seen.append(text_of(d))
    assert seen[0] in ("کوردستانی", "کوردستان")
    assert seen[-1] == "کوردستان"
    assert d.refusal() == "refused.no_shorter_stem"
    d.told.clear()
    while d.press("Shift+W") and not d.told:
        seen.append(text_of(d))
    assert seen[-1] == "کوردستانیش"
    assert d.refusal() == "refused.no_longer_stem"


def test_the_ladder_on_a_bare_word_selects_its_stem(desk):
    d = desk(LADDER)
    d.at("کوردستانیش").press("W W")
    assert d.editor.selection == Selection(3, 3 + len("کوردستان"))
    d.press("3")
    assert text_of(d) == "کوردستان"
    d.at("کوردستانیش").press("Shift+W Shift+W")
    assert text_of(d) == "کوردستانیش"


def test_the_ladder_on_a_selection(desk):
    d = desk(LADDER)
    d.select("لە کوردستانیش").press("W W")
    assert d.editor.selection.span == Span(0, 3 + len("کوردستان"))
    d.press("Shift+W")
    assert d.editor.selection.span == Span(0, 3 + len("کوردستانی"))


def test_the_ladder_on_a_word_in_a_quote_leaves_the_quote_alone(desk):
    d = desk("«[لە کوردستانیش باشە]direct»")
    d.at("کوردستانیش").press("W W")
    assert d.editor.selection.span.of(d.text) == "کوردستان"
    assert d.words_of(d.set.quote("Q1").content) == "لە کوردستانیش باشە"


def test_a_mention_gets_another_fragment(desk):
    d = desk("[ئەحمەد]PER و باوکی کاوە")
    d.press("Shift+Enter")
    d.select("کاوە").press("Shift+Equal")
    assert text_of(d) == "ئەحمەد کاوە"
    assert d.set.mention("T1").fragments.head is None
    d.press("Shift+Equal")
    assert d.refusal() == "refused.select_fragment"
    d.select("کاوە").press("Shift+Equal")
    assert d.refusal() == "refused.fragment_inside"


def test_a_trigger_gets_another_fragment_and_a_head(desk):
    d = desk("پێشوازی لە ئەو کرد")
    d.at("پێشوازی").press("E M")
    d.select("کرد").press("Shift+Equal")
    trigger = d.set.event("EV1").trigger
    assert (d.words_of(trigger), trigger.head) == ("پێشوازی کرد", d.span("پێشوازی"))
    assert d.mode() == "EventFrame"
    d.at("کرد").press("H")
    assert d.set.event("EV1").trigger.head == d.span("کرد")
    d.press("H")
    assert d.set.event("EV1").trigger.head is None
    d.at("ئەو").press("H")
    assert d.refusal() == "refused.head_outside"


def test_after_c_the_keys_shape_the_cue(desk):
    d = desk("جەختی لە «[شتێک]direct» کردەوە")
    d.at("شتێک").press("Enter")
    d.at("جەختی").press("C")
    d.select("کردەوە").press("Shift+Equal")
    quote = d.set.quote("Q1")
    assert quote.cue == Fragments((d.span("جەختی"), d.span("کردەوە")), d.span("جەختی"))
    d.press("Alt+Shift+Right")
    assert d.words_of(d.set.quote("Q1").cue) == "جەختی کردەو"
    assert d.set.quote("Q1").content == quote.content


def test_a_cue_that_was_undone_cannot_be_shaped(desk):
    d = desk("جەختی لە «[شتێک]direct» کردەوە")
    d.at("شتێک").press("Enter")
    d.at("جەختی").press("C Ctrl+Z")
    d.press("Alt+Shift+Left")
    assert d.refusal() == "refused.no_cue"
