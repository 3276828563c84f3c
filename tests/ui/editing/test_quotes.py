"""Quotes by keys: content, cue, speaker, addressees, proposals."""

import pytest

from annotator.core.annotations import (
    ImplicitTarget,
    MentionTarget,
    QuoteType,
    SpanTarget,
    SpeakerForm,
)
from annotator.core.commands.spans import Part
from annotator.core.span import Fragments
from annotator.ui.editing.quoting import OFFERED_SPEAKERS
from annotator.ui.editing.words import Selection

SAID = "[ئەحمەد]PER=E1 بە [کاوە]PER=E2 گوتی: «ڕێگاکە باشە»."


def quoted(desk, notation=SAID, caret="باشە", **choices):
    d = desk(notation, **choices)
    d.at(caret).press("Q")
    assert d.mode() == "QuoteFrame"
    return d


def quote(d, identifier="Q1"):
    return d.set.quote(identifier)


@pytest.mark.parametrize(("opening", "closing"), [("«", "»"), ('"', '"'), ("“", "”"), ("‹", "›")])
def test_the_marks_around_the_caret_tell_the_content(desk, opening, closing):
    d = quoted(desk, f"گوتی: {opening}ڕێگاکە باشە.{closing} و هات")
    made = quote(d)
    assert (d.words_of(made.content), made.type) == ("ڕێگاکە باشە.", QuoteType.DIRECT)
    assert [d.text[m.start : m.end] for m in made.marks] == [opening, closing]


def test_of_nested_marks_the_innermost_counts(desk):
    d = quoted(desk, "گوتی: «ئەو دەڵێت “باشە” و هات»")
    assert d.words_of(quote(d).content) == "باشە"
    d.press("Escape")
    d.at("دەڵێت").press("Q")
    assert d.words_of(quote(d, "Q2").content) == "ئەو دەڵێت “باشە” و هات"
    assert (quote(d).parent, quote(d, "Q2").parent) == ("Q2", None)


def test_a_selection_without_marks_is_indirect(desk):
    d = desk("گوتی ڕێگاکە باشە.")
    d.select("ڕێگاکە باشە.").press("Q")
    made = quote(d)
    assert (d.words_of(made.content), made.marks, made.type) == (
        "ڕێگاکە باشە",
        (),
        QuoteType.INDIRECT,
    )
    assert d.editor.selection.is_empty


@pytest.mark.parametrize(
    "selected", ["ڕێگاکە باشە؟", "ڕێگاکە باشە", "«ڕێگاکە باشە؟»", "«ڕێگاکە باشە؟»."]
)
def test_selecting_what_stands_between_marks_is_direct(desk, selected):
    d = desk("گوتی: «ڕێگاکە باشە؟».")
    d.select(selected).press("Q")
    assert (d.words_of(quote(d).content), quote(d).type) == ("ڕێگاکە باشە؟", QuoteType.DIRECT)


def test_marks_inside_the_selection_make_it_mixed(desk):
    d = desk("گوتی ڕێگاکە «زۆر باش» بوو")
    d.select("ڕێگاکە «زۆر باش» بوو").press("Q")
    assert (quote(d).type, len(quote(d).marks)) == (QuoteType.MIXED, 2)
    d = desk("گوتی ڕێگاکە «زۆر باش»")
    d.select("ڕێگاکە «زۆر باش»").press("Q")
    assert d.words_of(quote(d).content) == "ڕێگاکە «زۆر باش»"
    assert quote(d).type is QuoteType.MIXED
    d = desk("گوتی «زۆر باش» بوو")
    d.select("«زۆر باش» بوو").press("Q")
    assert d.words_of(quote(d).content) == "«زۆر باش» بوو"


def test_marks_of_a_quote_that_is_there_are_its_own(desk):
    d = desk("گوتی ڕێگاکە «[زۆر باش]direct» بوو")
    d.sight.visible = None
    d.select("ڕێگاکە «زۆر باش» بوو").press("Q")
    assert (quote(d, "Q2").marks, quote(d, "Q2").type) == ((), QuoteType.INDIRECT)
    assert quote(d).parent == "Q2"


