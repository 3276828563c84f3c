"""Files of one format into another, without a project.

The files are read twice: once to learn what is in them and in which order, once to write it. What
comes in the order of ids, as our own exports do, is never in memory as a whole.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby, zip_longest
from pathlib import Path
from types import MappingProxyType

from annotator import __version__
from annotator.core.annotation_set import AnnotationSet
from annotator.core.ids import DocumentId, SetId
from annotator.core.scheme import Scheme
from annotator.formats.base import (
    MAX_BYTES,
    Bundle,
    ExportContext,
    Format,
    ImportProblem,
    SegmentedBundle,
    SetContent,
    Tokenizer,
)
from annotator.formats.registry import FORMATS, format_by_id
from annotator.formats.set_tally import repeated
from annotator.foundation.errors import AnnotatorError, Refused, UserError
from annotator.kurdish.segmentation import segment
from annotator.kurdish.tokens import TOKENIZER_ID, TOKENIZER_VERSION
from annotator.workbench.clock import Clock, stamp
from annotator.workbench.export_beside import Beginnings, card_and_manifest
from annotator.workbench.export_scope import empty_header
from annotator.workbench.export_writing import is_file, write_file, write_folder, writing
from annotator.workbench.exporting import checked_options
from annotator.workbench.foreign_names import FileNames, UnknownName, count_names, undecided
from annotator.workbench.format_offers import format_by_suffix
from annotator.workbench.import_files import items_of
from annotator.workbench.import_preview import MAX_NAMES, is_nobodys
from annotator.workbench.import_report import ImportChoices
from annotator.workbench.importing import Progress
from annotator.workbench.label_mapping import Name, values_of
from annotator.workbench.mapping_choices import TypedMapping
from annotator.workbench.reading import MANIFEST_FILE, find_files
from annotator.workbench.schemes import DEFAULT_SCHEME, read_scheme_text, scheme_from_text

AS_THEY_ARE = TypedMapping()
"""Nothing is said of any name."""

_ROOM = 120
"""Characters of an id that stay where a number follows; 128 are allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertChoices:
    """How to read and to write; None lets names and beginnings of files tell.

    `scheme` is the id of a bundled scheme or a file; None takes the one in the manifest beside the
    file that is read, and where there is none the scheme of the program. `mapping` is what names
    of the files become; others are written as they are.
    """

    source_format: str | None = None
    target_format: str | None = None
    encoding: str | None = None
    scheme: str | None = None
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    mapping: TypedMapping = AS_THEY_ARE


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesRead:
    """The names in the files: those `unknown` to the scheme and written as they are, those that
    were `left_out` and how often, what referred to these (`links`), and what was typed and is in
    no file (`unused`).
    """

    unknown: tuple[UnknownName, ...]
    left_out: tuple[tuple[Name, int], ...]
    links: int
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What was written, what it could not hold, and what could not be read."""

    path: Path
    format: str
    documents: int
    sets: int
    mentions: int
    entities: int
    events: int
    quotes: int
    size: int
    losses: dict[str, int]
    held: dict[str, int]
    repeated: int
    names: NamesRead
    problems: tuple[ImportProblem, ...]

    @property
    def refused(self) -> int:
        """How many items were left out for a reason."""
        return sum(1 for problem in self.problems if problem.is_refusal)


def convert(
    source: Path,
    target: Path,
    choices: ConvertChoices,
    clock: Clock,
    progress: Progress = lambda done, total: True,
) -> Converted:
    """Write what is in a file, or in the files of a folder, in another format.

    Raises `UserError` when nothing can be read, the format is unclear or the target cannot be
    written, and `Refused` when `progress` asks to stop; then what was there before is still there.
    """
    known = target_format(target, choices.target_format)
    scheme_text = _scheme_text(source, choices.scheme)
    context = ExportContext(
        scheme=scheme_from_text(scheme_text),
        tokenizer=Tokenizer(TOKENIZER_ID, TOKENIZER_VERSION),
        tool_version=__version__,
        options=checked_options(known, choices.options),
    )
    if target.exists() and source.exists() and target.samefile(source):
        raise UserError("convert.same_file", path=str(target))
    supply = _FilesRead(source, choices, context.scheme, progress, now=stamp(clock()))
    with writing(known, context) as run:
        if is_file(known, target):
            write_file(run, supply, target)
        else:
            told = {"source": source.name}
            origin = Beginnings(
                source.stem, json.loads(scheme_text), lambda: told, created=stamp(clock())
            )
            beside = partial(card_and_manifest, origin=origin, folder=target)
            write_folder(run, supply, target, beside)
        return Converted(
            **run.counts(),
            path=target,
            format=known.id,
            losses=run.losses.kinds(),
            held=run.losses.held(run.tally),
            repeated=repeated(known, run.tally),
            names=supply.names_read(),
            problems=tuple(supply.problems),
        )


def target_format(
    target: Path, format_id: str | None, formats: Sequence[Format] = FORMATS
) -> Format:
    """The format asked for, else the one that the suffix of the target tells.

    Raises `UserError` where there is none.
    """
    if format_id is not None:
        return format_by_id(format_id, formats)
    known = format_by_suffix(target, formats)
    if known is not None:
        return known
    written = ", ".join(known.id for known in formats if known.can_write)
    raise UserError("convert.format_unclear", path=str(target), known=written)


def _scheme_text(source: Path, asked: str | None) -> str:
    """The JSON text of the scheme. Raises `UserError` for one that cannot be used."""
    if asked is not None:
        return read_scheme_text(asked)
    folder = source if source.is_dir() else source.parent
    try:
        with (folder / MANIFEST_FILE).open("rb") as stream:
            copy = json.loads(stream.read(MAX_BYTES))["scheme"]["copy"]
        text = json.dumps(copy, ensure_ascii=False)
        scheme_from_text(text)
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AnnotatorError):
        return read_scheme_text(DEFAULT_SCHEME)
    return text


class _FilesRead:
    """The bundles of files in the order of document ids (a `Supply`)."""

    splits: Sequence[str | None] = (None,)

    def __init__(
        self,
        source: Path,
        choices: ConvertChoices,
        scheme: Scheme,
        progress: Progress,
        *,
        now: str,
    ) -> None:
        found = find_files([source])
        self.problems = list(found.skipped)
        self._files = found.files
        encodings = {path: choices.encoding for path in found.files if choices.encoding}
        self._read_as = ImportChoices(format_id=choices.source_format, encodings=encodings)
        self._progress = progress
        self._now = now
        self._scheme = scheme
        self._names: FileNames = Counter()
        self._left_out: Counter[Name] = Counter()
        self._links = 0
        self._ids = self._final_ids()
        if not self._ids:
            first = next((problem for problem in self.problems if problem.is_refusal), None)
            if first is not None:
                raise UserError(first.key, **first.values)
            raise UserError("convert.nothing", path=str(source))
        mapping, self._unused = choices.mapping.read(self._names, scheme)
        self._mapping = replace(mapping, values=values_of(scheme))

    def items(self, split: str | None) -> Iterator[SegmentedBundle]:
        """Every document once, with all of its sets. Raises `Refused` when it shall stop."""
        bundles = self._with_final_ids()
        if self._ids != sorted(self._ids):
            # Rare enough for memory: files of others, whose order is not that of ids.
            bundles = iter(sorted(bundles, key=lambda bundle: bundle.document.id))
        total = len(set(self._ids))
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

    def _final_ids(self) -> list[DocumentId]:
        """The id of every bundle; two texts never share one."""
        taken: dict[str, str] = {}
        found = []
        for item in self._read():
            if isinstance(item, ImportProblem):
                self.problems.append(item)
            else:
                found.append(_free_id(taken, item.document.id, item.document.sha256))
                for content in item.sets:
                    if len(self._names) < MAX_NAMES:
                        count_names(self._names, content.annotations.records.values())
        return found

    def _with_final_ids(self) -> Iterator[Bundle]:
        read = (item for item in self._read() if isinstance(item, Bundle))
        for identifier, bundle in zip_longest(self._ids, read):
            if identifier is None or bundle is None:
                raise UserError("convert.changed", path=str(self._files[0].parent))
            yield bundle if bundle.document.id == identifier else _renamed(bundle, identifier)

    def _joined(self, bundles: list[Bundle]) -> Bundle:
        """One document with the sets of all its bundles; of two with one id the first.

        Those that tell nobody whose they are say nothing with their id, so each is kept.
        """
        document = bundles[0].document
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

    def _mapped(self, content: SetContent) -> SetContent:
        mapped = self._mapping.apply(content.annotations)
        self._left_out += mapped.left_out
        self._links += mapped.links
        return replace(content, annotations=mapped.annotations)

    def _read(self) -> Iterator[Bundle | ImportProblem]:
        for path in self._files:
            yield from items_of(path, self._read_as)


def _free_id(taken: dict[str, str], wanted: DocumentId, sha256: str) -> DocumentId:
    """The id, or the next free one where another text has it."""
    name, number = str(wanted), 1
    while taken.setdefault(name, sha256) != sha256:
        number += 1
        name = f"{wanted[:_ROOM]}-{number}"
    return DocumentId(name)


def _with_free_id(content: SetContent, taken: Mapping[SetId, SetContent]) -> SetContent | None:
    """The set under its id, or where it is nobody's under the next free one; None otherwise."""
    name, number = content.header.id, 1
    while name in taken:
        if not is_nobodys(content.header) or taken[name].annotations == content.annotations:
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
