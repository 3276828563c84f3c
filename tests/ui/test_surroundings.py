"""The page is there first, what is around it a moment later; whoever asks sooner gets it."""

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListView

from annotator.foundation.errors import Damaged, UserError
from annotator.ui import main_window
from annotator.ui.find_bar import FindBar
from annotator.ui.legend_room import LINES, MOST_LINES, height_of
from annotator.ui.surroundings import Surroundings
from annotator.ui.theme import theme_named
from annotator.ui.window_state import LEGEND_SETTING
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


@pytest.fixture
def bare(stage, tmp_path, monkeypatch):
    """Opens a window that stays without its surroundings until somebody asks for them."""
    monkeypatch.setattr(main_window, "FirstPaint", lambda *_: None)
    return lambda **choices: stage(make_project(tmp_path), **choices)


class Places(QObject):
    """Where the page and the room under it are, whenever the window is laid out."""

    def __init__(self, window):
        super().__init__(window)
        self._window = window
        self.taken = []
        window.view.page.viewport().installEventFilter(self)

    def eventFilter(self, _, event):
        if event.type() == QEvent.Type.Paint:
            self.taken.append(self.now())
        return False

    def now(self):
        page = self._window.view.page
        corner = page.mapTo(self._window, page.rect().topLeft())
        return corner.x(), corner.y(), page.width(), page.height()


@pytest.mark.parametrize("language", ["ckb", "en"])
def test_the_page_stays_where_it_is_when_the_rest_comes(bare, qapp, language):
    window = bare(language=language).window
    places = Places(window)
    before = places.now()
    assert not window.has_surroundings
    assert window.around.documents.isVisible()
    qapp.processEvents()
    status = window.around.status
    assert status.isVisible()
    assert status.height() == status.sizeHint().height()  # the room is neither too small nor large
    assert places.now() == before


def test_the_rest_comes_by_itself_after_the_first_picture(stage, tmp_path, qtbot):
    window = stage(make_project(tmp_path), language="en").window
    qtbot.waitUntil(lambda: window.is_whole)
    assert window.view.legend.legend.entries
    assert window.documents.parent() is window.view.parent()
    assert [action.menu() is not None for action in window.menuBar().actions()] == [True] * 7


def test_who_asks_sooner_gets_it(bare):
    window = bare(language="en").window
    assert not window.has_surroundings
    assert window.status.document
    assert window.has_surroundings


def test_the_first_key_finds_all_there(bare):
    desk = bare(language="en")
    desk.typist.press("Slash")
    assert desk.window.has_surroundings
    assert desk.window.view.find_bar.isVisible()


def test_what_is_looked_for_begins_once(bare, monkeypatch):
    """The find bar hears the wish itself where it is there, and is told where it is not."""
    begun = []
    monkeypatch.setattr(FindBar, "begin", lambda _, words: begun.append(words))
    window = bare(language="en").window
    window.run_action("find.open")
    assert len(begun) == 1
    window.run_action("find.open")
    assert len(begun) == 2


def test_menus_have_their_titles_at_once(bare):
    window = bare(language="en").window
    titles = [action.text() for action in window.menuBar().actions()]
    assert len(titles) == 7
    window.around.menu_actions.fill()
    assert [action.text() for action in window.menuBar().actions()] == titles


def test_a_window_can_be_closed_before_anything_is_around_it(bare):
    desk = bare(language="en")
    assert desk.window.close()
    assert not desk.window.has_surroundings


def test_a_project_that_is_closed_sooner_is_left_alone(stage, tmp_path, qapp, monkeypatch):
    waiting = []
    monkeypatch.setattr(main_window, "FirstPaint", lambda _, act: waiting.append(act))
    desk = stage(make_project(tmp_path), language="en")
    window = desk.window
    desk.shell.close()
    for act in waiting:
        act()
    qapp.processEvents()
    assert not window.has_surroundings


def test_another_language_comes_before_the_rest(bare):
    desk = bare(language="en")
    first, before = desk.window, desk.window.windowTitle()
    desk.shell.run("language.switch")
    assert desk.window is not first
    assert not first.has_surroundings
    assert desk.window.windowTitle() != before


