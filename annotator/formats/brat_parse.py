"""The lines of a brat file, taken apart; where they stand in the text is not asked here."""

from __future__ import annotations

import re
from enum import Enum
from typing import TypeVar

from msgspec import Struct, field

from annotator.formats.base import ImportProblem, JsonObject, JsonValue
from annotator.formats.brat_names import NOTE
from annotator.formats.strict_json import parse_json
from annotator.foundation.errors import UserError

_BOUND = re.compile(
    r"(T[0-9]{1,18})\t(\S+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)\t(.*)", re.ASCII
)
_EVENT = re.compile(r"(E[0-9]{1,18})\t([^\s:]+):(T[0-9]{1,18})((?: +[^\s:]+:[TE][0-9]{1,18})*) *")
_RELATION = re.compile(
    r"R[0-9]{1,18}\t(\S+) ([^\s:]+):([TE][0-9]{1,18}) ([^\s:]+):([TE][0-9]{1,18})\s*"
)
_ATTRIBUTE = re.compile(r"[AM][0-9]{1,18}\t(\S+) ([TER][0-9]{1,18})(?: (.+))? *")
_REFERENCE = re.compile(r"N[0-9]{1,18}\t\S+ ([TE][0-9]{1,18}) ([^\s:]+):([^\t]+)(?:\t(.*))?")
_EQUIV = re.compile(r"\*\tEquiv((?: T[0-9]{1,18})+)\s*")
_NOTE = re.compile(r"#[0-9]{0,18}\t(\S+) ([TEAMRN#*][0-9]{0,18})(?:\t(.*))?")
_MAX_SHOWN = 80

_E = TypeVar("_E", bound=Enum)


class Bound(Struct, frozen=True):
    """A piece of text: offsets as told, and the text as told. `line` is 1-based."""

    id: str
    type: str
    pairs: tuple[tuple[int, int], ...]
    text: str
    line: int


class EventLine(Struct, frozen=True):
    """An event: the id of its trigger, and its arguments as role and id."""

    id: str
    type: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]
    line: int


class Relation(Struct, frozen=True):
    """A relation between two annotations."""

    type: str
    first: str
    second: str
    line: int


class BratFile(Struct):
    """What a file tells, by the ids of what it is about; `problems` are lines that tell nothing."""

    source: str
    bounds: dict[str, Bound] = field(default_factory=dict)
    events: dict[str, EventLine] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    attributes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    references: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    equivalents: list[list[str]] = field(default_factory=list)
    notes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    more: dict[str, JsonObject] = field(default_factory=dict)
    problems: list[ImportProblem] = field(default_factory=list)

    def more_of(self, identifier: str) -> JsonObject:
        """What our own export tells of an annotation besides."""
        return self.more.get(identifier, {})

    def natural(self, identifier: str, name: str, kind: type[_E]) -> _E | None:
        """The value of an attribute that this program gives a meaning of its own."""
        for told, value in self.attributes.get(identifier, ()):
            if told == name:
                return next((one for one in kind if one.value == value), None)
        return None

    def refuse(self, key: str, line: int, **values: object) -> None:
        """Tell that something was left out."""
        self.problems.append(ImportProblem(self.source, key, values, line))


def parse_brat(text: str, source: str) -> BratFile:
    """Every line of a file; blank ones are skipped, as brat does."""
    made = BratFile(source)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not _take(made, line, number):
            shown = line if len(line) <= _MAX_SHOWN else f"{line[:_MAX_SHOWN]}…"
            made.refuse("formats.brat_line", number, text=shown)
    return made


def _take(made: BratFile, line: str, number: int) -> bool:
    match line[0]:
        case "T":
            return _take_bound(made, line, number)
        case "E":
            return _take_event(made, line, number)
        case "R" | "*":
            return _take_relation(made, line, number)
        case "A" | "M":
            return _take_attribute(made, line)
        case "N":
            return _take_reference(made, line)
        case "#":
            return _take_note(made, line)
    return False


def _take_bound(made: BratFile, line: str, number: int) -> bool:
    found = _BOUND.fullmatch(line)
    if found is None:
        return False
    identifier, kind, offsets, text = found.groups()
    pairs = tuple((int(a), int(b)) for a, b in (pair.split(" ") for pair in offsets.split(";")))
    if identifier in made.bounds:
        made.refuse("formats.brat_twice", number, annotation=identifier)
    else:
        made.bounds[identifier] = Bound(identifier, kind, pairs, text, number)
    return True


def _take_event(made: BratFile, line: str, number: int) -> bool:
    found = _EVENT.fullmatch(line)
    if found is None:
        return False
    identifier, kind, trigger, told = found.groups()
    pairs = [argument.split(":") for argument in told.split()]
    arguments = tuple((role, target) for role, target in pairs)
    if identifier in made.events:
        made.refuse("formats.brat_twice", number, annotation=identifier)
    else:
        made.events[identifier] = EventLine(identifier, kind, trigger, arguments, number)
    return True


def _take_relation(made: BratFile, line: str, number: int) -> bool:
    equal = _EQUIV.fullmatch(line)
    if equal is not None:
        made.equivalents.append(equal[1].split())
        return True
    found = _RELATION.fullmatch(line)
    if found is not None:
        made.relations.append(Relation(found[1], found[3], found[5], number))
    return found is not None


def _take_attribute(made: BratFile, line: str) -> bool:
    found = _ATTRIBUTE.fullmatch(line)
    if found is not None:  # one without a value is a flag that is set
        value = (found[3] or "").strip()
        made.attributes.setdefault(found[2], []).append((found[1], value or "true"))
    return found is not None


def _take_reference(made: BratFile, line: str) -> bool:
    found = _REFERENCE.fullmatch(line)
    if found is not None:
        told = (found[2], found[3].strip(), (found[4] or "").strip())
        made.references.setdefault(found[1], []).append(told)
    return found is not None


def _take_note(made: BratFile, line: str) -> bool:
    found = _NOTE.fullmatch(line)
    if found is None:
        return False
    kind, target, text = found[1], found[2], found[3] or ""
    more = _object(text) if kind == NOTE else None
    if more is not None:
        made.more[target] = more
    elif text:
        made.notes.setdefault(target, []).append((kind, text))
    return True


def _object(text: str) -> JsonObject | None:
    try:
        value: JsonValue = parse_json(text)
    except UserError:
        return None
    return value if isinstance(value, dict) else None
