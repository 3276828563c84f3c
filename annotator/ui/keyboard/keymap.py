"""Which action a chord of physical keys calls, and the user's changes to it.

A keymap is a value. The actions and the chords they ship with stand in `actions`; menus, the page,
the palette and the key sheet look up here which chords call them now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from annotator.foundation.errors import Refused, UserError
from annotator.ui.keyboard.actions import ACTIONS, action_ids
from annotator.ui.keyboard.physical import KeyPress, parse_chord

# Windows' Kurdish and Arabic layouts type joiners and direction marks by Ctrl+Shift+digit.
_TYPED_BY_LAYOUTS = frozenset(f"Ctrl+Shift+{digit}" for digit in "0123456789")
_TAKEN_BY_SYSTEM = frozenset(
    {
        "Alt+Tab",
        "Alt+Shift+Tab",
        "Alt+Escape",
        "Alt+Space",
        "Alt+F4",
        "Ctrl+Escape",
        "Ctrl+Shift+Escape",
        "Ctrl+Alt+Delete",
    }
)


class Binding(Struct, frozen=True, kw_only=True):
    """One chord in its canonical spelling and the action it calls."""

    chord: str
    action_id: str


class Keymap(Struct, frozen=True, dict=True):
    """Bindings in the order of the key sheet; no chord occurs twice.

    An action may have several chords, the first of which is shown in menus, or none.
    """

    bindings: tuple[Binding, ...]

    # The legend asks for dozens at each key.
    @cached_property
    def _actions(self) -> Mapping[str, str]:
        return MappingProxyType({each.chord: each.action_id for each in self.bindings})

    @cached_property
    def _chords(self) -> Mapping[str, tuple[str, ...]]:
        chords: dict[str, list[str]] = {}
        for each in self.bindings:
            chords.setdefault(each.action_id, []).append(each.chord)
        return MappingProxyType({action: tuple(given) for action, given in chords.items()})

    def action_for(self, press: KeyPress) -> str | None:
        """The action a press calls, by its physical key and modifiers."""
        return self.action_of(press.chord)

    def action_of(self, chord: str) -> str | None:
        """The action that has a chord (in canonical spelling)."""
        return self._actions.get(chord)

    def chords_of(self, action_id: str) -> tuple[str, ...]:
        """The chords of an action, the one to show first; empty if it has none."""
        return self._chords.get(action_id, ())

    def with_override(self, action_id: str, chord: str) -> Keymap:
        """The keymap in which `chord` alone calls the action.

        Raises `Refused` if another action has the chord, the chord is reserved, or is none.
        """
        return self._with_chords(action_id, (self._free_chord(action_id, chord),))

    def with_chord(self, action_id: str, chord: str) -> Keymap:
        """The keymap in which `chord` calls the action besides those that do.

        Raises `Refused` if another action has the chord, the chord is reserved, or is none.
        """
        added = self._free_chord(action_id, chord)
        return self._with_chords(action_id, dict.fromkeys((*self.chords_of(action_id), added)))

    def without_chord(self, action_id: str, chord: str) -> Keymap:
        """The keymap in which `chord` no longer calls the action."""
        return self._with_chords(action_id, [c for c in self.chords_of(action_id) if c != chord])

    def with_default(self, action_id: str) -> Keymap:
        """The keymap in which the action has the chords it ships with.

        Raises `Refused` if another action has one of them.
        """
        chords = default_keymap().chords_of(action_id)
        return self._with_chords(action_id, [self._free_chord(action_id, c) for c in chords])

    def without(self, action_id: str) -> Keymap:
        """The keymap in which no key calls the action; frees its chords for others."""
        return self._with_chords(action_id, ())

    def to_json(self) -> dict[str, list[str]]:
        """What differs from the default keymap: action id to its chords, ready for JSON."""
        default = default_keymap()
        ids = dict.fromkeys(each.action_id for each in (*default.bindings, *self.bindings))
        return {
            action_id: list(self.chords_of(action_id))
            for action_id in ids
            if self.chords_of(action_id) != default.chords_of(action_id)
        }

    @staticmethod
    def from_json(overrides: object) -> Keymap:
        """The default keymap with the changes `to_json` wrote.

        A chord the user chose is taken from the default action that has it, so that a default
        added by a newer version never undoes a choice. Actions this version does not know are
        kept. Raises `UserError` if the shape is wrong, `Refused` for an unusable chord or one
        given to two actions.
        """
        chosen = _checked(overrides)
        owners: dict[str, str] = {}
        for action_id, chords in chosen.items():
            for chord in chords:
                owner = owners.setdefault(chord, action_id)
                if owner != action_id:
                    raise Refused("keys.conflict", chord=chord, action=owner)
        default = default_keymap().bindings
        kept = (e for e in default if owners.get(e.chord, e.action_id) == e.action_id)
        keymap = Keymap(tuple(kept))
        for action_id, chords in chosen.items():
            keymap = keymap._with_chords(action_id, chords)
        return keymap

    def _free_chord(self, action_id: str, chord: str) -> str:
        canonical = usable_chord(chord)
        owner = self.action_of(canonical)
        if owner is not None and owner != action_id:
            raise Refused("keys.conflict", chord=canonical, action=owner)
        return canonical

    def _with_chords(self, action_id: str, chords: Iterable[str]) -> Keymap:
        """Replace an action's bindings; in place, so that equal keymaps have equal order."""
        others = [each for each in self.bindings if each.action_id != action_id]
        bindings = [*others, *(Binding(chord=c, action_id=action_id) for c in chords)]
        return Keymap(tuple(sorted(bindings, key=lambda each: _rank(each.action_id))))


def default_keymap() -> Keymap:
    """The keys the program ships with."""
    return Keymap(
        tuple(
            Binding(chord=chord, action_id=action.id)
            for action in ACTIONS
            for chord in action.chords
        )
    )


def usable_chord(chord: str) -> str:
    """The canonical spelling of a chord the user may bind; raises `Refused` for any other."""
    canonical = parse_chord(chord).chord
    if canonical in _TYPED_BY_LAYOUTS:
        raise Refused("keys.typed_by_layouts", chord=canonical)
    if canonical in _TAKEN_BY_SYSTEM:
        raise Refused("keys.taken_by_system", chord=canonical)
    return canonical


def _rank(action_id: str) -> tuple[int, str]:
    ids = action_ids()
    return (ids.index(action_id), "") if action_id in ids else (len(ids), action_id)


def _checked(overrides: object) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(overrides, dict):
        raise UserError("keys.not_a_keymap", entry=type(overrides).__name__)
    chosen: dict[str, tuple[str, ...]] = {}
    for action_id, chords in overrides.items():
        is_list = isinstance(chords, list) and all(isinstance(chord, str) for chord in chords)
        if not isinstance(action_id, str) or not is_list:
            raise UserError("keys.not_a_keymap", entry=action_id)
        chosen[action_id] = tuple(dict.fromkeys(usable_chord(chord) for chord in chords))
    return chosen