def test_a_selection_over_two_paragraphs(desk):
    d = desk("گوتی یەک\nدوو باشە")
    d.select("یەک\nدوو").press("Q")
    assert d.words_of(quote(d).content) == "یەک\nدوو"


def test_a_direct_quote_with_cue_and_speaker_takes_three_keys(desk):
    d = quoted(desk)
    speakers = d.editor.mode.speakers
    d.press(str(speakers.index("T1") + 1))
    made = quote(d)
    assert made.speaker.who == MentionTarget("T1")
    assert d.words_of(made.cue) == "گوتی"
    assert d.editor.mode.hints == ()
    d.press("Escape Ctrl+Z")
    assert (quote(d).cue, quote(d).speaker.who) == (None, None)


def test_enter_takes_the_likeliest_speaker_and_then_closes(desk):
    d = quoted(desk)
    assert [h.letters for h in d.editor.mode.hints] == ["1", "2"]
    d.press("Enter")
    assert quote(d).speaker.who == MentionTarget("T1")  # the other is spoken to
    assert quote(d).cue is not None
    d.press("Enter")
    assert d.editor.mode is None


@pytest.mark.parametrize(
    ("said", "proposed"),
    [
        ("[کاوە]PER و [ئەحمەد]PER گوتیان: «باشە».", ["T2", "T1"]),
        ("[ئەحمەد]PER لە [هەولێر]GPE گوتی: «باشە».", ["T1", "T2"]),
        ("[ئەحمەد]PER، [سەرۆکی [شار]GPE]PER، گوتی: «باشە».", ["T2", "T1", "T3"]),
        ("[ئەحمەد]PER هات.\n«باشە» [کاوە]PER گوتی.", ["T2", "T1"]),
    ],
)
def test_who_is_proposed_first(desk, said, proposed):
    assert list(quoted(desk, said).editor.mode.speakers) == proposed


def test_after_the_answer_digits_mark_again(desk):
    d = quoted(desk)
    d.press("1")
    d.at("ڕێگاکە").press("4")
    assert d.set.mention("T3").label == "LOC"


def test_each_entity_is_proposed_once_and_not_from_inside(desk):
    people = " ".join("[ئەحمەد]PER=E1" for _ in range(3))
    others = " ".join(f"[کەس]PER=E{n}" for n in range(2, 9))
    d = quoted(desk, f"{people} {others} [چیا]LOC=E9 گوتی: «[کاوە]PER=E10 باشە» [ئەو]PER")
    proposed = [d.set.mention(i) for i in d.editor.mode.speakers]
    assert len(proposed) == OFFERED_SPEAKERS
    assert len({m.entity for m in proposed}) == OFFERED_SPEAKERS
    assert all(m.label == "PER" and d.words_of(m.fragments) != "کاوە" for m in proposed)


def test_a_proposal_whose_mention_is_gone_is_not_taken(desk):
    d = quoted(desk, "[ئەحمەد]PER=E1 «باشە»")
    assert d.editor.mode.speakers == ("T1",)
    frame = d.editor.mode
    d.editor.enter(None)
    d.at("ئەحمەد").press("Backspace")
    d.editor.enter(frame)
    assert d.titles()["Enter"] == d.editor.sentence("choice.close")
    d.press("Enter")
    assert d.editor.mode is None
    assert quote(d).speaker.who is None


def test_only_a_cue_is_proposed_where_nobody_can_speak(desk):
    d = quoted(desk, "گوتی: «ڕێگاکە باشە»")
    d.press("Enter")
    assert d.words_of(quote(d).cue) == "گوتی"
    assert d.open.next_undo.edit.name == "edit.set_cue"


def test_reopening_by_the_same_key_proposes_what_is_missing(desk):
    d = quoted(desk)
    d.press("Escape Q")
    assert len(d.set.get("Q1").marks) == 2
    assert d.editor.mode.speakers
    d.press("1 Escape Q")
    assert (d.editor.mode.speakers, d.editor.mode.cue) == ((), None)
    assert len(list(d.set.quotes())) == 1


