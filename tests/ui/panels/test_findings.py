"""The list of findings: signs, rules and words, and how a row is chosen."""

import pytest
from PySide6.QtCore import Qt

from annotator.core.checks import Severity
from annotator.core.findings import finding
from annotator.core.span import Span
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.ui.panels.findings import SIGNS, FindingsPanel
from tests.key_events import press

TEXT = "هەولێر\nهات و ڕۆیشت"
FOUND = (
    finding("V04", Severity.ERROR, span=Span(0, 10), text="هەولێر"),
    finding("V32", Severity.WARNING, span=Span(7, 10), type="A", text="هات", role="P"),
    finding("V21", Severity.INFO, entity="ئەحمەد"),
)


@pytest.fixture(params=["en", "ckb"])
def panel(request, qtbot):
    catalogue = load_catalogue(request.param)
    panel = FindingsPanel(catalogue, None)
    qtbot.addWidget(panel)
    panel.catalogue = catalogue
    panel.show()
    panel.show_findings(FOUND, TEXT, lambda said: f"<b>{said.rule}</b>")
    return panel


def test_every_severity_has_its_own_sign_and_word(panel):
    assert len(set(SIGNS.values())) == len(SIGNS) == len(Severity)
    words = {panel.catalogue.text(f"severity.{severity.value}") for severity in Severity}
    assert len(words) == len(Severity)


def test_rows_name_the_rule_and_the_words(panel):
    text = panel.catalogue.text
    assert [without_isolates(row) for row in panel.rows] == [
        f"✗  {text('rule.V04')}: هەولێر هات",
        f"!  {text('rule.V32')}: هات",
        f"•  {text('rule.V21')}",
    ]


def test_the_sentence_is_told_as_plain_text(panel):
    index = panel.list.model().index(0, 0)
    assert "&lt;b&gt;V04" in index.data(Qt.ItemDataRole.ToolTipRole)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{panel.catalogue.text('severity.E')}: <b>V04</b>"


@pytest.mark.parametrize("way", ["Enter", "click"])
def test_a_row_is_chosen_by_enter_or_click(panel, qtbot, way):
    told = []
    panel.finding_chosen.connect(told.append)
    index = panel.list.model().index(1, 0)
    panel.list.setCurrentIndex(index)
    if way == "Enter":
        press(panel.list, "Enter")
    else:
        place = panel.list.visualRect(index).center()
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert set(told) == {1}


def test_the_row_of_a_finding_becomes_the_current_one(panel):
    panel.select(FOUND[2])
    assert panel.list.currentIndex().row() == 2
    panel.select(None)
    panel.select(finding("V99", Severity.INFO))
    assert panel.list.currentIndex().row() == 2


def test_the_same_findings_again_leave_the_row_where_it_is(panel):
    panel.select(FOUND[1])
    panel.show_findings(tuple(FOUND), TEXT, str)
    assert panel.list.currentIndex().row() == 1
    panel.show_findings(FOUND[:1], TEXT, str)
    assert len(panel.rows) == 1


def test_folding_keeps_the_number_in_sight(panel):
    told = []
    panel.folded.connect(told.append)
    panel.fold(is_folded=True)
    assert (panel.is_folded, panel.list.isVisible(), told) == (True, False, [True])
    assert panel.catalogue.number(3) in panel.heading.text()
    panel.fold(is_folded=False)
    assert (panel.is_folded, panel.list.isVisible(), told) == (False, True, [True, False])


def test_the_keys_stay_in_the_panel_when_it_is_folded(panel):
    panel.list.setFocus()
    panel.fold(is_folded=True)
    assert panel.focusWidget() is panel.heading


def test_only_what_the_panel_shows_has_data(panel):
    model = panel.list.model()
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(model.index(9, 0)) is None
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole) is None
