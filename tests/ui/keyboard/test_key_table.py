"""What the key editor changes: actions and the places of a scheme, without a window."""

import pytest
from msgspec.structs import replace

from annotator.core.scheme_keys import keys_of, with_keys
from annotator.foundation.catalogue import LANGUAGES, load_catalogue, without_isolates
from annotator.foundation.errors import Refused
from annotator.ui.keyboard.actions import action_ids
from annotator.ui.keyboard.key_table import KeyTable
from annotator.ui.keyboard.user_keys import UserKeys
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text

SCHEME = scheme_from_text(read_scheme_text(DEFAULT_SCHEME))
TABLE = KeyTable(UserKeys(), SCHEME)
MEET, CALL = "event_types/Contact.Meet", "event_types/Contact.Call"
MEET_ROLES = [place for place in TABLE.places() if place.startswith(f"{MEET}/roles/")]


def refusal(change, *arguments):
    with pytest.raises(Refused) as error:
        change(*arguments)
    return error.value.key, error.value.values.get("action")


def laid(table):
    return keys_of(with_keys(SCHEME, table.keys.of_scheme(SCHEME.id)))


def changed(table):
    before = keys_of(SCHEME)
    return {place: key for place, key in laid(table).items() if key != before[place]}


def test_without_a_scheme_only_actions_have_slots():
    table = KeyTable(UserKeys())
    assert table.action_slots() == action_ids()
    assert table.places() == ()
    assert table.with_chord("event.new", "K").chords("event.new") == ("E", "K")


def test_with_a_scheme_its_labels_stand_in_place_of_the_digits():
    assert [slot for slot in TABLE.action_slots() if slot.startswith("label.")] == []
    assert TABLE.chords("labels/PER") == ("1",)
    disabled = [label.id for label in SCHEME.labels if not label.is_enabled]
    assert disabled
    assert not {f"labels/{label}" for label in disabled} & set(TABLE.places())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_has_a_title(language):
    catalogue = load_catalogue(language)
    slots = (*TABLE.action_slots(), *TABLE.places())
    titles = [TABLE.title(slot, catalogue) for slot in slots]
    assert not set(titles) & set(slots)
    assert len(set(titles)) == len(titles)
    assert TABLE.title("labels/GONE", catalogue) == "labels/GONE"


def test_an_action_gets_further_chords_and_loses_them():
    table = TABLE.with_chord("event.new", "Shift+Ctrl+E")
    assert table.chords("event.new") == ("E", "Ctrl+Shift+E")
    assert table.without_chord("event.new", "E").chords("event.new") == ("Ctrl+Shift+E",)
    assert table.without_chord("event.new", "E").owner("quote.new", "E") is None


def test_a_chord_of_another_is_refused_with_its_name_and_may_be_taken():
    assert refusal(TABLE.with_chord, "quote.new", "E") == ("keys.conflict", "event.new")
    table = TABLE.taking("quote.new", "E")
    assert (table.chords("quote.new"), table.chords("event.new")) == (("Q", "E"), ())
    assert TABLE.taking("quote.new", "K").chords("quote.new") == ("Q", "K")


@pytest.mark.parametrize("chord", ["Ctrl+Shift+1", "Alt+F4", "Shift", "Ctrl+Nothing"])
def test_unusable_chords_are_refused_for_all(chord):
    for slot in ("quote.new", "labels/PER", MEET):
        assert refusal(TABLE.with_chord, slot, chord)[0].startswith("keys.")
        assert refusal(TABLE.taking, slot, chord)[0].startswith("keys.")


def test_a_label_gets_any_free_chord():
    for chord in ("K", "Shift+1", "Ctrl+B"):
        table = TABLE.with_chord("labels/PER", chord)
        assert table.chords("labels/PER") == (chord,)
        assert changed(table) == {"labels/PER": chord}
        assert refusal(table.with_chord, "quote.new", chord) == ("keys.conflict", "labels/PER")
        taken = table.taking("quote.new", chord)
        assert (taken.chords("quote.new"), taken.chords("labels/PER")) == (("Q", chord), ())


