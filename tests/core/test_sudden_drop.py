"""What takes away much at once is asked about, with its numbers."""

import pytest

from annotator.core.ids import Layer
from annotator.core.sudden_drop import SuddenDrop, sudden_drop

MENTION, EVENT, QUOTE = Layer.MENTION, Layer.EVENT, Layer.QUOTE
PRESENT = {MENTION: 80, EVENT: 15, QUOTE: 5}


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ({}, None),
        ({MENTION: 20}, None),
        ({MENTION: 21}, SuddenDrop(21, 100)),
        ({MENTION: 12, EVENT: 9}, SuddenDrop(21, 100)),
        ({QUOTE: 4}, None),
        ({EVENT: 4, QUOTE: 5}, SuddenDrop(9, 100, QUOTE)),
        ({QUOTE: 5}, SuddenDrop(5, 100, QUOTE)),
        ({EVENT: 15, MENTION: 80}, SuddenDrop(95, 100, MENTION)),
        ({EVENT: -3}, None),
    ],
)
def test_a_fifth_or_a_whole_layer(gone, expected):
    assert sudden_drop(PRESENT, gone) == expected


def test_a_layer_without_annotations_is_not_lost():
    assert sudden_drop({MENTION: 100, EVENT: 0}, {MENTION: 1, EVENT: 0}) is None


def test_the_share_is_told_in_per_cent_and_never_more_than_all():
    assert sudden_drop(PRESENT, {MENTION: 33}).percent == 33
    assert SuddenDrop(1, 3).percent == 33
    assert sudden_drop({MENTION: 2}, {MENTION: 5}) == SuddenDrop(5, 5, MENTION)


def test_a_project_that_begins_is_not_guarded():
    assert sudden_drop({MENTION: 4}, {MENTION: 4}) is None
    assert sudden_drop({MENTION: 5}, {MENTION: 5}) == SuddenDrop(5, 5, MENTION)
