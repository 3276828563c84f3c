"""Entries that an import adds to the scheme."""

import json
from collections import Counter

import pytest

from annotator.foundation.errors import Refused, UserError
from annotator.workbench.foreign_names import with_additions
from annotator.workbench.label_mapping import (
    LEAVE_OUT,
    NO_MAPPING,
    Decision,
    Fate,
    LabelMapping,
    Name,
)
from annotator.workbench.merge_scheme import Part
from annotator.workbench.scheme_additions import with_added
from annotator.workbench.schemes import read_scheme_text, scheme_from_text

TEXT = read_scheme_text("ckb-news")
SCHEME = scheme_from_text(TEXT)
MEET = SCHEME.event_type("Contact.Meet")
SHIP, BOAT = Name(Part.LABEL, "SHIP"), Name(Part.LABEL, "BOAT")
GATHER = Name(Part.EVENT_TYPE, "Gather")
GUEST, HOST = Name(Part.ROLE, "Guest", "Gather"), Name(Part.ROLE, "Host", "Contact.Meet")
SUBTYPE, TONE = Name(Part.ATTRIBUTE, "subtype", "mention"), Name(Part.ATTRIBUTE, "tone", "quote")


def names_of(*used):
    return Counter(dict.fromkeys(used, 1))


def added(mapping, *used, text=TEXT):
    made = with_added(text, names_of(*used), mapping)
    return None if made is None else scheme_from_text(made)


def new(identifier):
    return Decision(Fate.NEW, identifier)


def test_nothing_new_is_no_scheme():
    names = names_of((SHIP, ""))
    assert with_added(TEXT, names, NO_MAPPING) is None
    assert with_added(TEXT, names, LabelMapping({SHIP: LEAVE_OUT})) is None
    assert with_added(TEXT, names, LabelMapping({SHIP: new("PER")})) is None  # it has that
    assert with_added(TEXT, names_of(), LabelMapping({SHIP: new("SHIP")})) is None  # nobody uses it


def test_two_names_can_become_one_new_label():
    scheme = added(LabelMapping({SHIP: new("SHIP"), BOAT: new("SHIP")}), (SHIP, ""), (BOAT, ""))
    assert [label.id for label in scheme.labels[len(SCHEME.labels) :]] == ["SHIP"]
    assert scheme.label("SHIP").guide.en != scheme.label("SHIP").guide.ckb


def test_a_role_is_added_to_the_type_that_its_events_become():
    mapping = LabelMapping({GATHER: Decision(Fate.OURS, MEET.id), GUEST: new("Guest")})
    scheme = added(mapping, (GATHER, ""), (GUEST, ""))
    roles = scheme.event_type(MEET.id).roles
    assert [role.id for role in roles] == [*(role.id for role in MEET.roles), "Guest"]
    assert roles[-1].key == "U"  # G does something else while an event is open
    assert len({role.key for role in roles}) == len(roles)


def test_a_role_of_a_known_type_is_added_there():
    scheme = added(with_additions(names_of((HOST, "")), SCHEME), (HOST, ""))
    assert scheme.event_type(MEET.id).roles[-1].id == "Host"


def test_an_attribute_is_declared_for_what_carries_it():
    used = [(Name(Part.LABEL, "PER"), ""), (SUBTYPE, "PER"), (TONE, "direct")]
    scheme = added(with_additions(names_of(*used), SCHEME), *used)
    subtype, tone = (
        next(spec for spec in scheme.attributes if spec.id == each) for each in ("subtype", "tone")
    )
    assert (subtype.labels, subtype.key) == ({"ORG", "PER"}, "S")
    assert (tone.layer.value, tone.values, tone.labels) == ("quote", (), frozenset())


def test_an_attribute_gets_another_key_where_it_would_meet_one_of_its_own():
    data = json.loads(TEXT)
    for spec in data["attributes"]:
        if spec["id"] == "facet":
            spec["key"] = "S"  # GPE has it, and ORG has another one on that key
    used = [(SUBTYPE, "GPE")]
    text = json.dumps(data)
    scheme = added(LabelMapping({SUBTYPE: new("subtype")}), *used, text=text)
    subtype = next(spec for spec in scheme.attributes if spec.id == "subtype")
    assert (subtype.labels, subtype.key) == ({"GPE", "ORG"}, "U")


def test_what_cannot_be_an_id_is_refused():
    with pytest.raises(UserError) as error:
        added(LabelMapping({SHIP: new("کەشتی")}), (SHIP, ""))
    assert error.value.key == "scheme.bad_id"


def test_roles_for_which_there_is_no_key_left_are_refused():
    roles = [(Name(Part.ROLE, f"R{number}", MEET.id), "") for number in range(30)]
    with pytest.raises(Refused) as refused:
        added(with_additions(names_of(*roles), SCHEME), *roles)
    assert refused.value.key == "import.no_free_key"
    assert refused.value.values["name"].startswith("Contact.Meet.R")
