"""One side of an evaluation: the documents of a file, a folder or a project, one set of each.

A side is read twice: first only to see what there is, so that a missing choice is told before
anything is scored; then document by document, none of which is kept.
"""

from __future__ import annotations

from collections.abc import Container, Generator, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from annotator.agreement.respacing import letters_of
from annotator.core.annotation_set import AnnotationSet
from annotator.core.annotations import StatusRecord
from annotator.core.document import text_sha256
from annotator.core.ids import DocumentId, SetId
from annotator.core.set_header import SetHeader, SetKind
from annotator.formats.base import Bundle, ImportProblem, SetContent
from annotator.formats.news_json import NEWS_JSON
from annotator.formats.offset_units import OffsetUnit
from annotator.formats.plain_text import PLAIN_TEXT
from annotator.formats.registry import FORMATS
from annotator.foundation.errors import UserError
from annotator.store.project_file import ProjectFile
from annotator.workbench.clock import Clock
from annotator.workbench.credited_sets import SetCredits
from annotator.workbench.import_files import read_items
from annotator.workbench.people import known_annotator
from annotator.workbench.projects import SUFFIX
from annotator.workbench.reading import find_files, refuse_nothing
from annotator.workbench.reading_copy import take_reading_copy

_BARE = (PLAIN_TEXT, NEWS_JSON)
"""Formats without annotations."""


class SeenSet(Struct, frozen=True):
    """A set as the first reading sees it."""

    id: SetId
    kind: SetKind
    status: StatusRecord


class SeenDocument(Struct, frozen=True):
    """A document and the set of it that is compared; None where nobody has annotated it.

    `letters` is the fingerprint of the text without white space.
    """

    sha256: str
    letters: str
    chosen: SeenSet | None


class Seen(Struct, frozen=True):
    """What there is on one side, in the order of its files."""

    documents: dict[DocumentId, SeenDocument]
    problems: tuple[ImportProblem, ...]


class ChosenSet(Struct, frozen=True):
    """The set of a document that is compared, and the text it is on."""

    document: DocumentId
    text: str
    annotations: AnnotationSet


