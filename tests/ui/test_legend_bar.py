"""The legend: nothing cut off, nothing on top of anything, mirrored in Sorani."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF

from annotator.core.annotations import Event, Mention, Quote
from annotator.ui.editing.legend_entries import Legend, LegendEntry
from annotator.ui.legend_bar import LegendBar
from annotator.ui.theme import THEMES, theme_named
from annotator.workbench.clock import system_clock
from annotator.workbench.demo import open_demo
from tests.journeys.stage import stage

__all__ = ["stage"]


@pytest.fixture(params=["ckb", "en"])
def desk(request, stage, tmp_path):
    return stage(open_demo(tmp_path, system_clock), language=request.param)


def states(desk):
    """The plain state and every mode on every kind of annotation of the sample."""
    yield "plain"
    desk.typist.press("Shift+Left Shift+Left")
    yield "selection"
    desk.typist.press("E")
    yield "event types"
    desk.hand.leave()
    for record in list(desk.editor.annotations.annotations())[::3]:
        desk.window.go_to(record.id)
        yield f"{record.id}"
        keys = {Mention: ("L", "F"), Event: ("Enter", "F"), Quote: ("Enter", "F", "Enter S")}
        for chords in keys[type(record)]:
            desk.typist.press(chords)
            yield f"{record.id} {chords}"
            desk.hand.leave()
    event = next(e for e in desk.editor.annotations.events() if e.arguments)
    desk.window.go_to(event.id)
    desk.typist.press("Enter")
    for choice in desk.editor.choices():
        if len(choice.key) == 1:
            desk.typist.press(choice.key)
            yield f"{event.id} {choice.title}"
            if desk.editor.mode is None or desk.editor.mode.record != event.id:
                break
            desk.typist.press("Escape")
            break


def crowded(bar):
    """What is wrong with the places: cut off, outside, or on top of each other."""
    bold = bar.font()
    bold.setBold(True)
    wrong = []
    for (text, cap, title), entry in zip(bar.places, bar.legend.entries, strict=True):
        font = bold if entry.is_filled else bar.font()
        needed = QFontMetricsF(font).horizontalAdvance(text)
        if title.width() < needed or cap.width() < QFontMetricsF(bar.font()).horizontalAdvance(
            entry.cap
        ):
            wrong.append(("cut off", text))
        if not QRectF(bar.rect()).contains(cap.united(title)):
            wrong.append(("outside", text))
    boxes = [box for _, cap, title in bar.places for box in (cap, title)]
    wrong += [("overlap", a, b) for a, b in combinations(boxes, 2) if a.intersects(b)]
    return wrong


def test_nothing_is_cut_off_in_any_state_of_the_sample(desk, qapp):
    bar = desk.window.view.legend
    found, seen = [], 0
    for state in states(desk):
        assert desk.window.view.legend is bar  # it says what the keys do now
        qapp.processEvents()
        seen += len(bar.places) > 0
        found += [(state, *problem) for problem in crowded(bar)]
        elided = [text for text, *_ in bar.places if text.endswith("…")]
        titles = {entry.title for entry in bar.legend.entries}
        found += [(state, "elided", text) for text in elided if text not in titles]
    assert seen > 20
    assert found == []


def entries(*titles, **more):
    return tuple(LegendEntry("K / ک", title, **more) for title in titles)


@pytest.fixture
def bar(qtbot, qapp):
    bar = LegendBar(theme_named("light"))
    qtbot.addWidget(bar)
    bar.resize(600, 100)
    bar.show()
    return bar


def test_keys_wrap_and_the_bar_grows(bar):
    bar.show_legend(Legend("heading", entries(*["title"] * 3)))
    low = bar.sizeHint().height()
    assert len({cap.top() for _, cap, _ in bar.places}) == 1
    bar.show_legend(Legend("heading", entries(*["a longer title"] * 30)))
    assert len({cap.top() for _, cap, _ in bar.places}) > 3
    assert bar.sizeHint().height() > low
    for width in (600, 300, 900):
        bar.resize(width, 100)
        bar.resize(width, bar.sizeHint().height())
        assert crowded(bar) == []


def test_a_title_wider_than_the_bar_is_elided_and_keeps_to_one_line(bar):
    bar.show_legend(Legend("", entries("وشە\nدێڕ " * 60)))
    ((text, _, title),) = bar.places
    assert text.endswith("…")
    assert "\n" not in text
    assert title.right() <= bar.width()


def test_missing_roles_have_a_star_until_they_are_filled(bar):
    bar.show_legend(Legend("", entries("role", is_required=True)))
    assert [text for text, *_ in bar.places] == ["role *"]
    bar.show_legend(Legend("", entries("role", is_required=True, is_filled=True)))
    assert [text for text, *_ in bar.places] == ["role"]


def test_screen_readers_hear_heading_and_keys(bar):
    bar.show_legend(Legend("heading", entries("first", "second")))
    assert bar.accessibleName() == "heading"
    assert bar.accessibleDescription() == "K / ک: first, K / ک: second"


@pytest.mark.parametrize("theme", THEMES)
def test_the_colour_of_a_label_can_be_seen(qtbot, qapp, theme):
    bar = LegendBar(theme_named(theme))
    qtbot.addWidget(bar)
    bar.resize(300, 60)
    bar.show_legend(Legend("", entries("title", color="#000080")))
    picture = bar.grab().toImage()
    ((_, cap, _),) = bar.places
    edge = QColor(picture.pixel(round(cap.center().x()), round(cap.top())))
    panel = QColor(theme_named(theme).panel)
    assert abs(edge.lightness() - panel.lightness()) > 40


def test_the_first_key_is_at_the_leading_edge(desk):
    bar = desk.window.view.legend
    (_, cap, title), *_ = bar.places
    if desk.shell.desk.catalogue.language == "ckb":
        assert cap.right() > bar.width() - 20
        assert title.right() < cap.left()
    else:
        assert cap.left() < 20
        assert title.left() > cap.right()


def test_the_bar_keeps_up_to_five_lines_until_it_is_wider_or_narrower(bar):
    few, more, many = (Legend("heading", entries(*["a title"] * n)) for n in (3, 20, 200))
    bar.show_legend(few)
    low = bar.sizeHint().height()
    bar.show_legend(more)
    high = bar.sizeHint().height()
    assert high > low
    bar.show_legend(few)
    assert bar.sizeHint().height() == high
    bar.show_legend(many)
    bar.show_legend(few)
    assert low < high <= bar.sizeHint().height() < 2 * low
    bar.resize(900, 100)
    assert bar.sizeHint().height() == low


def test_what_is_drawn_after_other_keys_is_what_is_drawn_at_once(qtbot, qapp, bar):
    first = Legend("one", entries("first", "second", "third"))
    second = Legend("two", (*entries("first", "another"), *entries("third", is_filled=True)))
    bar.show_legend(first)
    qapp.processEvents()
    bar.show_legend(second)
    qapp.processEvents()
    fresh = LegendBar(theme_named("light"))
    qtbot.addWidget(fresh)
    fresh.resize(bar.size())
    fresh.show_legend(second)
    assert bar.grab().toImage() == fresh.grab().toImage()
    assert bar.places == fresh.places
