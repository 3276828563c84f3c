"""What the export dialog says about a target, about what blocks, and about what was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from annotator.core.ids import DocumentId, RecordId, SetId
from annotator.core.scheme import Scheme
from annotator.formats.base import Format
from annotator.formats.gold_write import GOLD, GOLD_READABLE
from annotator.formats.losses import LossKind
from annotator.formats.registry import format_by_id
from annotator.foundation.catalogue import Catalogue
from annotator.ui.editing.spoken import spoken
from annotator.workbench.checking import SetFindings
from annotator.workbench.export_writing import losses_beside
from annotator.workbench.exporting import ExportNumbers, ExportResult
from annotator.workbench.format_offers import is_one_file
from annotator.workbench.format_wording import card_told, loss_word
from annotator.workbench.reading import LOSSES_FILE

GOLDEN = (GOLD.id, GOLD_READABLE.id)
_LEFT = ("documents", "sets", "mentions", "events", "quotes", "decisions", "trashed")
_COUNTS = ("documents", "sets", "mentions", "entities", "events", "quotes")


class BlockingFinding(Struct, frozen=True):
    """One finding that stands in the way: where to go, and its row in the table."""

    document: DocumentId
    set: SetId
    record: RecordId | None
    row: tuple[str, str, str, str]


def blocking_findings(
    catalogue: Catalogue, scheme: Scheme, blocking: Iterable[SetFindings]
) -> tuple[BlockingFinding, ...]:
    """The findings of sets, one by one, each with document, annotation id, rule and sentence."""
    return tuple(
        BlockingFinding(
            found.document.id,
            found.header.id,
            one.record,
            (
                found.document.name,
                one.record or "",
                one.rule,
                catalogue.text(one.key, **spoken(catalogue, scheme, dict(one.values))),
            ),
        )
        for found in blocking
        for one in found.findings
    )


def target_key(known: Format, target: Path, *, is_split: bool) -> str:
    """The key of the sentence that says what is written to a target in a format."""
    is_file = is_one_file(known, target)
    if is_split:
        return "exporting.target_no_file" if is_file else "exporting.target_split"
    if known.id not in GOLDEN:
        return "exporting.target_file" if is_file else "exporting.target_data_folder"
    if not is_file:
        return "exporting.target_folder"
    is_readable = target.suffix.lower() in GOLD_READABLE.suffixes
    return "exporting.target_readable" if is_readable else "exporting.target_lines"


def loss_lines(catalogue: Catalogue, losses: Mapping[str, int]) -> list[str]:
    """How many losses of each kind, one kind a line."""
    return [
        catalogue.text(
            "exporting.loss", count=count, what=loss_word(catalogue, LossKind(kind), "…")
        )
        for kind, count in losses.items()
    ]


def losses_path(result: ExportResult) -> Path:
    """The file in which the losses of an export are listed."""
    if is_one_file(format_by_id(result.format), result.path):
        return losses_beside(result.path)
    return result.path / LOSSES_FILE


def result_text(catalogue: Catalogue, result: ExportResult) -> tuple[str, str]:
    """The headline and the lines of what was written."""
    is_draft = result.errors > 0
    headline = catalogue.text("exporting.done_draft" if is_draft else "exporting.done")
    lines = [
        _fact(catalogue, f"exporting.counted.{name}", _counted(catalogue, result, name))
        for name in _COUNTS
    ]
    lines.append(_fact(catalogue, "exporting.bytes", result.size))
    lines.append(_fact(catalogue, "exporting.sha256", result.sha256))
    lines.append(_fact(catalogue, "exporting.target", result.path))
    if result.format not in GOLDEN:
        title = catalogue.text(format_by_id(result.format).title)
        lines.append(_fact(catalogue, "exporting.format", title))
    lines.extend(
        _fact(catalogue, f"exporting.left.{name}", getattr(result.left, name)) for name in _LEFT
    )
    if is_draft:
        lines.append(catalogue.text("exporting.draft_errors", errors=result.errors))
    return headline, "\n".join(
        (
            *lines,
            *_split_lines(catalogue, result),
            *repeated_lines(catalogue, result),
            *_card(catalogue, result),
            *_lost(catalogue, result),
        )
    )


def _counted(catalogue: Catalogue, result: ExportResult, name: str) -> object:
    """How many there are, and how many of them are in the data where that is not all."""
    total: int = getattr(result, name)
    held = result.held.get(name, total)
    if held == total:
        return total
    return catalogue.text("exporting.held", count=held, total=total)


def repeated_lines(catalogue: Catalogue, numbers: ExportNumbers) -> Iterator[str]:
    """That texts are in the data several times, where they are."""
    if numbers.repeated:
        yield catalogue.text("exporting.repeated", documents=numbers.repeated)


def _split_lines(catalogue: Catalogue, result: ExportResult) -> Iterator[str]:
    """How the documents were divided."""
    for split, count in result.splits.items():
        title = catalogue.text(f"exporting.split.{split}")
        yield catalogue.text("exporting.split.documents", title=title, documents=count)
    if result.splits:
        yield _fact(catalogue, "exporting.split.families", len(result.families))
    for family in result.torn:
        yield catalogue.text("exporting.split.torn", names=tuple(family))
    if result.empty_splits:
        titles = (catalogue.text(f"exporting.split.{split}") for split in result.empty_splits)
        yield catalogue.text("export.split_empty", splits=tuple(titles))


def _card(catalogue: Catalogue, result: ExportResult) -> Iterator[str]:
    """Where the dataset card is, if that is not as always."""
    if told := card_told(catalogue, result.card, result.path):
        yield told


def _lost(catalogue: Catalogue, result: ExportResult) -> Iterator[str]:
    """What the format could not hold, and where that is listed."""
    if not result.losses:
        return
    yield ""
    total = sum(result.losses.values())
    yield _fact(catalogue, "exporting.losses", total)
    yield from loss_lines(catalogue, result.losses)
    yield _fact(catalogue, "exporting.losses_file", losses_path(result))


def _fact(catalogue: Catalogue, key: str, value: object) -> str:
    return catalogue.text("cli.fact", title=catalogue.text(key), value=value)
