"""Documents: one news item whose text never changes after import, and its segmentation."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass

from annotator.core.ids import DocumentId
from annotator.core.span import Span


def text_sha256(text: str) -> str:
    """The fingerprint of a text: SHA-256 of its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """What the document was read from: file name and hash of the original bytes.

    `newline` is what the file used: ``none``, ``lf``, ``crlf``, ``cr`` or ``mixed``.
    """

    file: str | None
    sha256: str
    encoding: str = "utf-8"
    newline: str = "none"
    has_bom: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document besides its text; dates as they were written."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    author: str | None = None
    license: str | None = None
    split: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One news item. `text` is what was imported, with CRLF and CR as LF and nothing else changed.

    `id` matches ``[A-Za-z0-9_.-]{1,128}`` and is unique in a project.
    """

    id: DocumentId
    text: str
    source: Source
    metadata: Metadata = Metadata()

    @property
    def sha256(self) -> str:
        """Fingerprint of the text."""
        return text_sha256(self.text)

    @property
    def name(self) -> str:
        """What a list shows: the title, else the id."""
        return self.metadata.title or self.id


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Tokens, sentences and paragraphs of one text, each in order and without overlap."""

    tokens: tuple[Span, ...]
    sentences: tuple[Span, ...]
    paragraphs: tuple[Span, ...]

    def token_range(self, span: Span) -> tuple[int, int]:
        """Indices ``[first, last)`` of the tokens that share a code point with `span`.

        Both are equal when the span holds only spaces.
        """
        first = bisect_right(self.tokens, span.start, key=lambda token: token.end)
        last = first
        while last < len(self.tokens) and self.tokens[last].start < span.end:
            last += 1
        return first, last

    def is_aligned(self, span: Span) -> bool:
        """Whether both edges of `span` are edges of tokens."""
        first, last = self.token_range(span)
        if first == last:
            return False
        return self.tokens[first].start == span.start and self.tokens[last - 1].end == span.end

    def token_at(self, offset: int) -> Span | None:
        """The token that holds `offset`, or that ends there when none starts there."""
        return _at(self.tokens, offset)

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds `offset`, or that ends there."""
        return _at(self.sentences, offset)

    def paragraph_at(self, offset: int) -> Span | None:
        """The paragraph that holds `offset`, or that ends there."""
        return _at(self.paragraphs, offset)


def _at(spans: tuple[Span, ...], offset: int) -> Span | None:
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    if index >= 0 and spans[index].touches(offset):
        return spans[index]
    return None
