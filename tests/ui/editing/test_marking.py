"""Marking, relabelling, levels, repeating, going from one to the next, and deleting."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import MentionLevel
from annotator.foundation.errors import Refused
from annotator.ui.editing.editor import TextWish
from annotator.ui.editing.words import Selection
from tests.ui.editing.desk import news_scheme

NEWS = "سەرۆکی حکومەت لە هەولێر گەیشتە بەغدا و هەولێر"


def labels(d):
    return [(m.label, d.words_of(m.fragments)) for m in d.set.mentions()]


def test_one_word_takes_one_key(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("3")
    assert labels(d) == [("GPE", "هەولێر")]
    assert d.editor.selected == "T1"
    assert [e.name for e in d.set.entities()] == ["هەولێر"]


def test_n_words_take_n_keys(desk):
    d = desk(NEWS)
    d.press("Shift+Left 0")
    assert labels(d) == [("TITLE", "سەرۆکی حکومەت")]
    assert d.editor.selection.is_empty
    assert list(d.set.entities()) == []


def test_the_same_name_is_the_same_entity(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("3")
    d.at("هەولێر", 2).press("3")
    assert [m.entity for m in d.set.mentions()] == ["E1", "E1"]


def test_a_mention_under_the_caret_is_relabelled(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("1 3")
    assert labels(d) == [("GPE", "هەولێر")]
    assert [e.label for e in d.set.entities()] == ["GPE"]


def test_relabelling_joins_the_entity_of_that_name(desk):
    d = desk("[هەولێر]GPE=E1 و [هەولێر]ORG=E2")
    d.at("هەولێر", 2).press("3")
    assert [m.entity for m in d.set.mentions()] == ["E1", "E1"]
    assert [e.id for e in d.set.entities()] == ["E1"]


def test_by_selection_one_nests_inside_another(desk):
    d = desk(NEWS)
    d.press("Shift+Left 2")
    d.select("حکومەت").press("3")
    assert labels(d) == [("ORG", "سەرۆکی حکومەت"), ("GPE", "حکومەت")]
    d.select("سەرۆکی حکومەت").press("0")
    assert labels(d)[0] == ("TITLE", "سەرۆکی حکومەت")


def test_the_same_label_again_is_told(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("3 3")
    title = d.editor.say(d.editor.scheme.label("GPE").name)
    assert d.last == ("notice.same_label", {"text": "هەولێر", "label": title})
    assert not d.told[-1].is_refusal


def test_punctuation_stays_outside(desk):
    d = desk("«هەولێر»، باشە")
    d.select("«هەولێر»،").press("3")
    assert labels(d) == [("GPE", "هەولێر")]


@pytest.mark.parametrize(
    ("text", "caret", "chord", "key"),
    [
        ("یەک   دوو", 4, "1", "refused.nothing_to_mark"),
        ("…", 0, "1", "refused.nothing_to_mark"),
        ("یەک دوو", 0, "R", "refused.nothing_to_repeat"),
        ("یەک دوو", 0, "L", "refused.no_mention_here"),
        ("یەک دوو", 0, "M", "refused.no_mention_here"),
        ("یەک دوو", 0, "F", "refused.no_annotation_here"),
        ("یەک دوو", 0, "Enter", "refused.no_annotation_here"),
        ("یەک دوو", 0, "Shift+Enter", "refused.no_annotation_here"),
        ("یەک دوو", 0, "Backspace", "refused.no_annotation_here"),
        ("یەک دوو", 0, "Alt+Shift+Left", "refused.no_annotation_here"),
        ("یەک دوو", 0, "N", "refused.no_more_annotations"),
        ("یەک دوو", 0, "P", "refused.no_more_annotations"),
        ("یەک دوو", 0, "S", "refused.no_quote_here"),
        ("یەک دوو", 0, "C", "refused.no_quote_here"),
        ("یەک دوو", 0, "D", "refused.no_quote_here"),
        ("یەک دوو", 0, "Q", "refused.no_quotation_marks"),
        ("یەک   دوو", 4, "E", "refused.nothing_to_mark"),
        ("یەک دوو", 0, "Shift+Equal", "refused.nothing_selected"),
        ("یەک دوو", 0, "H", "refused.nothing_selected"),
        ("یەک دوو", 0, "Ctrl+Z", "refused.nothing_to_undo"),
        ("یەک دوو", 0, "Ctrl+Y", "refused.nothing_to_redo"),
        ("[ئەو]PER هات", 0, "F", "refused.no_attributes"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ckb"])
def test_a_refusal_leaves_everything_as_it_was(desk, text, caret, chord, key, language):
    d = desk(text, caret=caret, language=language)
    before = d.state()
    assert d.press(chord)
    assert d.refusal() == key
    assert d.state() == before


def test_a_digit_without_a_label_is_refused(desk):
    few = replace(news_scheme(), labels=news_scheme().labels[:2])
    d = desk("یەک", scheme=few)
    d.press("7")
    assert d.refusal() == "refused.no_label_key"


def test_repeat_marks_with_the_last_label_and_makes_the_last_event(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("3")
    d.at("بەغدا").press("R")
    assert labels(d) == [("GPE", "هەولێر"), ("GPE", "بەغدا")]
    d.at("گەیشتە").press("E V Escape")
    d.at("حکومەت").press("R")
    assert [e.type for e in d.set.events()] == ["Movement.Visit", "Movement.Visit"]
    assert d.editor.mode.record == "EV2"


def test_relabelling_is_repeated_too(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("3 4")
    d.at("بەغدا").press("R")
    assert labels(d)[-1] == ("LOC", "بەغدا")


def test_levels_go_round(desk):
    d = desk("[ئەو]PER هات")
    seen = []
    for _ in range(3):
        d.press("M")
        seen.append((d.set.mention("T1").level, d.last[0]))
    assert seen == [
        (MentionLevel.NOM, "notice.level.NOM"),
        (MentionLevel.PRO, "notice.level.PRO"),
        (MentionLevel.NAM, "notice.level.NAM"),
    ]


def test_the_level_of_a_mention_inside_an_open_event(desk):
    d = desk("[ئەو]PER [هات]Movement.Visit")
    d.at("هات").press("Enter")
    d.at("ئەو").press("M")
    assert d.set.mention("T1").level is MentionLevel.NOM
    assert (d.mode(), d.editor.selected) == ("EventFrame", "EV1")


ORDER = "[یەک [دوو]GPE]ORG سێ «[چوار [پێنج]PER شەش]direct» [حەوت]Contact.Meet"


def test_next_and_previous_in_reading_order(desk):
    d = desk(ORDER, caret=len("یەک دوو "))
    seen = []
    while d.press("N") and not d.told:
        seen.append(d.editor.selected)
    assert seen == ["Q1", "T3", "EV1"]
    assert d.refusal() == "refused.no_more_annotations"
    d.told.clear()
    back = []
    while d.press("P") and not d.told:
        back.append(d.editor.selected)
    assert back == ["T3", "Q1", "T2", "T1"]
    assert d.editor.selection == Selection.at(0)


def test_next_never_goes_back_to_before_the_caret(desk):
    d = desk("«[یەک [دوو]PER سێ [چوار]PER پێنج]direct»")
    d.at("سێ").press("N")
    assert d.editor.selected == "T2"
    d.at("سێ").press("P")
    assert d.editor.selected == "T1"
    d.at("یەک").press("N")
    assert d.editor.selected == "T1"


def test_next_leaves_an_open_event(desk):
    d = desk("[ئەو]PER [هات]Movement.Visit و [ڕۆیشت]PER")
    d.at("هات").press("Enter N")
    assert (d.editor.selected, d.editor.mode) == ("T2", None)


def test_outer_goes_round(desk):
    d = desk("[یەک [دوو]GPE]ORG")
    d.at("دوو")
    seen = []
    for _ in range(3):
        d.press("Shift+Enter")
        seen.append(d.editor.current.id)
    assert seen == ["T1", "T2", "T1"]


def test_enter_on_a_mention_asks_for_its_entity(desk):
    d = desk("[ئەو]PER=E1 هات")
    d.press("Enter")
    assert d.text_wishes == [TextWish("T1", "entity")]


def test_deleting_alone(desk):
    d = desk("[ئەو]PER هات")
    d.press("Backspace")
    assert len(d.set) == 0
    assert d.last == ("notice.deleted", {"text": "ئەو"})
    assert d.editor.selected is None


def test_deleting_says_what_goes_with_it(desk):
    d = desk("[ئەو]PER=E1 [هات]Movement.Visit(Visitor=T1) «[باشە]direct(speaker=T1)»")
    d.press("Delete")
    key, values = d.last
    assert key == "notice.deleted_with"
    assert values["text"] == "ئەو"
    assert values["lost"] == ("arguments: 1", "speakers: 1", "entities: 1")
    d.press("Ctrl+Z")
    assert d.set.event("EV1").arguments[0].target.mention == "T1"
    assert d.editor.selected == "T1"


def test_deleting_a_quote_takes_choosing_it(desk):
    d = desk("گوتی «[شتێک باشە]direct»")
    d.at("باشە")
    before = d.state()
    d.press("Backspace")
    assert d.refusal() == "refused.select_quote"
    assert d.state() == before
    d.press("Shift+Enter Backspace")
    assert len(d.set) == 0


def test_wishes_go_to_the_window(desk):
    d = desk("یەک")
    d.press("Ctrl+Enter F1")
    assert d.wishes == ["set.complete", "help.guide"]
    assert d.press("Z") is False


def test_escape_leaves_the_mode_then_the_selection_then_the_annotation(desk):
    d = desk("[هات]Movement.Visit یەک")
    d.press("Enter")
    d.select("یەک").press("Escape")
    assert (d.editor.mode, d.editor.selection.is_empty) == (None, False)
    d.press("Escape")
    assert (d.editor.selection.is_empty, d.editor.selected) == (True, "EV1")
    d.press("Escape")
    assert d.editor.selected is None


def test_previous_from_the_middle_of_a_mention_passes_it_by(desk):
    d = desk("[یەک]PER و [هەولێر]GPE")
    d.editor.place(Selection.at(d.span("هەولێر").start + 2))
    d.press("P")
    assert d.editor.selected == "T1"


def test_what_is_not_there_is_refused(desk):
    d = desk("[یەک]PER=E1")
    for identifier in ("T9", "E1"):
        with pytest.raises(Refused):
            d.editor.annotation(identifier)
