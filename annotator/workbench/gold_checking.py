"""Gold files checked from end to end: the bytes, the record, and the annotation rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.core.checks import Severity
from annotator.core.scheme import Scheme
from annotator.formats.base import MAX_BYTES, Bundle, ReadOptions
from annotator.formats.gold_check import check_chunks
from annotator.formats.gold_findings import GoldFinding, Severity as GoldSeverity
from annotator.formats.gold_read import read_gold_file
from annotator.formats.json_chunks import json_chunks
from annotator.foundation.errors import UserError
from annotator.workbench.checking import check_annotations


@dataclass(frozen=True, slots=True)
class CheckedFinding:
    """One finding about a project or gold file, ready to be shown.

    `severity` is E, W or I. `document` and `annotation` are ids where they are known.
    """

    document: str | None
    annotation: str | None
    rule: str
    severity: str
    key: str
    values: dict[str, object]
    line: int | None = None


def check_gold_file(path: Path, scheme: Scheme) -> Iterator[CheckedFinding]:
    """What is wrong with a gold file, record by record.

    The annotation rules run over records whose scheme is the one given; another scheme cannot be
    judged by it. Raises `UserError` when the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            for finding in check_chunks(json_chunks(stream, MAX_BYTES)):
                yield _from_gold(finding)
        with path.open("rb") as stream:
            for item in read_gold_file(stream, ReadOptions(source=str(path))):
                if isinstance(item, Bundle):
                    yield from _annotation_findings(item, scheme)
    except OSError as error:
        raise UserError(
            "import.unreadable", path=str(path), reason=error.strerror or str(error)
        ) from error


def _annotation_findings(bundle: Bundle, scheme: Scheme) -> Iterator[CheckedFinding]:
    for content in bundle.sets:
        findings = check_annotations(
            bundle.document, content.annotations, scheme, header=content.header
        )
        for finding in findings:
            yield CheckedFinding(
                bundle.document.id,
                finding.record,
                finding.rule,
                finding.severity.value,
                finding.key,
                dict(finding.values),
            )


def _from_gold(finding: GoldFinding) -> CheckedFinding:
    severity = Severity.ERROR if finding.severity is GoldSeverity.ERROR else Severity.WARNING
    return CheckedFinding(
        finding.document,
        finding.annotation,
        finding.rule,
        severity.value,
        finding.key,
        dict(finding.values),
        finding.line,
    )
