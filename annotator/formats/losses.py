"""What a format could not hold, named one by one.

No export is silent about what it leaves out. A writer tells a `Loss` for every annotation that is
not in the file, or is there otherwise than it was made; whoever runs the export counts them, shows
them and writes them beside the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

import msgspec
from msgspec import Struct

from annotator.core.annotations import Entity, Event, Mention, Quote, Record, anchor_of, layer_of
from annotator.core.ids import Layer
from annotator.core.span import Span


class LossKind(Enum):
    """What happened to an annotation; ``formats.loss_<value>`` is the sentence of each.

    Up to `LEFT_SET` it is not in the file at all, from `JOINED` on it is there in another shape.
    """

    OVERLAP = "overlap"
    OVERLAY = "overlay"
    LEVEL = "level"
    NO_TOKEN = "no_token"
    MENTION = "mention"
    ENTITY = "entity"
    EVENT = "event"
    ARGUMENT = "argument"
    QUOTE = "quote"
    QUOTE_PART = "quote_part"
    LEFT_SET = "set"
    JOINED = "joined"
    HEAD = "head"
    WIDENED = "widened"
    RENAMED = "renamed"
    DETAIL = "detail"

    @property
    def is_whole(self) -> bool:
        """Whether nothing of what it is about is in the file."""
        return self not in _IN_ANOTHER_SHAPE


_IN_ANOTHER_SHAPE = frozenset(
    {LossKind.JOINED, LossKind.HEAD, LossKind.WIDENED, LossKind.RENAMED, LossKind.DETAIL}
)


_OF_A_PART = frozenset({LossKind.ARGUMENT, LossKind.QUOTE_PART})

_SHOWN = 80
"""Code points of a text by which somebody knows an annotation again."""


class LostRecord(Struct, frozen=True):
    """The record of which something is lost, so that it can be found without the project.

    `text` is the beginning of what it stands on, or the name of an entity, which has no `place`;
    `label` is a type where the record has one.
    """

    layer: Layer
    label: str
    text: str
    place: Span | None


@dataclass(frozen=True, slots=True)
class Loss:
    """What is missing of one record, of one annotation set, of one document.

    `detail` names the part in the words of gold: an attribute, a role, ``level, entity``; of a set
    that is left out it tells why. `about` is the record, where it is one of text.
    """

    document: str
    set: str
    record: str
    kind: LossKind
    detail: str = ""
    about: LostRecord | None = field(default=None, compare=False)

    @property
    def is_record(self) -> bool:
        """Whether nothing of the record itself is in the file, and not only a part of it."""
        if self.kind is LossKind.LEFT_SET:
            return True
        return self.kind.is_whole and self.kind not in _OF_A_PART and not self.detail


Lose: TypeAlias = Callable[[Loss], None]
"""Is told each loss, in the order of the file."""


def lost_record(record: Record | None, text: str) -> LostRecord | None:
    """What a loss tells of a record on a text; None of a status, or where there is no record."""
    match record:
        case Entity():
            return LostRecord(layer_of(record), record.label, record.name[:_SHOWN], None)
        case Mention():
            label = record.label
        case Event():
            label = record.type
        case Quote():
            label = record.type.value
        case _:
            return None
    anchor = anchor_of(record)
    said = anchor.of(text)
    shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
    return LostRecord(layer_of(record), label, shown, anchor.envelope)


def unheard(_: Loss) -> None:
    """For whoever does not want to know."""


class LossTally(Struct):
    """Counts losses as they pass, and hands them on."""

    then: Lose = unheard
    kinds: Counter[LossKind] = msgspec.field(default_factory=Counter)

    def __call__(self, loss: Loss) -> None:
        """Count one."""
        self.kinds[loss.kind] += 1
        self.then(loss)
