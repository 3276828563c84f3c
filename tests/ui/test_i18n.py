"""Qt's own dialogs and menus ask our catalogue, and get Sorani for all that can be read there."""

import pytest
from PySide6.QtCore import QMimeDatabase, QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTextBrowser,
)

from annotator.foundation.catalogue import load_catalogue
from annotator.ui.i18n import QtStrings, apply_language

# Names of keys and of sizes of paper, and what is no text.
NAMES = {"QShortcut", "QPageSize", "QGuiApplication", "QProgressBar", "QPlatformIntegration"}
# Names of kinds of files, which come from the data base of the system.
NAMES |= {"QMimeType"}
# What a library is that cannot be loaded: it goes into the log.
NAMES |= {"QLibrary"}
NO_TEXT = {"...", "Form", "", "-", "mm", "pt", "in"}
# Rare units of the page set-up, and layouts of several pages on one sheet.
RARE = {"QPageSetupWidget", "CUPS", "QCupsJobWidget", "QCupsPrinterSupport"}


class Listener(QTranslator):
    """Notes what is asked for."""

    def __init__(self):
        super().__init__()
        self.asked = set()

    def translate(self, context, source_text, disambiguation=None, n=-1):
        self.asked.add((context, source_text))
        return source_text

    def isEmpty(self):  # noqa: N802 - overrides Qt
        return False


@pytest.fixture
def asked(qapp):
    listener = Listener()
    qapp.installTranslator(listener)
    yield listener.asked
    qapp.removeTranslator(listener)


def shown(widget):
    widget.show()
    QApplication.processEvents()
    return widget


def test_every_text_of_qts_own_dialogs_is_in_the_catalogue(asked, qtbot, qapp):
    plain = QFileDialog(None, "", "")
    plain.setOption(QFileDialog.Option.DontUseNativeDialog)
    folder = QFileDialog(None, "", "")
    folder.setOption(QFileDialog.Option.DontUseNativeDialog)
    folder.setFileMode(QFileDialog.FileMode.Directory)
    saving = QFileDialog(None, "", "")
    saving.setOption(QFileDialog.Option.DontUseNativeDialog)
    saving.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    every = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(every.Ok | every.Cancel | every.Save | every.Close | every.Help)
    for widget in (
        *(plain, folder, saving, box, QMessageBox(), QInputDialog()),
        QPrintDialog(printer),
        *(QLineEdit(), QPlainTextEdit(), QTextBrowser()),
    ):
        qtbot.addWidget(shown(widget))
        if hasattr(widget, "createStandardContextMenu"):
            widget.createStandardContextMenu()
    strings = QtStrings(load_catalogue("ckb"), qapp)
    missing = {
        (context, text)
        for context, text in asked
        if context not in NAMES | RARE
        and text not in NO_TEXT
        and not text.startswith("Alt+")
        and strings.translate(context, text) == text
    }
    assert len(asked) > 80
    assert missing == set()


@pytest.fixture
def in_sorani(qapp):
    apply_language(qapp, load_catalogue("ckb"))
    yield
    apply_language(qapp, load_catalogue("en"))


SCROLLING = (
    *("Scroll here", "Top", "Bottom", "Page up", "Page down", "Scroll up", "Scroll down"),
    *("Left edge", "Right edge", "Page left", "Page right", "Scroll left", "Scroll right"),
)


@pytest.mark.parametrize(
    ("context", "text"),
    [
        *(("QScrollBar", text) for text in SCROLLING),
        ("QFileDialog", "Remove"),
        ("QMessageBox", "Hide Details..."),
    ],
)
def test_menus_that_only_a_pointer_opens_are_sorani(qapp, context, text):
    told = QtStrings(load_catalogue("ckb"), qapp).translate(context, text)
    assert not any(character.isascii() and character.isalpha() for character in told)


@pytest.mark.parametrize(
    "name",
    [
        "a.txt",
        "a.json",
        "a.jsonl",
        "a.nishan",
        "a.csv",
        "a.xml",
        "a.html",
        "a.pdf",
        "a.docx",
        "a.zip",
        "a.md",
    ],
)
def test_kinds_of_files_that_one_meets_have_sorani_names(in_sorani, name):
    by_name = QMimeDatabase.MatchMode.MatchExtension
    found = QMimeDatabase().mimeTypeForFile(name, by_name)
    if found.comment() == found.name():
        pytest.skip("this system has no data base of kinds of files")
    kind = found.comment()
    assert kind != load_catalogue("en").texts.get(f"qt.{kind}")
    assert any(not character.isascii() for character in kind)


def test_mnemonics_and_breaks_do_not_matter(qapp):
    strings = QtStrings(load_catalogue("ckb"), qapp)
    told = strings.translate("QFileDialog", "%1 already exists.\nDo you want to replace it?")
    assert "%1" in told
    assert strings.translate("QPlatformTheme", "&Save") == load_catalogue("ckb").text("qt.Save")
    assert strings.translate("QShortcut", "Hangul") == "Hangul"
