"""Events by keys: the type, the open frame and its roles."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import (
    EventTarget,
    ImplicitTarget,
    MentionTarget,
    QuoteTarget,
    SpanTarget,
)
from annotator.core.span import Fragments
from annotator.ui.editing.inspection import inspect
from tests.ui.editing.desk import news_scheme

NEWS = "[ئەحمەد]PER=E1 لە [هەولێر]GPE=E2 لەگەڵ [کاوە]PER=E3 [کۆبووەوە]Contact.Meet بۆ ئاو"


def opened(desk, notation=NEWS, trigger="کۆبووەوە"):
    d = desk(notation)
    d.at(trigger).press("Enter")
    assert d.mode() == "EventFrame"
    return d


def filled(d, event="EV1"):
    return [(a.role, a.target) for a in d.set.event(event).arguments]


def hint(d, identifier):
    return next(h.letters for h in d.editor.mode.hints if h.record == identifier)


def test_a_word_becomes_an_event_by_two_keys(desk):
    d = desk("ئەحمەد گەیشتە هەولێر")
    d.at("گەیشتە").press("E V")
    event = d.set.event("EV1")
    assert (event.type, d.words_of(event.trigger)) == ("Movement.Visit", "گەیشتە")
    assert (d.mode(), d.editor.selected) == ("EventFrame", "EV1")


def test_an_event_with_two_arguments_takes_six_keys(desk):
    d = desk("[ئەحمەد]PER [هەولێر]GPE گەیشتە")
    d.at("گەیشتە").press("E V")
    keys = ["V", hint_after(d, "V", "T1"), "D", hint_after(d, "D", "T2")]
    assert filled(d) == [("Visitor", MentionTarget("T1")), ("Destination", MentionTarget("T2"))]
    assert 2 + len(keys) <= 6


@pytest.mark.parametrize("again", ["E V", "R"])
def test_the_words_of_the_trigger_fill_no_role_by_themselves(desk, again):
    d = desk("[ئەحمەد]PER گەیشتە شار و ئەحمەد گەیشتە شار")
    d.select("گەیشتە شار").press("E V Escape")
    d.select("گەیشتە شار", number=2).press(again)
    assert d.editor.selection.is_empty
    d.press("D")
    assert (d.mode(), filled(d, "EV2")) == ("TargetPicker", [])


def test_the_first_required_role_opens_by_itself(desk):
    d = desk("[ئەحمەد]PER [هەولێر]GPE گەیشتە")
    d.at("گەیشتە").press("E V")
    assert (d.mode(), d.editor.mode.role) == ("TargetPicker", "Visitor")
    d.press(hint(d, "T1"))
    hint_after(d, "D", "T2")
    assert filled(d) == [("Visitor", MentionTarget("T1")), ("Destination", MentionTarget("T2"))]


def test_the_key_of_another_role_goes_to_that_one(desk):
    d = desk("[ئەحمەد]PER [هەولێر]GPE گەیشتە")
    d.at("گەیشتە").press("E V D")
    assert (d.mode(), d.editor.mode.role) == ("TargetPicker", "Destination")
    roles = {choice.key for choice in d.editor.mode.others}
    assert roles.isdisjoint(letter for h in d.editor.mode.hints for letter in h.letters)


def test_what_opened_by_itself_gives_way_when_the_caret_leaves(desk):
    d = desk("[ئەحمەد]PER [هەولێر]GPE گەیشتە ئاو")
    d.at("گەیشتە").press("E V")
    d.at("ئاو").press("1")
    assert (d.set.mention("T3").label, filled(d)) == ("PER", [])
    assert (d.editor.mode.heading, d.editor.mode.hints) == (d.editor.mode.back.heading, ())
    d.at("هەولێر").press("D")
    assert filled(d) == [("Destination", MentionTarget("T2"))]


def test_nothing_opens_where_nothing_could_fill_it(desk):
    d = desk("[دوێنێ]DATE گەیشتە")
    d.at("گەیشتە").press("E V")
    assert d.mode() == "EventFrame"


def hint_after(d, key, identifier):
    d.press(key)
    letters = hint(d, identifier)
    d.press(" ".join(letters))
    return letters


def test_the_picker_is_left_by_escape_and_knows_no_other_letter(desk):
    d = desk("یەک دوو")
    d.press("E")
    before = d.state()
    for chord in ("1", "0", "Backspace", "Enter", "Shift+A", "Shift+Enter"):
        d.press(chord)
        assert d.refusal() == "refused.no_such_choice"
        assert d.state() == before
    d.press("Escape")
    assert d.editor.mode is None
    assert len(d.set) == 0


def test_moving_and_selecting_go_on_while_a_question_is_open(desk):
    d = desk("یەک دوو")
    d.press("E Left Space")
    assert d.mode() == "EventTypePicker"
    assert d.editor.selection.span == d.span("دوو")
    d.press("F1")
    assert d.wishes == ["help.guide"]


def test_the_event_that_is_there_is_retyped(desk):
    d = desk("[ئەحمەد]PER=E1 [گەیشتە]Movement.Visit هەولێر")
    d.at("گەیشتە").press("E")
    assert [c.title for c in d.editor.choices() if c.is_filled] == [
        d.editor.say(d.editor.scheme.event_type("Movement.Visit").name)
    ]
    d.press("M")
    assert [e.type for e in d.set.events()] == ["Contact.Meet"]


def test_a_multiword_trigger_is_retyped_from_any_of_its_words(desk):
    d = desk("[کۆبوونەوەی کرد]Contact.Meet")
    d.at("کرد").press("E V")
    assert [e.type for e in d.set.events()] == ["Movement.Visit"]


def test_selecting_the_words_makes_a_second_event(desk):
    d = desk("[گەیشتە]Movement.Visit")
    d.press("Space E M")
    assert [e.type for e in d.set.events()] == ["Movement.Visit", "Contact.Meet"]


def test_retyping_tells_which_arguments_went(desk):
    d = desk("[ئەحمەد]PER [گەیشتە]Movement.Visit(Visitor=T1)")
    d.at("گەیشتە").press("E M")
    assert filled(d) == []
    assert d.last[0] == "notice.lost"
    d.press("Ctrl+Z")
    assert filled(d) == [("Visitor", MentionTarget("T1"))]


def test_a_role_is_filled_by_hint_letter(desk):
    d = opened(desk)
    d.press("P")
    assert d.mode() == "TargetPicker"
    assert {h.record for h in d.editor.mode.hints} == {"T1", "T2", "T3"}
    letters = hint(d, "T1")
    assert d.titles()[letters] == "ئەحمەد"
    d.press(letters)
    assert filled(d) == [("Participant", MentionTarget("T1"))]
    assert d.mode() == "EventFrame"


def test_hints_offer_only_what_the_role_admits_and_not_what_fills_it(desk):
    d = opened(desk)
    d.press("L")
    assert {h.record for h in d.editor.mode.hints} == {"T2"}
    d.press("Escape")
    d.at("ئەحمەد").press("P P")
    assert {h.record for h in d.editor.mode.hints} == {"T2", "T3"}


def test_a_role_is_filled_by_the_mention_under_the_caret(desk):
    d = opened(desk)
    d.at("هەولێر").press("L")
    d.at("کاوە").press("P")
    assert filled(d) == [("Place", MentionTarget("T2")), ("Participant", MentionTarget("T3"))]


def test_a_role_is_filled_by_the_selection_as_free_text(desk):
    d = opened(desk)
    d.select("ئاو").press("O")
    assert filled(d) == [("Topic", SpanTarget(Fragments((d.span("ئاو"),))))]
    assert d.editor.selection.is_empty


def test_in_the_picker_enter_takes_the_selected_words(desk):
    d = opened(desk)
    d.press("O")
    assert "Enter" not in d.titles()
    before = d.state()
    d.press("Enter")
    assert d.refusal() == "refused.no_such_choice"
    assert d.state() == before
    d.select("بۆ ئاو").press("Enter")
    assert filled(d) == [("Topic", SpanTarget(Fragments((d.span("بۆ ئاو"),))))]


def test_enter_in_the_picker_says_when_words_cannot_fill_it(desk):
    d = opened(desk, "[یەک]PER [کۆبووەوە]Contact.Meet دوو", "کۆبووەوە")
    frame = d.editor.mode
    picker = replace_kinds(d, frame)
    d.editor.enter(picker)
    d.select("دوو").press("Enter")
    assert d.refusal() == "refused.no_target_here"
    assert d.editor.mode == picker


def replace_kinds(d, frame):
    d.press("T")
    picker = d.editor.mode
    only_events = replace(picker.admission, kinds=frozenset())
    return replace(picker, admission=only_events)


def test_a_digit_takes_an_entity_that_the_text_does_not_name_here(desk):
    d = opened(desk)
    d.press("P")
    names = {key: title for key, title in d.titles().items() if key.isdigit()}
    key = next(key for key, title in names.items() if "هەولێر" in title)
    d.press(key)
    assert filled(d) == [("Participant", ImplicitTarget("E2"))]
    d.press("P")
    assert all("هەولێر" not in t for k, t in d.titles().items() if k.isdigit())


def test_many_entities_are_paged(desk):
    people = " ".join(f"[کەس{letter}]PER=E{n}" for n, letter in enumerate("ئابپتجچحخدرز", 1))
    d = opened(desk, f"{people} [هات]Contact.Meet", "هات")
    d.press("P")
    first = {t for k, t in d.titles().items() if k in "123456789"}
    assert len(first) == 9
    d.press("0")
    second = {t for k, t in d.titles().items() if k in "123456789"}
    assert len(second) == 3
    assert not first & second
    d.press("0")
    assert {t for k, t in d.titles().items() if k in "123456789"} == first


def test_many_mentions_get_two_letters(desk):
    many = " ".join("[ئەو]PER" for _ in range(40))
    d = opened(desk, f"{many} [هات]Contact.Meet", "هات")
    d.press("P")
    longest = max(d.editor.mode.hints, key=lambda h: len(h.letters))
    assert len(longest.letters) == 2
    d.press(longest.letters[0])
    assert d.mode() == "TargetPicker"
    assert all(len(h.letters) == 1 for h in d.editor.mode.hints)
    d.press("Backspace")
    assert max(len(h.letters) for h in d.editor.mode.hints) == 2
    d.press(" ".join(longest.letters))
    assert filled(d) == [("Participant", MentionTarget(longest.record))]


def test_backspace_and_escape_lead_back_to_the_frame_and_delete_nothing(desk):
    for chord in ("Backspace", "Escape"):
        d = opened(desk)
        before = dict(d.set.records)
        d.press(f"P {chord}")
        assert d.mode() == "EventFrame"
        assert dict(d.set.records) == before


def test_words_with_a_wrong_label_are_refused_with_its_sentence(desk):
    d = opened(desk)
    d.select("کاوە")
    before = d.state()
    d.press("L")
    assert d.refusal() == "refused.filler_label"
    assert d.last[1]["label"] == d.editor.say(d.editor.scheme.label("PER").name)
    assert d.state() == before


def test_a_refusal_in_the_picker_leaves_the_picker_open(desk):
    d = opened(desk)
    d.press("L")
    d.select("کاوە").press("Enter")
    assert d.refusal() == "refused.filler_label"
    assert d.mode() == "TargetPicker"


def test_a_title_does_not_stop_its_words_from_being_free_text(desk):
    d = opened(desk, "[سەرۆک]TITLE [کۆبووەوە]Contact.Meet")
    d.select("سەرۆک").press("P")
    assert filled(d) == [("Participant", SpanTarget(Fragments((d.span("سەرۆک"),))))]


def test_the_same_words_selected_twice_are_refused(desk):
    d = opened(desk)
    d.select("ئەحمەد").press("P")
    d.select("ئەحمەد")
    d.press("P")
    assert d.refusal() == "refused.argument_twice"


def test_events_and_quotes_fill_a_topic(desk):
    d = opened(desk, "[کۆبووەوە]Contact.Meet [هات]Movement.Visit «[باشە]direct»")
    d.press("O")
    assert {h.record for h in d.editor.mode.hints} == {"EV2", "Q1"}
    d.press(hint(d, "Q1"))
    d.select("هات").press("O")
    assert filled(d) == [("Topic", QuoteTarget("Q1")), ("Topic", EventTarget("EV2"))]
    d.at("هات").press("Escape Escape Enter O")
    assert hint_records(d) == {"Q1"}
    d.press("Escape")
    d.select("کۆبووەوە").press("O")
    assert d.refusal() == "refused.event_cycle"


def hint_records(d):
    return {h.record for h in d.editor.mode.hints} - {"EV1"}


def test_a_single_filler_is_replaced_and_several_are_kept(desk):
    d = opened(desk, "[ئەو]PER [ئێمە]PER [هات]Movement.Visit لە [هەولێر]GPE [دهۆک]GPE", "هات")
    for word, key in (("ئەو", "V"), ("ئێمە", "V"), ("هەولێر", "D"), ("دهۆک", "D")):
        d.at(word).press(key)
    assert filled(d) == [
        ("Visitor", MentionTarget("T1")),
        ("Visitor", MentionTarget("T2")),
        ("Destination", MentionTarget("T4")),
    ]


def test_shift_and_the_key_take_the_last_filler_back(desk):
    d = opened(desk)
    d.at("ئەحمەد").press("P")
    d.at("کاوە").press("P Shift+P")
    assert filled(d) == [("Participant", MentionTarget("T1"))]
    d.press("Shift+P")
    assert filled(d) == []
    assert "Shift+P" not in d.titles()


def test_the_frame_shows_what_is_filled_and_required(desk):
    d = opened(desk)
    d.at("ئەحمەد").press("P")
    participant = next(c for c in d.editor.choices() if c.key == "P")
    assert (participant.is_filled, participant.is_required) == (True, True)
    assert participant.title.endswith("ئەحمەد")
    assert "کۆبووەوە" in d.editor.mode.heading
    d.press("Enter")
    assert d.editor.mode is None


def test_marking_goes_on_while_the_frame_is_open(desk):
    d = opened(desk)
    d.at("ئاو").press("4")
    assert (d.mode(), d.set.mention("T4").label) == ("EventFrame", "LOC")


def test_what_nobody_sees_gets_no_hint(desk):
    d = opened(desk)
    d.sight.visible = None
    d.press("P")
    assert d.editor.mode.hints == ()


def test_an_event_of_a_type_the_scheme_lost_can_be_opened_and_retyped(desk):
    scheme = news_scheme()
    few = replace(scheme, event_types=scheme.event_types[1:])
    d = desk("[ئەو]PER [کۆبووەوە]Contact.Meet", scheme=few)
    d.at("کۆبووەوە").press("Enter")
    assert "Contact.Meet" in d.legend().heading
    assert set(d.titles()) == {"Enter", "Escape"}
    d.press("Escape E N")
    assert d.set.event("EV1").type == "Contact.Negotiate"


@pytest.mark.parametrize("gap", ["کاوە"])
def test_a_mention_inside_a_light_verb_can_be_pointed_at(desk, gap):
    d = opened(desk, "[پێشوازی]Contact.Meet لە [کاوە]PER [کرد]EV1.trigger", "پێشوازی")
    d.at(gap).press("P")
    assert filled(d) == [("Participant", MentionTarget("T1"))]


def test_a_mention_that_was_pointed_at_and_does_not_fit_is_refused_with_its_reason(desk):
    d = desk("[هەولێر]GPE=E1 و [دوێنێ]DATE [ئەحمەد]PER=E2 [کۆبووەوە]Contact.Meet", language="ckb")
    d.at("کۆبووەوە").press("Enter")
    d.at("دوێنێ").press("P")
    assert d.refusal() == "refused.filler_label"
    scheme, values = d.editor.scheme, dict(d.told[-1].values)
    role = scheme.event_type("Contact.Meet").role("Participant")
    assert (values["role"], values["label"]) == (role.name.ckb, scheme.label("DATE").name.ckb)
    assert scheme.label("PER").name.ckb in values["admitted"]
    assert d.mode() == "TargetPicker"
    assert {mark.record for mark in d.editor.mode.hints} == {"T1", "T3"}


def test_pointing_at_nothing_is_no_mistake(desk):
    d = desk("[ئەحمەد]PER=E1 هات و [کۆبووەوە]Contact.Meet")
    d.at("کۆبووەوە").press("Enter P Escape")
    d.at("هات").press("P Escape")
    d.at("ئەحمەد").press("P P")
    assert [notice for notice in d.told if notice.is_refusal] == []
    assert d.mode() == "TargetPicker"


def test_the_required_roles_come_first_in_legend_and_card(desk):
    d = desk("[گرت]Conflict.Seize")
    d.press("Enter")
    roles = d.editor.scheme.event_type("Conflict.Seize").roles
    assert [role.is_required for role in roles[:2]] == [False, True]
    assert d.editor.choices()[0].is_required
    assert [choice.is_required for choice in d.editor.choices()[1:6]] == [False] * 5
    rows = inspect(d.editor)
    assert rows[1].title == d.editor.say(roles[1].name)
    assert rows[1].value == d.editor.sentence("inspector.missing")
