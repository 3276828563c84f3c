"""Suggestions by keys: one key a decision."""

import pytest
from msgspec.structs import replace

from annotator.core.annotations import MentionTarget
from annotator.core.commands.suggestions import decisions
from annotator.core.ids import Layer
from annotator.core.proposals import Verdict
from annotator.core.provenance import Origin, Provenance
from annotator.core.span import Span
from annotator.ui.editing.suggesting import review as pointed_at
from annotator.ui.editing.words import Selection
from annotator.workbench import suggesting
from annotator.workbench.suggesting import SuggestionIndex
from tests.ui.editing.desk import lexicon

TEXT = "شاندەکە گەیشتە دهۆک. لە دهۆکەوە سەردانی زاخۆی کرد و گەڕایەوە."
SAID = "[ئازاد]PER=E1 گوتی: «ڕێگاکە زۆر باشە» و هات."
LONG = "هیچ شتێک لەم دێڕە نووسراوەدا نییە کە ناوێک بێت.\n" * 900


@pytest.fixture
def review(desk):
    """A desk with suggestions, at the first of them."""

    def build(notation=TEXT, *, first=True, **choices):
        d = desk(notation, **choices)
        d.index = SuggestionIndex(d.open, d.project, lexicon)
        d.editor.suggestions = d.index
        if first:
            d.editor.act("suggestion.next")
        return d

    return build


def shown(d):
    """What is under review: its words and its label, at the caret."""
    suggestion = d.editor.mode.suggestion
    assert suggestion.span.start == d.editor.selection.caret
    return d.words_of(suggestion.fragments), suggestion.proposal.label


def marked(d):
    return [(d.words_of(mention.fragments), mention.label) for mention in d.set.mentions()]


def refused(d):
    return [(one.proposal.label, one.verdict) for one in decisions(d.set)]


def test_next_goes_to_the_first_suggestion_from_the_caret_on_and_tells_what_it_is(review):
    d = review()
    assert shown(d) == ("دهۆک", "GPE")
    heading = d.editor.mode.heading
    assert "دهۆک" in heading
    assert "a name from the word list" in heading
    assert d.legend().heading == heading


def test_tab_walks_without_deciding_and_shift_tab_back(review):
    d = review()
    found = [shown(d)]
    for _ in range(3):
        d.press("Tab")
        found.append(shown(d))
    assert found == [
        ("دهۆک", "GPE"),
        ("دهۆک", "GPE"),
        ("سەردانی کرد", "Movement.Visit"),
        ("زاخۆ", "GPE"),
    ]
    d.press("Tab")
    assert d.refusal() == "refused.no_more_suggestions"
    assert shown(d) == found[-1]
    for expected in reversed(found[:-1]):
        d.press("Shift+Tab")
        assert shown(d) == expected
    d.press("Shift+Tab")
    assert d.refusal() == "refused.no_more_suggestions"
    assert d.set.records == {}


def test_enter_accepts_as_if_marked_by_hand_and_goes_on(review):
    d = review()
    d.press("Enter")
    (mention,) = d.set.mentions()
    assert mention.provenance == Provenance(Origin.SUGGESTION, "gazetteer")
    assert d.set.entity(mention.entity).name == "دهۆک"
    assert shown(d) == ("دهۆک", "GPE")
    assert d.editor.selection.caret == d.span("دهۆک", 2).start
    d.press("Enter")
    assert [mention.entity for mention in d.set.mentions()] == ["E1", "E1"]
    assert shown(d) == ("سەردانی کرد", "Movement.Visit")
    d.press("Enter Enter")
    assert d.editor.mode is None
    assert d.last[0] == "refused.no_more_suggestions"
    assert not d.told[-1].is_refusal
    assert [event.type for event in d.set.events()] == ["Movement.Visit"]
    assert len(marked(d)) == 3


def test_a_digit_accepts_with_another_label(review):
    d = review()
    d.press("4")
    assert marked(d) == [("دهۆک", "LOC")]
    assert refused(d) == [("GPE", Verdict.CORRECTED)]
    assert d.editor.repeat == (Layer.MENTION, "LOC")
    assert d.editor.mode.suggestion is not None


def test_the_digit_of_the_proposed_label_accepts(review):
    d = review()
    own = next(choice for choice in d.editor.choices() if choice.key == "3")
    assert own.is_filled
    d.press("3")
    assert (marked(d), refused(d)) == ([("دهۆک", "GPE")], [])


