"""The way to the window loads nothing of the verbs, and knows their names."""

import json
import os
import re
import subprocess
import sys

import pytest

from annotator.cli import main, window
from annotator.cli.verbs import VERBS
from annotator.cli.window import VERB_NAMES, watched
from tests.architecture.sources import CHECKOUT

SLOW = (
    "orjson", "socket", "numpy", "pyqtgraph", "cassis", "lxml", "jsonschema_rs", "asyncio", "email",
    "spacy",
)  # fmt: skip
LATER = (
    "annotator.adjudication",
    "annotator.agreement",
    "annotator.cli.verbs",
    "annotator.core.checks",
    "annotator.core.lineage",
    "annotator.core.merging",
    "annotator.core.rules",
    "annotator.core.scheme_json",
    "annotator.core.scheme_part",
    "annotator.formats",
    "annotator.kurdish.dates",
    "annotator.kurdish.growth",
    "annotator.kurdish.lexicon",
    "annotator.kurdish.normalize",
    "annotator.kurdish.sentences",
    "annotator.kurdish.tokens",
    "annotator.store.backup",
    "annotator.store.doctor",
    "annotator.store.label_use",
    "annotator.store.lineages",
    "annotator.store.purging",
    "annotator.store.suggestions",
    "annotator.suggest",
    "annotator.ui.adjudicating",
    "annotator.ui.afterwards",
    "annotator.ui.checking",
    "annotator.ui.damage_offer",
    "annotator.ui.demo",
    "annotator.ui.dialogs",
    "annotator.ui.doctor_acts",
    "annotator.ui.editing.acts",
    "annotator.ui.editing.inspection",
    "annotator.ui.editing.legend",
    "annotator.ui.editing.marking",
    "annotator.ui.editing.seeking",
    "annotator.ui.fields",
    "annotator.ui.find_bar",
    "annotator.ui.first_delete",
    "annotator.ui.history_acts",
    "annotator.ui.keeping_acts",
    "annotator.ui.late_menus",
    "annotator.ui.legend_bar",
    "annotator.ui.legend_following",
    "annotator.ui.menus",
    "annotator.ui.merge_acts",
    "annotator.ui.page_menu",
    "annotator.ui.palette_acts",
    "annotator.ui.panels",
    "annotator.ui.panes",
    "annotator.ui.project_acts",
    "annotator.ui.report_acts",
    "annotator.ui.review_scene",
    "annotator.ui.saved_sign",
    "annotator.ui.start_window",
    "annotator.ui.status_line",
    "annotator.ui.step_titles",
    "annotator.ui.surroundings",
    "annotator.ui.taking_over",
    "annotator.ui.textview.accessible",
    "annotator.workbench.backups",
    "annotator.workbench.checking",
    "annotator.workbench.importing",
    "annotator.workbench.label_mapping",
    "annotator.workbench.lexicons",
    "annotator.workbench.merging",
    "annotator.workbench.project_changes",
    "annotator.workbench.suggestion_making",
    "annotator.workbench.taking_home",
    "annotator.workbench.trash",
)
"""Modules, and packages with all that is in them."""

START = """
import json, sys
from annotator.cli import main
import annotator.app
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from annotator.ui.textview.widget import Page
paint = Page.paintEvent
def paint_and_tell(page, event):
    Page.paintEvent = paint
    paint(page, event)
    open(sys.argv[1], "w").write(json.dumps(list(sys.modules)))
    QTimer.singleShot(0, QApplication.closeAllWindows)
Page.paintEvent = paint_and_tell
sys.exit(main(["demo"]))
"""


def is_later(name):
    return any(name == later or name.startswith(f"{later}.") for later in LATER)


def source_of(name):
    path = CHECKOUT.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return path.read_text(encoding="utf-8")


def imports(text):
    """The modules of this program that a module imports at its head."""
    return set(re.findall(r"^from (annotator[.\w]+) import", text, re.MULTILINE))


def test_the_names_are_those_of_the_verbs():
    assert {*VERB_NAMES} == VERBS.keys()
    assert len(VERB_NAMES) == len(VERBS)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules in order, in a process of its own, when the page of the demo was painted."""
    folder = tmp_path_factory.mktemp("start")
    environment = {**os.environ, "NISHAN_STATE_DIR": str(folder / "state")}
    told = folder / "modules.json"
    command = [sys.executable, "-c", START, str(told)]
    for _ in range(2):  # the first makes the demo project, which needs the import
        done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True)
        assert done.returncode == 0, done.stderr
    return json.loads(told.read_text())


def test_the_first_window_loads_neither_verbs_nor_dialogs_nor_what_is_slow(loaded):
    assert "annotator.ui.main_window" in loaded
    assert {*loaded} & {*SLOW} == set()
    assert {name for name in loaded if is_later(name)} == set()


def test_what_knows_no_qt_is_loaded_before_qt(loaded):
    """But for what the demo alone needs, and the bare folders that hold modules."""
    after = [name for name in loaded[loaded.index("PySide6") :] if name.startswith("annotator.")]
    texts = {name: source_of(name) for name in after}
    knowing = {name for name, text in texts.items() if "PySide6" in text}
    found = knowing
    while found:
        found = {name for name in after if name not in knowing and imports(texts[name]) & knowing}
        knowing |= found
    bare = {name for name, text in texts.items() if "import" not in text}
    assert {*after} - knowing - bare == {"annotator.workbench.demo"}


def test_the_demo_without_options_is_a_window(monkeypatch):
    monkeypatch.setattr("annotator.cli.open_demo_window", lambda: 0)
    assert main(["demo"]) == 0


def test_only_the_bench_is_told_of_the_first_paint():
    assert watched(["demo"]) == ["demo"]
    assert window.PAINT_FLAG.startswith("--self-test")
