"""Marking all places of a name in the other documents of the project, as one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from annotator.core.annotations import Mention, SetStatus
from annotator.core.commands.bulk import mark_all
from annotator.core.edits import Edit
from annotator.core.ids import DocumentId, SetId
from annotator.core.project_edits import ProjectEdit
from annotator.core.span import Span
from annotator.kurdish.search import SearchIndex
from annotator.workbench.entities import entity_for
from annotator.workbench.occurrences import PlaceState, occurrences_of
from annotator.workbench.open_document import OpenDocument
from annotator.workbench.project_changes import MARK_ALL, ProjectChanged, SetEdit
from annotator.workbench.workspace import Workspace

CONTEXT = 60
"""Code points that are shown on each side of a place."""


class FoundPlace(Struct, frozen=True):
    """A place in some document where a mention like the template could be marked.

    `before` and `after` are what stands around it, on one line.
    """

    document: DocumentId
    name: str
    span: Span
    before: str
    words: str
    after: str


class MarkingInProject:
    """Looks for the text of a mention in the documents that are not open, and marks it there.

    Documents whose sets are approved are left alone; `approved` counts them.
    """

    def __init__(self, workspace: Workspace, template: Mention, text: str) -> None:
        self._workspace = workspace
        self._text = text
        # What it refers to is an entity of its own document.
        self._template = replace(template, entity=None)
        self._set = SetId(workspace.annotator.id)
        self._doors: dict[DocumentId, OpenDocument] = {}
        self.approved = 0

    def documents(self) -> list[DocumentId]:
        """The other documents, those after the open one first."""
        lines = self._workspace.lines()
        here = self._workspace.open_document
        index = next(
            (i for i, line in enumerate(lines) if here and line.id == here.document.id), -1
        )
        others = (*lines[index + 1 :], *lines[: max(index, 0)])
        self.approved = sum(line.status is SetStatus.APPROVED for line in others)
        return [line.id for line in others if line.status is not SetStatus.APPROVED]

    def look_into(self, identifier: DocumentId) -> tuple[FoundPlace, ...]:
        """The free places of one document, in order. Raises `UserError` when it is damaged."""
        workspace = self._workspace
        text = workspace.project.documents.get(identifier).text
        index = SearchIndex(text)
        door = workspace.door(identifier, self._set)
        occurrences = occurrences_of(
            self._text,
            door.annotations,
            label=self._template.label,
            scheme=workspace.scheme,
            index=index,
        )
        spans = [place.span for place in occurrences if place.state is PlaceState.FREE]
        if spans:
            self._doors[identifier] = door
        return tuple(self._found(door, span) for span in spans)

    def mark(self, places: Iterable[FoundPlace]) -> ProjectChanged | None:
        """Mark these places as one step of the project; None where nothing is left to mark.

        Raises like `ProjectChanges.perform`.
        """
        by_document: dict[DocumentId, list[Span]] = {}
        for place in places:
            by_document.setdefault(place.document, []).append(place.span)
        edits = list(self._edits(by_document))
        if not edits:
            return None
        count = sum(len(spans) for spans in by_document.values())
        here = self._workspace.open_document
        if here is not None:
            # Nothing changes here, but Ctrl+Z belongs where the step was made.
            edits.append(SetEdit(here, Edit(MARK_ALL, ())))
        details = (("text", self._text), ("count", count), ("documents", len(by_document)))
        return self._workspace.changes.perform(ProjectEdit(MARK_ALL, details), edits)

    def _edits(self, by_document: Mapping[DocumentId, list[Span]]) -> Iterator[SetEdit]:
        scheme, label = self._workspace.scheme, self._template.label
        for identifier, spans in by_document.items():
            door = self._doors[identifier]
            entity = entity_for(door.annotations, scheme, label=label, surface=self._text)
            edit = mark_all(door.annotations, scheme, self._template, spans, entity)
            if not edit.is_empty:
                yield SetEdit(door, edit)

    def _found(self, door: OpenDocument, span: Span) -> FoundPlace:
        text = door.document.text
        return FoundPlace(
            document=door.document.id,
            name=door.document.name,
            span=span,
            before=_before(text, span.start),
            words=span.of(text),
            after=_after(text, span.end),
        )


def _before(text: str, end: int) -> str:
    """What stands before an offset, from a word on."""
    start = max(end - CONTEXT, 0)
    if start:
        space = text.find(" ", start, end)
        start = space + 1 if space >= 0 else start
    return ("…" if start else "") + _on_one_line(text[start:end])


def _after(text: str, start: int) -> str:
    """What stands after an offset, up to a word."""
    end = start + CONTEXT
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space >= 0 else end
    return _on_one_line(text[start:end]) + ("…" if end < len(text) else "")


def _on_one_line(text: str) -> str:
    """The text with a single space for each white space between words, kept at the edges."""
    words = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and words else ""
    return f"{before}{words}{after}"
