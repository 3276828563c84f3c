"""The validation rules run over open documents, whole projects and gold files."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from annotator.core.annotation_set import AnnotationSet
from annotator.core.checks import Facts, Finding, check_set, errors_of
from annotator.core.document import Document, Segmentation
from annotator.core.scheme import Scheme
from annotator.core.set_header import SetHeader
from annotator.kurdish.clitics import clitic_ladder
from annotator.kurdish.graphemes import is_grapheme_boundary, orphans_joiner
from annotator.kurdish.segmentation import segment
from annotator.store.project_file import ProjectFile
from annotator.workbench.entities import comparison_form
from annotator.workbench.schemes import scheme_of


class SetFindings(Struct, frozen=True):
    """What the rules say about one annotation set."""

    document: Document
    header: SetHeader
    findings: tuple[Finding, ...]


def check_annotations(
    document: Document,
    annotations: AnnotationSet,
    scheme: Scheme,
    *,
    header: SetHeader | None,
    segmentation: Segmentation | None = None,
) -> tuple[Finding, ...]:
    """What the rules say about one set."""
    return check_set(
        facts_about(
            document,
            annotations,
            scheme,
            header=header,
            segmentation=segmentation or segment(document.text),
        )
    )


def errors_in(
    document: Document,
    annotations: AnnotationSet,
    scheme: Scheme,
    *,
    header: SetHeader | None,
    segmentation: Segmentation,
) -> tuple[Finding, ...]:
    """The errors in one set, which keep it from being gold."""
    return errors_of(
        facts_about(document, annotations, scheme, header=header, segmentation=segmentation)
    )


def facts_about(
    document: Document,
    annotations: AnnotationSet,
    scheme: Scheme,
    *,
    header: SetHeader | None,
    segmentation: Segmentation,
) -> Facts:
    """What the rules look at: one set on one document, with our knowledge of the script."""
    return Facts(
        annotations=annotations,
        header=header,
        document=document,
        segmentation=segmentation,
        scheme=scheme,
        is_boundary=is_grapheme_boundary,
        orphans_joiner=orphans_joiner,
        stem_ends=clitic_ladder,
        fold=comparison_form,
    )


def check_project(project: ProjectFile) -> Iterator[SetFindings]:
    """What the rules say about every set of a project, document by document."""
    scheme = scheme_of(project)
    for entry in project.documents.entries():
        headers = project.annotations.headers(entry.id)
        if not headers:
            continue
        document = project.documents.get(entry.id)
        segmentation = segment(document.text)
        for header in headers:
            annotations = project.annotations.read(header)
            findings = check_annotations(
                document, annotations, scheme, header=header, segmentation=segmentation
            )
            yield SetFindings(document, header, findings)
