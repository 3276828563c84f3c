"""Two people annotate apart, their work is merged, a third decides, and gold goes out."""

import json
import shutil

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.cli import main
from annotator.core.ids import DocumentId, SetId
from annotator.workbench.clock import system_clock
from annotator.workbench.merging import merger_of
from tests.journeys.stage import stage as stage
from tests.key_events import press
from tests.ui.window_room import make_project
from tests.workbench.adjudications import labels

SHILAN, ARAM, SARA = "شیلان", "ئارام", "سارا"
TEXT = "ئازاد لە هەولێر بوو و شیلان لە دهۆک."
KURDISH = "iq(ku_ara)"
PERSON, PLACE, ORGANIZATION = "1", "3", "2"


def at(word):
    return TEXT.index(word)


class Room:
    """A window under a Kurdish layout, and who sits at it."""

    def __init__(self, one):
        self.one = one

    @property
    def workspace(self):
        return self.one.shell.workspace

    def press(self, chords):
        press(self.one.window.view.page, chords, layout=KURDISH)

    def annotate(self, name, *marks):
        """Work as somebody: digits on words by their numbers, and the article is complete."""
        self.workspace.change_annotator(name)
        for word, digit in marks:
            self.press(" ".join(["Ctrl+Home", *["Left"] * word, digit]))
        self.press("Ctrl+Enter")

    def adjudicate(self, chords):
        """Open the adjudication with its key and press keys in it."""
        done = []

        def act():
            dialog = QApplication.activeModalWidget()
            try:
                press(dialog.table, chords, layout=KURDISH)
                done.append(dialog.progress.text())
            finally:
                dialog.close()

        QTimer.singleShot(0, act)
        self.press("Ctrl+G")
        assert done

    @property
    def gold(self):
        project = self.workspace.project
        return labels(project.annotations.read(self.header))

    @property
    def header(self):
        return self.workspace.project.annotations.header(DocumentId("a1"), SetId("gold"))


def test_from_two_annotators_to_gold(stage, tmp_path, capsys):
    path = make_project(tmp_path, documents={"یەکەم": TEXT}, annotator=SHILAN)
    copy = shutil.copy(path, tmp_path / "copy.nishan")
    room = Room(stage(path))
    room.annotate(SHILAN, (0, PERSON), (2, PLACE), (5, PERSON))
    room.one.shell.open_project(copy)
    room.annotate(ARAM, (0, PERSON), (2, ORGANIZATION), (7, PLACE))
    room.one.shell.open_project(path)
    room.workspace.change_annotator(SARA)
    with merger_of(
        copy,
        room.workspace.project,
        clock=system_clock,
        changes=room.workspace.changes,
        door=room.workspace.door,
        page=lambda: room.workspace.open_document,
    ) as merger:
        assert merger.run().annotations == 3
    room.adjudicate("A 2 1")
    assert room.gold == {0: "PER", at("هەولێر"): "ORG", at("شیلان"): "PER"}
    assert room.header.adjudicator == room.workspace.annotator.id
    room.adjudicate("Ctrl+Z")
    assert room.gold == {0: "PER", at("هەولێر"): "ORG"}
    room.one.shell.close()
    room.one.shell.open_project(path)
    assert room.workspace.annotator.name == SARA
    room.adjudicate("Ctrl+Z")
    assert room.gold == {0: "PER"}
    room.adjudicate("Ctrl+Y Ctrl+Y")
    assert room.gold == {0: "PER", at("هەولێر"): "ORG", at("شیلان"): "PER"}
    room.adjudicate("N E")
    assert room.workspace.open_document.header.id == "gold"
    room.press(ORGANIZATION)
    assert room.gold[at("دهۆک")] == "ORG"
    room.press("Ctrl+Z")
    room.one.shell.close()
    target = tmp_path / "gold.jsonl"
    assert main(["export", str(path), "--annotator", "gold", "--output", str(target)]) == 0
    capsys.readouterr()
    (record,) = (json.loads(line) for line in target.read_text(encoding="utf-8").splitlines())
    assert (record["set"]["kind"], record["set"]["status"]) == ("adjudicated", "complete")
    told = {mention["text"]: mention["label"] for mention in record["mentions"]}
    assert told == {"ئازاد": "PER", "هەولێر": "ORG", "شیلان": "PER", "دهۆک": "GPE"}
