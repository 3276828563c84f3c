"""Dividing documents into training, development and test data.

What must stay together is a `Family`: one document, or several that nearly say the same. Families
are shared out one at a time, those with the rarest label first (iterative stratification), each to
the split that still lacks most of that label. That leaves common labels to chance; so afterwards
single documents are exchanged between splits where that brings the labels nearer to their shares.
The order comes from the seed and the families themselves, never from that in which they are given.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from msgspec import Struct

from annotator.core.ids import DocumentId
from annotator.foundation.errors import Refused

_TRIALS = 50_000
"""So many exchanges are tried: all those between 200 documents, and one for each of 50,000, whose
labels are spread evenly by their number alone. They take about two seconds."""

_GAIN = 1e-12
"""Less than that is the error of adding, and no gain."""

_SHARES = re.compile(r"([0-9]{1,6})/([0-9]{1,6})/([0-9]{1,6})", re.ASCII)


class DataSplit(Enum):
    """What a document is for."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


_TOLD = {
    DataSplit.TRAIN: ("train", "training", "trn"),
    DataSplit.DEV: (
        "dev", "devel", "development", "devset", "val", "valid", "validate", "validation", "tune",
        "tuning",
    ),
    DataSplit.TEST: ("test", "testing", "tst", "eval", "evaluation"),
}  # fmt: skip
"""What data sets call the parts that they are divided into; Hugging Face says ``validation``."""

_TOLD_AS = {name: split for split, names in _TOLD.items() for name in names}


def split_told(said: str | None) -> DataSplit | None:
    """The split that somebody means by a word; None for one that is usual for none of them."""
    return None if said is None else _TOLD_AS.get(said.casefold())


class Shares(Struct, frozen=True, kw_only=True):
    """How the documents are shared out, as proportions: 80, 10 and 10, or 8, 1 and 1."""

    train: int
    dev: int
    test: int

    @classmethod
    def parse(cls, text: str) -> Shares:
        """The shares in ``80/10/10``. Raises `Refused` for anything else, and for no share."""
        found = _SHARES.fullmatch(text.strip())
        if found is None or not any(map(int, found.groups())):
            raise Refused("refused.shares", text=text)
        train, dev, test = map(int, found.groups())
        return cls(train=train, dev=dev, test=test)

    def of(self, split: DataSplit) -> float:
        """The part of the whole that a split gets, from 0 to 1."""
        parts = {DataSplit.TRAIN: self.train, DataSplit.DEV: self.dev, DataSplit.TEST: self.test}
        return parts[split] / sum(parts.values())

    def wanted(self, count: int) -> dict[DataSplit, int]:
        """How many of `count` documents each split gets: whole numbers nearest to the shares."""
        exact = {split: self.of(split) * count for split in DataSplit}
        wanted = {split: int(number) for split, number in exact.items()}
        by_rest = sorted(DataSplit, key=lambda split: wanted[split] - exact[split])
        for split in by_rest[: count - sum(wanted.values())]:
            wanted[split] += 1
        return wanted


class Family(Struct, frozen=True):
    """Documents that go into one split together.

    `fingerprint` stands for their ids and texts, `labels` count what is annotated in them, and
    `fixed` is the split that was said to be theirs.
    """

    members: tuple[DocumentId, ...]
    fingerprint: str
    labels: Mapping[str, int]
    fixed: DataSplit | None = None


def divide(families: Iterable[Family], shares: Shares, *, seed: int) -> dict[DocumentId, DataSplit]:
    """The split of every document.

    The size of each split differs from its share by less than the largest family, as far as what
    is fixed allows, and not at all where there are enough single documents.
    """
    ordered = sorted(families, key=lambda family: (-len(family.members), _rank(family, seed)))
    room = _Room(ordered, shares)
    for family in ordered:
        if family.fixed is not None:
            room.give(family, family.fixed)
    free = [family for family in ordered if family.fixed is None]
    for part in ([f for f in free if len(f.members) > 1], [f for f in free if len(f.members) == 1]):
        for family, label in _rarest_first(part):
            room.give(family, room.best_for(family, label))
    room.exchange([family for family in free if len(family.members) == 1])
    return room.given