class Side:
    """Gold, or what was predicted."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        format_id: str | None = None,
        wanted: str | None = None,
        unit: OffsetUnit | None = None,
    ) -> None:
        """Read `path` in the format with this id, or in the one that it tells.

        `wanted` is the id of the set to compare; in a project also the name of its annotator.
        `unit` is what offsets count in a file that does not prove it.
        """
        self._path = path
        self._clock = clock
        self._format_id = format_id
        self._wanted = wanted
        self._unit = unit
        self._names = {wanted}
        self._credits = SetCredits()

    def look(self) -> Seen:
        """Everything there is, with one set of each document.

        Of several sets it is the wanted one, else the only adjudicated one. Raises `UserError`
        when something cannot be read at all, when the wanted set is nowhere, and when several sets
        are there and none is wanted.
        """
        texts: dict[DocumentId, str] = {}
        letters: dict[DocumentId, str] = {}
        sets: dict[DocumentId, dict[SetId, SeenSet]] = {}
        problems: list[ImportProblem] = []
        for item in self._items():
            if isinstance(item, ImportProblem):
                problems.append(item)
                continue
            document = item.document
            source = document.source.file or str(self._path)
            if texts.setdefault(document.id, document.sha256) != document.sha256:
                values = {"document": document.id}
                problems.append(ImportProblem(source, "evaluate.two_texts", values))
                continue
            if document.id not in letters:
                letters[document.id] = text_sha256(letters_of(document.text))
            known = sets.setdefault(document.id, {})
            problems += _twice(item, known, source)
            for content in item.sets:
                known.setdefault(content.header.id, _seen(content))
        self._refuse_unclear(list(sets.values()))
        chosen = {each: self._choice(known.values()) for each, known in sets.items()}
        documents = {each: SeenDocument(texts[each], letters[each], chosen[each]) for each in texts}
        return Seen(documents, tuple(problems))

    def chosen_sets(self, seen: Seen) -> Generator[ChosenSet, None, None]:
        """The chosen set of each document, in the order of the files."""
        left = {each: found for each, found in seen.documents.items() if found.chosen is not None}
        for item in self._items():
            found = None if isinstance(item, ImportProblem) else left.get(item.document.id)
            if isinstance(item, ImportProblem) or found is None or found.chosen is None:
                continue
            if found.sha256 != item.document.sha256:
                continue
            for content in item.sets:
                if content.header.id == found.chosen.id and item.document.id in left:
                    del left[item.document.id]
                    document = item.document
                    yield ChosenSet(document.id, document.text, content.annotations)

    def _refuse_unclear(self, sets: list[dict[SetId, SeenSet]]) -> None:
        ids = sorted({each for known in sets for each in known})
        if self._wanted is not None:
            if not self._names.intersection(ids):
                raise UserError(
                    "evaluate.no_such_set",
                    path=str(self._path),
                    wanted=self._wanted,
                    sets=", ".join(ids) or "–",
                )
            return
        unclear = {each for known in sets if self._is_unclear(known) for each in known}
        if unclear:
            listed = ", ".join(sorted(unclear))
            raise UserError("evaluate.which_set", path=str(self._path), sets=listed)

    def _is_unclear(self, known: dict[SetId, SeenSet]) -> bool:
        return len(known) > 1 and self._choice(known.values()) is None

    def _choice(self, known: Iterable[SeenSet]) -> SeenSet | None:
        sets = list(known)
        if self._wanted is not None:
            return next((each for each in sets if each.id in self._names), None)
        finished = [each for each in sets if each.kind is SetKind.ADJUDICATED]
        only = sets if len(sets) == 1 else finished
        return only[0] if len(only) == 1 else None

    def _items(self) -> Iterator[Bundle | ImportProblem]:
        if self._path.suffix.lower() == SUFFIX:
            yield from self._project()
            return
        found = find_files([self._path])
        refuse_nothing(found, [self._path])
        yield from found.skipped
        for path in found.files:
            yield from self._file(path, is_only=len(found.files) == 1)

    def _project(self) -> Iterator[Bundle]:
        """A copy of the project as it is now, so that it may be open somewhere, also here."""
        with ExitStack() as stack:
            copy = take_reading_copy(self._path, self._clock)
            stack.callback(copy.close)
            project = stack.enter_context(copy.project)
            if self._wanted:
                person = known_annotator(project, self._wanted)
                self._names.add(None if person is None else person.id)
            for entry in project.documents.entries():
                sets = tuple(
                    _content(project, each) for each in project.annotations.headers(entry.id)
                )
                yield Bundle(project.documents.get(entry.id), sets)

    def _file(self, path: Path, *, is_only: bool) -> Iterator[Bundle | ImportProblem]:
        """What is in a file. That one of several cannot be read is told and costs no other."""
        try:
            for item in read_items(path, self._format_id, unit=self._unit):
                yield self._credits.credited(item, path) if isinstance(item, Bundle) else item
        except UserError as error:
            yield from _told(error, path, is_only=is_only)


def _told(error: UserError, path: Path, *, is_only: bool) -> Iterator[ImportProblem]:
    if is_only and error.key == "formats.news_no_text_field":
        known = ", ".join(one.id for one in FORMATS if one.can_read and one not in _BARE)
        raise UserError("evaluate.not_readable", path=str(path), known=known) from error
    if is_only:
        raise error
    yield ImportProblem.from_error(error, source=str(path))


def _twice(bundle: Bundle, known: Container[SetId], source: str) -> Iterator[ImportProblem]:
    """The sets that have come before; the first one is compared, so the order of lines counts."""
    for told in (content.header.id for content in bundle.sets):
        if told in known:
            values = {"document": bundle.document.id, "set": told}
            yield ImportProblem(source, "evaluate.set_twice", values)


def _content(project: ProjectFile, header: SetHeader) -> SetContent:
    return SetContent(header, project.annotations.read(header))


def _seen(content: SetContent) -> SeenSet:
    return SeenSet(content.header.id, content.header.kind, content.annotations.status)
