"""The scene of the page: search, findings and reviews beside the annotations."""

from contextlib import ExitStack

import pytest

from annotator.core.span import Span
from annotator.ui.editing.searching import Wanted
from annotator.ui.page_scene import HIT_COLOR, LONGEST_WAVE, page_scene
from annotator.ui.review_scene import LEFT_COLOR, SIGNS
from tests.ui.editing.desk import editor_on


@pytest.fixture
def desk(tmp_path):
    with ExitStack() as stack:
        yield lambda notation: stack.enter_context(editor_on(tmp_path, notation))


def scene(d, visible=None):
    return page_scene(d.editor, language="en", visible=visible or Span(0, len(d.text)))


def lit(drawn):
    return [fill.span for fill in drawn.fills if fill.color == HIT_COLOR]


def test_hits_are_lit_while_the_search_goes_on(desk):
    d = desk("یەک دوو یەک")
    d.editor.search.look_for(Wanted("یەک"))
    assert lit(scene(d)) == []
    d.press("Slash")
    assert lit(scene(d)) == [Span(0, 3), Span(8, 11)]
    d.press("Escape")
    assert lit(scene(d)) == []


def test_only_hits_near_the_page_are_built(desk):
    d = desk("یەک دوو " * 1000)
    d.press("Slash")
    d.editor.search.look_for(Wanted("یەک"))
    assert len(d.editor.search.hits) == 1000
    assert 100 < len(lit(scene(d, Span(4000, 4200)))) < 300


def test_errors_and_warnings_wave_and_hints_do_not(desk):
    d = desk("[هەولێر ]GPE=E1 و [کوردستان]GPE=E2یش هات")
    d.editor.findings.refresh()
    (wave,) = scene(d).waves
    assert wave.span == Span(0, 7)
    assert "space" in wave.tooltip
    assert len(d.editor.findings.findings) > 1


def test_what_is_long_waves_under_its_first_word(desk):
    d = desk("[" + "یەک دوو " * 20 + "]GPE=E1 هات")
    d.editor.findings.refresh()
    assert len(d.text) > LONGEST_WAVE
    (wave,) = scene(d).waves
    assert wave.span == Span(0, 3)


def test_all_that_is_said_about_a_place_is_in_one_tooltip(desk):
    d = desk("[هات. ئەحمەد ]PER=E1 بوو")
    d.editor.findings.refresh()
    (wave,) = scene(d).waves
    assert len(wave.tooltip.splitlines()) == 2


def test_reviewed_places_tell_their_decision_without_colour(desk):
    d = desk("[یەک]PER=E1 یەک یەک یەک دوو")
    d.at("یەک").press("A Enter Backspace")
    drawn = scene(d)
    places = {b.spans[0].start: b for b in drawn.brackets if b.id.startswith("place-")}
    assert [places[start].chip for start in (4, 8, 12)] == ["✓", "✗", "?"]
    assert [places[start].is_dashed for start in (4, 8, 12)] == [False, True, True]
    assert [places[start].is_selected for start in (4, 8, 12)] == [False, False, True]
    assert places[8].color == LEFT_COLOR != places[4].color
    assert Span(4, 7) in [fill.span for fill in drawn.fills]
    assert len(set(SIGNS.values())) == len(SIGNS)
    d.press("Escape")
    assert [b.id for b in scene(d).brackets] == ["T1"]
