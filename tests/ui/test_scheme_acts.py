"""The acts and keys that a scheme brings along."""

from annotator.core.scheme_keys import with_keys
from annotator.ui.keyboard.keymap import default_keymap
from annotator.ui.scheme_acts import label_act, scheme_acts, scheme_keymap, type_act
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text

SCHEME = scheme_from_text(read_scheme_text(DEFAULT_SCHEME))


def test_every_label_in_use_and_every_type_has_an_act():
    acts = scheme_acts(SCHEME)
    enabled = {label_act(label) for label in SCHEME.labels if label.is_enabled}
    assert set(acts) == enabled | {type_act(kind) for kind in SCHEME.event_types}
    assert not set(acts) & {f"label.{digit}" for digit in "0123456789"}


def test_labels_on_digits_leave_the_keymap_alone():
    assert scheme_keymap(default_keymap(), SCHEME) == default_keymap()


def test_a_label_with_a_key_of_its_own_joins_the_keymap_unless_an_action_has_it():
    laid = with_keys(SCHEME, {"labels/PER": "Shift+1", "labels/ORG": "E"})
    keymap = scheme_keymap(default_keymap(), laid)
    assert keymap.action_of("Shift+1") == "label.Shift+1"
    assert keymap.action_of("E") == "event.new"
    assert {"label.Shift+1", "label.PER", "label.E"} <= set(scheme_acts(laid))


def test_a_label_out_of_use_has_neither_act_nor_key():
    disabled = next(label for label in SCHEME.labels if not label.is_enabled)
    laid = with_keys(SCHEME, {f"labels/{disabled.id}": "Shift+9"})
    assert scheme_keymap(default_keymap(), laid) == default_keymap()
    assert label_act(disabled) not in scheme_acts(laid)
