"""Ids of records."""

import pytest

from annotator.core.ids import STATUS_ID, Layer, layer_and_number, record_id, sort_key
from annotator.foundation.errors import Defect

CASES = [
    (Layer.MENTION, 1, "T1"),
    (Layer.ENTITY, 12, "E12"),
    (Layer.EVENT, 3, "EV3"),
    (Layer.QUOTE, 999999999999999999, "Q999999999999999999"),
    (Layer.DECISION, 7, "D7"),
]


@pytest.mark.parametrize(("layer", "number", "identifier"), CASES)
def test_ids_are_made_and_read(layer, number, identifier):
    assert record_id(layer, number) == identifier
    assert layer_and_number(identifier) == (layer, number)


def test_the_status_has_an_id_of_its_own():
    assert layer_and_number(STATUS_ID) == (Layer.STATUS, 0)


@pytest.mark.parametrize(
    "odd",
    ["", "T", "T0", "T01", "X1", "t1", "T1 ", "EV", "T١", "SET1", "T" + "9" * 19, "T" + "9" * 9999],
)
def test_other_strings_are_no_ids(odd):
    with pytest.raises(Defect) as defect:
        layer_and_number(odd)
    assert (defect.value.key, defect.value.values) == ("defect.bad_id", {"identifier": odd})


def test_numbers_are_ordered_as_numbers():
    assert sorted(["T10", "Q1", "T2", "EV1", "E3"], key=sort_key) == [
        "E3",
        "EV1",
        "T2",
        "T10",
        "Q1",
    ]
