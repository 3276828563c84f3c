"""A copy of the program that can work beside it, and what is said where it cannot."""

import pytest

from annotator.foundation import own_copy
from annotator.foundation.errors import UserError
from annotator.selftest import companion_check
from annotator.selftest.companion_check import check_companion


def test_a_copy_answers(tmp_path):
    assert check_companion(tmp_path)["processors"] >= 1


@pytest.mark.parametrize("command", ["/no/such/program", "/bin/true"])
def test_a_copy_that_gives_no_answer_is_noticed(tmp_path, monkeypatch, command):
    monkeypatch.setattr(own_copy.sys, "executable", command)
    with pytest.raises(UserError, match="no_companion"):
        check_companion(tmp_path)


def test_a_copy_that_is_silent_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(companion_check, "PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(own_copy.sys, "executable", "/bin/cat")
    monkeypatch.setattr(own_copy, "is_bundled", lambda: True)
    with pytest.raises(UserError, match="no_companion"):
        check_companion(tmp_path)
