"""The word lists of Sorani news as one value: reporting cues, names, titles, nouns, numbers.

The lists are bundled JSON under ``resources/lexicons``; whoever may read files parses them, merges
their objects into one and hands that to `lexicon_from_json`. Forms are written with the standard
Sorani letters and mostly with initial ``ر``: compare them folded at level L2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from msgspec import Struct

from annotator.foundation.errors import Defect
from annotator.foundation.late_pattern import LatePattern


class EntryKind(Enum):
    """Which list of the lexicon an entry stands in; the value is the key in the files."""

    PLACE = "places"
    ORGANISATION = "organisations"
    PERSON = "persons"
    NATIONALITY = "nationality_adjectives"
    TITLE = "titles"
    EVENT_NOUN = "event_nouns"
    UNIT = "units"
    NUMBER = "number_words"
    ORDINAL = "ordinals"


_CUES, _TRIGGERS, _VERBS = "reporting_cues", "event_triggers", "light_verbs"


class LexiconEntry(Struct, frozen=True):
    """One word or name with its English gloss and its other spellings."""

    kind: EntryKind
    form: str
    gloss: str
    variants: tuple[str, ...] = ()
    group: str | None = None
    """What the list distinguishes: GPE or LOC for places, the topic for event nouns."""

    value: int | None = None
    """What a number word or ordinal counts."""

    is_common: bool = False
    """Whether a name is an ordinary word as well (``رووداو`` is a broadcaster and an incident)."""

    @property
    def forms(self) -> tuple[str, ...]:
        """All spellings, the main one first."""
        return (self.form, *self.variants)


class CueEntry(Struct, frozen=True):
    """One way to mark that somebody says something.

    `pattern` is for text folded at L1. Its group ``head``, where it has one, is the word that a
    trainer takes; else that is the first word. A weak cue is an ordinary word as often as a cue.
    """

    form: str
    gloss: str
    cue_type: str
    pattern: LatePattern
    variants: tuple[str, ...] = ()
    is_weak: bool = False


class TriggerEntry(Struct, frozen=True):
    """A word that tells of an event of a type, and its light verb where it is a noun with one.

    `verb` is for a word folded at L1. `needs_verb` is for a noun that tells of nothing without it.
    """

    form: str
    gloss: str
    event_type: str
    variants: tuple[str, ...] = ()
    verb: LatePattern | None = None
    needs_verb: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """All spellings, the main one first."""
        return (self.form, *self.variants)


class Lexicon(Struct, frozen=True):
    """All entries in the order of the files."""

    cues: tuple[CueEntry, ...] = ()
    entries: tuple[LexiconEntry, ...] = ()
    triggers: tuple[TriggerEntry, ...] = ()

    def of_kind(self, kind: EntryKind) -> tuple[LexiconEntry, ...]:
        """The entries of one list."""
        return tuple(entry for entry in self.entries if entry.kind is kind)


def lexicon_from_json(data: Mapping[str, object]) -> Lexicon:
    """The lexicon in parsed JSON: an object of lists; a list that is missing is empty.

    Raises `Defect` where an entry lacks a field, has one of another type, or a light verb that is
    not listed. The patterns are not looked at yet.
    """
    verbs = {record.required_text("form"): record.pattern() for record in _records(data, _VERBS)}
    return Lexicon(
        cues=tuple(_cue(record) for record in _records(data, _CUES)),
        entries=tuple(
            _entry(record, kind) for kind in EntryKind for record in _records(data, kind.value)
        ),
        triggers=tuple(_trigger(record, verbs) for record in _records(data, _TRIGGERS)),
    )


class _Record(Struct, frozen=True):
    """One object of a list, which knows where it stands, to say what is wrong with it."""

    list_name: str
    position: int
    fields: Mapping[str, object]

    def required_text(self, field: str) -> str:
        value = self.fields.get(field)
        if not isinstance(value, str) or not value:
            raise self.defect(field)
        return value

    def variants(self) -> tuple[str, ...]:
        value = self.fields.get("variants", [])
        if not isinstance(value, list):
            raise self.defect("variants")
        return tuple(str(form) for form in value)

    def optional_text(self, field: str) -> str | None:
        return self.required_text(field) if field in self.fields else None

    def optional_number(self, field: str) -> int | None:
        value = self.fields.get(field)
        if value is not None and not isinstance(value, int):
            raise self.defect(field)
        return value

    def pattern(self) -> LatePattern:
        return LatePattern(rf"(?<!\w)(?:{self.required_text('pattern')})(?!\w)")

    def defect(self, field: str) -> Defect:
        return Defect(
            "defect.lexicon_entry", list=self.list_name, position=self.position, field=field
        )


def _records(data: Mapping[str, object], list_name: str) -> Iterator[_Record]:
    records = data.get(list_name, [])
    if not isinstance(records, list):
        raise Defect("defect.lexicon_list", list=list_name)
    for position, fields in enumerate(records):
        if not isinstance(fields, Mapping):
            raise Defect("defect.lexicon_list", list=list_name)
        yield _Record(list_name, position, fields)


def _entry(record: _Record, kind: EntryKind) -> LexiconEntry:
    return LexiconEntry(
        kind=kind,
        form=record.required_text("form"),
        gloss=record.required_text("gloss"),
        variants=record.variants(),
        group=record.optional_text("group"),
        value=record.optional_number("value"),
        is_common=record.fields.get("is_common", False) is True,
    )


def _cue(record: _Record) -> CueEntry:
    return CueEntry(
        form=record.required_text("form"),
        gloss=record.required_text("gloss"),
        cue_type=record.required_text("cue_type"),
        pattern=record.pattern(),
        variants=record.variants(),
        is_weak=record.fields.get("is_weak", False) is True,
    )


def _trigger(record: _Record, verbs: Mapping[str, LatePattern]) -> TriggerEntry:
    verb = record.optional_text("verb")
    if verb is not None and verb not in verbs:
        raise record.defect("verb")
    return TriggerEntry(
        form=record.required_text("form"),
        gloss=record.required_text("gloss"),
        event_type=record.required_text("event_type"),
        variants=record.variants(),
        verb=None if verb is None else verbs[verb],
        needs_verb=record.fields.get("needs_verb", False) is True,
    )
