"""The program as a companion: from outside, over its pipes."""

import io
import subprocess
import sys

import pytest

from annotator import __version__
from annotator.cli import FAILED, main
from annotator.foundation.companion import read_frame, write_frame
from annotator.foundation.own_copy import COMPANION_FLAG, own_command, own_folder
from annotator.workbench.checking_ahead import CHECK
from annotator.workbench.schemes import read_scheme_text


def test_it_answers_until_there_are_no_more_questions():
    stream = io.BytesIO()
    write_frame(stream, read_scheme_text("ckb-news").encode())
    write_frame(stream, b"\x90")  # a list without documents
    write_frame(stream, b"no list")
    done = subprocess.run(
        [*own_command(), COMPANION_FLAG, CHECK, __version__],
        cwd=own_folder(), input=stream.getvalue(), capture_output=True, timeout=60,
    )  # fmt: skip
    answers = io.BytesIO(done.stdout)
    assert [read_frame(answers) for _ in range(4)] == [b"", b"\x90", b"", None]
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_nobody_can_ask_is_refused(monkeypatch):
    assert main([COMPANION_FLAG]) == FAILED
    assert main([COMPANION_FLAG, "dance", __version__]) == FAILED
    monkeypatch.setattr(sys, "stdin", None)
    assert main([COMPANION_FLAG, CHECK, __version__]) == FAILED


@pytest.mark.parametrize("words", [[CHECK], [CHECK, "0.0.1"], [CHECK, __version__, "more"]])
def test_who_is_of_another_version_is_not_answered(words, monkeypatch):
    """The program may be replaced while a window of the one before is open."""
    stream = io.TextIOWrapper(io.BytesIO())
    write_frame(stream.buffer, read_scheme_text("ckb-news").encode())
    stream.seek(0)
    monkeypatch.setattr(sys, "stdin", stream)
    assert main([COMPANION_FLAG, *words]) == FAILED
