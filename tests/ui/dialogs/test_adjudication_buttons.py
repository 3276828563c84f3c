"""The buttons of adjudication tell their keys, and show names as they are."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.core.ids import SetId
from annotator.foundation.catalogue import load_catalogue, without_isolates
from annotator.ui.dialogs.adjudication_buttons import MOST_KEYS, adjudication_buttons


def test_a_name_shows_its_ampersand_and_nine_have_a_key(qtbot):
    parent, pressed = QWidget(), []
    qtbot.addWidget(parent)
    names = [(SetId(f"a{number}"), f"R&D {number}") for number in range(1, 12)]
    keys = [*"123456789", "A", "X", "Enter", "E", "N", "P", "Escape"]
    acts = {key: lambda key=key: pressed.append(key) for key in keys}
    row = adjudication_buttons(load_catalogue("en"), names, acts, parent)
    parent.setLayout(row)  # else Python and Qt both take it apart
    buttons = parent.findChildren(QPushButton)
    assert (row.count(), len(buttons)) == (3, len(keys))
    first = without_isolates(buttons[0].text())
    assert first.startswith("\u00a0R&&D 1  1")
    assert not any("10" in button.text() for button in buttons[MOST_KEYS:])
    for button in buttons:
        button.click()
    assert pressed == keys


@pytest.mark.parametrize("language", ["en", "ckb"])
def test_the_buttons_of_nine_long_names_have_room_on_a_small_screen(qtbot, language):
    parent = QWidget()
    qtbot.addWidget(parent)
    names = [(SetId(f"a{number}"), "شیلان محەمەد ئەحمەد عەبدولڕەحمان") for number in range(1, 10)]
    rows = adjudication_buttons(load_catalogue(language), names, {}, parent)
    parent.setLayout(rows)
    assert rows.minimumSize().width() < 1240
    first = without_isolates(parent.findChildren(QPushButton)[0].text())
    assert "شیلان محەمەد ئەحمەد…" in first
