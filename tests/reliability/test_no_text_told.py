"""No word of an article or of an annotation gets into log, crash file or report, whatever fails.

A session is run over an article with marker words, one Latin and one Kurdish; they are marked and
typed, and errors that quote them are provoked wherever errors come from.
"""

import gc
import logging
import sqlite3
import sys
import threading
import warnings

import pytest
from PySide6.QtCore import QObject, qInstallMessageHandler, qWarning

from annotator.core.span import Span
from annotator.foundation.errors import Damaged, Defect, Refused, UserError
from annotator.foundation.logs import Logging, logs_folder, note, note_error, note_qt
from annotator.foundation.sessions import newly_crashed
from annotator.ui.faults import Faults
from annotator.ui.messages import show_error
from annotator.ui.report_acts import ReportActs
from annotator.workbench.clock import system_clock
from annotator.workbench.problem_report import ReportFacts, report_text
from tests.foundation.test_sessions import crash
from tests.journeys.stage import stage
from tests.ui.window_room import boxes, make_project

__all__ = ["boxes", "stage"]

MARKERS = ("Xqzmarker", "نهێنیگرتوو")
TEXT = f"شاری {MARKERS[0]} لە {MARKERS[1]} نزیکە. {MARKERS[1]} گوتی: «بەڵێ {MARKERS[0]}».\n"


@pytest.fixture
def session(stage, tmp_path, boxes, caplog):
    """A window on the article, with the log running as in the program."""
    desk = stage(make_project(tmp_path, documents={MARKERS[1]: TEXT}), language="en")
    desk.faults = Faults(lambda: None, QObject(desk.window))
    logs = Logging(desk.faults.take)
    before = qInstallMessageHandler(None)
    qInstallMessageHandler(lambda kind, context, said: note_qt(said, level=logging.WARNING))
    logs.start()
    yield desk
    qInstallMessageHandler(before)
    logs.stop()
    caplog.get_records("call").clear()


def written():
    """Everything that lies in the folder of the logs."""
    files = [path for path in logs_folder().rglob("*") if path.is_file()]
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


def report_of(desk, document=None):
    shell = desk.shell
    facts = ReportFacts(
        settings=shell.desk.settings,
        moment=system_clock(),
        toolkit={},
        project=shell.workspace.project,
    )
    return report_text(shell.desk.catalogue, facts, document=document)


def work(desk):
    """Mark the words, type them into fields, undo and redo."""
    for marker in MARKERS:
        start = desk.editor.text.index(marker)
        desk.hand.select(Span(start, start + len(marker)))
        desk.typist.press("1")
        assert desk.window.inspector.focus_field("entity")
        desk.typist.type_text(f"{marker} {marker}")
        desk.typist.press("Escape Ctrl+Z Ctrl+Y")


def fail_in_the_window(desk):
    """Errors of every kind, out of the acts of the window."""
    project, append = desk.shell.workspace.project, desk.shell.workspace.project.journal.append
    kinds = [
        lambda: ValueError(TEXT),
        lambda: KeyError(MARKERS[0]),
        lambda: Defect("store.not_writable", value=TEXT),
        lambda: UserError("store.full", name=MARKERS[0]),
        lambda: Refused("refused.attribute_value", attribute=MARKERS[1], value=MARKERS[0]),
        lambda: sqlite3.OperationalError(TEXT),
        lambda: OSError(5, TEXT, None),
    ]
    for make in kinds:

        def fail(*_, make=make, **__):
            raise make() from ValueError(TEXT)

        project.journal.append = fail
        try:
            desk.hand.go_to(0)
            desk.typist.press("Ctrl+Home 2")
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
        finally:
            project.journal.append = append
    catalogue = desk.shell.desk.catalogue
    show_error(desk.window, catalogue, Defect("store.sql", name=MARKERS[0], detail=TEXT))
    desk.window.give_up(Damaged("store.record_damaged", document=MARKERS[1], record=MARKERS[0]))


def fail_elsewhere():
    """Threads, destructors, Qt, Python's warnings, other people's logs."""

    def run():
        raise RuntimeError(TEXT)

    thread = threading.Thread(target=run, name=MARKERS[0])
    thread.start()
    thread.join()

    class Lazy:
        def __repr__(self):
            return TEXT

        def __del__(self):
            raise LookupError(TEXT)

    Lazy()
    gc.collect()
    qWarning(f'QFrame: there is no "{MARKERS[0]}" here, {MARKERS[1]} neither')
    qWarning(f"QString::arg: Argument missing: {TEXT}")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(TEXT, stacklevel=1)
    logging.getLogger("somebody").error("about %s", TEXT)
    logging.getLogger("annotator").error(TEXT)
    note("event", value=TEXT, name=MARKERS[0], record=MARKERS[0], texts=[TEXT], said=TEXT.encode())
    note_error(ExceptionGroup(TEXT, [ValueError(TEXT)]), "group")
    note_error(UnicodeEncodeError("ascii", TEXT, 0, 3, TEXT), "encoding")


@pytest.mark.qt_log_ignore(".*")
def test_no_marker_is_in_the_log_or_in_a_report_without_text(session):
    work(session)
    document = session.shell.workspace.open_document
    with_text = report_of(session, document)
    fail_in_the_window(session)
    fail_elsewhere()
    crash(logs_folder(), "crash")
    newly_crashed(logs_folder())
    log, report = written(), report_of(session)
    for kind in ("ValueError", "KeyError", "Defect", "UserError", "RuntimeError", "LookupError"):
        assert kind in log
    assert "Segmentation fault" in report
    assert "QString::arg: Argument missing" in log
    assert "mentions: 2" in report
    for marker in MARKERS:
        assert marker not in log
        assert marker not in report
        assert marker in with_text
    assert "شیلان" not in report


def test_a_report_that_is_asked_for_in_the_window_has_no_text_either(session, monkeypatch):
    work(session)
    shown = []
    monkeypatch.setattr(
        "annotator.ui.dialogs.problem_report.ProblemReportDialog.exec",
        lambda dialog: shown.append(dialog),
    )
    acts = session.shell.reports.ready
    assert isinstance(acts, ReportActs)
    acts.show()
    (dialog,) = shown
    assert not any(marker in dialog.text for marker in MARKERS)
    dialog.with_text.click()
    assert all(marker in dialog.text for marker in MARKERS)
    dialog.with_text.click()
    assert not any(marker in dialog.text for marker in MARKERS)
