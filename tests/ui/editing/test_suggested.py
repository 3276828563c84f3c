"""Suggestions as the page draws them."""

import pytest

from annotator.core.annotations import Event, Mention, MentionTarget, Quote
from annotator.core.span import Span
from annotator.ui.editing.suggested import Suggested, suggested
from annotator.ui.textview.scene_builder import ViewState, build_scene
from annotator.workbench.suggesting import SuggestionIndex
from tests.ui.editing.desk import lexicon

TEXT = "[ئازاد]PER سەردانی زاخۆی کرد و گوتی: «ڕێگاکە زۆر باشە»."


@pytest.fixture
def page(desk):
    d = desk(TEXT)
    d.editor.suggestions = SuggestionIndex(d.open, d.project, lexicon)
    d.editor.suggestions.refresh()
    return d


def scene_of(d):
    shown = suggested(d.editor, Span(0, len(d.text)))
    selection = d.editor.selection
    view = ViewState(selection.anchor, selection.caret, shown.selected)
    return build_scene(
        d.set.in_reading_order(),
        d.editor.scheme,
        language="en",
        view=view,
        suggestions=shown.records,
        find=shown.finding(d.set.get),
    )


def test_each_suggestion_is_the_record_it_would_become(page):
    event, mention, quote = suggested(page.editor, Span(0, len(page.text))).records
    assert isinstance(event, Event)
    assert isinstance(mention, Mention)
    assert isinstance(quote, Quote)
    assert [page.words_of(r) for r in (event.trigger, mention.fragments, quote.content)] == [
        "سەردانی کرد",
        "زاخۆ",
        "ڕێگاکە زۆر باشە",
    ]
    assert (page.words_of(quote.cue), len(quote.marks)) == ("گوتی", 2)
    assert quote.speaker.who == MentionTarget("T1")
    assert not {event.id, mention.id, quote.id} & set(page.set.records)


def test_only_what_the_page_shows(page):
    assert [type(r) for r in suggested(page.editor, page.span("زاخۆ")).records] == [Event, Mention]
    assert suggested(page.editor, None) == Suggested()
    page.editor.suggestions = None
    assert suggested(page.editor, Span(0, 5)) == Suggested()


def test_suggestions_are_dashed_and_the_one_under_review_is_selected(page):
    assert [b.is_selected for b in scene_of(page).brackets if b.is_dashed] == [False, False]
    page.editor.act("suggestion.next")
    page.press("Tab")
    dashed = [bracket for bracket in scene_of(page).brackets if bracket.is_dashed]
    assert [bracket.is_selected for bracket in dashed] == [False, True]


def test_a_suggested_quote_under_review_shows_its_cue_and_speaker(page):
    plain = scene_of(page)
    assert plain.tags == ()
    page.editor.act("suggestion.next")
    page.press("Tab Tab")
    tags = {page.text[tag.span.start : tag.span.end] for tag in scene_of(page).tags}
    assert tags == {"گوتی", "ئازاد"}
