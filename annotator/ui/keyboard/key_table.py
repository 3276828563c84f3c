"""Everything that can have a key, with the keys it has now: what the key editor changes.

A *slot* is an action by its id, or a place of the project's scheme (``labels/PER``, see
`core.scheme_keys`). A label whose key is a digit is called by the chords of that digit's action;
all others by their own key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.scheme import Scheme
from annotator.core.scheme_keys import (
    LABELS,
    keys_of,
    label_place,
    may_have,
    rivals_of,
    role_place,
    type_place,
    with_keys,
)
from annotator.foundation.catalogue import Catalogue
from annotator.foundation.errors import AnnotatorError, Refused
from annotator.ui.keyboard.actions import action_ids
from annotator.ui.keyboard.keymap import usable_chord
from annotator.ui.keyboard.user_keys import UserKeys
from annotator.ui.keyboard.wording import action_title, refusal_text

LABEL_ACTION = "label."


def is_place(slot: str) -> bool:
    """Whether a slot is a place of the scheme, and not an action."""
    return "/" in slot


def is_label(slot: str) -> bool:
    """Whether a slot is a label of the scheme."""
    return slot.startswith(f"{LABELS}/")


class KeyTable(Struct, frozen=True):
    """The user's keys beside the scheme of the open project, as a value: a change is another one.

    Without a project there is no `scheme`, and only actions have slots.
    """

    keys: UserKeys
    scheme: Scheme | None = None

    def action_slots(self) -> tuple[str, ...]:
        """The actions; those of the digits only where no scheme says what they mark."""
        return tuple(
            action
            for action in action_ids()
            if self.scheme is None or not action.startswith(LABEL_ACTION)
        )

    def places(self) -> tuple[str, ...]:
        """The places of the scheme that can have a key."""
        if self.scheme is None:
            return ()
        disabled = {label_place(each.id) for each in self.scheme.labels if not each.is_enabled}
        return tuple(place for place in keys_of(self.scheme) if place not in disabled)

    def title(self, slot: str, catalogue: Catalogue) -> str:
        """A slot in words."""
        if self.scheme is None or not is_place(slot):
            return action_title(catalogue, slot)
        language = catalogue.language
        for label in self.scheme.labels:
            if slot == label_place(label.id):
                return catalogue.text("keys.label", name=label.name.in_language(language))
        for kind in self.scheme.event_types:
            name = kind.name.in_language(language)
            if slot == type_place(kind.id):
                return catalogue.text("keys.event_type", name=name)
            for role in kind.roles:
                if slot == role_place(kind.id, role.id):
                    wording = role.name.in_language(language)
                    return catalogue.text("keys.role", event=name, name=wording)
        return slot

    def chords(self, slot: str) -> tuple[str, ...]:
        """The chords of a slot, the one to show first."""
        return self.all_chords((slot,))[slot]

    def all_chords(self, slots: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The chords of many slots."""
        laid = self._laid()
        return {
            slot: self._chords_of_key(laid.get(slot))
            if is_place(slot)
            else self.keys.keymap.chords_of(slot)
            for slot in slots
        }

    def with_chord(self, slot: str, chord: str) -> KeyTable:
        """The table in which the chord belongs to the slot; a place has one key only.

        Raises `Refused` where another slot has it or it cannot be used there.
        """
        canonical = usable_chord(chord)
        owner = self.owner(slot, canonical)
        if owner is not None:
            raise Refused("keys.conflict", chord=canonical, action=owner)
        if not is_place(slot):
            keymap = self.keys.keymap.with_chord(slot, canonical)
            return replace(self, keys=replace(self.keys, keymap=keymap))
        return self._with_laid({slot: self._key_of_chord(slot, canonical)})

    def taking(self, slot: str, chord: str) -> KeyTable:
        """The table in which the slot has the chord, which its owner has lost.

        A type or role needs a key, so it gets the one the slot had. Raises `Refused` where the
        chord cannot be used there.
        """
        canonical = usable_chord(chord)
        owner = self.owner(slot, canonical)
        if owner is None:
            return self.with_chord(slot, canonical)
        if not is_place(owner):
            keymap = self.keys.keymap.without_chord(owner, canonical)
            freed = replace(self, keys=replace(self.keys, keymap=keymap))
            return freed.with_chord(slot, canonical)
        if not is_place(slot):
            return self._with_laid({owner: None}).with_chord(slot, canonical)
        laid = self._laid()
        return self._with_laid({slot: laid[owner], owner: laid[slot]})

    def without_chord(self, slot: str, chord: str) -> KeyTable:
        """The table in which the chord does not call the slot.

        Raises `Refused` for a type or role, which needs a key.
        """
        if not is_place(slot):
            keymap = self.keys.keymap.without_chord(slot, chord)
            return replace(self, keys=replace(self.keys, keymap=keymap))
        if not is_label(slot):
            raise Refused("keys.needs_key")
        return self._with_laid({slot: None})

    def with_default(self, slot: str) -> KeyTable:
        """The table in which the slot has the keys it ships with.

        Raises `Refused` where another slot has one of them.
        """
        if not is_place(slot):
            fresh = self._without_all(slot)
            for chord in UserKeys().keymap.chords_of(slot):
                fresh = fresh.with_chord(slot, chord)
            return fresh
        key = keys_of(self._scheme()).get(slot)
        rival = self._rival(slot, key)
        if rival is not None:
            raise Refused("keys.conflict", chord=key, action=rival)
        return self._with_laid({slot: key})

    def owner(self, slot: str, chord: str) -> str | None:
        """The other slot that has a chord which this one cannot have beside it."""
        action = self.keys.keymap.action_of(chord)
        if not is_place(slot):
            if action is not None:
                return None if action == slot else action
            laid = self._laid()
            return next((p for p in self.places() if is_label(p) and laid[p] == chord), None)
        if is_label(slot) and action is not None and not action.startswith(LABEL_ACTION):
            return action
        return self._rival(slot, self._key_of_chord(slot, chord))

    def refusal(self, error: AnnotatorError, catalogue: Catalogue) -> str:
        """The sentence of an error, with slots and chords as they are shown."""
        slot = str(error.values.get("action", ""))
        if is_place(slot):
            titled = {**error.values, "action": self.title(slot, catalogue)}
            error = type(error)(error.key, **titled)
        return refusal_text(catalogue, error)

    def _scheme(self) -> Scheme:
        assert self.scheme is not None  # a place comes from a scheme
        return self.scheme

    def _laid(self) -> dict[str, str | None]:
        """The key of every place as it is now."""
        if self.scheme is None:
            return {}
        return keys_of(with_keys(self.scheme, self.keys.of_scheme(self.scheme.id)))

    def _chords_of_key(self, key: str | None) -> tuple[str, ...]:
        if key is None:
            return ()
        return self.keys.keymap.chords_of(f"{LABEL_ACTION}{key}") if key.isdigit() else (key,)

    def _key_of_chord(self, slot: str, chord: str) -> str:
        """What the scheme calls a chord. Raises `Refused` where the place cannot have it."""
        if is_label(slot):
            action = self.keys.keymap.action_of(chord) or ""
            return action.removeprefix(LABEL_ACTION) if action.startswith(LABEL_ACTION) else chord
        if not may_have(slot, chord):
            raise Refused("keys.not_for_scheme", chord=chord)
        return chord

    def _rival(self, slot: str, key: str | None) -> str | None:
        laid = self._laid()
        rivals = rivals_of(self._scheme(), slot)
        return next((other for other in rivals if key and laid[other] == key), None)

    def _with_laid(self, changes: Mapping[str, str | None]) -> KeyTable:
        """The table with other keys for some places; only what differs from the scheme is kept."""
        scheme = self._scheme()
        shipped, before = keys_of(scheme), self.keys.of_scheme(scheme.id)
        unknown = {place: key for place, key in before.items() if place not in shipped}
        laid = {**self._laid(), **changes}
        chosen = {place: key or "" for place, key in laid.items() if key != shipped[place]}
        return replace(self, keys=self.keys.with_scheme(scheme.id, {**unknown, **chosen}))

    def _without_all(self, slot: str) -> KeyTable:
        return replace(self, keys=replace(self.keys, keymap=self.keys.keymap.without(slot)))
