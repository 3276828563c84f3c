"""One export on its way: bundles through a format into a file, a folder, or nowhere.

Where the bundles come from is of no interest here: from a project (`export_run`) or from another
file (`converting`). They come as one stream, or as one for each split; everything that passes is
counted, and every loss is kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from copy import deepcopy
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.set_header import SetHeader
from annotator.formats.base import (
    ExportContext,
    ExportReport,
    Folder,
    Format,
    SegmentedBundle,
)
from annotator.formats.gold_manifest import GoldTally, ManifestFile
from annotator.formats.gold_record import canonical_bytes
from annotator.formats.gold_schema import load_gold_schema
from annotator.formats.gold_write import (
    GOLD,
    GOLD_READABLE,
    gold_records,
    write_readable,
    write_records,
)
from annotator.formats.losses import Lose, unheard
from annotator.formats.set_tally import SetTally
from annotator.foundation.atomic import atomic_write
from annotator.foundation.atomic_folder import NewFolder, atomic_folder
from annotator.foundation.errors import UserError
from annotator.workbench.export_leftovers import EarlierExport
from annotator.workbench.export_losses import LossLog, loss_log
from annotator.workbench.kept_files import NOTHING_KEPT, KeptFiles
from annotator.workbench.reading import LOSSES_FILE, MANIFEST_FILE
from annotator.workbench.set_agreement import SetAgreement
from annotator.workbench.written_files import files_written_here

_GOLDEN = (GOLD.id, GOLD_READABLE.id)


class Supply(Protocol):
    """Where the bundles of an export come from."""

    @property
    def splits(self) -> Sequence[str | None]:
        """The splits that are written apart, or None alone."""

    def items(self, split: str | None) -> Iterator[SegmentedBundle]:
        """The bundles of a split in the order of document ids; each split is asked for once."""

    def finish(self) -> None:
        """After the last one: raises what keeps the files from taking their names."""


class Beside(Protocol):
    """What lies in a folder beside the data: made when all of the data is written."""

    def __call__(self, run: ExportWriting) -> Iterable[tuple[str, bytes]]:
        """Names and contents, in the order in which they take their names."""


class ExportWriting(Struct):
    """What was written so far. `sha256` is that of the one file of data there is."""

    format: Format
    context: ExportContext
    losses: LossLog
    tally: SetTally = field(default_factory=SetTally)
    """All that came, also the sets that the format has left out."""
    _told: SetTally | None = None
    listing: GoldTally | None = None
    """What a manifest lists document by document; None where there will be no manifest."""
    agreement: SetAgreement | None = None
    """Only where there will be a card to tell it."""
    files: list[ManifestFile] = field(default_factory=list)
    loss_file: ManifestFile | None = None
    losses_path: Path | None = None
    """Where what was lost is listed, once it is."""
    card: Path | None = None
    records: int = 0
    size: int = 0
    sha256: str = ""

    def stream(self, items: Iterable[SegmentedBundle], target: BinaryIO) -> ExportReport:
        """Write one stream of bundles. Raises what the format raises."""
        counted = self._counted(items)
        if self.format.id in _GOLDEN:
            report = self._gold(counted, target)
        else:
            assert self.format.write is not None  # `write` asks for a stream only then
            report = self.format.write(counted, target, self._heard())
        self._add(report)
        return report

    def into(self, items: Iterable[SegmentedBundle], folder: Folder) -> ExportReport:
        """Write one stream of bundles as several files. Raises what the format raises."""
        assert self.format.write_files is not None
        report = self.format.write_files(self._counted(items), folder, self._heard())
        self._add(report)
        return report

    @property
    def told(self) -> SetTally:
        """What came of the sets that were not left out."""
        return self._told or self.tally

    def counts(self) -> dict[str, int]:
        """How much was written: documents, sets, annotations by layer, bytes."""
        tally = self.tally
        return {
            "documents": tally.documents,
            "sets": tally.sets,
            **{name: tally.total(name) for name in ("mentions", "entities", "events", "quotes")},
            "size": self.size,
        }

    def _add(self, report: ExportReport) -> None:
        self.records += report.records
        self.size += report.size
        self.sha256 = report.sha256

    def _heard(self) -> ExportContext:
        return replace(self.context, lose=self.losses)

    def _counted(self, items: Iterable[SegmentedBundle]) -> Iterator[SegmentedBundle]:
        """Count what comes when it was written: only then it is known what was left out."""
        for item in items:
            yield item
            written = self.losses.written_of(item)
            if written is not item and self._told is None:
                self._told = deepcopy(self.tally)
            self.tally.add(item)
            if self._told is not None and written is not None:
                self._told.add(written)
            if self.listing is not None and self.format.id not in _GOLDEN and written is not None:
                self.listing.add_item(written)
            if self.agreement is not None:
                self.agreement.add(item.bundle)

    def _gold(self, items: Iterable[SegmentedBundle], target: BinaryIO) -> ExportReport:
        """Gold is hashed record by record; so it is not made a second time for the manifest."""
        before = self.tally.documents
        records = gold_records(items, self.context, load_gold_schema())
        if self.format.id == GOLD_READABLE.id:
            noted, is_in_folder = map(self._noted, records), self.listing is not None
            written = write_readable(noted, target, is_array=is_in_folder)
        else:
            lines = (canonical_bytes(self._noted(record)) for record in records)
            written = write_records(lines, target)
        documents = self.tally.documents - before
        return ExportReport(documents, written.records, written.size, written.sha256)

    def _noted(self, record: dict[str, object]) -> dict[str, object]:
        if self.listing is not None:
            self.listing.add(record)
        return record


@contextmanager
def writing(known: Format, context: ExportContext, lose: Lose = unheard) -> Iterator[ExportWriting]:
    """An export in a format, for the time of the block; `lose` is told each loss as well."""
    with loss_log(lose) as losses:
        yield ExportWriting(known, context, losses)


def is_file(known: Format, target: Path) -> bool:
    """Whether a target is one file: it has a suffix of a format that writes one."""
    return known.write is not None and target.suffix.lower() in known.suffixes


def losses_beside(target: Path) -> Path:
    """Where the losses of a single file are listed."""
    return target.with_name(f"{target.name}.{LOSSES_FILE}")


def write_file(
    run: ExportWriting,
    supply: Supply,
    target: Path,
    kept: KeptFiles = NOTHING_KEPT,
    *,
    overwrites: bool = False,
) -> None:
    """Write everything into one file, and the losses beside it where there are any.

    Both reach the disk before either takes its name, the data first. Raises `UserError` for what
    the operating system refuses, where one of the `kept` files would go, or one that is not as an
    export wrote it unless this `overwrites`, and what the supply and the format raise; then all is
    as it was. Only where the system refuses the losses their name after the data have theirs, the
    data are the new ones; the error names the losses.
    """
    if None not in supply.splits:
        raise UserError("export.split_needs_folder", path=str(target))
    beside = losses_beside(target)
    kept.refuse((target, beside))
    written = files_written_here()
    if not overwrites:
        written.refuse_others((target, beside))
    with ExitStack() as after, atomic_write(target) as stream:
        run.stream(supply.items(None), stream)
        supply.finish()
        sums = {target: run.sha256}
        if run.losses.total:
            lines = after.enter_context(atomic_write(beside))
            run.losses.copy_to(lines)
            lines.flush()
            os.fsync(lines.fileno())
            sums[beside], run.losses_path = run.losses.sha256, beside
        written.note(sums)
    if not run.losses.total:
        with suppress(OSError):  # the data is written whatever becomes of an old list
            beside.unlink(missing_ok=True)


def write_folder(
    run: ExportWriting,
    supply: Supply,
    target: Path,
    beside: Beside,
    kept: KeptFiles = NOTHING_KEPT,
    *,
    overwrites: bool = False,
) -> None:
    """Write everything into a folder: the data, its losses where there are any, what is beside.

    Raises `UserError` for what the operating system refuses, where one of the `kept` files would
    go, or one that is not of an export or was changed since unless this `overwrites`, and what the
    supply and the format raise; then all is as it was.
    """
    earlier = EarlierExport(target)
    ahead = (MANIFEST_FILE, *_names_ahead(run.format, supply))
    kept.refuse(target / name for name in ahead)
    if not overwrites:
        earlier.refuse(ahead)
    run.listing = GoldTally()
    run.agreement = SetAgreement()
    with atomic_folder(target) as folder:
        for split in supply.splits:
            _write_part(run, supply, folder, split)
        supply.finish()
        if run.losses.total:
            with folder.file(LOSSES_FILE) as lines:
                run.losses.copy_to(lines)
            run.loss_file = _listed(folder, LOSSES_FILE, run.losses.total)
            run.losses_path = target / LOSSES_FILE
        for name, data in beside(run):
            with folder.file(name) as stream:
                stream.write(data)
        folder.gone.update(earlier.unchanged())
        kept.refuse(target / name for name in (*folder.files, *folder.gone))
        if not overwrites:
            earlier.refuse(folder.files)


def write_nowhere(run: ExportWriting, supply: Supply) -> None:
    """Let everything pass, only to count it. Raises what the format raises."""
    for split in supply.splits:
        if run.format.write is not None:
            run.stream(supply.items(split), cast(BinaryIO, _Nowhere()))
        else:
            run.into(supply.items(split), _NoFolder())


def _names_ahead(known: Format, supply: Supply) -> Iterator[str]:
    """The files of which the names are known before anything is written."""
    for split in supply.splits if known.write is not None else ():
        yield _part_name(known, split)


def _part_name(known: Format, split: str | None) -> str:
    return f"{split or known.id}{known.suffixes[0]}"


def _write_part(run: ExportWriting, supply: Supply, folder: NewFolder, split: str | None) -> None:
    items = supply.items(split)
    if run.format.write is not None:
        name = _part_name(run.format, split)
        with folder.file(name) as stream:
            report = run.stream(items, stream)
        run.files.append(_listed(folder, name, report.records))
        return
    before = set(folder.files)
    sets = run.into(items, _Below(folder, split) if split else folder).sets
    for name in folder.files:
        if name not in before:
            held = sets.get(name.removeprefix(f"{split}/"))
            run.files.append(_listed(folder, name, None, held))


def _listed(
    folder: NewFolder, name: str, records: int | None, held: SetHeader | None = None
) -> ManifestFile:
    written = folder.files[name]
    return ManifestFile(name, records, written.size, written.sha256, held)


class _Below:
    """A folder inside of the one that is written."""

    def __init__(self, folder: Folder, name: str) -> None:
        self._folder = folder
        self._name = name

    def file(self, name: str) -> AbstractContextManager[BinaryIO]:
        return self._folder.file(f"{self._name}/{name}")


class _Nowhere(RawIOBase):
    """Takes everything and keeps nothing."""

    def writable(self) -> bool:
        """Yes; that is all it can do."""
        return True

    def write(self, data: object) -> int:
        return memoryview(data).nbytes  # type: ignore[arg-type]  # Buffer has a name since 3.12


class _NoFolder:
    """A folder of such files."""

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        yield cast(BinaryIO, _Nowhere())
