"""What every format has in common: the values that cross the border, and what a format is.

How to think about it: a *bundle* is one document with its annotation sets, as plain values. Reading
turns bytes into a stream of bundles and *problems*; a problem never stops the stream, so one bad
record does not cost the others. Writing turns segmented bundles into bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, BinaryIO, Protocol, TypeAlias

from annotator.core.annotation_set import AnnotationSet
from annotator.core.document import Document, Segmentation
from annotator.core.scheme import Scheme
from annotator.core.set_header import SetHeader
from annotator.foundation.errors import AnnotatorError

JsonValue: TypeAlias = Any
"""A parsed JSON value."""

JsonObject: TypeAlias = dict[str, Any]
"""A parsed JSON object. What its values are is for a JSON Schema to prove."""

MAX_BYTES = 64 * 1024 * 1024
"""Largest file, or line of a JSONL file, that is read: 64 MB."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling: a key of the catalogue and the values of its fields."""

    key: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ImportProblem:
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


@dataclass(frozen=True, slots=True)
class SetContent:
    """One annotation set: whose it is, and its records."""

    header: SetHeader
    annotations: AnnotationSet


@dataclass(frozen=True, slots=True)
class Bundle:
    """One document with any number of its annotation sets."""

    document: Document
    sets: tuple[SetContent, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldMapping:
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


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read one file: its name, and what the user chose where bytes alone do not tell."""

    source: str
    encoding: str | None = None
    mapping: FieldMapping | None = None
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Which tokenizer made the tokens of an export, and its version."""

    id: str
    version: str


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What an export needs besides the bundles.

    `is_reproducible` leaves out timestamps, so that the same project gives the same bytes.
    `is_draft` says in each record that it was written in spite of errors.
    """

    scheme: Scheme
    tokenizer: Tokenizer
    tool_version: str
    is_reproducible: bool = False
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class SegmentedBundle:
    """A bundle and the tokens, sentences and paragraphs of its text."""

    bundle: Bundle
    segmentation: Segmentation


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: documents, records, bytes and their SHA-256, and what could not be held."""

    documents: int
    records: int
    size: int
    sha256: str
    dropped: tuple[Note, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Format:
    """One way to lay out documents in a file.

    `title` is a key of the catalogue, `suffixes` are lower-case and the first one is proposed when
    writing.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    read: ReadBundles | None = None
    write: WriteBundles | None = None

    @property
    def can_read(self) -> bool:
        """Whether files of this format can be imported."""
        return self.read is not None

    @property
    def can_write(self) -> bool:
        """Whether a project can be exported in this format."""
        return self.write is not None
