"""The room of the window tests: projects with texts of our own, and boxes that need nobody."""

import pytest
from PySide6.QtWidgets import QMessageBox

from annotator.workbench.clock import system_clock
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.projects import create_project

TEXT = (
    "شاری هەولێر پایتەختی هەرێمی کوردستانە. سەرۆکی شار لە هەولێر گوتی: «کار دەکەین».\n"
    "ڕۆژی دواتر نوێنەران لە سلێمانی کۆبوونەوە و باسی ئاویان کرد.\n"
)


def make_project(folder, *, name="کار", texts=None, annotator="شیلان"):
    """A project of text documents; `texts` is what they hold, by their names."""
    path = folder / f"{name}.nishan"
    sources = folder / f"{name} texts"
    sources.mkdir()
    with create_project(path, clock=system_clock, annotator=annotator) as project:
        for stem, text in (texts or {"a1": TEXT, "a2": TEXT[40:], "a3": TEXT[20:]}).items():
            (sources / f"{stem}.txt").write_text(text, encoding="utf-8")
        report = Importer(project, system_clock).run(find_files([sources]))
    assert not report.problems
    return path


class Boxes:
    """What the message boxes said; `answer` is the text of the button to press, if any."""

    def __init__(self):
        self.texts = []
        self.formats = set()
        self.defaults = []
        self.answer = None

    def show(self, box):
        """Stands in for `QMessageBox.exec`."""
        self.texts.append(box.text())
        self.formats.add(box.textFormat())
        default = box.defaultButton()
        self.defaults.append(default.text() if default else None)
        for button in box.buttons():
            if button.text() == self.answer:
                button.click()
        return 0


@pytest.fixture
def boxes(monkeypatch):
    """Message boxes that tell what they said instead of waiting for somebody."""
    made = Boxes()
    monkeypatch.setattr(QMessageBox, "exec", lambda box: made.show(box))
    return made
