"""The open article as a PDF and on a printer."""

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from annotator.foundation.catalogue import without_isolates
from annotator.foundation.settings import Settings
from annotator.ui import paper_acts
from tests.journeys.stage import stage
from tests.ui.window_room import TEXT, boxes, make_project

__all__ = ["boxes", "stage"]


@pytest.fixture
def desk(stage, tmp_path):
    made = stage(make_project(tmp_path, documents={"یەکەم": TEXT * 40}), language="en")
    made.typist.press("3")
    return made


def saving_to(monkeypatch, path):
    asked = []

    def ask(parent, title, proposed, kinds):
        asked.append((proposed, kinds))
        return str(path), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return asked


def test_a_pdf_is_written_and_its_pages_are_told(desk, monkeypatch, tmp_path):
    asked = saving_to(monkeypatch, tmp_path / "out")
    desk.window.run_action("document.pdf")
    content = (tmp_path / "out.pdf").read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert asked[0][0].endswith("a1.pdf")
    notice = without_isolates(desk.window.status.notice)
    assert "out.pdf" in notice
    pages = int(notice.split(":")[-1].removesuffix("."))
    assert pages > 1
    assert f"/Count {pages}".encode() in content


def test_nothing_is_written_without_a_name(desk, monkeypatch, tmp_path):
    saving_to(monkeypatch, "")
    desk.window.run_action("document.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_pdf_that_cannot_be_written_is_told_and_the_old_file_stays(
    desk, monkeypatch, tmp_path, boxes
):
    saving_to(monkeypatch, tmp_path / "nowhere" / "out.pdf")
    desk.window.run_action("document.pdf")
    assert len(boxes.texts) == 1
    old = tmp_path / "old.pdf"
    old.write_bytes(b"old")

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("annotator.foundation.atomic.os.fsync", fail)
    saving_to(monkeypatch, old)
    desk.window.run_action("document.pdf")
    assert len(boxes.texts) == 2
    assert old.read_bytes() == b"old"


@pytest.mark.parametrize("theme", ["dark", "high-contrast"])
def test_paper_is_white_in_every_theme(stage, tmp_path, monkeypatch, theme):
    desk = stage(make_project(tmp_path), language="ckb", theme=theme)
    seen = []
    monkeypatch.setattr(
        paper_acts, "print_document", lambda *_, style, **__: seen.append(style) or 1
    )
    saving_to(monkeypatch, tmp_path / "out.pdf")
    desk.window.run_action("document.pdf")
    assert seen[0].paper == "#ffffff"
    assert seen[0].line_height == Settings().line_height


@pytest.mark.parametrize("is_accepted", [True, False])
def test_the_printer_gets_it_when_the_dialog_is_accepted(desk, monkeypatch, tmp_path, is_accepted):
    target = tmp_path / "printed.pdf"

    def run(dialog):
        printer = dialog.printer()
        assert isinstance(printer, QPrinter)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return int(QPrintDialog.DialogCode.Accepted) if is_accepted else 0

    monkeypatch.setattr(QPrintDialog, "exec", run)
    desk.typist.press("Ctrl+P")
    assert target.exists() is is_accepted
    assert ("Printed" in desk.window.status.notice) is is_accepted


def test_without_a_document_there_is_nothing_to_print(stage, tmp_path):
    desk = stage(make_project(tmp_path, documents={}), language="en")
    for action in ("document.pdf", "document.print"):
        desk.window.run_action(action)
        assert "No document" in desk.window.status.notice
