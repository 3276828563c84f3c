"""What the export dialog says about a target, about what blocks, and about what was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotator.core.ids import DocumentId, RecordId, SetId
from annotator.foundation.catalogue import Catalogue
from annotator.workbench.checking import SetFindings
from annotator.workbench.exporting import ExportResult

FILE_SUFFIXES = (".jsonl", ".json")
_LEFT = ("documents", "sets", "mentions", "events", "quotes", "decisions", "trashed")
_COUNTS = ("documents", "sets", "mentions", "entities", "events", "quotes")


@dataclass(frozen=True, slots=True)
class BlockingFinding:
    """One finding that stands in the way: where to go, and its row in the table."""

    document: DocumentId
    set: SetId
    record: RecordId | None
    row: tuple[str, str, str, str]


def blocking_findings(
    catalogue: Catalogue, blocking: Iterable[SetFindings]
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
                catalogue.text(one.key, **dict(one.values)),
            ),
        )
        for found in blocking
        for one in found.findings
    )


def target_key(target: Path) -> str:
    """The key of the sentence that says what is written to a target."""
    suffix = target.suffix.lower()
    if suffix == ".jsonl":
        return "exporting.target_lines"
    return "exporting.target_readable" if suffix == ".json" else "exporting.target_folder"


def result_text(catalogue: Catalogue, result: ExportResult) -> tuple[str, str]:
    """The headline and the lines of what was written."""
    is_draft = result.errors > 0
    headline = catalogue.text("exporting.done_draft" if is_draft else "exporting.done")
    counts = [
        catalogue.text(
            "cli.fact",
            title=catalogue.text(f"exporting.counted.{name}"),
            value=getattr(result, name),
        )
        for name in _COUNTS
    ]
    facts = [
        catalogue.text("cli.fact", title=catalogue.text("exporting.bytes"), value=result.size),
        catalogue.text("cli.fact", title=catalogue.text("exporting.sha256"), value=result.sha256),
        catalogue.text("cli.fact", title=catalogue.text("exporting.target"), value=result.path),
    ]
    facts.extend(
        catalogue.text(
            "cli.fact",
            title=catalogue.text(f"exporting.left.{name}"),
            value=getattr(result.left, name),
        )
        for name in _LEFT
    )
    if is_draft:
        facts.append(catalogue.text("exporting.draft_errors", errors=result.errors))
    return headline, "\n".join((*counts, *facts))