def test_the_speaker_by_caret_letter_selection_and_digit(desk):
    d = quoted(desk)
    d.at("ئەحمەد").press("S")
    assert quote(d).speaker.who == MentionTarget("T1")
    d.press("S")
    assert {h.record for h in d.editor.mode.hints} == {"T2"}
    d.press(d.editor.mode.hints[0].letters)
    assert quote(d).speaker.who == MentionTarget("T2")
    d.select("گوتی").press("S")
    assert quote(d).speaker.who == SpanTarget(Fragments((d.span("گوتی"),)))
    d.at("باشە").press("S 1")
    assert isinstance(quote(d).speaker.who, ImplicitTarget)
    assert quote(d).speaker.form is SpeakerForm.NONE


def test_who_cannot_speak_is_refused(desk):
    d = quoted(desk, "[چیا]LOC=E1 گوتی «باشە»")
    d.select("چیا")
    before = d.state()
    d.press("S")
    assert d.refusal() == "refused.speaker_label"
    assert d.state() == before


def test_who_was_pointed_at_and_cannot_speak_is_refused_with_the_reason(desk):
    d = quoted(desk, "[چیا]LOC=E1 گوتی «باشە»")
    d.at("چیا").press("S")
    assert d.refusal() == "refused.speaker_label"
    assert d.last[1]["label"] == d.editor.say(d.editor.scheme.label("LOC").name)
    assert d.mode() == "TargetPicker"


def test_addressees_add_up(desk):
    d = quoted(desk)
    d.at("کاوە").press("D")
    d.at("ئەحمەد").press("D")
    assert quote(d).addressees == (MentionTarget("T2"), MentionTarget("T1"))
    assert "کاوە، ئەحمەد" in d.titles()["D"]
    d.select("کاوە").press("D")
    assert d.refusal() == "refused.addressee_twice"


def test_speaker_cue_and_addressee_from_outside_the_frame(desk):
    d = desk("[ئەحمەد]PER گوتی «[باشە]direct»")
    d.at("باشە").press("S")
    assert d.mode() == "TargetPicker"
    d.press("Escape")
    assert d.mode() == "QuoteFrame"
    d.press("Escape")
    d.at("باشە").press("D Escape Escape")
    d.editor.place(Selection.at(d.span("باشە").start), select="Q1")
    assert d.editor.current.id == "Q1"


def test_a_quote_around_a_mention_is_found_too(desk):
    d = desk("گوتی «[ [باشە]PER ئەو]direct»")
    d.at("باشە").press("S")
    assert d.editor.mode.record == "Q1"


def test_the_cue_is_the_word_or_the_selection_and_never_the_content(desk):
    d = quoted(desk, "ئەو بە سەیری دەگەڕێت بۆ «باشە»")
    assert d.editor.mode.cue is None
    before = d.state()
    d.press("C")
    assert d.refusal() == "refused.point_at_cue"
    assert d.state() == before
    d.at("سەیری").press("C")
    assert d.words_of(quote(d).cue) == "سەیری"
    d.select("سەیری دەگەڕێت").press("C")
    assert d.words_of(quote(d).cue) == "سەیری دەگەڕێت"
    assert d.editor.mode.part is Part.CUE


def test_without_pointing_the_proposed_cue_is_taken(desk):
    d = quoted(desk)
    d.press("C")
    assert d.words_of(quote(d).cue) == "گوتی"
    assert d.editor.mode.cue is None
    assert d.editor.mode.speakers


def test_the_heading_is_short(desk):
    d = quoted(desk, f"گوتی «{'درێژ ' * 30}باشە»")
    assert "…" in d.editor.mode.heading
    assert len(d.editor.mode.heading) < 60


def test_the_menu_asks_the_open_quote_too(desk):
    d = quoted(desk)
    proposals = d.editor.mode.speakers
    d.editor.act("quote.speaker")
    d.press("Escape")
    assert d.editor.mode.speakers == proposals
