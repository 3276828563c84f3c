"""Losses are counted by kind and handed on; a kind says whether anything is left."""

import pytest

from annotator.formats.losses import Loss, LossKind, LossTally, unheard

IN_ANOTHER_SHAPE = {"joined", "head", "widened", "renamed", "detail"}


@pytest.mark.parametrize("kind", LossKind)
def test_a_kind_says_whether_nothing_of_it_is_in_the_file(kind):
    assert kind.is_whole == (kind.value not in IN_ANOTHER_SHAPE)


def test_what_is_in_another_shape_comes_behind_what_is_not_there():
    whole = [kind.is_whole for kind in LossKind]
    assert whole == sorted(whole, reverse=True)
    assert whole.index(False) == list(LossKind).index(LossKind.LEFT_SET) + 1


def test_a_tally_counts_and_hands_on_in_order():
    heard = []
    tally = LossTally(heard.append)
    losses = [
        Loss("d", "s", "T1", LossKind.OVERLAP),
        Loss("d", "s", "T2", LossKind.OVERLAP),
        Loss("d", "s", "T3", LossKind.DETAIL, "level"),
    ]
    for loss in losses:
        tally(loss)
    assert heard == losses
    assert tally.kinds == {LossKind.OVERLAP: 2, LossKind.DETAIL: 1}


def test_a_tally_needs_nobody_to_hand_on_to():
    tally = LossTally()
    tally(Loss("d", "s", "T1", LossKind.EVENT))
    assert tally.kinds.total() == 1
    assert unheard(Loss("d", "s", "T1", LossKind.EVENT)) is None


def test_losses_are_told_apart_by_their_detail():
    assert Loss("d", "s", "T1", LossKind.DETAIL, "level") != Loss("d", "s", "T1", LossKind.DETAIL)
