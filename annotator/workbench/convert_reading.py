"""What a conversion reads: every document once, with all sets that files have on its text.

Documents with one text are one document, as in an import. The files are read twice, and what the
second reading finds must be what the first one found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import Document, Metadata
from annotator.core.ids import DocumentId, SetId
from annotator.core.sameness import says_the_same
from annotator.core.scheme import Scheme
from annotator.formats.base import Bundle, ImportProblem, Note, SegmentedBundle, SetContent
from annotator.formats.cas_library import TYPE_SYSTEM
from annotator.formats.offset_units import OffsetUnit
from annotator.foundation.errors import Refused, UserError
from annotator.kurdish.segmentation import segment
from annotator.workbench.beside import texts_of_annotations
from annotator.workbench.credited_sets import SetCredits
from annotator.workbench.export_scope import empty_header
from annotator.workbench.foreign_names import FileNames, UnknownName, count_names, undecided
from annotator.workbench.import_files import items_of
from annotator.workbench.import_preview import MAX_NAMES, is_nobodys
from annotator.workbench.import_report import ImportChoices
from annotator.workbench.importing import OnItem, Progress, counter
from annotator.workbench.kept_files import KeptFiles
from annotator.workbench.label_mapping import Name, values_of
from annotator.workbench.mapping_choices import TypedMapping
from annotator.workbench.reading import find_files, refuse_nothing

AS_THEY_ARE = TypedMapping()
"""Nothing is said of any name."""

_ROOM = 120
"""Characters of an id that stay where a number follows; 128 are allowed."""


class ConvertChoices(Struct, frozen=True, kw_only=True):
    """How to read and to write; None lets names and beginnings of files tell.

    `scheme` is the id of a bundled scheme or a file; None takes the one in the manifest beside the
    file that is read, and where there is none the scheme of the program. `mapping` is what names
    of the files become; others are written as they are. `unit` is what offsets count that prove
    nothing. `overwrites` is that of an export.
    """

    source_format: str | None = None
    target_format: str | None = None
    encoding: str | None = None
    unit: OffsetUnit | None = None
    scheme: str | None = None
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    mapping: TypedMapping = AS_THEY_ARE
    overwrites: bool = False


class NamesRead(Struct, frozen=True, kw_only=True):
    """The names in the files: those `unknown` to the scheme and written as they are, those that
    were `left_out` and how often, what referred to these (`links`), and what was typed and is in
    no file (`unused`).
    """

    unknown: tuple[UnknownName, ...]
    left_out: tuple[tuple[Name, int], ...]
    links: int
    unused: tuple[str, ...]


class NothingRead(UserError):
    """No document could be read; `problem` is the first reason, with its file and line."""

    def __init__(self, problem: ImportProblem) -> None:
        super().__init__(problem.key, **problem.values)
        self.problem = problem


class _Found(Struct, frozen=True):
    """A bundle as the first reading found it: the id that it shall have, and its text."""

    id: DocumentId
    sha256: str


class FilesRead:
    """The bundles of files in the order of document ids (a `Supply`)."""

    splits: Sequence[str | None] = (None,)

    def __init__(
        self,
        source: Path,
        choices: ConvertChoices,
        scheme: Scheme,
        progress: Progress,
        on_item: OnItem,
        *,
        now: str,
    ) -> None:
        """Read all of it once. Raises `UserError` where there is nothing, `Refused` to stop."""
        found = find_files([source])
        refuse_nothing(found, [source])
        self.problems = list(found.skipped)
        self.kept = KeptFiles(_with_beside(found.files))
        self._source = source
        self._files = found.files
        encodings = {path: choices.encoding for path in found.files if choices.encoding}
        self._read_as = ImportChoices(
            format_id=choices.source_format, encodings=encodings, unit=choices.unit
        )
        self._progress = progress
        self._now = now
        self._scheme = scheme
        self._names: FileNames = Counter()
        self._left_out: Counter[Name] = Counter()
        self._links = 0
        self._found = self._first_reading(counter(on_item, "export.cancelled"))
        if not self._found:
            first = next((problem for problem in self.problems if problem.is_refusal), None)
            if first is not None:
                raise NothingRead(first)
            raise UserError("convert.nothing", path=str(source))
        meant, self._unused = choices.mapping.read(self._names, scheme)
        self._mapping = replace(meant, values=values_of(scheme))

    def items(self, split: str | None) -> Iterator[SegmentedBundle]:
        """Every document once, with all of its sets. Raises `Refused` when it shall stop."""
        bundles = self._with_final_ids()
        ids = [found.id for found in self._found]
        if ids != sorted(ids):
            # Rare enough for memory: files of others, whose order is not that of ids.
            bundles = iter(sorted(bundles, key=lambda bundle: bundle.document.id))
        total = len(set(ids))
        grouped = groupby(bundles, key=lambda bundle: bundle.document.id)
        for done, (_, alike) in enumerate(grouped):
            if not self._progress(done, total):
                raise Refused("export.cancelled")
            whole = self._joined(list(alike))
            yield SegmentedBundle(whole, segment(whole.document.text))
        self._progress(total, total)

    def finish(self) -> None:
        """Nothing can stand in the way any more."""

    def names_read(self) -> NamesRead:
        """What is to be told of the names when all is written."""
        return NamesRead(
            unknown=undecided(self._names, self._scheme, self._mapping),
            left_out=tuple(self._left_out.items()),
            links=self._links,
            unused=self._unused,
        )

    def _first_reading(self, counted: Callable[[], None]) -> list[_Found]:
        """What every bundle is called in the end; two texts never share an id, one has one."""
        free = FreeIds()
        ids: dict[str, tuple[DocumentId, DocumentId]] = {}
        found = []
        for item in self._read():
            counted()
            if isinstance(item, ImportProblem):
                self.problems.append(item)
                continue
            document, sha256 = item.document, item.document.sha256
            if sha256 not in ids:
                ids[sha256] = document.id, free.take(document.id)
            told, identifier = ids[sha256]
            if told != document.id:
                values = {"other": document.id, "document": identifier}
                self._note("convert.same_text", values, document)
            found.append(_Found(identifier, sha256))
            for content in item.sets:
                if len(self._names) < MAX_NAMES:
                    count_names(self._names, content.annotations.records.values())
        return found

    def _with_final_ids(self) -> Iterator[Bundle]:
        read = (item for item in self._read() if isinstance(item, Bundle))
        for found, bundle in zip_longest(self._found, read):
            if found is None or bundle is None or bundle.document.sha256 != found.sha256:
                folder = self._source if self._source.is_dir() else self._source.parent
                raise UserError("convert.changed", path=str(folder))
            yield bundle if bundle.document.id == found.id else _renamed(bundle, found.id)

    def _joined(self, bundles: list[Bundle]) -> Bundle:
        """One document with the sets of all its bundles; of two with one id the first.

        Those that tell nobody whose they are say nothing with their id, so each is kept.
        """
        document = bundles[0].document
        for other in bundles[1:]:
            self._tell_lost(document, other.document)
        contents: dict[SetId, SetContent] = {}
        for content in (content for bundle in bundles for content in bundle.sets):
            free = _with_free_id(content, contents)
            if free is None:
                values = {"document": document.id, "set": content.header.id}
                self.problems.append(ImportProblem(document.id, "convert.set_twice", values))
            else:
                contents[free.header.id] = free
        if not contents:
            header = empty_header(document.id, None, self._now)
            contents = {header.id: SetContent(header, AnnotationSet())}
        return Bundle(document, tuple(map(self._mapped, contents.values())))

    def _tell_lost(self, taken: Document, other: Document) -> None:
        """Tell what a further document with the text of another says of itself, and is lost."""
        lost = ", ".join(_said_otherwise(taken.metadata, other.metadata))
        if lost:
            values = {"document": taken.id, "fields": lost}
            self._note("convert.about_lost", values, other)

    def _note(self, key: str, values: Mapping[str, object], document: Document) -> None:
        source = document.source.file or str(self._source)
        self.problems.append(ImportProblem.from_note(Note(key, values), source=source))

    def _mapped(self, content: SetContent) -> SetContent:
        mapped = self._mapping.apply(content.annotations)
        self._left_out += mapped.left_out
        self._links += mapped.links
        return replace(content, annotations=mapped.annotations)

    def _read(self) -> Iterator[Bundle | ImportProblem]:
        credits = SetCredits()
        for path in self._files:
            for item in items_of(path, self._read_as):
                yield credits.credited(item, path) if isinstance(item, Bundle) else item


def _with_beside(files: Iterable[Path]) -> Iterator[Path]:
    """The files, and what formats read beside them: texts, what brat and UIMA call things."""
    for path in files:
        texts = texts_of_annotations([path.name])
        beside = {".ann": (*texts, "annotation.conf"), ".xmi": (TYPE_SYSTEM,)}
        names = (path.name, *beside.get(path.suffix.lower(), ()))
        yield from (path.with_name(name) for name in names)


class FreeIds:
    """Gives every text an id of its own; a name is not counted through from the start again."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def take(self, wanted: DocumentId) -> DocumentId:
        """The id, or the next free one where another text has it."""
        name, stem = str(wanted), wanted[:_ROOM]
        while name in self._taken:
            number = self._numbers.get(stem, 1) + 1
            self._numbers[stem] = number
            name = f"{stem}-{number}"
        self._taken.add(name)
        return DocumentId(name)


def _said_otherwise(taken: Metadata, other: Metadata) -> Iterator[str]:
    for name in Metadata.__struct_fields__:
        said = getattr(other, name)
        if said is not None and said != getattr(taken, name):
            yield name


def _with_free_id(content: SetContent, taken: Mapping[SetId, SetContent]) -> SetContent | None:
    """The set under its id, or where it is nobody's under the next free one; None otherwise."""
    name, number = content.header.id, 1
    while name in taken:
        if not is_nobodys(content.header) or says_the_same(
            taken[name].annotations, content.annotations
        ):
            return None
        number += 1
        name = SetId(f"{content.header.id}-{number}")
    return replace(content, header=replace(content.header, id=name))


def _renamed(bundle: Bundle, identifier: DocumentId) -> Bundle:
    sets = (
        replace(content, header=replace(content.header, document=identifier))
        for content in bundle.sets
    )
    return Bundle(replace(bundle.document, id=identifier), tuple(sets))
