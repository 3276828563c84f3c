"""The scheme with the entries that an import adds to it: labels, event types, roles, attributes."""

from __future__ import annotations

import colorsys
import json
import re
from collections.abc import Iterable, Iterator
from itertools import product
from string import ascii_uppercase, digits
from typing import Any

from annotator.core.annotations import MentionLevel
from annotator.core.scheme import FillerKind, LabelGroup, Scheme
from annotator.core.scheme_checks import EVENT_MODE_KEYS
from annotator.foundation.catalogue import LANGUAGES, load_catalogue
from annotator.foundation.errors import Refused
from annotator.workbench.foreign_names import FileNames, bearers_of
from annotator.workbench.label_mapping import Fate, LabelMapping, Name
from annotator.workbench.merge_scheme import Part
from annotator.workbench.schemes import scheme_from_text

_KEYS = f"{ascii_uppercase}{digits}"
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_HUES, _LIGHTS, _STRENGTHS = 24, (0.9, 0.65, 0.45), (0.75, 0.45)


def with_added(text: str, names: FileNames, mapping: LabelMapping) -> str | None:
    """The JSON text of the scheme with what `mapping` adds of these names; None where it is none.

    A label gets a free colour and no key; event types, roles and attributes need a key and get one
    that is free. Raises `Refused` where none is left, `UserError` for an id that cannot be one.
    """
    adding = _Adding(json.loads(text), scheme_from_text(text), names, mapping)
    for part in Part:
        for name, decision in mapping.decisions.items():
            if name.part is part and decision.fate is Fate.NEW and adding.has(name):
                adding.add(name, decision.id)
    if not adding.is_changed:
        return None
    made = json.dumps(adding.data, ensure_ascii=False, indent=2)
    scheme_from_text(made)
    return made


def free_color(taken: Iterable[str]) -> str:
    """A colour as unlike those that are taken as one of a wheel of them can be."""
    used = [_channels(color) for color in taken]
    wheel = [
        tuple(round(255 * part) for part in colorsys.hsv_to_rgb(hue / _HUES, strength, light))
        for light, strength, hue in product(_LIGHTS, _STRENGTHS, range(_HUES))
    ]
    red, green, blue = max(wheel, key=lambda one: min(map(lambda two: _unlike(one, two), used)))
    return f"#{red:02x}{green:02x}{blue:02x}"


class _Adding:
    """The scheme as plain JSON values while entries are added."""

    def __init__(
        self, data: dict[str, Any], scheme: Scheme, names: FileNames, mapping: LabelMapping
    ) -> None:
        self.data = data
        self.is_changed = False
        self._scheme = scheme
        self._names = names
        self._mapping = mapping
        self._guide = {
            language: load_catalogue(language).text("import.new_guide") for language in LANGUAGES
        }

    def has(self, name: Name) -> bool:
        """Whether the files use the name."""
        return any(other == name for other, _ in self._names)

    def add(self, name: Name, identifier: str) -> None:
        """Add what stands for a name, unless the scheme has it by now."""
        before = json.dumps(self.data)
        match name.part:
            case Part.LABEL:
                self._add_label(name, identifier)
            case Part.EVENT_TYPE:
                self._add_event_type(name, identifier)
            case Part.ROLE:
                kind = self._mapping.becomes(Name(Part.EVENT_TYPE, name.owner))
                for each in self.data["event_types"]:
                    if each["id"] == kind:
                        self._add_role(each, name, identifier)
            case Part.ATTRIBUTE:
                self._add_attribute(name, identifier)
        self.is_changed |= json.dumps(self.data) != before

    def _add_label(self, name: Name, identifier: str) -> None:
        labels = self.data["labels"]
        if _find(labels, identifier) is None:
            labels.append(
                {
                    "id": identifier,
                    "name": _wording(name.id),
                    "guide": self._guide,
                    "color": self._color(),
                    "group": LabelGroup.ENTITY.value,
                    "level": MentionLevel.NAM.value,
                    "key": None,
                    "enabled": True,
                }
            )

    def _add_event_type(self, name: Name, identifier: str) -> None:
        kinds = self.data["event_types"]
        kind = _find(kinds, identifier)
        if kind is None:
            kind = {
                "id": identifier,
                "name": _wording(name.id),
                "guide": self._guide,
                "key": _free_key(name, kinds),
                "color": self._color(),
                "roles": [],
            }
            kinds.append(kind)
        for role in self._roles_of(name.id):
            new = self._mapping.becomes(role)
            if new is not None:
                self._add_role(kind, role, new)

    def _roles_of(self, kind: str) -> Iterator[Name]:
        found = (name for name, _ in self._names if name.part is Part.ROLE and name.owner == kind)
        return iter(sorted(found, key=lambda name: name.id))

    def _add_role(self, kind: dict[str, Any], name: Name, identifier: str) -> None:
        if _find(kind["roles"], identifier) is None:
            kind["roles"].append(
                {
                    "id": identifier,
                    "name": _wording(name.id),
                    "key": _free_key(name, kind["roles"], EVENT_MODE_KEYS),
                    "fillers": [filler.value for filler in FillerKind],
                    "labels": [],
                    "required": False,
                    "repeatable": True,
                }
            )

    def _add_attribute(self, name: Name, identifier: str) -> None:
        specs = [each for each in self.data["attributes"] if each["layer"] == name.owner]
        spec = _find(specs, identifier)
        if spec is None:
            self.data["attributes"].append(
                {
                    "id": identifier,
                    "name": _wording(name.id),
                    "layer": name.owner,
                    "key": _free_key(name, specs),
                }
            )
        elif spec.get("labels"):
            bearers = bearers_of(name, self._names, self._scheme, self._mapping)
            spec["labels"] = sorted({*spec["labels"], *bearers})
            others = [each for each in specs if each is not spec]
            if spec["key"] in {each["key"] for each in others}:
                spec["key"] = _free_key(name, others)

    def _color(self) -> str:
        colored = (*self.data["labels"], *self.data["event_types"])
        quotes = self.data.get("quote_color")
        return free_color([each["color"] for each in colored] + [quotes or "#000000"])


def _find(parts: Iterable[dict[str, Any]], identifier: str) -> dict[str, Any] | None:
    return next((part for part in parts if part["id"] == identifier), None)


def _wording(name: str) -> dict[str, str]:
    """The name of the file as title in both languages, until somebody finds better ones."""
    title = " ".join(_UNSHOWN.sub(" ", name).split()) or "?"
    return dict.fromkeys(LANGUAGES, title)


def _free_key(name: Name, rivals: Iterable[dict[str, Any]], barred: Iterable[str] = ()) -> str:
    """A key for an entry: its first letter that is free, else any."""
    taken = {each["key"] for each in rivals} | set(barred)
    last = name.id.rpartition(".")[2].upper()
    free = (key for key in f"{last}{_KEYS}" if key in _KEYS and key not in taken)
    key = next(free, None)
    if key is None:
        raise Refused("import.no_free_key", name=name.shown)
    return key


def _channels(color: str) -> tuple[int, ...]:
    return tuple(int(color[place : place + 2], 16) for place in (1, 3, 5))


def _unlike(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """How far apart two colours look, weighing red and blue by how red they are."""
    mean = (one[0] + other[0]) / 2
    red, green, blue = ((a - b) ** 2 for a, b in zip(one, other, strict=True))
    return (2 + mean / 256) * red + 4 * green + (2 + (255 - mean) / 256) * blue
