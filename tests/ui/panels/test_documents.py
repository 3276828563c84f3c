"""The list of documents: signs, names, filter, and how one is opened."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from annotator.core.annotations import SetStatus
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.ui.fields import TextField
from annotator.ui.fonts import register_fonts
from annotator.ui.panels.documents import SIGNS, DocumentsPanel
from annotator.workbench.document_lines import DocumentLine

KEPT_BY_THE_STYLE = 24
STATUSES = list(SetStatus)
NAMES = ["هەواڵی یەکەم", "Second news", "ڕۆژنامە", "كۆيە", "پێنجەم"]


@pytest.fixture(params=["en", "ckb"])
def panel(request, qtbot):
    panel = DocumentsPanel(load_catalogue(request.param), platform="xcb")
    qtbot.addWidget(panel)
    panel.resize(240, 400)
    panel.show_lines(lines(), "d1")
    panel.show()
    panel.digits = "٢" if request.param == "ckb" else "2"
    return panel


def lines(*, counts=(0, 2, 0, 0, 0)):
    rows = zip(NAMES, STATUSES, counts, strict=True)
    return [
        DocumentLine(id=f"d{number}", name=name, length=5, status=status, annotations=count)
        for number, (name, status, count) in enumerate(rows)
    ]


def type_filter(panel, text):
    panel.findChild(TextField).setText(text)
    return [without_isolates(name).split("  ")[1] for name in panel.names]


def chosen(panel):
    told = []
    panel.document_chosen.connect(told.append)
    return told


def test_every_status_has_its_own_sign_and_word():
    assert len(set(SIGNS.values())) == len(STATUSES) == len(SIGNS)


def test_rows_show_sign_name_and_count(panel):
    shown = [without_isolates(name) for name in panel.names]
    assert shown[0] == f"{SIGNS[STATUSES[0]]}  {NAMES[0]}"
    assert shown[1] == f"{SIGNS[STATUSES[1]]}  {NAMES[1]}  ({panel.digits})"
    index = panel.findChild(QListView).currentIndex()
    assert index.row() == 1


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("", NAMES),
        ("second", ["Second news"]),
        ("  NEWS ", ["Second news"]),
        ("هەواڵ", ["هەواڵی یەکەم"]),
        ("کۆیە", ["كۆيە"]),  # the name is written with Arabic letters
        ("رۆژ", ["ڕۆژنامە"]),
        ("2", []),
        (".*", []),
        ("●", []),
    ],
)
def test_the_filter_looks_at_names_however_they_are_spelled(panel, typed, left):
    assert type_filter(panel, typed) == left


def test_the_open_document_is_marked_again_when_the_filter_goes(panel):
    type_filter(panel, "هەواڵ")
    assert panel.findChild(QListView).currentIndex().row() != 1
    type_filter(panel, "")
    assert panel.findChild(QListView).currentIndex().row() == 1


def test_click_and_enter_open(panel, qtbot):
    told = chosen(panel)
    view = panel.findChild(QListView)
    place = view.visualRect(view.model().index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told == ["d2"]
    view.setCurrentIndex(view.model().index(3, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told == ["d2", "d3"]


def test_enter_in_the_filter_opens_the_first_that_is_left(panel, qtbot):
    told = chosen(panel)
    type_filter(panel, "news")
    qtbot.keyClick(panel.findChild(TextField), Qt.Key.Key_Return)
    type_filter(panel, "nothing at all")
    qtbot.keyClick(panel.findChild(TextField), Qt.Key.Key_Return)
    assert told == ["d1"]


def test_another_status_does_not_move_the_list(panel, qtbot):
    model = panel.findChild(QListView).model()
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    panel.show_lines(lines(counts=(9, 9, 9, 9, 9)), "d1")
    assert resets == []
    assert all("9" in name or "٩" in name for name in panel.names)
    panel.show_lines(lines()[:2], None)
    assert len(panel.names) == 2


def test_tooltip_and_screen_reader_hear_name_and_status(panel):
    index = panel.findChild(QListView).model().index(1, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert NAMES[1] in spoken
    assert spoken != NAMES[1]
    assert NAMES[1] in index.data(Qt.ItemDataRole.ToolTipRole)


def test_where_a_row_is_short_only_the_name_is_cut(panel):
    line = DocumentLine("a1", "ناوێکی زۆر درێژ کە جێی نابێتەوە", 10, SetStatus.NEW, 1234)
    panel.show_lines([line], None)
    view = panel.findChild(QListView)
    index = view.model().index(0, 0)
    option = QStyleOptionViewItem()
    option.font = view.font()
    option.rect = QRect(0, 0, 150, 20)
    view.itemDelegate().initStyleOption(option, index)
    assert "…" in option.text
    assert option.text.endswith(("(1234)", "(١٢٣٤)"))
    assert option.fontMetrics.horizontalAdvance(option.text) <= 150
    option.rect = QRect(0, 0, 900, 20)
    view.itemDelegate().initStyleOption(option, index)
    assert line.name in option.text


@pytest.mark.parametrize("name", ["news-item-7", "bulletin_2021", "001_48c5d09ab1", "ئاوی پاک"])
def test_a_name_that_hardly_fits_does_not_cost_the_count(panel, name):
    panel.show_lines([DocumentLine("a1", name, 10, SetStatus.COMPLETE, 44)], None)
    view = panel.findChild(QListView)
    option = QStyleOptionViewItem()
    option.font = QFont(register_fonts().interface, 10)  # letters of it are not whole pixels wide
    option.fontMetrics = QFontMetrics(option.font)
    for width in range(100, 200):
        option.rect = QRect(0, 0, width, 20)
        view.itemDelegate().initStyleOption(option, view.model().index(0, 0))
        wide = QFontMetricsF(option.font).horizontalAdvance(option.text)
        assert wide <= width - KEPT_BY_THE_STYLE