def test_a_label_cannot_have_the_key_of_an_action_or_of_another_label():
    assert refusal(TABLE.with_chord, "labels/PER", "E") == ("keys.conflict", "event.new")
    assert refusal(TABLE.with_chord, "labels/PER", "3") == ("keys.conflict", "labels/GPE")
    assert changed(TABLE.taking("labels/PER", "3")) == {"labels/PER": "3", "labels/GPE": "1"}
    taken = TABLE.taking("labels/PER", "E")
    assert (taken.chords("labels/PER"), taken.chords("event.new")) == (("E",), ())


def test_the_digits_of_labels_follow_the_keymap():
    keys = UserKeys(UserKeys().keymap.with_override("label.3", "Ctrl+3"))
    table = replace(TABLE, keys=keys)
    assert table.chords("labels/GPE") == ("Ctrl+3",)
    assert refusal(table.with_chord, "labels/PER", "Ctrl+3") == ("keys.conflict", "labels/GPE")


def test_types_and_roles_have_letters_and_digits_of_their_own():
    assert changed(TABLE.with_chord(MEET, "Shift+8")) == {MEET: "Shift+8"}
    other = laid(TABLE)[CALL]
    assert refusal(TABLE.with_chord, MEET, other) == ("keys.conflict", CALL)
    swapped = TABLE.taking(MEET, other)
    assert changed(swapped) == {MEET: other, CALL: laid(TABLE)[MEET]}
    assert refusal(TABLE.with_chord, MEET, "Ctrl+M")[0] == "keys.not_for_scheme"
    first, second = MEET_ROLES[:2]
    assert refusal(TABLE.with_chord, first, laid(TABLE)[second]) == ("keys.conflict", second)
    assert refusal(TABLE.with_chord, first, "Shift+8")[0] == "keys.not_for_scheme"
    assert changed(TABLE.with_chord(first, "8")) == {first: "8"}


def test_labels_can_be_without_a_key_and_types_cannot():
    assert changed(TABLE.without_chord("labels/PER", "1")) == {"labels/PER": None}
    assert refusal(TABLE.without_chord, MEET, "M") == ("keys.needs_key", None)


def test_usual_keys_come_back_where_they_are_free():
    table = TABLE.with_chord("event.new", "K").without_chord("event.new", "E")
    table = table.with_chord("labels/PER", "Shift+1")
    assert table.with_default("event.new").with_default("labels/PER") == TABLE
    taken = TABLE.taking("quote.new", "E")
    assert refusal(taken.with_default, "event.new") == ("keys.conflict", "quote.new")
    swapped = TABLE.taking("labels/PER", "3")
    assert refusal(swapped.with_default, "labels/PER") == ("keys.conflict", "labels/GPE")


def test_places_that_are_not_in_this_version_of_the_scheme_are_kept():
    keys = UserKeys().with_scheme(SCHEME.id, {"labels/NEW": "K"})
    table = KeyTable(keys, SCHEME).with_chord("labels/PER", "Shift+1")
    assert table.keys.of_scheme(SCHEME.id) == {"labels/NEW": "K", "labels/PER": "Shift+1"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_refusals_name_what_is_meant(language):
    catalogue = load_catalogue(language)
    for slot, chord, owner in (
        ("quote.new", "E", "event.new"),
        ("labels/PER", "3", "labels/GPE"),
        (MEET_ROLES[0], laid(TABLE)[MEET_ROLES[1]], MEET_ROLES[1]),
    ):
        with pytest.raises(Refused) as error:
            TABLE.with_chord(slot, chord)
        told = without_isolates(TABLE.refusal(error.value, catalogue))
        assert without_isolates(TABLE.title(owner, catalogue)) in told
