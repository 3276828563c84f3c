"""Other keys laid over a scheme: who wins, who loses, and that nothing else changes."""

from string import ascii_uppercase, digits

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from annotator.core.scheme_checks import EVENT_MODE_KEYS, check_scheme
from annotator.core.scheme_keys import (
    keys_of,
    label_place,
    may_have,
    rivals_of,
    role_place,
    type_place,
    with_keys,
)
from tests.small_scheme import event_type, label, role, scheme

LABELS = (label("PER", key="1"), label("ORG", key="2"), label("LAW"))
MEET = event_type("Meet", "M", role("Agent", "A"), role("Topic", "T"))
DIE = event_type("Die", "D", role("Agent", "A"))
PARTS = {"attributes": (), "speaker_labels": frozenset(), "nesting": {}}
SCHEME = scheme(labels=LABELS, event_types=(MEET, DIE), **PARTS)
SHIPPED = {
    "labels/PER": "1",
    "labels/ORG": "2",
    "labels/LAW": None,
    "event_types/Meet": "M",
    "event_types/Meet/roles/Agent": "A",
    "event_types/Meet/roles/Topic": "T",
    "event_types/Die": "D",
    "event_types/Die/roles/Agent": "A",
}


def laid(**chosen):
    """The keys that differ from those shipped; places are written with ``__`` for ``/``."""
    places = {place.replace("__", "/"): key for place, key in chosen.items()}
    keys = keys_of(with_keys(SCHEME, places))
    assert keys.keys() == SHIPPED.keys()
    return {place: key for place, key in keys.items() if key != SHIPPED[place]}


def test_places_stand_in_the_order_of_the_scheme():
    assert keys_of(SCHEME) == SHIPPED
    assert list(keys_of(SCHEME)) == list(SHIPPED)
    assert label_place("PER") == "labels/PER"
    assert type_place("Meet") == "event_types/Meet"
    assert role_place("Meet", "Topic") == "event_types/Meet/roles/Topic"


def test_rivals_are_the_labels_the_types_and_the_roles_of_one_type():
    assert rivals_of(SCHEME, "labels/PER") == ["labels/ORG", "labels/LAW"]
    assert rivals_of(SCHEME, "event_types/Die") == ["event_types/Meet"]
    agent, topic = "event_types/Meet/roles/Agent", "event_types/Meet/roles/Topic"
    assert (rivals_of(SCHEME, agent), rivals_of(SCHEME, topic)) == ([topic], [agent])
    assert rivals_of(SCHEME, "event_types/Die/roles/Agent") == []


@pytest.mark.parametrize(
    ("place", "key", "may"),
    [
        ("labels/PER", "Ctrl+Shift+F5", True),
        ("event_types/Meet", "Shift+M", True),
        ("event_types/Meet", "7", True),
        ("event_types/Meet", "Ctrl+M", False),
        ("event_types/Meet", "Escape", False),
        ("event_types/Meet/roles/Agent", "B", True),
        ("event_types/Meet/roles/Agent", "Shift+B", False),
        ("event_types/Meet/roles/Agent", min(EVENT_MODE_KEYS), False),
    ],
)
def test_which_key_a_place_may_have(place, key, may):
    assert may_have(place, key) is may


def test_nothing_chosen_changes_nothing():
    assert with_keys(SCHEME, {}) == SCHEME


def test_a_choice_holds():
    chosen = {
        "labels__LAW": "Shift+3",
        "event_types__Die": "X",
        "event_types__Die__roles__Agent": "V",
    }
    assert laid(**chosen) == {place.replace("__", "/"): key for place, key in chosen.items()}


def test_a_label_loses_its_key_to_a_choice():
    assert laid(labels__LAW="1") == {"labels/LAW": "1", "labels/PER": None}


def test_a_label_may_be_without_a_key():
    assert laid(labels__PER="") == {"labels/PER": None}


def test_types_and_roles_exchange_or_take_a_free_key():
    assert laid(event_types__Die="M", event_types__Meet="D") == {
        "event_types/Die": "M",
        "event_types/Meet": "D",
    }
    assert laid(event_types__Die="M") == {"event_types/Die": "M", "event_types/Meet": "A"}
    assert laid(event_types__Meet__roles__Topic="A") == {
        "event_types/Meet/roles/Topic": "A",
        "event_types/Meet/roles/Agent": "B",
    }


@pytest.mark.parametrize(
    "chosen",
    [
        {"labels__XYZ": "9"},
        {"event_types__Meet": ""},
        {"event_types__Meet": "Ctrl+M"},
        {"event_types__Meet__roles__Agent": min(EVENT_MODE_KEYS)},
    ],
)
def test_what_cannot_be_followed_is_passed_over(chosen):
    assert laid(**chosen) == {}


def test_of_two_choices_of_one_key_the_first_holds():
    assert laid(labels__PER="J", labels__ORG="J") == {"labels/PER": "J"}


def test_with_every_key_taken_a_type_keeps_its_own():
    keys = [*ascii_uppercase, *digits]
    kinds = tuple(event_type(f"Type{key}", key) for key in keys)
    crowded = scheme(event_types=(*kinds, event_type("Last", "Shift+A")))
    found = with_keys(crowded, {"event_types/TypeA": "Shift+A"})
    assert [kind.key for kind in found.event_types[-1:]] == ["A"]
    full = scheme(
        event_types=(*kinds, event_type("Last", "Shift+A"), event_type("More", "Shift+B"))
    )
    found = with_keys(full, {"event_types/Last": "Shift+B", "event_types/More": "A"})
    assert [kind.key for kind in found.event_types if kind.id == "TypeA"] == ["A"]


KEYS = st.sampled_from(["", "1", "2", "A", "B", "T", "M", "D", "Shift+A", "F", "Ctrl+X"])


@given(st.dictionaries(st.sampled_from(sorted(SHIPPED)), KEYS))
def test_the_scheme_stays_sound_and_only_its_keys_change(chosen):
    found = with_keys(SCHEME, chosen)
    check_scheme(found)
    assert with_keys(found, {place: key or "" for place, key in SHIPPED.items()}) == SCHEME
    assert replace(found, labels=(), event_types=()) == replace(SCHEME, labels=(), event_types=())
