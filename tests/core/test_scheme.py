"""Schemes: looking up labels, types, roles and attributes, and what may nest."""

import pytest

from annotator.core.ids import Layer
from annotator.core.scheme import Wording
from annotator.foundation.errors import Refused
from tests.builders import scheme

SMALL = scheme()


def test_a_wording_in_either_language():
    name = Wording("کەس", "Person")
    assert (name.in_language("ckb"), name.in_language("en")) == ("کەس", "Person")


def test_what_the_scheme_has():
    assert SMALL.label("GPE").id == "GPE"
    assert SMALL.event_type("Contact.Meet").role("Topic").id == "Topic"
    assert (SMALL.has_label("GPE"), SMALL.has_label("NEW")) == (True, False)
    assert SMALL.has_event_type("Contact.Meet")
    assert not SMALL.has_event_type("Contact.Call")


@pytest.mark.parametrize(
    ("look_up", "key", "values"),
    [
        (lambda: SMALL.label("NEW"), "refused.no_such_label", {"label": "NEW"}),
        (lambda: SMALL.event_type("A.B"), "refused.no_such_type", {"type": "A.B"}),
        (
            lambda: SMALL.event_type("Contact.Meet").role("Victim"),
            "refused.no_such_role",
            {"role": "Victim", "type": "Contact.Meet"},
        ),
    ],
)
def test_what_the_scheme_does_not_have_is_refused(look_up, key, values):
    with pytest.raises(Refused) as refused:
        look_up()
    assert (refused.value.key, refused.value.values) == (key, values)


@pytest.mark.parametrize(
    ("layer", "label", "expected"),
    [
        (Layer.MENTION, "GPE", ["facet"]),
        (Layer.MENTION, "PER", []),
        (Layer.EVENT, "Contact.Meet", ["tense"]),
        (Layer.QUOTE, "direct", ["medium"]),
        (Layer.QUOTE, "indirect", ["medium", "note"]),
    ],
)
def test_the_attributes_of_a_label(layer, label, expected):
    assert [spec.id for spec in SMALL.attributes_of(layer, label)] == expected


def test_nesting():
    assert SMALL.may_nest("TITLE", "GPE")
    assert not SMALL.may_nest("GPE", "TITLE")
