"""The findings beside the page: checked when the keys rest, listed, gone to, folded away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from annotator.core.checks import Severity
from annotator.core.span import Span
from annotator.ui.editing.words import Selection
from annotator.ui.panels.findings import SIGNS
from tests.journeys.stage import stage
from tests.key_events import press
from tests.ui.window_room import make_project

__all__ = ["stage"]


@pytest.fixture
def desk(stage, tmp_path):
    documents = {"یەک": "هەولێر هات و ئەحمەد گوتی «کار دەکەین».", "دوو": "هیچ"}
    return stage(make_project(tmp_path, documents=documents), language="en")


def rows(desk):
    return desk.window.side.findings.rows


def rest(desk):
    """Let the keys rest until the check is done."""
    spy = QSignalSpy(desk.window.side.checker.checked)
    assert spy.count() or spy.wait(10_000)


def fault(desk):
    """A mention with a space at its edge."""
    desk.editor.place(Selection(0, 6))
    desk.typist.press("3 Alt+Shift+Left")


def test_the_document_is_checked_when_the_keys_rest(desk):
    assert rows(desk) == []
    assert desk.window.status.findings == ""
    rest(desk)
    assert len(rows(desk)) == 1
    assert rows(desk)[0].startswith(SIGNS[Severity.INFO])
    fault(desk)
    assert len(rows(desk)) == 1
    rest(desk)
    assert rows(desk)[0].startswith(SIGNS[Severity.ERROR])
    assert rows(desk)[-1].startswith(SIGNS[Severity.INFO])
    assert "errors: 1" in desk.window.status.findings


def test_a_key_press_waits_for_no_check(desk, qapp):
    rest(desk)
    fault(desk)
    for _ in range(5):
        desk.typist.press("Left")
        qapp.processEvents()
    assert desk.editor.findings.is_stale


def test_the_page_waves_after_the_check(desk, qapp):
    fault(desk)
    rest(desk)
    qapp.processEvents()
    assert [wave.span for wave in desk.window.view.page.canvas.scene.waves] == [Span(0, 7)]
    desk.typist.press("Ctrl+Z")
    rest(desk)
    qapp.processEvents()
    assert desk.window.view.page.canvas.scene.waves == ()


def test_another_document_has_findings_of_its_own(desk):
    fault(desk)
    rest(desk)
    desk.typist.press("Ctrl+PageDown")
    assert rows(desk) == []
    rest(desk)
    assert rows(desk) == []
    assert desk.window.status.findings == desk.editor.sentence("status.no_findings")


@pytest.mark.parametrize(
    ("layout", "platform"),
    [("us", "xcb"), ("iq(ku_ara)", "xcb"), ("ara", "xcb"), ("KBDKURD", "windows")],
)
def test_keys_go_from_finding_to_finding(stage, tmp_path, layout, platform):
    documents = {"یەک": "هەولێر هات و ئەحمەد گوتی «کار دەکەین»."}
    desk = stage(
        make_project(tmp_path, documents=documents),
        layout=layout,
        platform=platform,
        language="en",
    )
    fault(desk)
    desk.editor.place(Selection.at(20))
    desk.typist.press("F8")
    assert desk.editor.selected == "T1"
    assert desk.window.status.notice.startswith("\u2068error\u2069: ")
    desk.typist.press("Shift+F8")
    assert desk.editor.selected == "T1"


def test_what_f8_finds_is_listed_at_once(desk):
    rest(desk)
    fault(desk)
    assert not rows(desk)[0].startswith(SIGNS[Severity.ERROR])
    desk.typist.press("F8")
    assert rows(desk)[0].startswith(SIGNS[Severity.ERROR])
    assert "errors: 1" in desk.window.status.findings


def test_enter_in_the_list_goes_there(desk, qapp):
    fault(desk)
    rest(desk)
    desk.editor.place(Selection.at(20))
    findings = desk.window.side.findings
    findings.list.setFocus(Qt.FocusReason.TabFocusReason)
    findings.list.setCurrentIndex(findings.list.model().index(0, 0))
    press(findings.list, "Enter")
    assert (desk.editor.selection, desk.editor.selected) == (Selection.at(0), "T1")
    assert desk.window.view.page.hasFocus()
    assert desk.editor.mode is None


def test_escape_leads_from_the_list_to_the_page(desk):
    rest(desk)
    desk.window.side.findings.list.setFocus()
    desk.typist.press("Escape")
    assert desk.window.view.page.hasFocus()


def test_the_row_of_the_finding_that_was_gone_to_is_the_current_one(desk):
    fault(desk)
    rest(desk)
    desk.typist.press("F8")
    desk.window.side.show_findings()
    assert desk.window.side.findings.list.currentIndex().row() == 0


def test_rows_say_all_in_tooltip_and_to_screen_readers(desk):
    fault(desk)
    rest(desk)
    index = desk.window.side.findings.list.model().index(0, 0)
    assert "Move its boundary" in index.data(Qt.ItemDataRole.ToolTipRole)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("error: ")


def test_the_list_is_folded_away_by_mouse_and_key_and_stays_so(desk, stage, tmp_path, qapp):
    findings = desk.window.side.findings
    rest(desk)
    qapp.processEvents()
    inspector = desk.window.inspector.height()
    findings.heading.click()
    qapp.processEvents()
    assert findings.is_folded
    assert not findings.list.isVisible()
    assert "1" in findings.heading.text()
    assert desk.window.inspector.height() > inspector
    findings.heading.setFocus()
    press(findings.heading, "Space")
    qapp.processEvents()
    assert findings.list.isVisible()
    assert abs(desk.window.inspector.height() - inspector) < 10
    findings.fold(is_folded=True)
    desk.window.save_layout()
    desk.shell.run("theme.switch")
    assert desk.window.side.findings.is_folded
