"""What every format has in common: the values that cross the border, and what a format is.

How to think about it: a *bundle* is one document with its annotation sets, as plain values. Reading
turns bytes into a stream of bundles and *problems*; a problem never stops the stream, so one bad
record does not cost the others. Writing turns segmented bundles into bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from enum import Enum
from types import MappingProxyType
from typing import Any, BinaryIO, Protocol, TypeAlias

from msgspec import Struct, field

from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import Document, Segmentation
from annotator.core.scheme import Scheme
from annotator.core.set_header import SetHeader
from annotator.formats.json_chunks import Chunk, unproved
from annotator.formats.losses import Lose, unheard
from annotator.formats.offset_units import OffsetUnit
from annotator.foundation.errors import AnnotatorError

JsonValue: TypeAlias = Any
"""A parsed JSON value."""

JsonObject: TypeAlias = dict[str, Any]
"""A parsed JSON object. What its values are is for a JSON Schema to prove."""

MAX_BYTES = 64 * 1024 * 1024
"""Largest file, or line of a JSONL file, that is read: 64 MB."""


class Note(Struct, frozen=True):
    """Something worth telling: a key of the catalogue and the values of its fields."""

    key: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class ImportProblem(Struct, frozen=True):
    """What is wrong with one item of an import; `key` and `values` render by the catalogue.

    `source` names the file, `line` is 1-based where it is known. `is_refusal` says that the item
    was left out; otherwise it was imported and this is a warning about it.
    """

    source: str
    key: str
    values: Mapping[str, object]
    line: int | None = None
    is_refusal: bool = True

    @classmethod
    def from_error(
        cls, error: AnnotatorError, *, source: str, line: int | None = None
    ) -> ImportProblem:
        """The refusal that an error tells of."""
        return cls(source, error.key, error.values, line)

    @classmethod
    def from_note(cls, note: Note, *, source: str, line: int | None = None) -> ImportProblem:
        """The warning that a note tells of."""
        return cls(source, note.key, note.values, line, is_refusal=False)


class SetContent(Struct, frozen=True):
    """One annotation set: whose it is, and its records.

    `person` is what a foreign file calls its one annotator, where that is no id.
    """

    header: SetHeader
    annotations: AnnotationSet
    person: str | None = None


class Bundle(Struct, frozen=True):
    """One document with any number of its annotation sets."""

    document: Document
    sets: tuple[SetContent, ...] = ()


class FieldMapping(Struct, frozen=True):
    """Where the parts of a news record lie; a path is one key, or the key of an object and one
    inside it. None means that the records do not tell.
    """

    text: tuple[str, ...]
    id: tuple[str, ...] | None = None
    title: tuple[str, ...] | None = None
    outlet: tuple[str, ...] | None = None
    url: tuple[str, ...] | None = None
    published: tuple[str, ...] | None = None
    author: tuple[str, ...] | None = None


class ReadOptions(Struct, frozen=True):
    """How to read one file: its name, and what the user chose where bytes alone do not tell.

    `unit` is what its offsets count, where it proves nothing by itself. `beside` gives the bytes of
    another file in the same folder by its name, and None where there is no such file; what it gives
    is never longer than `max_bytes` and one byte. Records of gold go through `proved`, which says
    of each whether somebody else has found it `gold_read.is_plain`.
    """

    source: str
    encoding: str | None = None
    mapping: FieldMapping | None = None
    max_bytes: int = MAX_BYTES
    unit: OffsetUnit | None = None
    beside: Callable[[str], bytes | None] = lambda name: None
    proved: Callable[[Iterable[Chunk]], Iterator[tuple[Chunk, bool]]] = unproved


class Tokenizer(Struct, frozen=True):
    """Which tokenizer made the tokens of an export, and its version."""

    id: str
    version: str


class ExportContext(Struct, frozen=True):
    """What an export needs besides the bundles.

    `is_reproducible` leaves out timestamps, so that the same project gives the same bytes.
    `is_draft` says in each record that it was written in spite of errors. `lose` is told what the
    format cannot hold. `options` are what was chosen of the format's `options`, by their names.
    """

    scheme: Scheme
    tokenizer: Tokenizer
    tool_version: str
    is_reproducible: bool = False
    is_draft: bool = False
    lose: Lose = unheard
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def chosen(self, option: FormatOption) -> str:
        """The value of an option of the format."""
        return self.options.get(option.name, option.default)


class SegmentedBundle(Struct, frozen=True):
    """A bundle and the tokens, sentences and paragraphs of its text."""

    bundle: Bundle
    segmentation: Segmentation


class ExportReport(Struct, frozen=True):
    """What was written: documents, records, bytes and their SHA-256, and what could not be held.

    `sets` tells of files that hold one annotation set each whose set it is.
    """

    documents: int
    records: int
    size: int
    sha256: str
    dropped: tuple[Note, ...] = ()
    sets: Mapping[str, SetHeader] = field(default_factory=lambda: MappingProxyType({}))


class ReadBundles(Protocol):
    """Read a file, one item at a time. Raises `UserError` when nothing of it can be read."""

    def __call__(self, stream: BinaryIO, options: ReadOptions) -> Iterator[Bundle | ImportProblem]:
        """Bundles and problems in the order of the file; a problem comes before its bundle."""


class WriteBundles(Protocol):
    """Write bundles, one at a time. Raises `UserError` when one cannot be written truthfully."""

    def __call__(
        self, items: Iterable[SegmentedBundle], target: BinaryIO, context: ExportContext
    ) -> ExportReport:
        """Write every annotation set of `items`, which come in the order of document ids."""


class Folder(Protocol):
    """Where a format of several files puts them. Nothing is seen before all of it is written."""

    def file(self, name: str) -> AbstractContextManager[BinaryIO]:
        """A new file of this name, open for writing. Raises `Defect` for a name given before."""


class WriteFiles(Protocol):
    """Like `WriteBundles`, into a folder: a file for each document, or for each layer."""

    def __call__(
        self, items: Iterable[SegmentedBundle], folder: Folder, context: ExportContext
    ) -> ExportReport:
        """Write every annotation set of `items`, which come in the order of document ids."""


class Holds(Enum):
    """What a format can hold; ``formats.holds_<value>`` is the word of each."""

    TEXT = "text"
    NESTED = "nested"
    DISCONTINUOUS = "discontinuous"
    SUBTOKEN = "subtoken"
    LEVELS = "levels"
    OVERLAYS = "overlays"
    ENTITIES = "entities"
    KB = "kb"
    EVENTS = "events"
    ANY_ARGUMENT = "any_argument"
    QUOTES = "quotes"
    ATTRIBUTES = "attributes"
    SETS = "sets"


class FormatOption(Struct, frozen=True):
    """Something to choose when writing; the first value is the default.

    ``formats.option_<name>`` is its title, ``formats.choice_<value>`` that of a value.
    """

    name: str
    values: tuple[str, ...]

    @property
    def default(self) -> str:
        """What is taken when nothing is said."""
        return self.values[0]


class Format(Struct, frozen=True):
    """One way to lay out documents in a file, or in several (`write_files`).

    `title` is a key of the catalogue, and ``<title>_note`` that of a line which says for whom the
    format is. `suffixes` are lower-case and the first one is proposed when writing; `marks` are
    bytes of which files of this format have one near their beginning, where the suffix does not
    tell. `needs` is the package that must be installed besides. `columns` tells the columns of its
    rows as ``datasets.Features.from_dict`` takes them, where their values alone do not.
    `is_file_each` says that every document is a file, or several, and none of them holds rows.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    read: ReadBundles | None = None
    write: WriteBundles | None = None
    write_files: WriteFiles | None = None
    holds: frozenset[Holds] = frozenset()
    options: tuple[FormatOption, ...] = ()
    marks: tuple[bytes, ...] = ()
    needs: str | None = None
    columns: Callable[[ExportContext], JsonObject] | None = None
    is_file_each: bool = False

    @property
    def can_read(self) -> bool:
        """Whether files of this format can be imported."""
        return self.read is not None

    @property
    def can_write(self) -> bool:
        """Whether a project can be exported in this format."""
        return self.write is not None or self.write_files is not None
