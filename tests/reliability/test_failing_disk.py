"""A full or failing disk is told, nothing acknowledged is lost, work goes on or stops (P3, P4)."""

import pytest

from tests.reliability.faults_run import needs_fork, needs_strace, run_driver

pytestmark = [needs_fork, needs_strace]

FULL = ("--effect", "error=ENOSPC")
FAILING = ("--effect", "error=EIO")
LASTING = "--lasts"


def tell(tell_result, promise, what, *reports):
    runs = sum(report["runs"] for report in reports)
    bad = sum(len(report["bad"]) for report in reports)
    points = sum(sum(report["points"].values()) for report in reports)
    tell_result(
        promise=promise,
        technique=f"{what} at a system call, once and from then on",
        ci="3 points of each of 15 kinds, twice",
        full="every point, twice",
        result=f"{runs:,} of {points:,} points: {bad} bad",
    )


@pytest.mark.parametrize(
    ("promise", "what", "effect", "keys"),
    [
        ("P3, P17, P19", "no space", FULL, {"store.full", "file.disk_full"}),
        ("P4, P17, P19", "input/output error", FAILING, {"store.io", "file.medium_failed"}),
    ],
    ids=["full", "failing"],
)
class TestPoints:
    def test_a_sample_of_them(self, tell_result, promise, what, effect, keys):
        once = run_driver("points", *effect, "--sample", "3")
        always = run_driver("points", *effect, "--sample", "3", LASTING)
        assert once["bad"] + always["bad"] == []
        assert set(always["outcomes"]) - {"done"} <= keys
        assert always["outcomes"].get("done", 0) < always["runs"] / 5
        tell(tell_result, promise, what, once, always)

    @pytest.mark.heavy
    def test_all_of_them(self, tell_result, promise, what, effect, keys):
        once, always = run_driver("points", *effect), run_driver("points", *effect, LASTING)
        assert once["bad"] + always["bad"] == []
        assert set(always["outcomes"]) - {"done"} <= keys
        tell(tell_result, promise, what, once, always)


@pytest.mark.parametrize(
    ("mutant", "effect", "kind"),
    [
        ("swallow_full_disks", FULL, "add"),
        ("go_on_after_errors", FAILING, "add"),
        ("write_exports_in_place", FULL, "export file"),
        ("write_exports_in_place", FAILING, "export file"),
    ],
)
def test_the_points_find_a_store_that_does_not_care(mutant, effect, kind):
    report = run_driver("points", "--kinds", kind, *effect, "--mutant", mutant)
    assert report["bad"] != []
