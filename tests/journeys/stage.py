"""The stage of the journeys: a project in a folder, a real window, and hands on the keys."""

import os
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from annotator.app import make_desk, make_shell
from annotator.formats.gold_read import read_gold
from annotator.ui.demo.pilot import Hand, Pilot
from annotator.ui.demo.typist import Typist
from annotator.workbench.clock import system_clock
from annotator.workbench.importing import Importer, find_files
from annotator.workbench.projects import create_project
from tests.key_events import press

SHARED = Path(os.environ.get("NISHAN_SHARED", Path(__file__).parents[3] / "shared"))
EXAMPLE = SHARED / "design" / "gold.example.jsonl"
SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "01-water.gold.jsonl"

GOLD_FILES = [
    pytest.param(
        EXAMPLE,
        marks=pytest.mark.skipif(not EXAMPLE.exists(), reason="the design's example is not here"),
        id="example",
    ),
    pytest.param(SAMPLE, id="sample"),
]


def gold_record(path):
    """The first record of a gold file, as JSON."""
    return orjson.loads(path.read_bytes().split(b"\n", 1)[0])


def given_annotations(path):
    """The first record of a gold file, as values."""
    *_, bundle = read_gold([path.read_bytes().split(b"\n", 1)[0]])
    return bundle.sets[0].annotations


def project_with_text(folder, name, text):
    """A project that holds one imported text file."""
    source = folder / f"{name}.txt"
    source.write_bytes(text.encode("utf-8"))
    path = folder / "journey.nishan"
    with create_project(path, clock=system_clock, annotator="نیشانەکەر") as project:
        report = Importer(project, system_clock).run(find_files([source]))
    assert report.imported == (name,)
    return path


class Stage:
    """An open window with a typist at its keyboard."""

    def __init__(self, path, *, layout="us", platform="xcb", language="ckb", theme="light"):
        application = QApplication.instance()
        desk = make_desk(language=language, theme=theme)
        self.shell = make_shell(application, replace(desk, platform=platform))
        self.shell.open_project(path)
        self.window.resize(1280, 800)
        self.window.activateWindow()
        application.processEvents()

        def send(widget, chord):
            press(widget, chord, layout=layout, platform=platform)

        self.typist = Typist(self.window, send)
        self.hand = Hand(self.typist, lambda: self.editor)

    @property
    def window(self):
        return self.shell.window

    @property
    def editor(self):
        return self.shell.window.editor

    def pilot(self, given):
        return Pilot(self.hand, given)

    def close(self):
        self.window.close()
        self.shell.close()


@pytest.fixture
def stage(qapp, tmp_path, monkeypatch):
    """Opens stages and closes them again; settings live in the test's own folder."""
    opened = []
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    qapp.setOrganizationName("Nishan")
    qapp.setApplicationName("Nishan")

    def open_stage(path, **choices):
        opened.append(Stage(path, **choices))
        return opened[-1]

    yield open_stage
    for one in opened:
        one.close()
    qapp.processEvents()
