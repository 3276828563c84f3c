"""One object inside a scheme's JSON, which knows where it stands so that errors can say it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from typing import TypeVar

from annotator.core.scheme import Wording
from annotator.foundation.errors import UserError
from annotator.foundation.late_pattern import LatePattern

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}", re.ASCII)
_KEY = re.compile(r"[A-Z0-9]", re.ASCII)
_COLOR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_SURROGATE = LatePattern("[\ud800-\udfff]")
_CONTROL = LatePattern("[\x00-\x08\x0b-\x1f\x7f]")
_LANGUAGES = ("ckb", "en")

Member = TypeVar("Member", bound=Enum)


@cache
def _values_of(kind: type[Enum]) -> tuple[str, ...]:
    """The values of an enumeration, which are asked for again and again."""
    return tuple(member.value for member in kind)


class Part:
    """An object of the scheme with its place; every reader raises `UserError` with that place.

    A place is the way from the top, by list name and id where there is one
    (``labels/PER``), else by list name and number counted from 1.
    """

    def __init__(self, fields: Mapping[str, object], place: str = "") -> None:
        self.fields = fields
        self._place = place

    def place_of(self, name: str) -> str:
        """The place of a field of this object."""
        return f"{self._place}/{name}" if self._place else name

    def expect_only(self, required: Sequence[str], optional: Sequence[str] = ()) -> None:
        """Refuse fields that nobody reads, and the absence of those that must be there."""
        for name in self.fields:
            if name not in required and name not in optional:
                raise UserError("scheme.field_unknown", place=self.place_of(name))
        for name in required:
            if name not in self.fields:
                raise UserError("scheme.field_missing", place=self.place_of(name))

    def text(self, name: str) -> str:
        """A text that is not empty and can be written as UTF-8."""
        value = self._value(name)
        if not isinstance(value, str) or not value.strip():
            raise UserError("scheme.not_text", place=self.place_of(name))
        if value.isprintable():  # nearly every one, and it is told at once
            return value
        if _SURROGATE.ready.search(value):
            raise UserError("scheme.broken_text", place=self.place_of(name))
        control = _CONTROL.ready.search(value)
        if control is not None:
            code = f"U+{ord(control[0]):04X}"
            raise UserError("scheme.control_character", place=self.place_of(name), code=code)
        return value

    def optional_text(self, name: str) -> str | None:
        """A text, or None where the field is absent or null."""
        return None if self.fields.get(name) is None else self.text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts without repetition; empty where the field is absent."""
        values = self._list(name, absent=())
        for value in values:
            if not isinstance(value, str):
                raise UserError("scheme.not_text", place=self.place_of(name))
            if values.count(value) > 1:
                raise UserError("scheme.id_twice", place=self.place_of(name), id=value)
        return tuple(str(value) for value in values)

    def flag(self, name: str, *, absent: bool) -> bool:
        """True or false; `absent` where the field is not there."""
        value = self.fields.get(name, absent)
        if not isinstance(value, bool):
            raise UserError("scheme.not_flag", place=self.place_of(name))
        return value

    def wording(self, name: str) -> Wording:
        """One text in both languages."""
        part = self.part(name)
        for language in _LANGUAGES:
            value = part.fields.get(language)
            if not isinstance(value, str) or not value.strip():
                raise UserError(
                    "scheme.language_missing", place=self.place_of(name), language=language
                )
        part.expect_only(_LANGUAGES)
        return Wording(ckb=part.text("ckb"), en=part.text("en"))

    def identifier(self, name: str) -> str:
        """An ASCII id, as exports need it."""
        value = self.text(name)
        if _ID.fullmatch(value) is None:
            raise UserError("scheme.bad_id", place=self.place_of(name), id=value)
        return value

    def key(self, name: str) -> str:
        """A physical key: one capital letter or digit."""
        value = self.text(name)
        if _KEY.fullmatch(value) is None:
            raise UserError("scheme.bad_key", place=self.place_of(name), keycap=value)
        return value

    def optional_key(self, name: str) -> str | None:
        """A physical key, or None where the field is absent or null."""
        return None if self.fields.get(name) is None else self.key(name)

    def color(self, name: str) -> str:
        """A colour as ``#rrggbb`` in lower case."""
        value = self.text(name).lower()
        if _COLOR.fullmatch(value) is None:
            raise UserError("scheme.bad_color", place=self.place_of(name), color=value)
        return value

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        """One of a few words."""
        value = self.text(name)
        self._expect_among(name, value, allowed)
        return value

    def member(self, name: str, kind: type[Member], absent: Member | None = None) -> Member:
        """The member of an enumeration with this value."""
        if absent is not None and name not in self.fields:
            return absent
        return kind(self.one_of(name, _values_of(kind)))

    def members(self, name: str, kind: type[Member]) -> tuple[Member, ...]:
        """Members of an enumeration, at least one."""
        values = self.texts(name)
        if not values:
            raise UserError("scheme.list_empty", place=self.place_of(name))
        for value in values:
            self._expect_among(name, value, _values_of(kind))
        return tuple(kind(value) for value in values)

    def part(self, name: str) -> Part:
        """An object inside this one."""
        value = self._value(name)
        if not isinstance(value, Mapping):
            raise UserError("scheme.not_object", place=self.place_of(name))
        return Part(value, self.place_of(name))

    def parts(self, name: str, absent: Sequence[object] | None = None) -> tuple[Part, ...]:
        """The objects of a list."""
        found = []
        for number, value in enumerate(self._list(name, absent), start=1):
            if not isinstance(value, Mapping):
                raise UserError("scheme.not_object", place=f"{self.place_of(name)}/{number}")
            identifier = value.get("id")
            step = identifier if isinstance(identifier, str) and identifier else number
            found.append(Part(value, f"{self.place_of(name)}/{step}"))
        return tuple(found)

    def _value(self, name: str) -> object:
        if name not in self.fields:
            raise UserError("scheme.field_missing", place=self.place_of(name))
        return self.fields[name]

    def _list(self, name: str, absent: Sequence[object] | None = None) -> list[object]:
        if absent is not None and name not in self.fields:
            return list(absent)
        value = self._value(name)
        if not isinstance(value, list | tuple):
            raise UserError("scheme.not_list", place=self.place_of(name))
        return list(value)

    def _expect_among(self, name: str, value: str, allowed: Sequence[str]) -> None:
        if value not in allowed:
            raise UserError(
                "scheme.unknown_value",
                place=self.place_of(name),
                value=value,
                allowed=", ".join(allowed),
            )
