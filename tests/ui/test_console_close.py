"""The console of Windows: the answer waits for the end, and other events are not ours."""

import os
import threading

import pytest

from annotator.ui.console_close import ConsoleClose

CTRL_C, CLOSE, LOGOFF, SHUTDOWN = 0, 2, 5, 6


@pytest.mark.parametrize("event", [CLOSE, LOGOFF, SHUTDOWN])
def test_the_answer_waits_until_everything_is_put_away(event):
    ended = threading.Event()
    console = ConsoleClose(ended.set)
    answers = []
    other = threading.Thread(target=lambda: answers.append(console._on_event(event)))
    other.start()
    assert ended.wait(5)
    assert answers == []
    console.stop()
    other.join(5)
    assert answers == [1]


def test_ctrl_c_is_left_to_the_signal():
    ended = []
    console = ConsoleClose(lambda: ended.append(1))
    assert console._on_event(CTRL_C) == 0
    assert ended == []
    console.stop()


@pytest.mark.skipif(os.name == "nt", reason="elsewhere than on Windows")
def test_elsewhere_nobody_is_asked():
    assert ConsoleClose(lambda: None)._handler is None
