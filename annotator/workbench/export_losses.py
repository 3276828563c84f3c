"""The losses of one export: counted by kind, and kept as lines until they are written."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from types import MappingProxyType
from typing import BinaryIO, cast

from msgspec.structs import replace

from annotator.core.ids import Layer
from annotator.formats.base import SegmentedBundle
from annotator.formats.gold_record import canonical_bytes
from annotator.formats.losses import Lose, Loss, LossKind, LossTally, unheard
from annotator.formats.set_tally import SetTally

_IN_MEMORY = 1024 * 1024

LAYERS_HELD = MappingProxyType(
    {
        "mentions": Layer.MENTION,
        "entities": Layer.ENTITY,
        "events": Layer.EVENT,
        "quotes": Layer.QUOTE,
    }
)
"""The layers of which the data is counted, as gold calls them."""


def loss_line(loss: Loss) -> bytes:
    """A loss as one line of canonical JSON; what it says of its record is null of none."""
    about, place = loss.about, None if loss.about is None else loss.about.place
    said = {
        "doc_id": loss.document,
        "set": loss.set,
        "record": loss.record,
        "kind": loss.kind.value,
        "detail": loss.detail,
        "layer": None if about is None else about.layer.value,
        "label": None if about is None else about.label,
        "text": None if about is None else about.text,
        "start": None if place is None else place.start,
        "end": None if place is None else place.end,
    }
    return canonical_bytes(said)


class LossLog:
    """Is told each loss. Many of them wait on the disk, so that memory holds a megabyte at most.

    `records` counts by layer those of which nothing is in the data, each once; the losses of an
    annotation set come one after the other. `sets` are those of which nothing is in the data, each
    with its document.
    """

    def __init__(self, lines: BinaryIO, then: Lose = unheard) -> None:
        self._lines = lines
        self._tally = LossTally(then)
        self.records: Counter[Layer] = Counter()
        self.sets: set[tuple[str, str]] = set()
        self._digest = hashlib.sha256()
        self._set = ("", "")
        self._gone: set[str] = set()

    def __call__(self, loss: Loss) -> None:
        """Count one, and keep it."""
        self._tally(loss)
        if self._set != (loss.document, loss.set):
            self._set = (loss.document, loss.set)
            self._gone.clear()
        if loss.kind is LossKind.LEFT_SET:
            self.sets.add(self._set)
        if loss.about is not None and loss.is_record and loss.record not in self._gone:
            self._gone.add(loss.record)
            self.records[loss.about.layer] += 1
        line = loss_line(loss)
        self._digest.update(line)
        self._lines.write(line)

    def written_of(self, item: SegmentedBundle) -> SegmentedBundle | None:
        """A document with those of its sets that are in the data; None where none of them is."""
        document, sets = item.bundle.document, item.bundle.sets
        kept = tuple(one for one in sets if (document.id, one.header.id) not in self.sets)
        if len(kept) == len(sets):
            return item
        return replace(item, bundle=replace(item.bundle, sets=kept)) if kept else None

    @property
    def total(self) -> int:
        """How many there were."""
        return self._tally.kinds.total()

    @property
    def sha256(self) -> str:
        """That of all of them as they are written."""
        return self._digest.hexdigest()

    def kinds(self) -> dict[str, int]:
        """How many of each kind there were, in the order of `LossKind`."""
        counts = self._tally.kinds
        return {kind.value: counts[kind] for kind in LossKind if counts[kind]}

    def held(self, tally: SetTally) -> dict[str, int]:
        """How many of what was counted are in the data, by layer as gold calls it.

        ``sets`` are counted where not all of them are.
        """
        sets = {"sets": tally.sets - len(self.sets)} if self.sets else {}
        counts = {
            name: tally.total(name) - self.records[layer] for name, layer in LAYERS_HELD.items()
        }
        return {**sets, **counts}

    def copy_to(self, stream: BinaryIO) -> None:
        """Write all of them."""
        self._lines.seek(0)
        shutil.copyfileobj(self._lines, stream)


@contextmanager
def loss_log(then: Lose = unheard) -> Iterator[LossLog]:
    """A log for the time of the block; `then` is told each loss as well."""
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as lines:
        yield LossLog(cast(BinaryIO, lines), then)