def _rank(family: Family, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}\n{family.fingerprint}".encode()).digest()


def _rarest_first(families: Sequence[Family]) -> Iterable[tuple[Family, str | None]]:
    """Every family once, with the label for which it is chosen; None where it has none left."""
    waiting = dict(enumerate(families))
    with_label: dict[str, list[int]] = {}
    for number, family in waiting.items():
        for label, count in family.labels.items():
            if count:
                with_label.setdefault(label, []).append(number)
    left = Counter({label: len(numbers) for label, numbers in with_label.items()})
    while left:
        label = min(left, key=lambda one: (left[one], one))
        for number in with_label[label]:
            if number not in waiting:
                continue
            family = waiting.pop(number)
            yield family, label
            left -= Counter({one: 1 for one, count in family.labels.items() if count})
    for family in waiting.values():
        yield family, None


class _Room:
    """How many documents, and how much of each label, every split still lacks."""

    def __init__(self, families: Sequence[Family], shares: Shares) -> None:
        totals: Counter[str] = Counter()
        for family in families:
            totals.update(family.labels)
        self.given: dict[DocumentId, DataSplit] = {}
        self._shares = shares
        self._totals = totals
        self._documents = shares.wanted(sum(len(family.members) for family in families))
        self._labels = {
            split: {label: count * shares.of(split) for label, count in totals.items()}
            for split in DataSplit
        }

    def give(self, family: Family, split: DataSplit) -> None:
        """Put a family into a split."""
        self.given.update(dict.fromkeys(family.members, split))
        self._documents[split] -= len(family.members)
        lacking = self._labels[split]
        for label, count in family.labels.items():
            lacking[label] -= count

    def best_for(self, family: Family, label: str | None) -> DataSplit:
        """Of the splits with room enough the one that lacks most, else the one with most room."""
        fitting = [s for s in DataSplit if self._documents[s] >= len(family.members)]
        if not fitting:
            return max(DataSplit, key=lambda split: self._documents[split])
        return max(fitting, key=lambda split: self._lack(split, label))

    def exchange(self, singles: Sequence[Family]) -> None:
        """Let single documents change places where the labels come nearer to the shares by it."""
        count = len(singles)
        for distance in range(1, min(count, _TRIALS // max(count, 1) + 1)):
            for number, one in enumerate(singles):
                other = singles[(number + distance) % count]
                if self._gain(one, other) > _GAIN:
                    self._swap(one, other)

    def _gain(self, one: Family, other: Family) -> float:
        """By how much an exchange lessens the squares of what the splits are off their shares.

        Squares are of parts of a label, so that rare labels weigh as much as common ones, and small
        splits as much as large ones.
        """
        here, there = self.given[one.members[0]], self.given[other.members[0]]
        if here is there:
            return 0.0
        gain = 0.0
        for label in {**one.labels, **other.labels}:
            more = other.labels.get(label, 0) - one.labels.get(label, 0)
            if more:
                here_off = (2 * self._labels[here][label] - more) / self._shares.of(here)
                there_off = (2 * self._labels[there][label] + more) / self._shares.of(there)
                gain += more * (here_off - there_off) / self._totals[label] ** 2
        return gain

    def _swap(self, one: Family, other: Family) -> None:
        here, there = self.given[one.members[0]], self.given[other.members[0]]
        for family, old, new in ((one, here, there), (other, there, here)):
            self._documents[old] += 1
            for label, count in family.labels.items():
                self._labels[old][label] += count
            self.give(family, new)

    def _lack(self, split: DataSplit, label: str | None) -> tuple[float, int]:
        lacking = 0.0 if label is None else self._labels[split][label]
        return lacking, self._documents[split]
