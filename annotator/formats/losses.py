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


@dataclass(frozen=True, slots=True)
class Loss:
    """What is missing of one record, of one annotation set, of one document.

    `detail` names the part in the words of gold: an attribute, a role, ``level, entity``; of a set
    that is left out it tells why.
    """

    document: str
    set: str
    record: str
    kind: LossKind
    detail: str = ""


Lose: TypeAlias = Callable[[Loss], None]
"""Is told each loss, in the order of the file."""


def unheard(_: Loss) -> None:
    """For whoever does not want to know."""


@dataclass(slots=True)
class LossTally:
    """Counts losses as they pass, and hands them on."""

    then: Lose = unheard
    kinds: Counter[LossKind] = field(default_factory=Counter)

    def __call__(self, loss: Loss) -> None:
        """Count one."""
        self.kinds[loss.kind] += 1
        self.then(loss)
