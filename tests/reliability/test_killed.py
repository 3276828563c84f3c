"""Kill -9 at any instant: nothing acknowledged is lost, and nothing half done is seen (P1)."""

import pytest

from tests.reliability.faults_run import needs_fork, needs_strace, run_driver

pytestmark = needs_fork

KINDS = ("add", "relabel", "delete", "undo", "redo", "status", "first act", "import texts",
         "import gold", "create", "migrate", "recover", "save copy", "export file",
         "export folder")  # fmt: skip


def tell_kills(tell_result, report):
    tell_result(
        promise="P1",
        technique="kill -9 at random instants, same file",
        ci="300 kills",
        full="10,000 kills",
        result=f"{report['kills']:,} kills after {report['acts']:,} acts: {len(report['bad'])} bad",
    )


def test_nothing_acknowledged_is_lost_by_a_kill_at_any_instant(tell_result):
    report = run_driver("kill", "--kills", "300")
    assert report["bad"] == []
    assert (report["kills"], report["acts"] > 1_000) == (300, True)
    assert report["unclean"] > 10, "the kills should fall into commits"
    tell_kills(tell_result, report)


@pytest.mark.heavy
def test_nothing_acknowledged_is_lost_by_ten_thousand_kills(tell_result):
    report = run_driver("kill", "--kills", "10000", "--seed", "2")
    assert report["bad"] == []
    tell_kills(tell_result, report)


@pytest.mark.parametrize("mutant", ["acknowledge_before_commit", "forget_the_journal"])
def test_the_kills_find_a_store_that_loses_acts(mutant):
    assert run_driver("kill", "--kills", "20", "--mutant", mutant)["bad"] != []


def tell_points(tell_result, report):
    tell_result(
        promise="P1, P12, P17, P19",
        technique="kill -9 at a system call, each kind of operation",
        ci=f"6 points of each of {len(KINDS)} kinds",
        full="every point",
        result=f"{report['runs']:,} of {sum(report['points'].values()):,} points:"
        f" {len(report['bad'])} bad",
    )


@needs_strace
def test_a_kill_at_a_system_call_leaves_what_was_before_or_after(tell_result):
    report = run_driver("points", "--effect", "signal=KILL", "--sample", "6")
    assert report["bad"] == []
    assert report["outcomes"] == {"killed": report["runs"]}
    assert set(report["points"]) == set(KINDS)
    tell_points(tell_result, report)


@needs_strace
@pytest.mark.heavy
def test_a_kill_at_any_system_call_leaves_what_was_before_or_after(tell_result):
    report = run_driver("points", "--effect", "signal=KILL")
    assert report["bad"] == []
    tell_points(tell_result, report)


@needs_strace
@pytest.mark.parametrize(
    ("mutant", "kind"),
    [("acknowledge_before_commit", "add"), ("write_exports_in_place", "export file")],
)
def test_the_points_find_a_store_that_loses_something(mutant, kind):
    report = run_driver("points", "--kinds", kind, "--effect", "signal=KILL", "--mutant", mutant)
    assert report["bad"] != []
