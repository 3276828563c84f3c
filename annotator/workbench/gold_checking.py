"""Gold files checked from end to end: the bytes, the record, and the annotation rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.checks import Finding
from annotator.core.ids import DocumentId
from annotator.core.provenance import Origin, Provenance
from annotator.core.scheme import Scheme
from annotator.formats.base import MAX_BYTES
from annotator.formats.gold_check import check_chunks, check_record
from annotator.formats.gold_findings import GoldFinding, RawRecord
from annotator.formats.gold_parse import Parsed, parse_chunk
from annotator.formats.gold_read import LEFT_TO_PEOPLE
from annotator.formats.gold_schema import load_gold_schema
from annotator.formats.gold_values import bundle_of
from annotator.formats.json_chunks import json_chunks
from annotator.workbench.checking import SetFindings, check_annotations
from annotator.workbench.reading import reading_error


class CheckedFinding(Struct, frozen=True):
    """One finding about a project or gold file, ready to be shown.

    `severity` is E, W or I. `document` and `annotation` are ids where they are known, `line` is
    that of a JSONL file.
    """

    document: str | None
    annotation: str | None
    rule: str
    severity: str
    key: str
    values: dict[str, object]
    line: int | None = None


def check_gold_file(path: Path, scheme: Scheme) -> Iterator[CheckedFinding]:
    """What is wrong with a gold file: the bytes of all records, then what they annotate.

    The annotation rules run over records that can be imported and whose scheme is the one given;
    that another scheme cannot be judged by it is told as a warning. Raises `UserError` when the
    file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            for finding in check_chunks(json_chunks(stream, MAX_BYTES)):
                yield _from_gold(finding)
        with path.open("rb") as stream:
            for chunk in json_chunks(stream, MAX_BYTES):
                for item in parse_chunk(chunk, load_gold_schema()):
                    if isinstance(item, Parsed):
                        yield from _check_record(item.raw, scheme)
    except OSError as error:
        raise reading_error(error, path) from error


def checked(found: SetFindings) -> Iterator[CheckedFinding]:
    """The findings about one set of a project, ready to be shown."""
    return (_from_rule(found.document.id, finding) for finding in found.findings)


def _check_record(raw: RawRecord, scheme: Scheme) -> Iterator[CheckedFinding]:
    """The annotation rules, run over a record whose bytes are in order."""
    told = {(finding.annotation, finding.rule) for finding in check_record(raw)}
    if any(rule not in LEFT_TO_PEOPLE for _, rule in told):
        return
    name = raw.record["scheme"]["id"]
    if name != scheme.id:
        values = {"document": raw.document, "told": name, "given": scheme.id}
        yield CheckedFinding(
            raw.document, None, "scheme", "W", "check.other_scheme", values, raw.line
        )
        return
    bundle = bundle_of(raw.record, Provenance(Origin.IMPORT, ""))
    for content in bundle.sets:
        for finding in check_annotations(
            bundle.document, content.annotations, scheme, header=content.header
        ):
            if (finding.record, finding.rule) not in told:
                yield replace(_from_rule(bundle.document.id, finding), line=raw.line)


def _from_rule(document: DocumentId, finding: Finding) -> CheckedFinding:
    return CheckedFinding(
        document,
        finding.record,
        finding.rule,
        finding.severity.value,
        finding.key,
        dict(finding.values),
    )


def _from_gold(finding: GoldFinding) -> CheckedFinding:
    return CheckedFinding(
        finding.document,
        finding.annotation,
        finding.rule,
        finding.severity.value,
        finding.key,
        dict(finding.values),
        finding.line,
    )
