"""A project that is copied while it is open: usable, or told to be torn (P24)."""

import pytest

from tests.reliability.faults_run import needs_fork, run_driver

pytestmark = needs_fork


def check(report, tell_result):
    assert report["bad"] == []
    told = report["usable"] + report["torn_and_told"] + report["mixed"] + report["elsewhere"]
    assert told == report["idle"] + report["busy"]
    assert report["mixed"] <= report["busy"] / 100
    assert report["elsewhere"] <= report["busy"] / 20
    tell_result(
        promise="P24",
        technique="copied by a file manager while open",
        ci="50 idle, 50 busy copies",
        full="1,000 idle, 1,000 busy copies",
        result=f"{report['idle']} idle copies usable; {report['busy']} busy ones:"
        f" {report['torn_and_told']} torn and told, {report['mixed']} of two moments,"
        f" {report['elsewhere']} with the caret of another moment, 0 wrong",
    )


def test_copies_of_an_open_project_are_usable_or_told(tell_result):
    check(run_driver("copying", "--copies", "50"), tell_result)


@pytest.mark.heavy
def test_many_copies_of_an_open_project_are_usable_or_told(tell_result):
    check(run_driver("copying", "--copies", "1000", "--seed", "2"), tell_result)
