"""What the doctor says: an ailment of a file, and the remedy that a repair found for one."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from enum import Enum
from typing import TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace

from annotator.core.findings import Severity

_T = TypeVar("_T")

UNKNOWN = "–"
"""What a sentence shows for a part of a place that is not known."""


class Kind(Enum):
    """The checks by their ids, which never change; `doctor.<id>` is the sentence of each."""

    HEADER = "D01"
    SCHEMA = "D02"
    PAGES = "D03"
    CONSTRAINT = "D04"
    CELL = "D05"
    NOT_UTF8 = "D06"
    UNCLEAN = "D07"
    LEFTOVER = "D08"
    ORPHAN = "D09"
    META = "D10"
    PEOPLE = "D11"
    SCHEME_DIGEST = "D12"
    SCHEME_UNUSABLE = "D13"
    TEXT = "D20"
    DOCUMENT_BODY = "D21"
    DOCUMENT_COLUMN = "D22"
    DOCUMENT_ID = "D23"
    DOCUMENT_POSITION = "D24"
    SET_HEADER = "D30"
    SET_PERSON = "D31"
    SET_DERIVED = "D32"
    SET_COUNTS = "D33"
    SET_STATUS = "D34"
    SET_NUMBERS = "D35"
    SET_TWICE = "D36"
    RECORD_DIGEST = "D40"
    RECORD_BODY = "D41"
    RECORD_COLUMN = "D42"
    OUTSIDE_TEXT = "D43"
    SPAN = "D44"
    FRAGMENTS = "D45"
    DANGLING = "D46"
    WRONG_KIND = "D47"
    RECORD_TWICE = "D48"
    QUOTE_CYCLE = "D49"
    EVENT_CYCLE = "D50"
    RECORD_ID = "D51"
    ENTRY_DIGEST = "D60"
    ENTRY_BODY = "D61"
    ENTRY_ORDER = "D62"
    ENTRY_STALE = "D63"
    REPLAY = "D64"
    PLACE = "D70"
    UNKNOWN_LABEL = "D80"
    UNKNOWN_ROLE = "D81"
    UNKNOWN_ATTRIBUTE = "D82"
    TRASH_TIME = "D90"
    PROJECT_ENTRY_DIGEST = "D91"
    PROJECT_ENTRY_BODY = "D92"
    PROJECT_ENTRY_ORDER = "D93"
    PROJECT_ENTRY_DANGLING = "D94"
    ENTRY_PART = "D95"
    PRESENCE = "D96"


_HINTS = frozenset({Kind.UNKNOWN_LABEL, Kind.UNKNOWN_ROLE, Kind.UNKNOWN_ATTRIBUTE})
_WARNINGS = frozenset({Kind.UNCLEAN, Kind.LEFTOVER, Kind.PRESENCE})


class Where(Struct, frozen=True):
    """A place in a project file, as far as it is known; `row` is the key of a row of `table`."""

    table: str | None = None
    row: str | int | None = None
    column: str | None = None
    document: str | None = None
    set: str | None = None
    record: str | None = None
    seq: int | None = None


NOWHERE = Where()


class Ailment(Struct, frozen=True):
    """One thing in a project file that is not as it was stored; `detail` says it in its words."""

    kind: Kind
    where: Where = NOWHERE
    detail: str | int = UNKNOWN

    @property
    def severity(self) -> Severity:
        """An error is damage; of a warning nothing has to be repaired; a hint harms nothing."""
        if self.kind in _HINTS:
            return Severity.INFO
        return Severity.WARNING if self.kind in _WARNINGS else Severity.ERROR

    @property
    def key(self) -> str:
        """The catalogue key of the sentence; `values` fill it."""
        return f"doctor.{self.kind.value}"

    @property
    def values(self) -> Mapping[str, object]:
        """Every field that a sentence may name."""
        return {**_known(self.where), "detail": self.detail}


class Way(Enum):
    """What a repair does about an ailment; `doctor.way.<value>` is the sentence."""

    HEALED = "healed"
    """A single changed byte was put right, as the digest proves."""
    FROM_JOURNAL = "from_journal"
    MADE_ANEW = "made_anew"
    """Something that follows from the rest was written again."""
    PUT_IN_ORDER = "put_in_order"
    """The journal was given an entry, so that undo leads to what is stored."""
    LEFT_OUT = "left_out"
    MISSING = "missing"
    """Nothing is left of records that the set once counted."""
    PAGES_LOST = "pages_lost"
    CUT = "cut"
    """A reference was taken out of a record."""
    PATCHED = "patched"
    """What is unreadable in a text is shown by replacement characters."""
    UNPROVEN = "unproven"
    """Kept as it was read, though nothing proves it any more."""
    HISTORY_CUT = "history_cut"
    REPLACED = "replaced"
    """Something shipped with the program stands in for what was lost."""


_LOSSES = frozenset(
    {Way.LEFT_OUT, Way.MISSING, Way.PAGES_LOST, Way.CUT, Way.PATCHED, Way.UNPROVEN}
    | {Way.HISTORY_CUT, Way.REPLACED}
)


class Remedy(Struct, frozen=True):
    """What a repair did at one place."""

    way: Way
    where: Where
    detail: str | int = UNKNOWN

    @property
    def is_loss(self) -> bool:
        """Whether something that was stored is not in the copy as it was."""
        return self.way in _LOSSES

    @property
    def key(self) -> str:
        """The catalogue key of the sentence; `values` fill it."""
        return f"doctor.way.{self.way.value}"

    @property
    def values(self) -> Mapping[str, object]:
        """Every field that a sentence may name."""
        return {**_known(self.where), "detail": self.detail}


def _known(where: Where) -> dict[str, object]:
    return {name: UNKNOWN if value is None else value for name, value in asdict(where).items()}


class Step(Struct, frozen=True):
    """How far an examination or a repair is, in rows."""

    done: int
    total: int


Checked: TypeAlias = Iterator[Ailment | None]
"""What a check yields: ailments, and None where there is time to do something else."""

Slowly: TypeAlias = Generator[None, None, _T]
"""Work that yields where there is time to do something else, and returns its result."""


def at(where: Where, row: Mapping[str, object], *, record: object = None) -> Where:
    """The place of one row of what `where` names."""
    key, seq = row.get("key", row.get("seq", row.get("id"))), row.get("seq")
    return replace(
        where,
        row=key if isinstance(key, str | int) else None,
        record=where.record if record is None else str(record),
        seq=seq if isinstance(seq, int) else where.seq,
    )
