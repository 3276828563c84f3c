"""Counts, shares, and what a share of nothing is."""

from fractions import Fraction

import pytest

from annotator.agreement.tally import Average, Shares, Tally, macro, share
from tests.agreement.sets import counts, shares


def test_shares_by_hand():
    tally = Tally(gold=8, predicted=5, found=4, right=4)
    assert counts(tally) == (4, 1, 4)
    assert shares(tally) == (4 / 5, 4 / 8, 8 / 13)
    precision, recall, f1 = shares(tally)
    assert f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_a_share_of_nothing_is_neither_0_nor_1():
    assert shares(Tally()) == (None, None, None)
    assert shares(Tally(gold=3)) == (None, 0, 0)
    assert shares(Tally(predicted=3)) == (0, None, 0)
    assert share(0, 0) is None
    assert Average().mean is None


def test_each_side_counts_its_own_where_labels_may_differ():
    assert shares(Tally(gold=4, predicted=2, found=1, right=2)) == (1, 1 / 4, 3 / 6)


def test_tallies_and_averages_add_up():
    one = Tally(gold=1, predicted=2, found=1, right=1)
    assert one + Tally(gold=3, predicted=1) == Tally(gold=4, predicted=3, found=1, right=1)
    assert (Average(Fraction(1, 2), 1) + Average(Fraction(1), 1)).mean == 0.75


def test_means_leave_out_what_has_no_data():
    rows = [Tally(gold=2, predicted=2, found=1, right=1), Tally(gold=2), Tally()]
    assert macro(rows) == Shares(0.5, 0.25, 0.25)
    assert macro([]) == Shares(None, None, None)
