"""What can be seen and read of a widget: its texts, its names, and whether anything is cut off."""

import re
import string

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QWidget,
)

from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.ui.dialogs.controls import Table

CONTROLS = (
    QAbstractButton, QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QProgressBar, QTableWidget,
)  # fmt: skip


def parts(widget, kind=QWidget):
    """The widgets of a kind that the program made; Qt's own inner ones have names of Qt."""
    found = widget.findChildren(kind)
    return [part for part in found if not part.objectName().startswith("qt_")]


def texts(widget):
    """Every text that can be read on a widget or heard of it, on all its pages."""
    said = [widget.windowTitle()]
    for part in parts(widget):
        said += [part.accessibleName(), part.toolTip()]
        match part:
            case QLabel() | QAbstractButton():
                said.append(part.text())
            case QLineEdit():
                said.append(part.placeholderText())
            case QComboBox():
                said += [part.itemText(index) for index in range(part.count())]
            case QPlainTextEdit():
                said += part.toPlainText().splitlines()
            case QListWidget():
                said += [part.item(row).text() for row in range(part.count())]
            case Table():
                headers = range(part.columnCount())
                said += [part.horizontalHeaderItem(column).text() for column in headers]
                said += [text for row in part.texts for text in row]
    return {without_isolates(text) for text in said if text}


def english_patterns():
    """What an English sentence looks like once its fields are filled, where Sorani differs."""
    english, kurdish = load_catalogue("en").texts, load_catalogue("ckb").texts
    patterns = {}
    for key, sentence in english.items():
        pieces = [piece for piece, *_ in string.Formatter().parse(sentence)]
        if sentence != kurdish[key] and re.search("[A-Za-z]{2}", "".join(pieces)):
            patterns[key] = re.compile(".*".join(map(re.escape, pieces)), re.DOTALL)
    return patterns


def untranslated(widget):
    """The texts that are English sentences of the catalogue."""
    patterns = english_patterns()
    return {
        text: key
        for text in texts(widget)
        for key, pattern in patterns.items()
        if pattern.fullmatch(text)
    }


def nameless(widget):
    """The controls that a screen reader could not name."""
    return [
        part
        for part in parts(widget)
        if isinstance(part, CONTROLS)
        and not part.accessibleName()
        and not (isinstance(part, QAbstractButton) and part.text())
        and not isinstance(part.parent(), QComboBox | QTableWidget)
    ]


def rich(widget):
    """The labels that could take data for markup."""
    return [
        label for label in parts(widget, QLabel) if label.textFormat() != Qt.TextFormat.PlainText
    ]


def cut_off(widget):
    """The visible labels and buttons that have less room than their text needs."""
    short = []
    for part in [*parts(widget, QLabel), *parts(widget, QPushButton), *parts(widget, QComboBox)]:
        if not part.isVisibleTo(widget) or isinstance(part.parent(), QComboBox):
            continue
        if isinstance(part, QLabel) and part.wordWrap():
            is_short = part.height() < part.heightForWidth(part.width())
        elif isinstance(part, QComboBox):
            is_short = part.height() < part.minimumSizeHint().height()
        else:
            hint = part.sizeHint()
            is_short = part.width() < hint.width() or part.height() < hint.height()
        if is_short or not widget.rect().contains(part.mapTo(widget, part.rect().center())):
            short.append((type(part).__name__, part.objectName(), getattr(part, "text", str)()))
    return short
