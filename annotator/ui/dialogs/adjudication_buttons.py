"""The buttons of adjudication, which tell its keys: what each annotator says, agreed, none …"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.core.ids import SetId
from annotator.foundation.catalogue import Catalogue, isolated
from annotator.ui.adjudication_scene import colour_of
from annotator.ui.dialogs.controls import push_button
from annotator.ui.keyboard.wording import cap_of

MOST_KEYS: Final = 9
"""Annotators that have a digit, and with it a button."""

_ABREAST = 5
"""Annotators whose buttons stand in one row; names are long, and screens are not wide."""

_SWATCH = 12
"""Pixels."""

_LONGEST = 20
"""Code points of a name on a button."""

_GAP = "\u00a0"
"""Between the colour of an annotator and the name."""

_DECIDING = (("agreed", "A"), ("none", "X"), ("keep", "Enter"), ("edit", "E"))
_GOING = (("next", "N"), ("previous", "P"), ("close", "Escape"))


def adjudication_buttons(
    catalogue: Catalogue,
    names: Sequence[tuple[SetId, str]],
    acts: Mapping[str, Callable[[], None]],
    parent: QWidget,
) -> QVBoxLayout:
    """Rows of buttons with their keys; `names` are the annotators with a vote, in order."""

    def button(title: str, key: str, row: QHBoxLayout) -> QPushButton:
        made = push_button(f"{title}  {cap_of(catalogue, key)}".replace("&", "&&"), parent)
        made.clicked.connect(lambda: acts[key]())
        row.addWidget(made)
        return made

    people = [(number, name) for number, (_, name) in enumerate(names[:MOST_KEYS], 1)]
    rows = QVBoxLayout()
    for first in range(0, len(people), _ABREAST):
        row = QHBoxLayout()
        for number, name in people[first : first + _ABREAST]:
            made = button(f"{_GAP}{isolated(_short(name))}", str(number), row)
            made.setIcon(_swatch(colour_of(number)))
            made.setIconSize(QSize(_SWATCH, _SWATCH))
        row.addStretch(1)
        rows.addLayout(row)
    row = QHBoxLayout()
    for word, key in _DECIDING:
        button(catalogue.text(f"adjudicating.do.{word}"), key, row)
    row.addStretch(1)
    for word, key in _GOING:
        button(catalogue.text(f"adjudicating.do.{word}"), key, row)
    rows.addLayout(row)
    return rows


def _short(name: str) -> str:
    """A name that has room on a button; the whole one stands over the column."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _swatch(color: str) -> QIcon:
    picture = QPixmap(_SWATCH, _SWATCH)
    picture.fill(QColor(color))
    return QIcon(picture)
