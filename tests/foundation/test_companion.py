"""A copy beside the program: what it answers, and that nothing is lost where it does not."""

import io
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from annotator.foundation.companion import Companion, processors, read_frame, serve, write_frame

HERE = Path(__file__).parents[2]
ECHO = f"""
import os, sys
sys.path.insert(0, {str(HERE)!r})
from annotator.foundation.companion import serve
def task(common):
    def answer(question):
        if question == b"die":
            os._exit(3)
        if question == b"fail":
            raise ValueError(question)
        return common + question
    return answer
serve(task, sys.stdin.buffer, sys.stdout.buffer)
"""


@pytest.fixture
def companion():
    with Companion("echo", b"> ", [sys.executable, "-c", ECHO]) as made:
        yield made


@pytest.fixture
def children(monkeypatch):
    """The processes that are started."""
    started, popen = [], subprocess.Popen

    def start(*words, **how):
        started.append(popen(*words, **how))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return started


def test_questions_are_answered_in_their_order(companion):
    asked = [b"one", b"x" * 1_000_000, b"three"]
    answers = [companion.ask(question) for question in asked]
    assert [answer.result(60) for answer in answers] == [b"> " + question for question in asked]


def test_it_says_when_it_is_ready(companion):
    companion.ask(b"one").result(60)
    assert companion.is_ready


def test_an_error_is_no_answer_and_the_next_question_has_one(companion):
    failed, answered = companion.ask(b"fail"), companion.ask(b"go on")
    assert (failed.result(60), answered.result(60)) == (None, b"> go on")


def test_who_has_died_answers_nothing_more(companion):
    answers = [companion.ask(question) for question in (b"one", b"die", b"three", b"four" * 99_999)]
    assert [answer.result(60) for answer in answers] == [b"> one", None, None, None]


def test_who_cannot_be_started_answers_nothing(tmp_path):
    with Companion("echo", b"", [str(tmp_path / "no such program")]) as companion:
        assert companion.ask(b"one").result(60) is None


@pytest.mark.parametrize("name", ["_writer", "_reader"])
def test_who_may_start_no_threads_is_answered_nothing(monkeypatch, children, name):
    """So it is under a tight limit of processes, which threads count as."""
    started, start = [], Thread.start

    def refuse(thread):
        started.append(thread)
        if len(started) > (name == "_reader"):
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(Thread, "start", refuse)
    with Companion("echo", b"> ", [sys.executable, "-c", ECHO]) as companion:
        assert companion.ask(b"one").result(60) is None
    assert children[0].returncode is not None


def test_what_is_no_frame_is_no_answer():
    talker = [sys.executable, "-c", "print('Welcome to this computer!')"]
    with Companion("talk", b"", talker) as companion:
        assert companion.ask(b"one").result(60) is None


def test_who_is_closed_is_asked_in_vain(companion):
    companion.close()
    assert companion.ask(b"one").result(60) is None


def test_closing_does_not_wait_for_answers(children):
    sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
    companion = Companion("sleep", b"", sleeper)
    answers = [companion.ask(b"x" * 1_000_000) for _ in range(3)]
    closing = Thread(target=companion.close)
    closing.start()
    closing.join(10)
    has_waited = closing.is_alive()
    children[0].kill()  # else nobody would come to the end of a wait
    closing.join()
    assert not has_waited
    assert [answer.result(60) for answer in answers] == [None, None, None]


def frames(*data):
    stream = io.BytesIO()
    for each in data:
        write_frame(stream, each)
    stream.seek(0)
    return stream


def test_serving_ends_with_the_questions():
    answers = io.BytesIO()
    serve(lambda common: lambda question: common + question, frames(b"a", b"b", b"", b"c"), answers)
    answers.seek(0)
    assert [read_frame(answers) for _ in range(5)] == [b"", b"ab", b"a", b"ac", None]


def test_serving_nobody_ends_at_once():
    made = []
    serve(lambda common: made.append(common), io.BytesIO(), io.BytesIO())
    assert made == []


def test_serving_ends_when_nobody_hears():
    class Gone(io.BytesIO):
        def __init__(self, after):
            super().__init__()
            self.after = after

        def write(self, data):
            if self.tell() >= self.after:
                raise BrokenPipeError
            return super().write(data)

    for after, heard in ((0, []), (9, [b"1"])):
        asked = []
        task = asked.append
        serve(lambda _, task=task: lambda q: task(q) or b"", frames(b"", b"1", b"2"), Gone(after))
        assert asked == heard


@pytest.mark.parametrize("cut", [1, 7, 8, 10])
def test_a_frame_that_was_cut_is_none(cut):
    whole = frames(b"abc").getvalue()
    assert read_frame(io.BytesIO(whole)) == b"abc"
    assert read_frame(io.BytesIO(whole[:cut])) is None


def test_there_is_a_processor():
    assert processors() >= 1