def test_backspace_rejects_and_goes_on(review):
    d = review()
    d.press("Backspace")
    assert (marked(d), refused(d)) == ([], [("GPE", Verdict.REJECTED)])
    assert d.editor.selection.caret == d.span("دهۆک", 2).start
    d.press("Shift+Tab")
    assert d.refusal() == "refused.no_more_suggestions"


def test_undo_brings_the_question_back(review):
    d = review()
    d.press("Backspace Ctrl+Z")
    assert refused(d) == []
    assert shown(d) == ("دهۆک", "GPE")
    assert d.editor.selection.caret == d.span("دهۆک", 1).start
    d.press("Enter Ctrl+Z")
    assert (marked(d), shown(d)) == ([], ("دهۆک", "GPE"))
    d.press("Ctrl+Y")
    assert marked(d) == [("دهۆک", "GPE")]


def test_all_alike_are_accepted_in_one_step(review):
    d = review()
    assert "2" in d.titles()["A"]
    d.press("A")
    assert marked(d) == [("دهۆک", "GPE")] * 2
    assert d.last == ("notice.accepted_alike", {"count": 2})
    assert shown(d) == ("سەردانی کرد", "Movement.Visit")
    d.press("Ctrl+Z")
    assert marked(d) == []


def test_all_alike_are_rejected_in_one_step(review):
    d = review()
    d.press("X")
    assert refused(d) == [("GPE", Verdict.REJECTED)] * 2
    assert d.last == ("notice.rejected_alike", {"count": 2})
    d.press("Ctrl+Z")
    assert refused(d) == []


