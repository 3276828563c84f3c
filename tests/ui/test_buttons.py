"""Enter presses the button that has the focus, whatever the default one of its dialog is."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

import annotator.ui
from annotator.ui.buttons import push_button
from tests.key_events import key_event, press


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_presses_the_button_that_has_the_focus_and_not_the_default_one(qtbot, key):
    dialog, pressed = QDialog(), []
    qtbot.addWidget(dialog)
    buttons = {name: push_button(name, dialog) for name in ("Export", "Cancel")}
    for name, button in buttons.items():
        button.clicked.connect(lambda checked, name=name: pressed.append(name))
    buttons["Export"].setDefault(True)
    dialog.show()
    press(buttons["Cancel"], key)
    assert pressed == ["Cancel"]
    QApplication.sendEvent(buttons["Cancel"], key_event("Enter", is_repeat=True))
    assert pressed == ["Cancel"]  # as long as it is held down


def test_all_buttons_of_the_program_are_of_this_kind():
    files = Path(annotator.ui.__file__).parent.rglob("*.py")
    made = [file.name for file in files if "QPushButton(" in file.read_text(encoding="utf-8")]
    assert made == []
