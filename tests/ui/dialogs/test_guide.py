"""The window of the guide: pages, search, links, directions, and nothing from elsewhere."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument, QTextListFormat
from PySide6.QtTest import QTest

from annotator.foundation.paths import resource
from annotator.ui.dialogs.guide import GuideWindow
from annotator.ui.guide_text import read_guide
from annotator.ui.keyboard.keymap import default_keymap
from tests.key_events import press

Key = Qt.Key


@pytest.fixture
def opened(qtbot, catalogue):
    def make(page=None, keymap=None):
        window = GuideWindow(catalogue, keymap or default_keymap(), page=page, parent=None)
        qtbot.addWidget(window)
        window.show()
        return window

    return make


def page_count():
    return len(list(resource("help", "en").glob("*.md")))


def listed(window):
    return [window.pages.item(row).text() for row in range(window.pages.count())]


def shown(window):
    """The first line of the text."""
    return window.text.document().firstBlock().text()


def test_it_is_not_modal_and_lists_every_page(opened, catalogue):
    window = opened()
    assert not window.isModal()
    assert listed(window) == [p.title for p in read_guide(catalogue, default_keymap()).pages]
    assert shown(window) == window.page.title == listed(window)[0]


def test_it_opens_on_the_page_that_is_asked_for(opened):
    window = opened("events")
    assert window.page.name == "events"
    assert shown(window) == window.page.title
    assert opened("nowhere").page.name == "begin"


def test_the_list_chooses_the_page(opened):
    window = opened()
    window.pages.setCurrentRow(3)
    assert shown(window) == window.page.title == listed(window)[3]


def test_search_lists_the_pages_that_say_it_and_marks_the_words(opened, catalogue):
    window = opened()
    window.search.setText("ويكيدراوه" if catalogue.language == "ckb" else "WIKIDATA")
    assert window.page.name == "entities"
    assert window.pages.count() == 1
    assert {word.lower() for word in window.text.marked()} == (
        {"ویکیدراوە"} if catalogue.language == "ckb" else {"wikidata"}
    )
    window.search.clear()
    assert window.page.name == "entities"
    assert window.pages.count() == page_count()
    assert window.text.marked() == []


def test_what_no_page_says_is_told(opened):
    window = opened()
    window.search.setText("xyzzy")
    assert (window.pages.count(), window.nothing.isVisible()) == (0, True)
    window.search.clear()
    assert (window.pages.count(), window.nothing.isVisible()) == (page_count(), False)


def test_the_keyboard_reaches_everything_from_the_search_field(opened):
    window = opened()
    assert window.focusWidget() is window.search
    QTest.keyClick(window.search, Key.Key_Down)
    assert window.page.name == "moving"
    QTest.keyClick(window.search, Key.Key_Up)
    assert window.page.name == "begin"
    before = window.text.verticalScrollBar().value()
    QTest.keyClick(window.search, Key.Key_PageDown)
    assert window.text.verticalScrollBar().value() > before
    QTest.keyClick(window.search, Key.Key_PageUp)
    assert window.text.verticalScrollBar().value() == before


@pytest.mark.parametrize("layout", ["us", "iq(ku_ara)"])
def test_the_key_that_finds_leads_to_the_search_field(opened, layout):
    window = opened()
    window.text.setFocus()
    press(window.text, "Ctrl+F", layout=layout)
    assert window.focusWidget() is window.search


def test_enter_goes_from_place_to_place_and_round(opened):
    window = opened("events")
    window.search.setText("Enter")
    count = len(window.text.marked())
    places = []
    for _ in range(count + 1):
        places.append(window.text.textCursor().position())
        QTest.keyClick(window.search, Key.Key_Return)
    assert count > 1
    assert places[:-1] == sorted(set(places[:-1]))
    assert places[-1] == places[0]
    assert window.isVisible()


def test_escape_closes_it(opened):
    window = opened()
    QTest.keyClick(window.search, Key.Key_Escape)
    assert not window.isVisible()


def test_links_between_pages_work_and_take_the_search_back(opened):
    window = opened("events")
    window.search.setText("Enter")
    window.text.anchorClicked.emit(QUrl("01-begin.md"))
    assert window.page.name == "begin"
    window.search.setText("Ctrl")
    window.text.anchorClicked.emit(QUrl("05-quotes.md"))
    assert (window.page.name, window.pages.count()) == ("quotes", page_count())


def test_a_link_out_leads_nowhere_and_nothing_is_loaded(opened):
    window = opened("events")
    window.text.anchorClicked.emit(QUrl("https://example.org/somewhere"))
    assert window.page.name == "begin"
    kinds = QTextDocument.ResourceType
    for kind in (kinds.ImageResource, kinds.HtmlResource, kinds.StyleSheetResource):
        assert window.text.loadResource(kind.value, QUrl("file:///etc/hostname")) is None


def test_it_runs_in_the_direction_of_the_language_but_commands_do_not(opened, catalogue):
    window = opened("commands")
    direction = Qt.LayoutDirection
    expected = direction.RightToLeft if catalogue.is_right_to_left else direction.LeftToRight
    directions = {}
    block = window.text.document().begin()
    while block.isValid():
        directions.setdefault(block.blockFormat().layoutDirection(), []).append(block.text())
        block = block.next()
    commands = [line for line in directions[direction.LeftToRight] if '--annotator "' in line]
    assert len(commands) == 3
    assert window.page.title in directions[expected]
    assert window.layoutDirection() == expected


def test_a_changed_key_is_shown(opened):
    window = opened("events", default_keymap().with_override("event.new", "Ctrl+J"))
    assert "Ctrl+J\u00a0/\u00a0ژ" in window.text.document().toRawText()


def test_what_is_copied_can_be_typed(opened):
    window = opened("commands")
    window.text.selectAll()
    copied = window.text.createMimeDataFromSelection().text()
    assert "--reproducible" in copied
    assert not set(copied) & set("\u2066\u2068\u2069\u2060")


def test_everything_has_a_name_for_screen_readers(opened):
    window = opened()
    names = [w.accessibleName() for w in (window.search, window.pages, window.text)]
    assert all(names)
    assert len(set(names)) == 3


def test_numbers_of_lists_are_in_the_digits_of_the_language(opened, catalogue):
    """Qt has Latin digits for them in every language, so that Sorani draws its own."""
    window = opened("begin")
    blocks = map(window.text.document().findBlockByNumber, range(30))
    styles = {block.textList().format().style() for block in blocks if block.textList()}
    decimal = QTextListFormat.Style.ListDecimal
    if catalogue.language == "ckb":
        assert list(window.text.numbers.values())[:3] == ["١.", "٢.", "٣."]
        assert decimal not in styles
        with_numbers = window.text.grab().toImage()
        window.text.numbers.clear()
        assert window.text.grab().toImage() != with_numbers
    else:
        assert window.text.numbers == {}
        assert decimal in styles