def test_damage_that_is_met_while_it_is_made_is_told(bare, boxes, monkeypatch):
    def damaged(*_):
        raise Damaged("store.journal_damaged", document="01", seq=1)

    desk = bare(language="en")
    monkeypatch.setattr(Surroundings, "follow", damaged)
    assert desk.window.around.documents.isVisible()
    assert desk.editor is None
    assert "damaged" in boxes.texts[0]
    assert desk.window.around.afterwards.is_over
    assert desk.window.inspector.values() == {}


def test_what_cannot_be_listed_is_told_and_the_legend_comes(
    stage, tmp_path, boxes, monkeypatch, qtbot
):
    def busy(*_):
        raise UserError("store.foreign", name="x")

    monkeypatch.setattr(Surroundings, "show_documents", busy)
    window = stage(make_project(tmp_path), language="en").window
    qtbot.waitUntil(lambda: window.is_whole)
    assert len(boxes.texts) == 1


def test_parts_are_never_narrower_than_their_room(bare):
    window = bare(language="en").window
    columns = window.centralWidget().columns
    rooms = [columns.widget(place).minimumWidth() for place in (0, 2)]
    assert [window.documents.minimumWidth(), window.side.minimumWidth()] == rooms
    assert min(rooms) > 100
    assert window.view.legend_place.minimumWidth() == window.view.legend.minimumSizeHint().width()


def test_tab_goes_through_the_parts_in_order(bare, qapp):
    window = bare(language="en").window
    listed, heading = window.documents.findChild(QListView), window.side.findings.heading
    qapp.processEvents()
    listed.setFocus()
    press(listed, "Tab")
    assert window.focusWidget() is window.view.page  # which keeps Tab for itself
    heading.setFocus()
    press(heading, "Shift+Tab")
    assert window.focusWidget() is window.view.page


def test_who_leaves_the_find_bar_is_on_the_page(bare):
    desk = bare(language="en")
    desk.typist.press("Slash")
    assert desk.window.focusWidget() is desk.window.view.find_bar.field
    desk.typist.press("Escape")
    assert desk.window.focusWidget() is desk.window.view.page


class TestTheLegendThatIsNotThereYet:
    def test_it_takes_the_colours_that_were_chosen_meanwhile(self, bare):
        view = bare(language="en").window.view
        dark = theme_named("dark")
        view.legend_place.set_theme(dark)
        picture = view.legend.grab().toImage()
        assert picture.pixelColor(1, picture.height() - 2) == QColor(dark.panel)

    def test_it_is_as_wide_as_the_page_at_once(self, bare):
        view = bare(language="en").window.view
        assert view.legend.width() == view.width()

    @pytest.mark.parametrize("end", ["stop", "clear"])
    def test_it_follows_nobody_who_has_gone(self, bare, end):
        view = bare(language="en").window.view
        getattr(view.legend_place, end)()
        assert view.legend.legend.entries == ()


def test_the_room_for_the_legend_is_as_it_was_last(bare, qapp):
    desk = bare(language="en")
    legend = desk.window.view.legend
    qapp.processEvents()
    assert legend.height() > height_of(LINES, legend.font())
    desk.shell.run("theme.switch")
    assert desk.window.view.legend_place.height() == legend.height()
    places = Places(desk.window)
    height = desk.window.view.page.height()
    assert desk.window.around.documents.isVisible()
    assert desk.window.view.legend.legend.entries
    qapp.processEvents()
    assert desk.window.view.page.height() == height
    assert places.now()[:3] == places.taken[0][:3]


@pytest.mark.parametrize("stored", ["", "none", "nan", "inf", "-5", "1e9", "0"])
def test_what_the_settings_say_of_it_stays_within_reason(bare, stored):
    QSettings().setValue(LEGEND_SETTING, stored)
    place = bare(language="en").window.view.legend_place
    least, most = (round(height_of(lines, place.font())) for lines in (LINES, MOST_LINES))
    assert least <= place.height() <= most
