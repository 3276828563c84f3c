"""Keys, chords and refusals in words, for menus, the legend, the key sheet and messages."""

from __future__ import annotations

from annotator.foundation.catalogue import (
    FIRST_STRONG_ISOLATE,
    POP_DIRECTIONAL_ISOLATE,
    Catalogue,
)
from annotator.foundation.errors import AnnotatorError
from annotator.ui.keyboard.layouts import shown
from annotator.ui.keyboard.physical import MODIFIERS, parse_chord

_KNOWN_BY_SIGN = {"Shift+Equal": "+", "Shift+Slash": "?"}


def cap_of(catalogue: Catalogue, chord: str) -> str:
    """How a chord is shown; two by the sign they type, as everybody knows them."""
    return _KNOWN_BY_SIGN.get(chord) or chord_text(catalogue, chord)


def key_text(catalogue: Catalogue, key: str) -> str:
    """What is printed on a key: ``E / ە``, or the name of a key that types nothing."""
    name = f"key.{key}"
    return catalogue.text(name) if name in catalogue else shown(key)


def chord_text(catalogue: Catalogue, chord: str) -> str:
    """A chord as it is shown, ``Ctrl+E / ە``, isolated so that its parts keep their order.

    Raises `Refused` for a chord that is none.
    """
    press = parse_chord(chord)
    held = press.chord.split("+")[:-1]
    names = (*(key_text(catalogue, name) for name in held), key_text(catalogue, press.key))
    return f"{FIRST_STRONG_ISOLATE}{'+'.join(names)}{POP_DIRECTIONAL_ISOLATE}"


def action_title(catalogue: Catalogue, action_id: str) -> str:
    """The title of an action; its id where a newer version's keymap names an unknown one."""
    name = f"action.{action_id}"
    return catalogue.text(name) if name in catalogue else action_id


def refusal_text(catalogue: Catalogue, error: AnnotatorError) -> str:
    """The sentence of an error of `keymap`, with the action's title and the chord's caps."""
    values = dict(error.values)
    if "action" in values:
        values["action"] = action_title(catalogue, str(values["action"]))
    if "chord" in values and error.key != "keys.unknown_chord":
        values["chord"] = _chord_or_modifiers(catalogue, str(values["chord"]))
    return catalogue.text(error.key, **values)


def _chord_or_modifiers(catalogue: Catalogue, chord: str) -> str:
    if set(chord.split("+")) <= set(MODIFIERS):
        return "+".join(key_text(catalogue, name) for name in chord.split("+"))
    return chord_text(catalogue, chord)
