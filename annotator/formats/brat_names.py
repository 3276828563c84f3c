"""The names of brat: ASCII without dots, and those that this program gives a meaning of its own.

A label ``Contact.Meet`` is ``Contact_Meet`` in brat. What was renamed stands in a comment of
`annotation.conf`, so that the reader can undo it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from annotator.formats.base import JsonValue
from annotator.formats.safe_names import safe_id

QUOTE, CUE, QUOTE_MARK, FREE_SPAN = "Quote", "Cue", "QuoteMark", "FreeSpan"
"""Types of the pieces of text that are no mentions."""

HAS_CUE, HAS_MARK, SPEAKER, ADDRESSEE, WITHIN = (
    "HasCue", "HasMark", "Speaker", "Addressee", "Within",
)  # fmt: skip
"""Relations from a quote to its parts and to the quote in which it stands."""

LEVEL, REALIS, POLARITY = "Level", "Realis", "Polarity"
QUOTE_TYPE, SPEAKER_FORM, EVIDENCE = "QuoteType", "SpeakerForm", "Evidence"
"""Attributes for what annotations have by nature."""

NOTE = "Nishan"
"""The kind of note that holds, as JSON, what brat has no place for."""

TYPES = (QUOTE, CUE, QUOTE_MARK, FREE_SPAN, HAS_CUE, HAS_MARK, SPEAKER, ADDRESSEE, WITHIN)
PARTS = (LEVEL, REALIS, POLARITY, QUOTE_TYPE, SPEAKER_FORM, EVIDENCE)

LABEL, EVENT, PART = "label", "event", "part"
"""What a name belongs to: roles and attributes are parts."""

_UNFIT = re.compile(r"[^A-Za-z0-9_-]+", re.ASCII)
_VALUE = re.compile(r"[A-Za-z0-9_.:+-]+", re.ASCII)
_RENAMED = re.compile(r'#: (type|part) (\S+) = (".*")')


class BratNames:
    """Names given so far. The same name of the same kind is always written the same."""

    def __init__(self) -> None:
        self._types: dict[tuple[str, str], str] = {}
        self._parts: dict[tuple[str, str], str] = {}
        self._values: set[tuple[str, str]] = set()
        self._taken_types = set(TYPES)
        self._taken_parts = set(PARTS)

    def label(self, name: str) -> str:
        """How a label is written."""
        return self._types.get((LABEL, name)) or _give(self._types, self._taken_types, LABEL, name)

    def event(self, name: str) -> str:
        """How a type of event is written."""
        return self._types.get((EVENT, name)) or _give(self._types, self._taken_types, EVENT, name)

    def part(self, name: str) -> str:
        """How a role or an attribute is written; no digit is last, that would number a role."""
        return self._parts.get((PART, name)) or _give(self._parts, self._taken_parts, PART, name)

    def declare(self, attribute: str, values: Iterable[str]) -> None:
        """Let an attribute have these values, which brat must know beforehand."""
        self._values.update((attribute, value) for value in values if _VALUE.fullmatch(value))

    def has_value(self, attribute: str, value: str) -> bool:
        """Whether brat knows the value of an attribute."""
        return (attribute, value) in self._values

    def given(self, kind: str) -> Iterator[tuple[str, str]]:
        """The names of labels or of types of events, each as it is and as it is written."""
        for (one, name), written in self._types.items():
            if one == kind:
                yield name, written

    def renamed(self) -> Iterator[str]:
        """The comments that tell what is written otherwise than it is called."""
        for place, names in (("type", self._types), ("part", self._parts)):
            for (_, name), written in names.items():
                if name != written:
                    yield f"#: {place} {written} = {json.dumps(name, ensure_ascii=False)}"


def _give(names: dict[tuple[str, str], str], taken: set[str], kind: str, name: str) -> str:
    written = _UNFIT.sub("_", name if name.isascii() else safe_id(name)) or "_"
    if kind == PART and written[-1].isdigit():
        written += "_"
    while written in taken:
        written += "_"
    taken.add(written)
    names[kind, name] = written
    return written


class KnownNames:
    """What names in a file mean, by the comments of its `annotation.conf`."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._names: dict[tuple[str, str], str] = {}
        for line in lines:
            found = _RENAMED.fullmatch(line.rstrip("\r"))
            name = None if found is None else _string(found[3])
            if found is not None and name:
                self._names[found[1], found[2]] = name

    def type(self, written: str) -> str:
        """A label or a type of event."""
        return self._names.get(("type", written), written)

    def part(self, written: str) -> str:
        """A role or an attribute."""
        return self._names.get(("part", written), written)


@lru_cache(maxsize=4)
def known_names(conf: bytes) -> KnownNames:
    """The names of an `annotation.conf`; those of one folder are read once."""
    return KnownNames(conf.decode("utf-8", "replace").split("\n"))


def _string(text: str) -> str | None:
    try:
        value: JsonValue = json.loads(text)
    except ValueError:
        return None
    assert isinstance(value, str)  # JSON in quotation marks is nothing else
    is_whole = value.isprintable() and not any("\ud800" <= sign <= "\udfff" for sign in value)
    return value if is_whole else None
