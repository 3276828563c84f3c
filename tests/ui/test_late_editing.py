"""What the keys do is loaded late, and is all there for the first key."""

import json
import os
import subprocess
import sys

import pytest

from annotator.ui.editing.acts import editing_acts
from annotator.ui.late_editing import LateEditing, Overlaid
from annotator.workbench.lexicons import read_lexicon
from tests.architecture.sources import CHECKOUT

FIRST_KEYS = """
import json, sys
from annotator.cli import main
import annotator.app
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from annotator.ui.textview.widget import Page
from tests.key_events import press
paint = Page.paintEvent
def paint_and_press(page, event):
    Page.paintEvent = paint
    paint(page, event)
    QTimer.singleShot(0, lambda: type_and_end(page))
def type_and_end(page):
    window = page.window()
    told = ["annotator.ui.editing.acts" in sys.modules]
    for chord in ("Ctrl+End", "Right", "1"):
        press(page, chord)
        told.append(getattr(window.editor.current, "label", None))
    open(sys.argv[1], "w").write(json.dumps(told))
    QApplication.closeAllWindows()
Page.paintEvent = paint_and_press
from msgspec.structs import replace
make_desk = annotator.app.make_desk
annotator.app.make_desk = lambda: replace(make_desk(), platform="xcb")
sys.exit(main(["demo"]))
"""


def test_a_key_that_is_pressed_at_the_first_paint_does_what_it_always_does(tmp_path):
    """In a process of its own, which has loaded nothing of the keys by then."""
    environment = {**os.environ, "NISHAN_STATE_DIR": str(tmp_path / "state")}
    told = tmp_path / "told.json"
    command = [sys.executable, "-c", FIRST_KEYS, str(told)]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(told.read_text()) == [False, None, "FAC", "PER"]


def test_all_acts_of_the_editor_are_there():
    lexicon = read_lexicon()
    late, acts = LateEditing(lambda: lexicon), editing_acts(lexicon)
    assert list(late) == list(acts)
    assert len(late) == len(acts)
    assert late.get("no.act") is None


def test_upper_acts_hide_lower_ones():
    upper, lower = {"a": print, "b": print}, {"b": repr, "c": repr}
    both = Overlaid(upper, lower)
    assert {name: both[name] for name in both} == {"a": print, "b": print, "c": repr}
    assert len(both) == 3
    with pytest.raises(KeyError):
        both["d"]


def test_lower_acts_are_not_asked_for_what_stands_above():
    class Untouched(dict):
        def __getitem__(self, name):
            raise AssertionError(name)

    assert Overlaid({"a": print}, Untouched())["a"] is print
