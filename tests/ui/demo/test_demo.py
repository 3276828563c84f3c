"""The demo: without a display in a process of its own, and in a window."""

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from annotator.app import run_demo
from annotator.foundation.errors import Defect, UserError
from annotator.store.project_file import ProjectFile
from annotator.ui.demo.hand import Hand
from annotator.ui.demo.typist import Typist
from annotator.ui.main_window import MainWindow
from annotator.ui.messages import unattended
from annotator.workbench.clock import system_clock
from annotator.workbench.demo import open_demo
from annotator.workbench.gold_checking import check_gold_file
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.projects import facts_of
from annotator.workbench.schemes import read_scheme_text, scheme_from_text
from tests.journeys.stage import stage
from tests.ui.window_room import boxes

__all__ = ["boxes", "stage"]

CHECKOUT = Path(__file__).parents[3]


def run(folder, home, *more):
    environment = {
        **os.environ,
        "NISHAN_STATE_DIR": str(home / "state"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "NISHAN_LANGUAGE": "en",
    }
    return subprocess.run(
        [sys.executable, "-m", "annotator", "demo", "--headless", str(folder), *more],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        cwd=CHECKOUT,
        timeout=120,
    )


def test_the_headless_demo_does_the_whole_job_and_never_writes_over_a_project(tmp_path):
    folder = tmp_path / "out"
    done = run(folder, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 4
    assert [line.split()[0] for line in lines] == ["Made", "Annotated", "Saved", "Exported"]

    with ProjectFile.open(folder / "demo.nishan") as project:
        facts = facts_of(project)
    assert facts.sets["complete"] == 1
    assert min(facts.mentions, facts.events, facts.quotes) > 0
    gold = next((folder / "gold").glob("*.jsonl"))
    record = orjson.loads(gold.read_bytes().splitlines()[0])
    assert len(record["mentions"]) == facts.mentions
    scheme = scheme_from_text(read_scheme_text("ckb-news"))
    assert [f for f in check_gold_file(gold, scheme) if f.severity == "E"] == []
    picture = QImage(str(folder / "screenshot.png"))
    assert picture.size().toTuple() == (1280, 800)
    legend = {picture.pixel(x, y) for x in range(300, 900, 2) for y in range(650, 760, 2)}
    assert len(legend) > 50  # letters on caps, and no empty field
    assert not (tmp_path / "config").exists()

    made = [folder / "demo.nishan", gold, folder / "screenshot.png"]
    first = [path.read_bytes() for path in made]
    again = run(folder, tmp_path)
    assert again.returncode == 0
    assert [path.read_bytes() for path in made] == first
    for name in ("demo-2.nishan", "screenshot-2.png", "gold-2"):
        assert (folder / name).exists()


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    done = run(in_the_way / "out", tmp_path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.fixture
def quick(qapp, stage, monkeypatch):
    """The event loop turns once and ends: which projects were seen in windows."""
    seen = []

    def turn_once(*_):
        qapp.processEvents()
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        for window in filter(QWidget.isVisible, windows):
            seen.append(window.workspace.path)
            window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", turn_once)
    return seen


def test_the_demo_opens_in_a_window_and_is_made_once(quick, tmp_path, monkeypatch):
    monkeypatch.setenv("NISHAN_STATE_DIR", str(tmp_path))
    assert run_demo() == 0
    assert quick == [tmp_path / "demo.nishan"]
    before = (tmp_path / "demo.nishan").read_bytes()
    assert open_demo(tmp_path, system_clock).read_bytes() == before


def test_a_demo_that_cannot_be_made_is_told_in_a_box(stage, boxes, tmp_path, monkeypatch):
    (tmp_path / "demo.nishan").mkdir()
    monkeypatch.setenv("NISHAN_STATE_DIR", str(tmp_path))
    assert run_demo() == 3
    assert len(boxes.texts) == 1


def test_a_state_folder_that_cannot_be_made_is_an_error_for_the_user(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError):
        open_demo(tmp_path / "file" / "state", system_clock)


def test_a_hand_that_finds_no_choice_says_so(stage, tmp_path):
    desk = stage(open_demo(tmp_path, system_clock), language="en")
    hand = Hand(Typist(desk.window), lambda: desk.editor)
    hand.go_to(0)
    hand.typist.press("E")
    with pytest.raises(Defect):
        hand.choose(lambda choice: False)
    hand.leave()
    assert hand.typist.presses >= 2


def test_a_box_that_nobody_could_close_ends_the_job_with_its_words(stage, tmp_path, monkeypatch):
    """As on a full disk: without anybody to answer, the box would stay for ever."""

    def full(*_, **__):
        raise UserError("store.full", name="demo.nishan")

    monkeypatch.setattr(QMessageBox, "exec", lambda box: pytest.fail(box.text()))
    desk = stage(open_demo(tmp_path, system_clock), language="ckb")
    monkeypatch.setattr(OpenDocument, "perform", full)
    typist = Typist(desk.window)
    Hand(typist, lambda: desk.editor).go_to(0)
    with (
        unattended(QApplication.instance()),
        pytest.raises(UserError) as caught,
    ):
        typist.press("E M 1")
    catalogue = desk.shell.desk.catalogue
    assert caught.value.key == "demo.stopped"
    told = catalogue.error(UserError("store.full", name="demo.nishan"))
    assert caught.value.values == {"reason": told}
    typist.press("Escape")  # what was said once is not said again
