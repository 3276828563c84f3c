"""What a merge brings, would bring, and leaves to people, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from msgspec import Struct

from annotator.core.annotations import (
    Entity,
    Event,
    Mention,
    Quote,
    Record,
    StatusRecord,
    SuggestionDecision,
)
from annotator.core.ids import DocumentId, RecordId, SetId
from annotator.core.merging import Clash, Conflict
from annotator.core.set_drop import SetDrop
from annotator.core.span import Fragments
from annotator.workbench.merge_scheme import Lacking

_LONGEST = 60


class Place(Struct, frozen=True):
    """A set of a document, in words: the title of the document and whose set it is."""

    document: DocumentId
    title: str
    set: SetId
    person: str


class SetNews(Struct, frozen=True):
    """What one set gains and loses; `is_new` where nobody had that set here."""

    place: Place
    is_new: bool
    mentions: int = 0
    events: int = 0
    quotes: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def added(self) -> int:
        """Mentions, events and quotes that are new."""
        return self.mentions + self.events + self.quotes


class Side(Struct, frozen=True):
    """One side of a conflict: what it is called there, and its words in the text.

    A side without words is the status of the set.
    """

    label: str
    text: str | None = None


class ConflictNews(Struct, frozen=True):
    """A contradiction; `record` is the annotation to look at, where there is one."""

    place: Place
    clash: Clash
    ours: Side | None
    theirs: Side | None
    record: RecordId | None


class DropNews(Struct, frozen=True):
    """So much would go from one set that somebody should be asked."""

    place: Place
    drop: SetDrop


class MergeReport(Struct, frozen=True):
    """What came of a merge, or would come; `step` is the project edit, None while there is none.

    `documents` are new titles; `back` came out of our trash because there was work in them, and
    `left` stay in it. `differing` are documents whose metadata differ: ours stay.
    """

    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    sets: tuple[SetNews, ...] = ()
    conflicts: tuple[ConflictNews, ...] = ()
    drops: tuple[DropNews, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    differing: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    step: int | None = None

    @property
    def annotations(self) -> int:
        """Mentions, events and quotes that are new, in all sets."""
        return sum(news.added for news in self.sets)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to bring."""
        return not (self.documents or self.sets or self.back)


def worth_telling(conflicts: Sequence[Conflict]) -> Iterator[Conflict]:
    """The conflicts without those of entities whose mentions contradict each other as well."""
    sides = (side for each in conflicts for side in (each.ours, each.theirs))
    told = {side.entity for side in sides if isinstance(side, Mention)}
    for conflict in conflicts:
        side = conflict.ours or conflict.theirs
        if not (isinstance(side, Entity) and side.id in told):
            yield conflict


def conflict_news(place: Place, conflict: Conflict, text: str) -> ConflictNews:
    """A conflict in words of the text."""
    side = conflict.ours or conflict.theirs
    return ConflictNews(
        place=place,
        clash=conflict.clash,
        ours=_side(conflict.ours, text),
        theirs=_side(conflict.theirs, text),
        record=conflict.copy or (None if side is None else side.id),
    )


def _side(record: Record | None, text: str) -> Side | None:
    match record:
        case None:
            return None
        case Mention():
            return Side(record.label, _excerpt(record.fragments, text))
        case Event():
            return Side(record.type, _excerpt(record.trigger, text))
        case Quote():
            return Side(record.type.value, _excerpt(record.content, text))
        case Entity():
            return Side(record.label, record.name)
        case SuggestionDecision(proposal=proposal):
            return Side(proposal.label, _excerpt(proposal.fragments, text))
        case StatusRecord():
            return Side(record.status.value)
        case _:
            assert_never(record)


def _excerpt(fragments: Fragments, text: str) -> str:
    words = " ".join(fragments.of(text).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
