"""The tags of CoNLL columns read back: which scheme they follow, and which runs they make.

Tags are taken at their word. What does not follow its scheme is told and never repaired: whether a
stray ``I-PER`` is a beginning or a mistake is not for a reader to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache

from msgspec import Struct

_TAG = re.compile(r"O|([BIESLU])-(.+)", re.DOTALL)
_CLOSED = frozenset("ES")
# BILUO says last and unit for what BIOES calls end and single.
_ALIKE = {"L": "E", "U": "S"}


class TagScheme(Enum):
    """How tags tell where a run begins and ends."""

    IOB1 = "iob1"
    IOB2 = "iob2"
    BIOES = "bioes"


class Tag(Struct, frozen=True):
    """A tag in its parts; `prefix` is one of ``O B I E S``."""

    prefix: str
    label: str = ""


OUTSIDE = Tag("O")


class LabelRun(Struct, frozen=True):
    """The tokens ``first <= i < last`` of a sentence and their label."""

    first: int
    last: int
    label: str


class TagError(Exception):
    """A tag that cannot follow the one before it; `token` is its number in the sentence."""

    def __init__(self, token: int) -> None:
        super().__init__(token)
        self.token = token


@lru_cache(maxsize=1024)
def parse_tag(written: str) -> Tag | None:
    """A tag as a file writes it; None where it is none."""
    found = _TAG.fullmatch(written)
    if found is None:
        return None
    prefix, label = found.groups()
    return OUTSIDE if prefix is None else Tag(_ALIKE.get(prefix, prefix), label)


def is_closed(sentences: Iterable[Sequence[Tag]]) -> bool:
    """Whether these tags tell ends, so that they can only be BIOES."""
    return any(tag.prefix in _CLOSED for tags in sentences for tag in tags)


class Evidence(Struct):
    """Tells IOB1 from IOB2 by all tags of a file.

    IOB1 begins a run with ``B-`` only right behind one with the same label, IOB2 begins every run
    with it; so no file with a run can be both.
    """

    has_iob1: bool = False
    has_iob2: bool = False

    def add(self, tags: Iterable[Tag]) -> None:
        """Look at the tags of a sentence."""
        before = OUTSIDE
        for tag in tags:
            if tag.label != before.label:
                self.has_iob1 |= tag.prefix == "I"
                self.has_iob2 |= tag.prefix == "B"
            before = tag

    @property
    def scheme(self) -> TagScheme:
        """What the tags are; IOB2 where they are both, for then some of them are mistakes."""
        return TagScheme.IOB1 if self.has_iob1 and not self.has_iob2 else TagScheme.IOB2


def label_runs(tags: Sequence[Tag], scheme: TagScheme) -> Iterator[LabelRun]:
    """The runs of a sentence. Raises `TagError` where the tags do not follow the scheme."""
    begun: int | None = None
    label = ""
    for number, tag in enumerate(tags):
        goes_on = _goes_on(tag, begun is not None, label, scheme)
        if goes_on is None:
            raise TagError(number)
        if goes_on and tag.prefix == "I":
            continue
        if begun is not None:
            yield LabelRun(begun, number + goes_on, label)
        begun = None if goes_on or tag.prefix == "O" else number
        label = tag.label
        if tag.prefix == "S":
            yield LabelRun(number, number + 1, label)
            begun = None
    if begun is not None:
        if scheme is TagScheme.BIOES:
            raise TagError(len(tags) - 1)
        yield LabelRun(begun, len(tags), label)


def _goes_on(tag: Tag, is_open: bool, label: str, scheme: TagScheme) -> bool | None:
    """Whether a tag belongs to the run before it; None where it can stand here in no way."""
    is_same = is_open and tag.label == label
    if tag.prefix in "IE":
        if is_same:
            return True
        return False if scheme is TagScheme.IOB1 else None
    # In BIOES a run that is open must be closed first.
    return None if is_open and scheme is TagScheme.BIOES else False
