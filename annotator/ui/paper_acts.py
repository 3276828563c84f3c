"""The acts that bring the open document with its annotations onto paper or into a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from annotator.formats.safe_names import safe_file_name
from annotator.foundation.atomic import atomic_write
from annotator.foundation.errors import Refused
from annotator.ui.editing.editor import Editor
from annotator.ui.main_window import MainWindow
from annotator.ui.page_look import paper_style
from annotator.ui.textview.printing import print_document
from annotator.workbench.workspace import Workspace

_MARGIN = 18.0
"""Millimetres at every edge."""
_SUFFIX = ".pdf"


def print_on_paper(window: MainWindow) -> None:
    """Ask for a printer and print. Raises `Refused` without a document, `UserError` on failure."""
    editor = _editor(window)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(editor.document.document.name)
    _set_up(printer)
    if QPrintDialog(printer, window).exec() == QPrintDialog.DialogCode.Accepted:
        sheets = _print(printer, editor, window)
        window.tell("notice.printed", count=sheets)


def save_as_pdf(workspace: Workspace, window: MainWindow) -> None:
    """Ask for a file and write a PDF. Raises as `print_on_paper` does."""
    editor = _editor(window)
    text = window.desk.catalogue.text
    proposed = workspace.path.parent / safe_file_name(editor.document.document.id, _SUFFIX)
    chosen, _ = QFileDialog.getSaveFileName(
        window, text("action.document.pdf"), str(proposed), f"PDF (*{_SUFFIX})"
    )
    if not chosen:
        return
    path = Path(chosen)
    write_pdf(path if path.suffix else path.with_suffix(_SUFFIX), window)


def write_pdf(path: Path, window: MainWindow) -> None:
    """Write the open document as a PDF and say how many pages it has.

    Raises `UserError` for what the operating system refuses; the file before is then untouched.
    """
    editor = _editor(window)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(editor.document.document.name)
    writer.setCreator(window.desk.catalogue.text("app.name"))
    _set_up(writer)
    pages = _print(writer, editor, window)
    del writer
    with atomic_write(path) as stream:
        stream.write(buffer.data().data())
    window.tell("notice.pdf_saved", path=path, count=pages)


def _set_up(device: QPagedPaintDevice) -> None:
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    device.setPageMargins(margins, QPageLayout.Unit.Millimeter)


def _print(device: QPagedPaintDevice, editor: Editor, window: MainWindow) -> int:
    document = editor.document
    return print_document(
        device,
        document.document,
        document.segmentation,
        document.annotations,
        document.scheme,
        language=window.desk.catalogue.language,
        style=paper_style(window.desk),
    )


def _editor(window: MainWindow) -> Editor:
    if window.editor is None:
        raise Refused("refused.no_document")
    return window.editor
