"""A damaged file is detected and named, stays as it is, and is never shown otherwise (P13)."""

import pytest

from tests.reliability.faults_run import needs_fork, run_driver

DAMAGES = ("flip_bit", "change_byte", "clear_sector", "copy_page", "cut_off", "spoil_head")
OUTCOMES = ("at opening", "by the check", "by the doctor", "harmless", "place only", "silent")


def check(report, tell_result, tell_table):
    assert report["bad"] == []
    assert report["silent"] == []
    assert set(report["outcomes"]) == set(DAMAGES)
    rows = [
        [name, *(counts.get(outcome, 0) for outcome in OUTCOMES)]
        for name, counts in report["outcomes"].items()
    ]
    tell_table("damage", ["damage", *OUTCOMES], rows)
    total = sum(sum(counts.values()) for counts in report["outcomes"].values())
    found = sum(report["keys"].values())
    moved = sum(counts.get("place only", 0) for counts in report["outcomes"].values())
    tell_result(
        promise="P13",
        technique="6 kinds of damage at random places",
        ci="6 x 60",
        full="6 x 2,000",
        result=f"{total:,} files: {found:,} told, {total - found - moved:,} harmless,"
        f" {moved} only the caret elsewhere, 0 silent",
    )


@needs_fork
def test_damage_is_told_and_nothing_is_changed(tell_result, tell_table):
    check(run_driver("damage", "--each", "60"), tell_result, tell_table)


@pytest.mark.heavy
def test_much_damage_is_told_and_nothing_is_changed(tell_result, tell_table):
    check(run_driver("damage", "--each", "2000", "--seed", "2"), tell_result, tell_table)
