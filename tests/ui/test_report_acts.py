"""Telling faults and crashes: one sentence each, and the way to the report."""

import pytest

from annotator.foundation.sessions import Crash
from annotator.ui.dialogs.problem_report import ProblemReportDialog
from annotator.ui.report_acts import toolkit_versions
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]


@pytest.fixture
def shown(monkeypatch):
    dialogs = []
    monkeypatch.setattr(ProblemReportDialog, "exec", lambda dialog: dialogs.append(dialog))
    return dialogs


@pytest.fixture(params=["ckb", "en"])
def desk(request, stage, tmp_path):
    return stage(make_project(tmp_path), language=request.param)


def test_a_fault_is_one_sentence_that_leads_to_the_report(desk, boxes, shown):
    text = desk.shell.desk.catalogue.text
    desk.shell.reports.ready.tell_fault()
    assert shown == []
    boxes.answer = text("report.save")
    desk.shell.reports.ready.tell_fault()
    assert boxes.texts == [text("report.fault")] * 2
    assert None not in boxes.defaults
    assert text("report.save") not in boxes.defaults
    assert [dialog.windowTitle() for dialog in shown] == [text("report.title")]
    assert shown[0].parent() is desk.window


def test_crashes_are_told_in_one_sentence_and_none_is_not_told(desk, boxes, shown, tmp_path):
    crash = Crash(tmp_path / "x", "heading", "stack")
    desk.shell.reports.ready.tell_crashes([])
    assert boxes.texts == []
    desk.shell.reports.ready.tell_crashes([crash, crash])
    assert boxes.texts == [desk.shell.desk.catalogue.text("report.crashed")]


def test_the_act_shows_the_report_of_the_open_project(desk, shown):
    desk.window.run_action("help.report")
    (dialog,) = shown
    assert dialog.with_text.isEnabled()
    assert "documents: 3" in dialog.text
    assert f"qt: {toolkit_versions()['qt']}" in dialog.text


def test_without_a_project_there_is_a_report_too(desk, shown):
    desk.window.close()
    window, desk.shell.window = desk.window, None
    desk.shell.show_start_page()
    desk.shell.run("help.report")
    desk.shell.window = window
    assert not shown[0].with_text.isEnabled()
    assert "documents: " not in shown[0].text
    assert shown[0].parent() is desk.shell.start_window
    desk.shell.start_window.close()
