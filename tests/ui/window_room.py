"""The room of the window tests: projects with texts of our own, and boxes that need nobody."""

import json

import pytest
from PySide6.QtWidgets import QMessageBox

from annotator.ui.messages import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK
from annotator.workbench.clock import system_clock
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.projects import create_project

TEXT = (
    "شاری هەولێر پایتەختی هەرێمی کوردستانە. سەرۆکی شار لە هەولێر گوتی: «کار دەکەین».\n"
    "ڕۆژی دواتر نوێنەران لە سلێمانی کۆبوونەوە و باسی ئاویان کرد.\n"
)


def make_project(folder, *, name="کار", documents=None, annotator="شیلان"):
    """A project of documents ``a1``, ``a2`` …; `documents` is what they hold, by their titles."""
    path = folder / f"{name}.nishan"
    source = folder / f"{name}.jsonl"
    if documents is None:
        documents = {"یەکەم": TEXT, "دووەم": TEXT[40:], "سێیەم": TEXT[20:]}
    lines = (
        json.dumps({"id": f"a{number}", "title": title, "text": text}, ensure_ascii=False)
        for number, (title, text) in enumerate(documents.items(), 1)
    )
    source.write_text("\n".join(lines), encoding="utf-8")
    with create_project(path, clock=system_clock, annotator=annotator) as project:
        report = Importer(project, system_clock).run(find_files([source]))
    assert len(report.imported) == len(documents)
    return path


class Boxes:
    """What the message boxes said, and the titles of their buttons.

    `answer` is the text of the button to press, if any.
    """

    def __init__(self):
        self.texts = []
        self.titles = []
        self.formats = set()
        self.defaults = []
        self.answer = None

    def show(self, box):
        """Stands in for `QMessageBox.exec`."""
        self.texts.append(box.text().lstrip(RIGHT_TO_LEFT_MARK + LEFT_TO_RIGHT_MARK))
        self.titles.append([button.text() for button in box.buttons()])
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
