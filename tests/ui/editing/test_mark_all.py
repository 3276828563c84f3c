"""Marking all like one: the review, what it shows, and the one step it makes."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import Entity
from annotator.core.span import Fragments
from annotator.ui.editing.mark_all import Decision
from annotator.ui.editing.words import Selection
from annotator.ui.keyboard.physical import parse_chord

NEWS = (
    "[هەولێر]GPE=E1 گەورەیە. خەڵکی هەولێر هاتن. "
    "[سەنتەری هەولێر]ORG=E2 کراوەیە. لە هەولێردا بوو، دواتر هەولێر بەجێما."
)


def marked(d, label="GPE"):
    return [d.words_of(m.fragments) for m in d.set.mentions() if m.label == label]


def starts(d, label="GPE"):
    return [m.fragments.start for m in d.set.mentions() if m.label == label]


def decisions(d):
    return [place.decision for place in d.editor.mode.reviewed]


def here(d):
    return next((p.span for p in d.editor.mode.reviewed if p.is_here), None)


@pytest.fixture
def review(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("A")
    return d


def test_two_keys_mark_all_in_one_step(desk):
    d = desk(NEWS)
    depth = d.open.next_undo
    d.at("هەولێر").press("A A")
    assert sorted(marked(d)) == ["هەولێر"] * 4
    assert {m.entity for m in d.set.mentions() if m.label == "GPE"} == {"E1"}
    assert d.mode() == "NoneType"
    key, values = d.last
    assert (key, values["text"], values["count"]) == ("notice.marked_all", "هەولێر", 3)
    d.press("Ctrl+Z")
    assert marked(d) == ["هەولێر"]
    assert d.open.next_undo == depth
    assert d.editor.selection == Selection.at(0)


def held(d, chord, times=3):
    for _ in range(times):
        d.editor.press(replace(parse_chord(chord), is_repeat=True))


def test_the_key_that_is_held_takes_nothing_and_asks_nothing_more(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("A")
    held(d, "A")
    assert (marked(d), d.mode()) == (["هەولێر"], "MarkAllReview")
    d.press("A")
    assert len(marked(d)) == 4
    held(d, "A")
    assert d.wishes == []


def test_keys_that_lead_through_the_places_may_be_held(review):
    before = here(review)
    review.press("N")
    held(review, "N", 1)
    assert here(review) not in (before, None)
    review.press("P P")
    assert here(review) == before


def test_clitics_stay_outside(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("A A")
    place = d.span("هەولێردا")
    assert Fragments.at(place.start, place.start + len("هەولێر")) in {
        mention.fragments for mention in d.set.mentions()
    }


def test_the_review_begins_at_the_next_place(review):
    d = review
    assert d.mode() == "MarkAllReview"
    assert d.editor.selection.span == here(d) == d.span("هەولێر", 2)
    assert decisions(d) == [Decision.OPEN] * 3
    assert len(d.set) == 2


def test_from_the_middle_it_begins_with_what_follows_and_comes_round(desk):
    d = desk("یەک دوو [یەک]PER=E1 دوو یەک")
    d.at("یەک", 2).press("A")
    assert here(d) == d.span("یەک", 3)
    d.press("Enter")
    assert here(d) == d.span("یەک", 1)


def test_taking_and_leaving_out_place_by_place(review):
    d = review
    d.press("Enter")
    assert decisions(d) == [Decision.TAKEN, Decision.OPEN, Decision.OPEN]
    assert d.editor.selection.span == here(d) == d.span("هەولێر", 4)
    d.press("Backspace")
    assert decisions(d)[1] is Decision.LEFT
    assert marked(d) == ["هەولێر"]
    d.press("Enter")
    assert starts(d) == [0, d.span("هەولێر", 2).start, d.span("هەولێر", 5).start]
    assert d.mode() == "NoneType"


def test_the_rest_is_taken_at_once_but_not_what_was_left_out(review):
    review.press("Backspace A")
    assert starts(review) == [0, review.span("هەولێر", 4).start, review.span("هەولێر", 5).start]


def test_a_decision_can_be_changed_while_the_review_goes_on(review):
    d = review
    d.press("Enter P P")
    assert here(d) == d.span("هەولێر", 2)
    d.press("Backspace")
    assert decisions(d) == [Decision.LEFT, Decision.OPEN, Decision.OPEN]


def test_escape_drops_everything(desk):
    d = desk(NEWS)
    d.select("هەولێر")
    before = d.state()
    d.press("A Enter Enter Escape")
    assert d.state() == before


def test_leaving_all_out_changes_nothing(review):
    d = review
    depth = d.open.next_undo
    d.press("Backspace Backspace Backspace")
    assert (d.last[0], d.open.next_undo) == ("notice.marked_none", depth)


def test_one_goes_to_and_fro_also_to_what_is_marked_otherwise(review):
    d = review
    seen = []
    for _ in range(4):
        seen.append(d.editor.selection.span.start)
        d.press("N")
    nested = d.span("هەولێر", 3)
    assert seen == [d.span("هەولێر", number).start for number in (2, 3, 4, 5)]
    d.press("N")
    assert d.editor.selection.span == nested
    assert here(d) is None
    assert "Enter" not in d.titles()
    d.press("Left Up Right Down")
    assert d.editor.selection.span == nested
    d.press("P")
    assert here(d) == d.span("هەولێر", 2)


def test_the_heading_tells_what_where_and_what_else(desk):
    d = desk(NEWS)
    d.at("هەولێر").press("A")
    plain = d.legend().heading.replace("\u2068", "").replace("\u2069", "")
    name = d.editor.say(d.editor.scheme.label("GPE").name)
    assert plain == f"Mark هەولێر as {name} — 1 of 3 — marked otherwise: 1"
    d.press("N")
    assert "سەنتەری هەولێر" in d.legend().heading
    assert "2 of 3" not in d.legend().heading


def test_without_a_mention_the_words_are_marked_with_the_last_label(desk):
    d = desk("هەولێر و سۆران و هەولێر و سۆران هاتن")
    d.press("3")
    d.at("سۆران").press("A A")
    assert marked(d) == ["هەولێر", "سۆران", "سۆران"]
    assert len([r for r in d.set.records.values() if isinstance(r, Entity)]) == 2
    d.press("Ctrl+Z")
    assert marked(d) == ["هەولێر"]


def test_the_last_label_must_be_a_label(desk):
    d = desk("هەولێر و هەولێر")
    d.press("A")
    assert d.refusal() == "refused.mark_all_like_what"
    d.press("E M Escape")
    d.at("هەولێر", 2).press("A")
    assert d.refusal() == "refused.mark_all_like_what"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[هەولێر]GPE=E1 هات", "notice.all_marked"),
        ("[هەولێر]GPE=E1 و [هەولێر]GPE=E1", "notice.all_marked"),
        ("[هەولێر]GPE=E1 و [هەولێر]ORG=E2", "notice.all_marked_otherwise"),
        ("[هە]GPE=E1 و [ولێر]T1.part هەولێر", "refused.mark_all_in_pieces"),
    ],
)
def test_what_cannot_be_reviewed_is_said(desk, text, key):
    d = desk(text)
    before = d.state()
    d.press("A")
    assert (d.last[0], d.state()) == (key, before)


def test_places_that_were_marked_meanwhile_are_not_marked_again(desk):
    d = desk("[هەولێر]GPE=E1 و هەولێر و هەولێر")
    d.at("هەولێر", 2).press("3 Ctrl+Z")
    d.at("هەولێر").press("A Enter Ctrl+Y A")
    assert marked(d) == ["هەولێر"] * 3


def test_the_review_ends_where_the_mention_is_taken_away(desk):
    d = desk("هەولێر و هەولێر")
    d.press("3 A Ctrl+Z")
    assert (d.mode(), len(d.set)) == ("NoneType", 0)


def test_letters_that_mean_nothing_are_refused(review):
    review.press("E")
    assert review.refusal() == "refused.no_such_choice"
    assert review.mode() == "MarkAllReview"


def test_the_review_goes_back_to_an_open_event(desk):
    d = desk("[هەولێر]GPE=E1 [کۆبووەوە]Contact.Meet هەولێر")
    d.at("کۆبووەوە").press("Enter")
    d.at("هەولێر").press("A A")
    assert (d.mode(), marked(d)) == ("EventFrame", ["هەولێر", "هەولێر"])
