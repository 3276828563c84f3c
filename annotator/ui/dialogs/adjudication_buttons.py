"""The buttons of adjudication, which tell its keys: what each annotator says, agreed, none …"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.core.ids import SetId
from annotator.foundation.catalogue import Catalogue, isolated
from annotator.ui.adjudication_scene import colour_of
from annotator.ui.dialogs.controls import push_button
from annotator.ui.editing.legend import cap_of

MOST_KEYS: Final = 9
"""Annotators that have a digit, and with it a button."""

_SWATCH = 12
"""Pixels."""

_GAP = "\u00a0"
"""Between the colour of an annotator and the name."""

_DECIDING = (("agreed", "A"), ("none", "X"), ("keep", "Enter"), ("edit", "E"))
_GOING = (("next", "N"), ("previous", "P"), ("close", "Escape"))


def adjudication_buttons(
    catalogue: Catalogue,
    names: Sequence[tuple[SetId, str]],
    acts: Mapping[str, Callable[[], None]],
    parent: QWidget,
) -> QHBoxLayout:
    """A row of buttons with their keys; `names` are the annotators with a vote, in order."""

    def button(title: str, key: str) -> QPushButton:
        made = push_button(f"{title}  {cap_of(catalogue, key)}".replace("&", "&&"), parent)
        made.clicked.connect(lambda: acts[key]())
        row.addWidget(made)
        return made

    row = QHBoxLayout()
    for number, (_, name) in enumerate(names[:MOST_KEYS], 1):
        made = button(f"{_GAP}{isolated(name)}", str(number))
        made.setIcon(_swatch(colour_of(number)))
        made.setIconSize(QSize(_SWATCH, _SWATCH))
    for word, key in _DECIDING:
        button(catalogue.text(f"adjudicating.do.{word}"), key)
    row.addStretch(1)
    for word, key in _GOING:
        button(catalogue.text(f"adjudicating.do.{word}"), key)
    return row


def _swatch(color: str) -> QIcon:
    picture = QPixmap(_SWATCH, _SWATCH)
    picture.fill(QColor(color))
    return QIcon(picture)