def test_while_a_part_is_unread_the_count_is_what_was_found_so_far(review, monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_LOOKED_THROUGH", 0)
    d = review("گەیشتە زاخۆ و زاخۆ.\n" + LONG)
    assert d.titles()["A"] == d.catalogue.text("choice.accept_alike_so_far", count=2)
    assert d.titles()["X"] == d.catalogue.text("choice.reject_alike_so_far", count=2)
    d.press("X")
    assert d.last == ("notice.rejected_alike_so_far", {"count": 2})
    d.press("Ctrl+Z")
    d.index.refresh()
    d.at("گەیشتە").editor.act("suggestion.next")
    assert d.titles()["A"] == d.catalogue.text("choice.accept_alike", count=2)


@pytest.mark.parametrize("text", [TEXT, "گەیشتە زاخۆ و هات"])
def test_a_label_on_the_key_of_all_alike_does_not_take_it(review, text):
    d = review(text, first=False)
    labels = tuple(
        replace(label, key={"LOC": "A", "ORG": "X"}.get(label.id, label.key))
        for label in d.open.scheme.labels
    )
    d.open.scheme = replace(d.open.scheme, labels=labels)
    d.editor.act("suggestion.next")
    d.press("A")
    assert {label for _, label in marked(d)} == ({"GPE"} if text == TEXT else set())


def test_it_is_told_how_often_such_suggestions_were_right(review):
    d = review("دهۆک و دهۆک و زاخۆ و زاخۆ و هەولێر و سلێمانی")
    d.press("Backspace Backspace Backspace Backspace")
    assert shown(d) == ("هەولێر", "GPE")
    assert d.editor.mode.heading.endswith("a name from the word list\u2069")
    d.press("Enter")
    assert shown(d) == ("سلێمانی", "GPE")
    assert d.editor.mode.heading.endswith(" · right 1 of 5")
    d.press("Ctrl+Z")
    assert d.editor.mode.heading.endswith("a name from the word list\u2069")


def test_what_stands_alone_has_no_others_alike(review):
    d = review("گەیشتە زاخۆ و هات")
    assert not {"A", "X"} & d.titles().keys()
    d.press("A")
    assert d.refusal() == "refused.no_such_choice"


def test_of_several_at_one_place_each_has_its_turn(review):
    d = review("ئازاد گوتی: «دهۆک شاری زۆر جوانە»")
    first = shown(d)
    d.press("Tab")
    second = shown(d)
    assert {first, second} == {("دهۆک شاری زۆر جوانە", "direct"), ("دهۆک", "GPE")}
    d.press("Shift+Tab")
    assert shown(d) == first
    d.press("Tab Tab")
    assert d.refusal() == "refused.no_more_suggestions"
    d.press("Enter")
    assert shown(d) == first


def test_an_event_may_get_another_type_nearest_domain_first(review):
    d = review("سەردانی ئەوێی کرد")
    titles = d.titles()
    scheme = d.editor.scheme
    kin = [k for k in scheme.event_types if k.id.startswith("Movement.")]
    assert titles["1"] == d.editor.say(next(k for k in kin if k.id != "Movement.Visit").name)
    d.press("0")
    assert d.titles()["1"] != titles["1"]
    d.press("0 0 1")
    (event,) = d.set.events()
    assert (event.type, d.words_of(event.trigger)) == ("Movement.Migrate", "سەردانی کرد")
    assert refused(d) == [("Movement.Visit", Verdict.CORRECTED)]


def test_a_quote_is_accepted_with_cue_and_speaker(review):
    d = review(SAID)
    assert shown(d) == ("ڕێگاکە زۆر باشە", "direct")
    assert "ئازاد" in d.titles()["Enter"]
    assert "3" not in d.titles()
    d.press("Enter")
    (quote,) = d.set.quotes()
    assert d.words_of(quote.cue) == "گوتی"
    assert quote.speaker.who == MentionTarget("T1")
    assert quote.provenance == Provenance(Origin.SUGGESTION, "quotes")
    d.press("Ctrl+Z")
    assert list(d.set.quotes()) == []


def test_a_long_text_is_shortened_and_a_speaker_that_is_gone_not_named(review):
    d = review("[ئازاد]PER گوتی: «" + "ڕێگاکە زۆر باشە " * 6 + "».")
    assert "…" in d.editor.mode.heading
    stale = d.editor.mode.suggestion
    assert stale.details.speaker == "T1"
    d.at("ئازاد").press("Escape Backspace")
    assert list(d.set.mentions()) == []
    d.editor.act("suggestion.next")
    assert "ئازاد" not in d.titles()["Enter"]


def test_letters_that_decide_nothing_are_refused_but_moving_goes_on(review):
    d = review()
    d.press("E")
    assert d.refusal() == "refused.no_such_choice"
    d.press("Left")
    assert d.mode() == "SuggestionReview"
    assert d.editor.mode.suggestion is None
    assert d.editor.mode.heading == d.catalogue.text("legend.no_suggestion_here")
    assert set(d.titles()) == {"Tab", "Shift+Tab", "Escape"}
    d.at("شاندەکە").press("2")
    assert marked(d) == [("شاندەکە", "ORG")]
    d.press("Tab")
    assert shown(d) == ("دهۆک", "GPE")


def test_going_back_from_anywhere(review):
    d = review(first=False)
    d.at("گەڕایەوە")
    d.editor.act("suggestion.previous")
    assert shown(d) == ("زاخۆ", "GPE")


def test_escape_leaves(review):
    d = review()
    d.press("Escape")
    assert d.editor.mode is None
    d.editor.act("suggestion.next")
    assert shown(d) == ("دهۆک", "GPE")


def test_one_that_is_pointed_at_is_reviewed(review):
    d = review()
    second = d.index.at(d.span("دهۆک", 2).start)[0]
    assert pointed_at(d.editor, second.id)
    assert shown(d) == ("دهۆک", "GPE")
    assert d.editor.mode.suggestion == second
    assert not pointed_at(d.editor, "T1")
    assert d.editor.mode.suggestion == second


def test_without_suggestions_the_keys_say_so(desk):
    d = desk(TEXT)
    assert not pointed_at(d.editor, "T1")
    for act in ("suggestion.next", "suggestion.previous"):
        d.editor.act(act)
        assert d.refusal() == "refused.no_suggestions_here"


def test_in_a_long_document_the_search_goes_on_with_the_next_press(review):
    d = review(LONG + "گەیشتە زاخۆ.")
    assert d.refusal() == "refused.suggestions_pending"
    presses = 1
    while d.editor.mode is None:
        d.editor.act("suggestion.next")
        presses += 1
    assert shown(d) == ("زاخۆ", "GPE")
    assert presses <= 4


@pytest.mark.parametrize("language", ["ckb", "en"])
def test_everything_is_said_in_the_language_of_the_interface(review, language):
    d = review(TEXT, language=language)
    for _ in range(4):
        assert d.editor.mode.heading
        assert all(choice.title for choice in d.editor.choices())
        d.press("Enter")


def test_the_caret_is_placed_so_that_the_page_brings_it_into_sight(review):
    d = review()
    d.editor.place(Selection(3, 9))
    d.press("Tab")
    assert d.editor.selection.is_empty
    assert d.editor.mode.suggestion.span == Span(15, 19)
