"""The runner of checks: each in a folder of its own, and none stops the next."""

import pytest

from annotator.foundation.errors import UserError
from annotator.selftest.checks import Outcome, Result, run_checks


def well(folder):
    return {"folder": folder}


def told(folder):
    raise UserError("selftest.blank", colours=1)


def broken(folder):
    raise ImportError("libGL.so.1:\n  not there")


def test_each_check_has_a_folder_and_its_result(tmp_path, caplog):
    results = list(run_checks({"told": told, "broken": broken, "well": well}, tmp_path))
    assert [result.outcome for result in results] == [*(Outcome.FAILED,) * 2, Outcome.PASSED]
    first, second, third = results
    assert (first.error.key, first.error.values) == ("selftest.blank", {"colours": 1})
    assert second.error.values == {"detail": "ImportError: libGL.so.1: not there"}
    assert third == Result("well", facts={"folder": tmp_path / "well"})
    assert (tmp_path / "well").is_dir()
    caplog.clear()


def test_a_folder_that_is_taken_fails_the_check(tmp_path, caplog):
    (tmp_path / "well").mkdir()
    [result] = run_checks({"well": well}, tmp_path)
    assert result.outcome is Outcome.FAILED
    caplog.clear()


def test_an_interruption_is_no_result(tmp_path):
    def stopped(folder):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(run_checks({"stopped": stopped}, tmp_path))
