"""The frame of long steps: what can be used when, who stops what, and how it closes."""

import pytest
from PySide6.QtWidgets import QCheckBox

from annotator.foundation.errors import UserError
from annotator.ui.dialogs.controls import push_button
from annotator.ui.dialogs.long_step import LongStepDialog
from annotator.ui.progress import ProgressBox


class Cooking(LongStepDialog):
    """A step that does what it is told to do."""

    def __init__(self, catalogue):
        super().__init__(catalogue, "title", None)
        self.box = QCheckBox("salt", self._first)
        self.second = ProgressBox(catalogue, self)
        self.begin_button = push_button("start", self._first)
        self.settled = 0
        self._finish_first(self.box, start=self.begin_button)

    def cook(self, act):
        """Do it, and tell what came of it."""
        done = self._run("importing.running", act)
        if done is not None:
            self._show_report("done", done)
        return done

    def _settle(self):
        self.settled += 1


@pytest.fixture
def cooking(english, qtbot):
    made = Cooking(english)
    qtbot.addWidget(made)
    made.show()
    return made


def test_nothing_can_be_used_while_it_runs_but_the_button_to_stop(cooking):
    def look():
        parts = (cooking.box, cooking.begin_button, cooking.close_button)
        assert [part.isEnabled() for part in parts] == [False] * 3
        assert cooking.progress.isVisible()
        assert cooking.progress.stop_button.isEnabled()
        cooking.reject()  # Escape
        assert cooking.isVisible()
        return "" if cooking.progress(1, 2) else "stopped"

    assert cooking.cook(look) == "stopped"
    assert (cooking.box.isEnabled(), cooking.close_button.isEnabled()) == (True, True)
    assert (cooking.progress.isVisible(), cooking.settled) == (False, 1)


def test_a_refusal_is_told_until_the_next_try(cooking):
    def fail():
        raise UserError("store.full", name="x")

    assert cooking.cook(fail) is None
    assert "no space" in cooking.notice
    assert (cooking.box.isEnabled(), cooking.settled) == (True, 1)
    cooking.cook(lambda: "soup")
    assert (cooking.notice, cooking.report_page.text) == ("", "done\n\nsoup\n")


@pytest.mark.parametrize("is_done", [True, False])
def test_closing_accepts_what_was_reported_and_nothing_else(cooking, is_done):
    if is_done:
        cooking.cook(lambda: "soup")
    cooking.reject()
    assert (cooking.result() == Cooking.DialogCode.Accepted) is is_done


def test_escape_stops_what_runs_on_another_page(cooking):
    cooking.second.begin("baking")
    cooking.reject()
    assert (cooking.second.is_stopped, cooking.isVisible()) == (True, True)
    cooking.second.end()
