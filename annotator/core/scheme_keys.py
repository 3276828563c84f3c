"""Other keys for the labels, event types and roles of a scheme, as one person likes them.

A scheme ships with keys; the user's own ones are laid over it when it is used, and stay out of the
project. What has a key is named by its *place*, as in messages about schemes: ``labels/PER``,
``event_types/Contact.Meet``, ``event_types/Contact.Meet/roles/Agent``. Places that cannot have one
key at the same time are rivals: the labels, the event types, the roles of one type.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_uppercase, digits

from msgspec.structs import replace

from annotator.core.scheme import EventType, Scheme
from annotator.core.scheme_checks import EVENT_MODE_KEYS
from annotator.foundation.late_pattern import LatePattern

LABELS, EVENT_TYPES, ROLES = "labels", "event_types", "roles"

_TYPE_KEY = LatePattern(r"(Shift\+)?[A-Z0-9]")
_ROLE_KEY = LatePattern(r"[A-Z0-9]")
_FREE_KEYS = (*ascii_uppercase, *digits)


def label_place(label: str) -> str:
    """The place of a label."""
    return f"{LABELS}/{label}"


def type_place(event_type: str) -> str:
    """The place of an event type."""
    return f"{EVENT_TYPES}/{event_type}"


def role_place(event_type: str, role: str) -> str:
    """The place of a role of an event type."""
    return f"{type_place(event_type)}/{ROLES}/{role}"


def keys_of(scheme: Scheme) -> dict[str, str | None]:
    """The key of every place of a scheme, in its order; None for a label without one."""
    found: dict[str, str | None] = {label_place(label.id): label.key for label in scheme.labels}
    for kind in scheme.event_types:
        found[type_place(kind.id)] = kind.key
        found |= {role_place(kind.id, role.id): role.key for role in kind.roles}
    return found


def rivals_of(scheme: Scheme, place: str) -> list[str]:
    """The other places that cannot have the key of this one, in the order of the scheme."""
    group = _group(place)
    return [other for other in keys_of(scheme) if _group(other) == group and other != place]


def may_have(place: str, key: str) -> bool:
    """Whether a key can be told apart from everything else that is asked there.

    A label may have any chord; a type a letter or digit, also with Shift; a role a letter or digit
    that does nothing else while an event is open, because Shift and its key take a filler back.
    """
    match _group(place):
        case "labels":
            return True
        case "event_types":
            return _TYPE_KEY.ready.fullmatch(key) is not None
        case _:
            return _ROLE_KEY.ready.fullmatch(key) is not None and key not in EVENT_MODE_KEYS


def with_keys(scheme: Scheme, chosen: Mapping[str, str]) -> Scheme:
    """The scheme with other keys: place to key, and an empty key for a label that shall have none.

    A choice wins over the key another place ships with: there a label loses its key, and a type or
    role takes a free one. What the scheme does not know is passed over, and so is the second of
    two choices of one key.
    """
    if not chosen:
        return scheme
    present = keys_of(scheme)
    settled: dict[str, str | None] = {}
    for group in dict.fromkeys(map(_group, present)):
        places = {place: key for place, key in present.items() if _group(place) == group}
        settled |= _settle(places, chosen)
    labels = (replace(each, key=settled[label_place(each.id)]) for each in scheme.labels)
    types = (_keyed_type(kind, settled) for kind in scheme.event_types)
    return replace(scheme, labels=tuple(labels), event_types=tuple(types))


def _keyed_type(kind: EventType, keys: Mapping[str, str | None]) -> EventType:
    roles = (
        replace(role, key=keys[role_place(kind.id, role.id)] or role.key) for role in kind.roles
    )
    return replace(kind, key=keys[type_place(kind.id)] or kind.key, roles=tuple(roles))


def _settle(places: Mapping[str, str | None], chosen: Mapping[str, str]) -> dict[str, str | None]:
    """One key for each of the rivals: first what was chosen, then what is free of the rest."""
    settled = _choices(places, chosen)
    for place, key in places.items():
        if place not in settled:
            settled[place] = None if key in settled.values() else key
    for place, key in settled.items():
        if key is None and not _may_be_without(place):
            settled[place] = _free_key(place, settled.values())
    return {place: settled[place] for place in places}


def _choices(places: Iterable[str], chosen: Mapping[str, str]) -> dict[str, str | None]:
    """The choices that can be followed."""
    found: dict[str, str | None] = {}
    for place in places:
        key = chosen.get(place)
        if key == "" and _may_be_without(place):
            found[place] = None
        elif key and may_have(place, key) and key not in found.values():
            found[place] = key
    return found


def _may_be_without(place: str) -> bool:
    return _group(place) == LABELS


def _free_key(place: str, taken: Iterable[str | None]) -> str | None:
    """A key nobody has; None where all are taken, and the one it ships with stays."""
    used = set(taken)
    return next((key for key in _FREE_KEYS if key not in used and may_have(place, key)), None)


def _group(place: str) -> str:
    """What rivals have in common: the way to the list they stand in."""
    return place.rpartition("/")[0]
